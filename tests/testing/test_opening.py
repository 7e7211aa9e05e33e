from __future__ import annotations

import io
import zipfile

import pytest

from socialpoll.hooks import Document
from socialpoll.testing.opening import flaw_in_content, live_parts, words_in

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def packed(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("_", "."), text)
    return file.getvalue()


def document(content: bytes, media_type: str) -> Document:
    return Document("a", content, media_type)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b'{"a": 1}', "application/json"),
        (b"<a>1</a>", "image/svg+xml"),
        ("كلمات".encode(), "text/plain"),
        (packed(a_xml="<a/>"), DOCX),
        (b"anything", "application/octet-stream"),
    ],
)
def test_a_document_that_is_of_its_type_has_no_flaw(content, media_type):
    assert flaw_in_content(document(content, media_type)) == ""


@pytest.mark.parametrize(
    ("content", "media_type", "flaw"),
    [
        (b"GIF89a", "image/png", "it does not begin as image/png does"),
        (b"{'a': 1}", "application/vnd.api+json", "it is no JSON"),
        (b"<a>", "application/xml", "it holds XML that is not well-formed"),
        (b"\xff\xfe", "text/csv", "it is no text in UTF-8"),
        (packed(a_xml="<a>&</a>"), DOCX, "it holds XML that is not well-formed"),
    ],
)
def test_a_document_that_is_not_has_its_flaw_told(content, media_type, flaw):
    assert flaw_in_content(document(content, media_type)) == flaw


def test_words_are_read_in_texts_and_packages_and_packages_inside_them():
    inner = packed(sheet_xml="<v>in a workbook</v>")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word.xml", "<t>R&amp;D</t>")
        package.writestr("book.xlsx", inner)
    documents = [document(file.getvalue(), DOCX), document(b'"\\u0643"', "application/json")]

    words = words_in(documents)

    assert all(one in words for one in ("R&D", "in a workbook", "ك"))
    assert "PNG" not in words_in([document(b"\x89PNG\xff", "image/png")])


def test_what_would_run_in_a_page_is_found():
    page = b'<p onclick="x()">a</p><script>x</script><a href=" JavaScript:x">b</a><p>&lt;script&gt;'

    assert live_parts(document(page, "text/html; charset=utf-8")) == [
        "onclick='x()'",
        "<script>",
        "href=' JavaScript:x'",
    ]
    assert live_parts(document(page, "text/plain")) == []
