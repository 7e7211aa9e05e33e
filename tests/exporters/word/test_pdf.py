from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

import socialpoll as sp
from socialpoll.errors import ExportError, OptionsError
from socialpoll.exporters.word import MEDIA_TYPE, pdf
from socialpoll.hooks import Document
from tests.exporters.made_report import made_report

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script of a shell")
DOCUMENTS = (
    Document("brief-en.docx", b"one", MEDIA_TYPE),
    Document("brief-ar.v2.docx", b"two", MEDIA_TYPE),
)
CONVERTS = """
for each in *.docx; do
    printf '%%PDF-1.7 of %s\\n%%%%EOF\\n' "$(cat "$each")" > "${each%.docx}.pdf"
done
"""


@pytest.fixture
def soffice(tmp_path, monkeypatch):
    """Put a stand-in of LibreOffice on the path, and have temporary folders where they are seen."""
    programs, place = tmp_path / "bin", tmp_path / "temporary"
    programs.mkdir()
    place.mkdir()

    def stand_in(script: str) -> Path:
        file = programs / "soffice"
        file.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
        file.chmod(0o755)
        monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
        monkeypatch.setattr(tempfile, "tempdir", str(place))
        return place

    return stand_in


@POSIX
def test_all_documents_are_converted_in_one_call_under_their_own_names(soffice, tmp_path):
    soffice(f"echo called >> {tmp_path}/calls\n{CONVERTS}")

    made = pdf.as_pdf(DOCUMENTS, 20)

    assert [one.name for one in made] == ["brief-en.pdf", "brief-ar.v2.pdf"]
    assert [one.content for one in made] == [
        b"%PDF-1.7 of one\n%%EOF\n",
        b"%PDF-1.7 of two\n%%EOF\n",
    ]
    assert {one.media_type for one in made} == {"application/pdf"}
    assert (tmp_path / "calls").read_text(encoding="utf-8") == "called\n"


@POSIX
def test_the_command_holds_no_name_of_a_document_and_the_profile_is_temporary(soffice, tmp_path):
    place = soffice(f'printf "%s\\n" "$@" > {tmp_path}/arguments\n{CONVERTS}')

    pdf.as_pdf([Document("a; touch b.docx", b"one", MEDIA_TYPE)], 20)
    arguments = (tmp_path / "arguments").read_text(encoding="utf-8").splitlines()

    assert arguments[0].startswith(f"-env:UserInstallation={place.as_uri()}/socialpoll-")
    assert arguments[-1] == "1.docx"
    assert not [one for one in arguments if "touch" in one]


@POSIX
def test_nothing_is_left_in_the_temporary_folder(soffice):
    place = soffice(CONVERTS)

    pdf.as_pdf(DOCUMENTS, 20)

    assert list(place.iterdir()) == []


@POSIX
def test_what_the_environment_keeps_secret_is_not_told(soffice, tmp_path, monkeypatch):
    monkeypatch.setenv("A_SECRET", "of the house")
    soffice(f"env > {tmp_path}/told\n{CONVERTS}")

    pdf.as_pdf(DOCUMENTS, 20)

    assert "A_SECRET" not in (tmp_path / "told").read_text(encoding="utf-8")


def gone(process: int) -> bool:
    """Wait until a process has ended; say whether it has."""
    for _ in range(100):
        told = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
        ).stdout.strip()
        if not told or told.startswith("Z"):
            return True
        time.sleep(0.05)
    return False


@POSIX
def test_over_the_limit_it_is_ended_with_its_children(soffice, tmp_path):
    place = soffice(f"sleep 600 &\necho $! > {tmp_path}/child\nwait\n")
    begun = time.monotonic()

    with pytest.raises(ExportError, match="took too long and was ended") as caught:
        pdf.as_pdf(DOCUMENTS, 1)

    assert time.monotonic() - begun < 30
    assert caught.value.found == "more than 1 seconds"
    assert "pdf_limit" in caught.value.advice
    assert gone(int((tmp_path / "child").read_text(encoding="utf-8")))
    assert list(place.iterdir()) == []


@POSIX
def test_children_are_ended_too_where_what_started_them_is_gone(soffice, tmp_path):
    soffice(f"sleep 600 &\necho $! > {tmp_path}/child\n")

    with pytest.raises(ExportError, match="took too long"):
        pdf.as_pdf(DOCUMENTS, 1)

    assert gone(int((tmp_path / "child").read_text(encoding="utf-8")))


@POSIX
@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("echo 'Error: source file could not be loaded' >&2\nexit 1", "Error: source file could"),
        ("exit 0", "it said nothing"),
        ("for one in *.docx; do printf half > ${one%.docx}.pdf; done", "it said nothing"),
    ],
)
def test_a_document_without_a_whole_pdf_is_named_with_what_was_said(soffice, script, found):
    soffice(script)

    with pytest.raises(ExportError, match="did not make a PDF of every document") as caught:
        pdf.as_pdf(DOCUMENTS, 20)

    assert caught.value.where == "brief-en.docx, brief-ar.v2.docx"
    assert caught.value.found.startswith(found)


@POSIX
def test_a_program_that_cannot_be_started_is_named(soffice):
    soffice("")
    program = Path(shutil.which("soffice"))
    program.write_bytes(b"\x7fELF, but not really")

    with pytest.raises(ExportError, match="cannot be started") as caught:
        pdf.as_pdf(DOCUMENTS, 20)

    assert caught.value.where == str(program)


def test_where_there_is_no_libreoffice_it_is_said_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "PLACES", ())

    with pytest.raises(ExportError, match="which is not installed") as caught:
        sp.render(made_report(), "word", languages="en", charts=False, pdf=True)

    assert "libreoffice-writer" in caught.value.advice


@POSIX
def test_nothing_is_written_where_no_pdf_can_be_made(soffice, tmp_path):
    soffice("exit 3")

    with pytest.raises(ExportError):
        sp.export(made_report(), "word", to=tmp_path / "out", charts=False, pdf=True)

    assert not (tmp_path / "out").exists()


@POSIX
def test_without_the_option_no_program_is_called(soffice, tmp_path):
    soffice(f"touch {tmp_path}/called")

    sp.render(made_report(), "word", languages="en", charts=False)

    assert not (tmp_path / "called").exists()


@POSIX
def test_all_languages_are_converted_together(soffice, tmp_path):
    soffice(f"echo called >> {tmp_path}/calls\n{CONVERTS}")

    documents = sp.render(made_report(), "word", charts=False, pdf=True)

    assert [one.name for one in documents] == [
        *(f"brief-{tag}.docx" for tag in made_report().languages),
        *(f"brief-{tag}.pdf" for tag in made_report().languages),
    ]
    assert (tmp_path / "calls").read_text(encoding="utf-8") == "called\n"


@pytest.mark.parametrize("limit", [0, -1, float("nan")])
def test_a_limit_is_a_time(limit):
    with pytest.raises(OptionsError, match="must be more than 0 seconds"):
        sp.render(made_report(), "word", pdf_limit=limit)


@pytest.mark.skipif(not any(map(shutil.which, pdf.NAMES)), reason="LibreOffice is not installed")
def test_libreoffice_makes_a_tagged_pdf_that_can_be_read(tmp_path):
    (word, made) = sp.render(made_report(), "word", languages="en", charts=False, pdf=True)

    assert word.name == "brief-en.docx"
    assert made.name == "brief-en.pdf"
    assert made.content.startswith(b"%PDF-")
    assert b"/MarkInfo<</Marked true>>" in made.content
    assert b"/Type/Page/" in made.content.replace(b" ", b"")
