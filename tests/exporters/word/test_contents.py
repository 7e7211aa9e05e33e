from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO

import pytest

from socialpoll.exporters.word import WordOptions, render
from socialpoll.exporters.word.contents import fill_contents, heading_levels
from socialpoll.exporters.word.fields import PAGE, PAGES, set_fields
from socialpoll.exporters.word.ooxml import W, parse, style_of, value, w
from tests.exporters.made_report import edition

docx = pytest.importorskip("docx")
LEVELS = {"Heading1": 0, "Heading2": 1, "Heading3": 2}
needs_libreoffice = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice and poppler lay out the pages, and are not installed here",
)


def paragraph(style: str, *words: str) -> str:
    runs = "".join(f"<w:r><w:t>{one}</w:t></w:r>" for one in words)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def body(*parts: str):
    return parse(f'<w:body xmlns:w="{W}">{"".join(parts)}</w:body>'.encode())


def words(element) -> str:
    return "".join(text.text for text in element.iter(w("t")))


@pytest.fixture
def filled():
    root = body(
        paragraph("Contents"),
        paragraph("Heading1", "Find", "ings"),
        paragraph("Heading2", "Platforms"),
        paragraph("Heading3", "Too deep"),
        paragraph("Normal", "Text"),
        paragraph("Heading1", "Method"),
    )
    fill_contents(root, LEVELS)
    return root


def entries(root) -> list:
    return [one for one in root if style_of(one).startswith("TOC")]


def test_every_heading_of_two_levels_has_an_entry_in_the_place_of_the_contents(filled):
    assert [(style_of(one), words(one)) for one in entries(filled)] == [
        ("TOC1", "Findings"),
        ("TOC2", "Platforms"),
        ("TOC1", "Method"),
    ]
    assert list(filled)[:3] == entries(filled)
    assert "Contents" not in map(style_of, filled)


def test_every_entry_leads_to_the_bookmark_around_its_heading_and_asks_for_its_page(filled):
    names = {value(one, "name"): words(one.getparent()) for one in filled.iter(w("bookmarkStart"))}

    for entry in entries(filled):
        (link,) = entry.iter(w("hyperlink"))
        (instruction,) = entry.iter(w("instrText"))
        name = value(link, "anchor")
        assert names[name] == words(entry)
        assert instruction.text == f" PAGEREF {name} \\h "


def test_no_page_is_claimed_before_somebody_has_counted_it(filled):
    for entry in entries(filled):
        kinds = [value(one, "fldCharType") for one in entry.iter(w("fldChar"))]
        assert kinds == ["begin", "separate", "end"]
        assert not any(letter.isdigit() for letter in words(entry))


def test_a_document_without_a_place_for_contents_stays_as_it_is():
    root = body(paragraph("Heading1", "Findings"))

    fill_contents(root, LEVELS)

    assert list(root.iter(w("bookmarkStart"))) == []


def test_levels_are_those_that_the_styles_declare():
    styles = parse(
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="Chapter"><w:pPr><w:outlineLvl w:val="0"/>'
        '</w:pPr></w:style><w:style w:styleId="Normal"/></w:styles>'.encode()
    )

    assert heading_levels(styles) == {"Chapter": 0}


def test_numbers_of_pages_become_fields_and_the_words_around_them_stay():
    root = body(f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Page {PAGE} of {PAGES}!</w:t></w:r></w:p>")

    set_fields(root)

    (line,) = root
    assert words(line) == "Page 1 of 1!"
    assert [value(one, "instr") for one in line.iter(w("fldSimple"))] == [" PAGE ", " NUMPAGES "]
    assert all(run.find(f"{w('rPr')}/{w('b')}") is not None for run in line.iter(w("r")))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_contents_of_a_brief_name_what_its_headings_say(language):
    (made,) = render(edition(language), WordOptions(charts=False))
    document = docx.Document(BytesIO(made.content))
    headings, listed = [], []
    for one in document.paragraphs:
        if one.style.name.startswith("Heading"):
            headings.append(one.text)
        elif one.style.name.startswith("toc"):
            listed.append(one.text.strip())

    assert listed == headings
    assert len(listed) == 8


@needs_libreoffice
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_program_that_lays_out_pages_shows_each_entry_with_the_page_of_its_heading(
    language, tmp_path
):
    (made,) = render(edition(language), WordOptions(charts=False))
    (tmp_path / made.name).write_bytes(made.content)
    home = f"-env:UserInstallation={tmp_path.as_uri()}/home"
    convert = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, made.name], cwd=tmp_path, check=True, capture_output=True)
    pdf = tmp_path / made.name.replace("docx", "pdf")
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = text.split("\f")[:-1]
    numbers = [int(one) for one in re.findall(r"[0-9]+", pages[1])]
    entries = numbers[:8]

    # Beneath the contents stand the key findings, of which the first entry tells.
    assert entries[0] == 2
    assert entries == sorted(entries)
    assert entries[-1] == len(pages)
