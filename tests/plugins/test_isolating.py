from __future__ import annotations

import sys

import pytest

import socialpoll as sp
from socialpoll.errors import ExportError, OptionsError, PluginError, RenderingError
from socialpoll.plugins.crossing import Order, read_answer
from socialpoll.plugins.within import answer
from tests.plugins.installing import exporting

OPTIONS = """
import datetime as dt
import os, sys
from dataclasses import dataclass
from pathlib import Path

@dataclass(frozen=True)
class Options:
    depth: int = 1
    day: dt.date | None = None
    files: tuple[Path, ...] = ()
    template: str | Path = ""
    strange: object = None

def shown(edition, options):
    words = f"{edition.languages} {edition.digits} {edition.text(edition.report.sections[0].title)}"
    files = [Path(one).read_text() for one in (*options.files, options.template)]
    words += f" {options.depth} {options.day} {files}"
    yield Document(f"{edition.language}.txt", words.encode(), "text/plain")
"""
BODIES = {
    "endless": "while True: time.sleep(1)",
    "much": "yield from (Document(f'{n}.bin', bytes(1 << 26), 'text/plain') for n in range(32))",
    "greedy": "bytes(2 << 30); yield",
    "torn": "yield Document('a.txt', b'', 'text/plain'); {}['answer']",
    "refusing": "raise TemplateError('house.docx', [Problem('a tag is open', 'body')]); yield",
    "outside": "yield Document('../a.txt', b'', 'text/plain')",
}
ODD = (
    """
import time
from socialpoll.errors import Problem, TemplateError
from socialpoll.hooks import Document, Exporter, hookimpl

def odd(name, render):
    return Exporter(name=name, title="An exporter", media_type="text/plain", suffix=".txt",
                    render=render)

"""
    + "".join(f"def {name}(edition, options):\n    {body}\n" for name, body in BODIES.items())
    + f"""
@hookimpl
def socialpoll_exporters():
    return [odd(one.__name__, one) for one in ({", ".join(BODIES)})]
"""
)


@pytest.fixture
def odd(install):
    install("odd", ODD)


def answered(report, exporter, tmp_path, **fields):
    """Have an order answered as the other process does, in this one."""
    usual = {
        "distribution": "odd",
        "plugin": "odd",
        "options": {},
        "languages": ["en"],
        "digits": "latn",
        "limits": sp.Limits(size=1 << 20),
    }
    order = Order(**(usual | fields), exporter=exporter, reports=(report,))
    answer(order, tmp_path / "answer")
    return read_answer(tmp_path / "answer")


def test_the_documents_are_the_same_bytes_in_a_process_of_its_own(
    report_with_section, install, tmp_path, monkeypatch
):
    install("cards", OPTIONS + exporting("cards", "shown", options="Options"))
    (tmp_path / "house.txt").write_text("house", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    chosen = {
        "languages": ["en", "ar"],
        "digits": "arab",
        "depth": "3",
        "day": "2024-03-01",
        "files": ["house.txt"],
        "template": "house.txt",
    }

    here = sp.render(report_with_section, "cards", **chosen)
    there = sp.export(report_with_section, "cards", to="out", isolated=True, **chosen)

    assert [one.content for one in here] == [one.read_bytes() for one in there]
    assert [one.name for one in here] == [one.name for one in there] == ["en.txt", "ar.txt"]
    assert b"3 2024-03-01 ['house', 'house']" in here[0].content


def test_an_endless_exporter_is_ended(report, odd):
    host = sp.PluginHost(isolated=True, limits=sp.Limits(seconds=0.5))

    with pytest.raises(RenderingError, match="took longer than it may") as caught:
        sp.render(report, "endless", host=host)

    assert (caught.value.where, caught.value.allowed) == ("exporter 'endless'", "0.5 seconds")


@pytest.mark.parametrize(
    ("exporter", "what"),
    [
        ("much", "made more than it may"),
        pytest.param(
            "greedy",
            "the exporter failed: MemoryError",
            marks=pytest.mark.skipif(
                sys.platform != "linux", reason="not every system holds a process to its memory"
            ),
        ),
    ],
)
def test_two_gigabytes_of_documents_are_refused_before_they_are_there(report, odd, exporter, what):
    host = sp.PluginHost(limits=sp.Limits(size=1 << 20, memory=1 << 30))

    with pytest.raises(RenderingError, match=what):
        sp.render(report, exporter, isolated=True, host=host)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("print('so long', flush=True); os._exit(3)", "exit code 3: so long"),
        ("os._exit(0)", "exit code 0"),
        pytest.param(
            "os.kill(os.getpid(), 9)",
            "signal SIGKILL",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="there are no signals"),
        ),
    ],
)
def test_a_process_that_ends_without_an_answer_is_told_with_what_it_said_last(
    report, odd, monkeypatch, code, found
):
    monkeypatch.setattr("socialpoll.plugins.isolating.START", f"import os; {code}")

    with pytest.raises(RenderingError, match="its process ended without an answer") as caught:
        sp.render(report, "torn", isolated=True)

    assert caught.value.found == found


