"""Word documents as PDF, by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess  # the one place that starts a program, when it is asked to
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from socialpoll.errors import ExportError
from socialpoll.hooks import Document

__all__ = ["PDF", "as_pdf"]

PDF = "application/pdf"
NAMES = ("soffice", "libreoffice")
PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
)
"""Where it is when it is not on the path."""
TAGGED = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
"""For those who have a page read aloud, or jump by headings; versions before 7.4 pass it over."""
QUIET = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard")
KEPT = (
    *("PATH", "HOME", "LANG", "LC_ALL", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "XDG_DATA_HOME"),
    *("SYSTEMROOT", "WINDIR", "PROGRAMFILES", "USERPROFILE", "APPDATA", "LOCALAPPDATA"),
)
"""What the program is told of the environment; the rest is none of its business."""
LONGEST = 200
HALT = 10.0
"""Seconds that a program has to be gone after it was ended."""


def as_pdf(documents: Sequence[Document], limit: float) -> list[Document]:
    """Convert Word documents, all of them in one call.

    They are converted in a folder of their own, under plain numbers, with a profile of its own,
    so that neither an open LibreOffice nor its settings and macros have a part in it.

    Parameters
    ----------
    documents : sequence of Document
    limit : float
        Seconds for all of them together.

    Returns
    -------
    list of Document
        In the same order, of the same names but for the ending.

    Raises
    ------
    ExportError
        LibreOffice is not there, fails, or takes longer than the limit; it is then ended together
        with what it started.
    """
    program = _program()
    with TemporaryDirectory(prefix="socialpoll-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        sources = [folder / f"{number}.docx" for number in range(1, len(documents) + 1)]
        for source, document in zip(sources, documents, strict=True):
            source.write_bytes(document.content)
        said = _converted(program, sources, folder, limit)
        contents = [_content(source.with_suffix(".pdf")) for source in sources]
    lacking = [one.name for one, made in zip(documents, contents, strict=True) if made is None]
    if lacking:
        raise ExportError(
            "LibreOffice did not make a PDF of every document",
            where=", ".join(lacking),
            found=said,
            advice="open the Word document in LibreOffice to see why",
        )
    return [
        Document(f"{Path(one.name).stem}.pdf", made, PDF)
        for one, made in zip(documents, contents, strict=True)
        if made is not None
    ]


def _program() -> str:
    found = next(filter(None, map(shutil.which, (*NAMES, *PLACES))), None)
    if found is None:
        raise ExportError(
            "PDF is made by LibreOffice, which is not installed",
            where="option 'pdf'",
            found=f"no program {' or '.join(map(repr, NAMES))} on the path",
            advice="install LibreOffice Writer (package libreoffice-writer), or leave 'pdf' out",
        )
    return found


def _converted(program: str, sources: Sequence[Path], folder: Path, limit: float) -> str:
    """Call the program and return what it said."""
    profile = (folder / "profile").as_uri()
    names = [one.name for one in sources]
    command = [program, f"-env:UserInstallation={profile}", *QUIET]
    command += ["--convert-to", TAGGED, "--outdir", str(folder), *names]
    try:
        # A list and no shell: the documents are numbers, the rest is ours.
        process = subprocess.Popen(  # noqa: S603
            command,
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        raise ExportError(
            "LibreOffice cannot be started", where=program, found=error.strerror or str(error)
        ) from error
    try:
        said, _ = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired as error:
        raise ExportError(
            "LibreOffice took too long and was ended",
            where=f"{len(sources)} documents to PDF",
            found=f"more than {limit:g} seconds",
            advice="allow more with option 'pdf_limit', or make fewer documents at a time",
        ) from error
    finally:
        _end(process)
    return _last_words(said.decode(errors="replace"))


def _environment(folder: Path) -> Mapping[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program that still runs, with everything that it started."""
    if process.returncode is not None:
        return
    if sys.platform == "win32":
        tree = [f"{os.environ['SYSTEMROOT']}/System32/taskkill.exe", "/F", "/T", "/PID"]
        subprocess.run([*tree, str(process.pid)], check=False, capture_output=True)  # noqa: S603
    else:
        # The group outlives its first process: a starter may be gone before what it started.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(HALT)
    if process.stdout is not None:
        process.stdout.close()


def _content(file: Path) -> bytes | None:
    """Return a PDF that was made whole; None where there is none."""
    content = file.read_bytes() if file.is_file() else b""
    return content if content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:] else None


def _last_words(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1][:LONGEST] if lines else "it said nothing"
