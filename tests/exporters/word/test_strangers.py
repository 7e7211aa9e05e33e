"""Templates that are made to take time and room, each filled in by a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from socialpoll.exporters.word.opening import TEMPLATE
from tests.exporters.word.made_template import body, paragraph, template, with_part

SECONDS = 10
BYTES = 500 * 2**20
EVERYTHING = (
    "{% for s in sections %}{% for b in s.blocks %}{% for r in b.rows %}{% for c in r.cells %}"
)
ENDS = "{% endfor %}" * 4
SILENT = "{% if title|upper|lower|trim == subtitle %}{% endif %}" * 2000
FILL = """
import json, pathlib, re, resource, sys, time
from socialpoll.errors import TemplateError
from socialpoll.exporters.word import WordOptions, render
from tests.exporters.made_report import edition

began = time.process_time()
try:
    list(render(edition("ar"), WordOptions(template=sys.argv[1], charts=False)))
    told = ""
except TemplateError as error:
    told = error.what
spent = time.process_time() - began
status = pathlib.Path("/proc/self/status")
if status.is_file():
    # What the kernel counts for getrusage holds the process that started this one, too.
    held = int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text())[1]) * 1024
else:
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([told, spent, held]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell what a process held")
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (
            template(f"{EVERYTHING}{{% for f in facts %}}{SILENT}{{% endfor %}}{ENDS}"),
            "the filled template is too large",
        ),
        (body(paragraph(f"{EVERYTHING}{{{{ c.text }}}}{ENDS}") * 550), ""),
        (body(paragraph(f"{EVERYTHING}{'word ' * 900}{ENDS}") * 99), "the filled template is too"),
        (body(paragraph("{{ title|upper|lower|trim }}") * 5000), ""),
        (body(paragraph("{%tr for x in sections %}") * 5000), "a loop over sections inside"),
        (body("<w:p/>" * 100_000), ""),
        (body(paragraph("word " * 450_000)), ""),
        (with_part("word/media/a.bin", bytes(TEMPLATE.unpacked - 2**20)), ""),
    ],
    # A child process is told the name of its test, which therefore cannot be a file.
    ids=["texts", "facts", "words", "filters", "loops", "paragraphs", "long", "media"],
)
def test_a_template_takes_ten_seconds_and_500_megabytes_at_most(content, what, tmp_path):
    path = tmp_path / "stranger.docx"
    path.write_bytes(content)

    done = subprocess.run(
        [sys.executable, "-c", FILL, str(path)], check=True, capture_output=True, text=True
    )
    told, spent, held = json.loads(done.stdout)

    assert told.startswith(what) if what else told == ""
    assert spent < SECONDS
    assert held < BYTES
