from __future__ import annotations

import docx
import pytest

from socialpoll.errors import TemplateError
from socialpoll.exporters.word.filling import fill, open_template
from socialpoll.exporters.word.ooxml import W, serialise, w
from tests.exporters.word.made_template import body, paragraph, saved, template

ENOUGH = 100_000
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def filled(content: bytes, **context: object):
    return fill(open_template(content), context, ENOUGH)


def words(root) -> list[str]:
    return [one.text for one in root.iter(w("t")) if one.text]


def test_the_document_is_filled_in_beside_the_package_and_the_other_parts_in_it():
    made = filled(template("{{ title }}", header="{{ title }}"), title="R&D")

    headers = [content for name, content in made.parts.items() if "header" in name]
    assert words(made.document) == ["R&D"]
    assert [b"R&amp;D" in one for one in headers] == [True]
    assert b"{{ title }}" in made.parts[made.name]


def test_the_document_keeps_what_stands_around_its_body():
    content = body(paragraph("{{ title }}"))
    made = filled(content, title="Poll")

    assert made.document.tag == w("document")
    assert [one.tag for one in made.document] == [w("body")]
    assert [one.tag for one in made.document[0]] == [w("p"), w("sectPr")]


def test_names_that_are_declared_again_within_their_reach_are_declared_once():
    again = f'<w:p xmlns:w="{W}"><w:r xmlns:a="{A}"><a:t/><w:t>{{{{ title }}}}</w:t></w:r></w:p>'
    made = filled(body(again), title="Poll")

    run = next(made.document.iter(w("r")))
    assert words(made.document) == ["Poll"]
    assert made.document.xpath("count(//*[namespace::a])") == len(list(run.iter()))
    assert serialise(made.document).count(f'"{W}"'.encode()) == 1


def test_a_header_whose_elements_do_not_close_is_told_with_its_name():
    document = docx.Document()
    header = document.sections[0].header
    header.add_table(rows=1, cols=1, width=1).cell(0, 0).text = "begin {%- if not title %}"
    header.add_paragraph("{%- endif %}end")

    with pytest.raises(TemplateError, match="no Word document") as caught:
        filled(saved(document), title="Poll")

    assert caught.value.where == "header 1"


def test_a_key_of_a_mapping_goes_before_what_mappings_can_do():
    made = filled(template("{{ fact.items }}"), fact={"items": "three"})

    assert words(made.document) == ["three"]
