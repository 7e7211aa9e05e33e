"""What `socialpoll demo` leaves behind: opened again by other readers, and rendered once."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.exporters import excel, slides
from tests.exporters.made_report import FORMULA, edition
from tests.exporters.reading_feeds import read_csv, released

SHARED = Path(__file__).parents[2].parent / "shared"
LANGUAGES = ("ar", "en")
needs_libreoffice = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftoppm")),
    reason="LibreOffice and poppler render the briefs, and are not installed here",
)


PARTS = Path(shutil.which("soffice") or "soffice").resolve().parent
"""Where the programs of LibreOffice are, each of them installed or not."""
needs_calc = pytest.mark.skipif(
    not (PARTS / "libsclo.so").is_file(), reason="LibreOffice Calc is not installed here"
)
needs_impress = pytest.mark.skipif(
    not (PARTS / "libsdlo.so").is_file(), reason="LibreOffice Impress is not installed here"
)


def demo(folder: Path) -> Path:
    command = [sys.executable, "-m", "socialpoll", "demo", "-o", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    return demo(tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def pages(out, tmp_path_factory) -> Path:
    """Both briefs as PDF, text and page images, a workbook and slides: one call of LibreOffice."""
    folder = tmp_path_factory.mktemp("pages")
    home = f"-env:UserInstallation={folder.as_uri()}/home"
    briefs = [str(out / f"brief-{one}.docx") for one in LANGUAGES]
    others = []
    for render, part in ((excel.render, "libsclo.so"), (slides.render, "libsdlo.so")):
        if (PARTS / part).is_file():
            (document,) = render(edition("en"))
            others.append(folder / document.name)
            others[-1].write_bytes(document.content)
    convert = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    files = [*briefs, *map(str, others)]
    subprocess.run([*convert, *files], check=True, capture_output=True, timeout=180)
    for one in others:
        subprocess.run(["pdftotext", "-layout", str(one.with_suffix(".pdf"))], check=True)
    for one in LANGUAGES:
        pdf = str(folder / f"brief-{one}.pdf")
        subprocess.run(["pdftotext", "-layout", pdf], check=True)
        image = ["pdftoppm", "-r", "40", "-gray", pdf, str(folder / one)]
        subprocess.run(image, check=True)
    return folder


def opened_brief(folder: Path, language: str):
    from docx import Document

    return Document(str(folder / f"brief-{language}.docx"))


def feed(folder: Path) -> pd.DataFrame:
    path = folder / "social-media-2019.csv"
    return pd.read_csv(path, keep_default_na=False, dtype=str)


def test_the_demo_leaves_briefs_a_feed_charts_and_a_manifest(out):
    names = {one.name for one in out.iterdir()}
    assert {"brief-ar.docx", "brief-en.docx", "manifest.json"} <= names
    feeds = {"social-media-2019.csv", "social-media-2019-outreach.csv"}
    assert {one.name for one in out.glob("*.csv")} == feeds
    charts = {one: {p.name[:-7] for p in out.glob(f"*-{one}.png")} for one in LANGUAGES}
    assert charts["ar"] == charts["en"]
    assert len(charts["ar"]) >= 8


def test_a_second_run_gives_the_same_bytes(out, tmp_path):
    second = demo(tmp_path / "second")
    bytes_of = [{p.name: p.read_bytes() for p in folder.iterdir()} for folder in (out, second)]
    assert bytes_of[0] == bytes_of[1]


def test_the_manifest_holds_the_hash_of_everything_that_came_out(out):
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    text = json.dumps(manifest)
    for path in out.iterdir():
        if path.name != "manifest.json":
            assert hashlib.sha256(path.read_bytes()).hexdigest() in text
    assert str(out) not in text
    assert manifest["failures"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brief_opens_and_nothing_of_the_template_is_left(out, language):
    with zipfile.ZipFile(out / f"brief-{language}.docx") as package:
        parts = [package.read(one).decode() for one in package.namelist() if one.endswith(".xml")]
    assert not [part for part in parts if "{{" in part or "{%" in part]
    opened = opened_brief(out, language)
    assert len(opened.tables) > 20
    assert opened.core_properties.language == language


def test_every_paragraph_and_table_of_the_arabic_brief_runs_right_to_left(out):
    from docx.oxml.ns import qn

    body = opened_brief(out, "ar").element.body
    written = [one for one in body.iter(qn("w:p")) if "".join(one.itertext()).strip()]
    assert all(one.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None for one in written)
    tables = list(body.iter(qn("w:tbl")))
    assert all(one.find(f"{qn('w:tblPr')}/{qn('w:bidiVisual')}") is not None for one in tables)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_of_a_brief_has_a_sentence_in_its_place(out, language):
    from docx.oxml.ns import qn

    body = opened_brief(out, language).element.body
    drawings = [one.get("descr") for one in body.iter(qn("wp:docPr"))]
    assert len(drawings) >= 8
    assert all(one and len(one.split()) > 5 for one in drawings)


@pytest.mark.skipif(not SHARED.exists(), reason="the schemas of ISO/IEC 29500 are not here")
def test_the_briefs_are_what_word_accepts(out):
    validator = SHARED / "ooxml" / "validate.py"
    briefs = [str(out / f"brief-{one}.docx") for one in LANGUAGES]
    done = subprocess.run(
        [sys.executable, str(validator), *briefs], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_a_reader_of_csvw_finds_the_released_figures_by_their_metadata(out, tmp_path):
    publisher = sp.Publisher(name={"en": "A centre", "ar": "مركز"})
    whole = sp.compose(sp.Release.load(out / "release.json"), title="Poll", publisher=publisher)
    report = replace(whole, figures=whole.figures[::6])
    sp.export(report, "csv", to=tmp_path, metadata=True)

    assert read_csv(tmp_path, report.name) == released(report)


def test_at_least_four_fifths_of_the_figures_by_governorate_can_be_printed(out):
    figures = feed(out)
    by_governorate = figures[figures["BREAKDOWN"] == "governorate"]
    assert len(by_governorate) >= 11
    assert (by_governorate["OBS_VALUE"] != "").mean() >= 0.8


def test_every_row_of_the_feed_says_that_the_data_are_synthetic(out):
    assert (feed(out)["SYNTHETIC"] == "true").all()


@needs_libreoffice
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Key findings", "Methodology", "95% confidence interval", "Synthetic data"]),
        ("ar", ["أبرز النتائج", "المنهجية", "فترة الثقة", "بيانات اصطناعية"]),
    ],
)
def test_a_rendered_brief_says_what_a_brief_must_say(pages, language, words):
    text = (pages / f"brief-{language}.txt").read_text(encoding="utf-8")
    plain = "".join(text.split())
    for one in words:
        assert "".join(one.split()) in plain, one


@needs_libreoffice
@needs_calc
def test_a_spreadsheet_program_shows_the_words_and_numbers_of_a_workbook(pages):
    words = (pages / "workbook-en.txt").read_text(encoding="utf-8").split()

    assert FORMULA in words
    assert {"60.0%", "[u]", "[c]", "1,204"} <= set(words)


@needs_libreoffice
@needs_impress
def test_a_program_for_slides_shows_the_words_and_numbers_of_a_deck(pages):
    words = (pages / "slides-en.txt").read_text(encoding="utf-8").split()

    assert {"60.0%", "[c]"} <= set(words)


@needs_libreoffice
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_on_a_rendered_page_reaches_its_edge(pages, language):
    from PIL import Image

    images = sorted(pages.glob(f"{language}-*.pgm"))
    assert images
    for path in images:
        with Image.open(path) as opened:
            page = opened.convert("L").point(lambda ink: 255 if ink < 200 else 0)
        box = page.getbbox()
        assert box is not None, f"{path.name} is empty"
        left, top, right, bottom = box
        width, height = page.size
        assert min(left, top, width - right, height - bottom) > 0.02 * width, path.name
