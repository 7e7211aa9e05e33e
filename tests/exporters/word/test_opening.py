from __future__ import annotations

import warnings
from io import BytesIO
from zipfile import ZIP_BZIP2, ZipFile

import pytest

from socialpoll.errors import TemplateError
from socialpoll.exporters.word import check_template
from socialpoll.exporters.word.opening import DOCUMENT, TEMPLATE, open_package, read_file
from socialpoll.exporters.word.package import pack, unpack
from tests.exporters.word.made_template import body, paragraph, template, with_part

DEEP = "".join(
    f'<!ENTITY lol{n} "{"&lol%s;" % (n - 1 if n > 1 else "") * 10}">' for n in range(1, 10)
)
BOMB = f'<!DOCTYPE lolz [<!ENTITY lol "lol">{DEEP}]>'
FILE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def whats(content: bytes) -> list[str]:
    return [one.what for one in check_template(content)]


def bzipped() -> bytes:
    file = BytesIO(template("a"))
    with ZipFile(file, "a", ZIP_BZIP2) as package:
        package.writestr("bomb.bin", bytes(2**20))
    return file.getvalue()


def doubled() -> bytes:
    file = BytesIO(template("a"))
    with ZipFile(file, "a") as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package.writestr("word/document.xml", "<a/>")
    return file.getvalue()


def lying(part: str = "word/zz.xml") -> bytes:
    """Return a file whose table of contents says that a long part is a short one."""
    content = bytearray(with_part(part, b"<a>" + b"x" * 100_000 + b"</a>"))
    at = content.rindex(part.encode()) - 46
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(content)


def locked() -> bytes:
    content = bytearray(template("a"))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def retyped(kind: bytes) -> bytes:
    """Return a file that says of its document that it is of another kind."""
    parts = unpack(template("a"))
    types = parts["[Content_Types].xml"].replace(b"document.main+xml", kind)
    return pack(parts | {"[Content_Types].xml": types})


def test_a_sound_file_is_taken_apart_into_its_parts():
    content = template("a")

    assert open_package(content, TEMPLATE) == (unpack(content), [])


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "no Word file"),
        (b"hello", "no Word file"),
        (template("a")[:-200], "no Word file"),
        (pack({"a.txt": b"a"}), "no Word document"),
        (with_part("word/media/bomb.bin", bytes(TEMPLATE.unpacked)), "too large once unpacked"),
        (pack({str(n): b"" for n in range(TEMPLATE.parts + 1)}), "too large once unpacked"),
        (body("<w:p/>" * TEMPLATE.elements), "too much text"),
        (body(paragraph("x" * TEMPLATE.written)), "too much text"),
        (bzipped(), "packed in a way that Word does not know"),
        (doubled(), "several times"),
        (locked(), "wants a password"),
        (lying(), "cannot be unpacked"),
        (with_part("word/document.xml", b"<w:document"), "no XML"),
        (with_part("word/document.xml", b""), "no XML"),
        (with_part("word/theme/theme1.xml", b"<a><b></a>"), "no XML"),
        (body(paragraph("&lol9;"), BOMB), "no XML"),
        (body('<w:p w:rsidR="&lol9;"/>', BOMB), "no XML"),
        (body(paragraph("&x;"), FILE), "declares a type or entities"),
        (with_part("word/document.xml", b"<a/>"), "without a body"),
        (
            with_part("word/_rels/document.xml.rels", b'<a><Relationship Id="a"/></a>'),
            "without Type",
        ),
        (with_part("docProps/core.xml", b"<a/>"), "cannot be read"),
        (retyped(b"template.main+xml"), "of another kind"),
        (with_part("_rels/.rels", b'<a b="http://purl.oclc.org/ooxml/x"/>'), "strict form"),
    ],
    # Bytes are no names: those of a packed file tell the second in which it was made.
    ids=lambda given: given if isinstance(given, str) else "file",
)
def test_a_file_that_is_no_sound_template_is_refused_with_its_reason(content, what):
    (found,) = whats(content)

    assert what in found


def test_a_part_that_cannot_be_read_is_named_as_it_is_called_in_word():
    (problem,) = check_template(with_part("word/header1.xml", b"<"))

    assert problem.where == "header 1"


def test_a_picture_that_is_not_there_is_told():
    parts = unpack(template("a"))
    del parts["word/styles.xml"]

    (problem,) = check_template(pack(parts))

    assert problem.what == "a Word file that cannot be read"
    assert "word/styles.xml" in problem.found


@pytest.mark.parametrize(
    ("inner", "what"),
    [
        ("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", "a table without columns"),
        (
            '<w:tbl><w:tblGrid><w:gridCol w:w="wide"/></w:tblGrid></w:tbl>',
            "a measure that is no number, gridCol",
        ),
        ('<w:sectPr><w:pgSz w:w="" w:h="1"/></w:sectPr>', "a measure that is no number, pgSz"),
    ],
)
def test_what_widths_cannot_be_reckoned_from_is_told(inner, what):
    assert whats(body(inner)) == [what]


def test_properties_that_the_file_takes_for_something_else_are_told():
    parts = unpack(template("a"))
    links = parts["_rels/.rels"].replace(b"metadata/core-properties", b"metadata/thumbnails")

    (problem,) = check_template(pack(parts | {"_rels/.rels": links}))

    assert (problem.where, problem.what) == (
        "properties",
        "a part that the file names twice, for two things",
    )


def test_a_level_of_headings_that_is_no_number_is_told():
    styles = unpack(template("a"))["word/styles.xml"].replace(
        b'<w:outlineLvl w:val="0"/>', b'<w:outlineLvl w:val="high"/>'
    )

    (problem, *_) = check_template(with_part("word/styles.xml", styles))

    assert (problem.where, problem.found) == ("styles", "high")


def test_a_file_is_read_no_further_than_its_limit(tmp_path):
    path = tmp_path / "large.docx"
    path.write_bytes(b"x" * (TEMPLATE.packed + 1000))

    assert len(read_file(path, TEMPLATE, TemplateError)) == TEMPLATE.packed + 1
    assert TEMPLATE.packed < DOCUMENT.packed


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(TemplateError, match=r"nowhere\.docx"):
        read_file(tmp_path / "nowhere.docx", TEMPLATE, TemplateError)