@pytest.mark.parametrize(
    ("content", "what"),
    [("b'torn'", "an answer that is none"), ("bytes(1 << 21)", "wrote more than it may")],
)
def test_an_answer_that_was_written_by_somebody_else_is_refused(
    report, odd, monkeypatch, content, what
):
    code = f"import sys; open(sys.argv[1] + '/answer', 'wb').write({content})"
    monkeypatch.setattr("socialpoll.plugins.isolating.START", code)
    host = sp.PluginHost(limits=sp.Limits(size=1 << 19))

    with pytest.raises(RenderingError, match=what):
        sp.render(report, "torn", isolated=True, host=host)


def test_what_fails_in_the_other_process_is_told_with_its_own_last_line(report, odd, tmp_path):
    with pytest.raises(RenderingError, match=r"the exporter failed: KeyError: 'answer'") as caught:
        answered(report, "torn", tmp_path)

    line = ODD[: ODD.index("{}['answer']")].count("\n") + 1
    assert caught.value.found == f"odd, line {line}, in torn"
    assert caught.value.where == "exporter 'torn', edition en"


def test_a_mistake_in_a_template_is_told_from_there_as_it_is(report, odd, tmp_path):
    with pytest.raises(sp.SocialpollError) as caught:
        answered(report, "refusing", tmp_path)

    assert str(caught.value) == "1 problem in house.docx\n  - body: a tag is open"


def test_what_is_no_document_is_refused_in_the_other_process_too(report, odd, tmp_path):
    with pytest.raises(ExportError, match="cannot be given to a file"):
        answered(report, "outside", tmp_path)


def test_documents_are_weighed_as_they_are_made(report, odd, tmp_path):
    with pytest.raises(RenderingError, match="made more than it may") as caught:
        answered(report, "much", tmp_path)

    assert caught.value.allowed == "1048576 bytes of documents"


@pytest.mark.parametrize("field", ["distribution", "plugin"])
def test_an_exporter_that_the_other_process_cannot_find_is_told(report, odd, tmp_path, field):
    with pytest.raises(PluginError, match="not to be had in a process of its own"):
        answered(report, "much", tmp_path, **{field: "another"})


@pytest.mark.parametrize("value", [object(), {1, 2}, 1 + 2j])
def test_an_option_that_json_cannot_hold_is_refused_here(report, install, value):
    install("cards", OPTIONS + exporting("cards", "shown", options="Options"))

    with pytest.raises(PluginError, match="cannot be handed to another process") as caught:
        sp.render(report, "cards", isolated=True, strange=value)

    assert caught.value.advice == "render in this process"


def test_an_option_that_does_not_fit_is_refused_here(report, install):
    install("cards", OPTIONS + exporting("cards", "shown", options="Options"))

    with pytest.raises(OptionsError, match="did you mean 'depth'"):
        sp.render(report, "cards", isolated=True, depht=1)


def test_an_interpreter_that_cannot_be_started_is_told(report, odd, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))

    with pytest.raises(RenderingError, match="a process of its own cannot be had"):
        sp.render(report, "torn", isolated=True)
