"""Draw brief.png: two pages of the demo's brief in English, and two in Arabic.

``python docs/images/brief.py`` writes it beside this file. It needs LibreOffice, poppler and
Pillow.
"""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from PIL import Image, ImageOps

Shown: TypeAlias = tuple[str, re.Pattern[str]]

DENSITY = 54
"""Dots an inch."""
FRAME, BETWEEN, COLOURS = 1, 16, 64
GREY = "#999999"
UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u064b-\u0652 ]")
SHOWN = (
    ("en", re.compile("Centrefor")),
    ("en", re.compile("^Keyfindings$", re.MULTILINE)),
    ("ar", re.compile("شكل1:|شكل:1")),
    ("ar", re.compile("^كيفنصلإلىالمواطنين$", re.MULTILINE)),
)
"""The first page of a language that holds these words, without spaces and marks."""


def printed(folder: Path) -> None:
    """Print the briefs of a folder as PDF beside them."""
    home = f"-env:UserInstallation={folder.as_uri()}/home"
    convert = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    briefs = map(str, sorted(folder.glob("*.docx")))
    subprocess.run([*convert, *briefs], check=True, capture_output=True)  # noqa: S603


def pages_of(pdf: Path) -> list[str]:
    """Return the words of every page, without spaces and marks."""
    told = subprocess.run(  # noqa: S603
        ["pdftotext", "-layout", str(pdf), "-"],  # noqa: S607
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    return [UNSEEN.sub("", unicodedata.normalize("NFKC", one)) for one in told.split("\f")]


def drawn(folder: Path, shown: Iterable[Shown]) -> Iterator[Image.Image]:
    """Yield the pages that are shown, of briefs that were printed into the folder."""
    for language, words in shown:
        pdf = folder / f"brief-{language}.pdf"
        number = next(k for k, told in enumerate(pages_of(pdf), 1) if words.search(told))
        target = folder / f"{language}-{number}"
        one = ["-r", str(DENSITY), "-f", str(number), "-l", str(number), "-singlefile", "-png"]
        command = ["pdftoppm", *one, str(pdf), str(target)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
        with Image.open(target.with_suffix(".png")) as page:
            yield ImageOps.expand(page.convert("RGB"), FRAME, GREY)


def beside(pages: list[Image.Image]) -> Image.Image:
    """Put pages into a row."""
    width = sum(one.width for one in pages) + BETWEEN * (len(pages) - 1)
    row = Image.new("RGB", (width, max(one.height for one in pages)), "white")
    left = 0
    for one in pages:
        row.paste(one, (left, 0))
        left += one.width + BETWEEN
    return row


def draw(run: Sequence[str], briefs: Path, shown: Iterable[Shown], to: Path) -> None:
    """Run a module in a folder of its own, and draw pages of the briefs that it leaves there.

    Parameters
    ----------
    run : sequence of str
        Name of the module, and its arguments.
    briefs : Path
        Where it puts the briefs, in the folder.
    shown : iterable of (str, re.Pattern)
        Of each page the language, and words that it has.
    to : Path
        The picture.
    """
    with TemporaryDirectory() as name:
        command = [sys.executable, "-m", *run]
        subprocess.run(command, check=True, capture_output=True, cwd=name)  # noqa: S603
        folder = Path(name) / briefs
        printed(folder)
        picture = beside(list(drawn(folder, shown)))
    picture.quantize(COLOURS).save(to, optimize=True)


def main() -> None:
    """Draw the picture."""
    run = ("socialpoll", "demo", "-o", "out")
    draw(run, Path("out"), SHOWN, Path(__file__).with_suffix(".png"))


if __name__ == "__main__":
    main()
