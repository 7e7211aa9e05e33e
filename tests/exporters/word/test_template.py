from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest

from socialpoll.errors import TemplateError
from socialpoll.exporters.word import (
    WordOptions,
    built_in_template,
    check_template,
    render,
    sandbox,
    variables,
)
from socialpoll.exporters.word.context import context_of
from socialpoll.exporters.word.contract import CONTRACT
from socialpoll.exporters.word.loading import LARGEST_FILE
from socialpoll.exporters.word.package import pack, unpack
from socialpoll.exporters.word.template import build
from tests.exporters.made_report import edition, made_report

docx = pytest.importorskip("docx")

ESCAPE = "{{ ''.__class__.__mro__ }}"


def template(*paragraphs: str, header: str = "", title: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.title = title
    document.sections[0].header.paragraphs[0].text = header
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def filled(tmp_path, content: bytes) -> docx.Document:
    path = tmp_path / "house.docx"
    path.write_bytes(content)
    (document,) = render(edition("en"), WordOptions(template=str(path)))
    return docx.Document(BytesIO(document.content))


def refusal(tmp_path, content: bytes) -> TemplateError:
    with pytest.raises(TemplateError) as found:
        filled(tmp_path, content)
    return found.value


def test_the_built_in_template_is_what_its_script_builds():
    assert unpack(built_in_template()) == unpack(build())


def test_the_built_in_template_keeps_the_contract():
    assert check_template(built_in_template()) == ()


def test_the_context_is_plain_and_holds_what_the_contract_promises():
    context = context_of(edition("ar"), show=lambda picture: picture.name)

    def compare(kind, found, name):
        if isinstance(kind, str):
            assert type(found) in (str, bool, int), name
        elif isinstance(kind, list):
            assert type(found) is list, name
            for one in found:
                compare(kind[0], one, name)
        else:
            assert type(found) is dict, name
            assert set(found) == set(kind), name
            for part, inner in kind.items():
                compare(inner, found[part], f"{name}.{part}")

    compare(CONTRACT, context, "")


def test_every_variable_is_listed_with_its_meaning():
    listed = dict(variables())

    assert {"title", "publisher.name", "sections[].blocks[].rows[].cells[].text"} <= set(listed)
    assert all(listed.values())


def test_a_template_of_ones_own_is_filled_in(tmp_path):
    content = template(
        "{{ title }} by {{ publisher.name|upper }}",
        "{%p for section in sections %}",
        "{{ loop.index }}. {{ section.title }}{% if loop.last %}!{% endif %}",
        "{%p endfor %}",
        header="{{ language }}",
    )

    document = filled(tmp_path, content)

    texts = [one.text for one in document.paragraphs]
    assert texts[0] == 'Social media & "us" by CENTRE FOR POLLS'
    assert texts[1] == "1. Key findings"
    assert texts[-1].endswith("Who we are!")
    assert len(texts) == 1 + len(made_report().sections)
    assert document.sections[0].header.paragraphs[0].text == "en"


def test_the_built_in_template_can_be_taken_as_a_start(tmp_path):
    path = tmp_path / "mine.docx"
    path.write_bytes(built_in_template())

    (mine,) = render(edition("ar"), WordOptions(template=str(path), charts=False))
    (built_in,) = render(edition("ar"), WordOptions(charts=False))

    assert mine.content == built_in.content


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (template("first", ESCAPE), "word/document.xml, paragraph 2"),
        (template(header=ESCAPE), "word/header1.xml, paragraph 1"),
        (template(title=ESCAPE), "docProps/core.xml"),
    ],
)
def test_a_template_that_reaches_into_python_is_refused_where_it_stands(tmp_path, content, where):
    error = refusal(tmp_path, content)

    assert error.where == f"house.docx, {where}"
    assert "__class__" in error.found


@pytest.mark.parametrize(
    "tag",
    [
        "{{ title.upper() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ 'a' * 100000000 }}",
        "{{ title ~ title }}",
        "{{ title + title }}",
        "{{ title|format(1) }}",
        "{{ title|center(100000000) }}",
        "{{ title|attr('__class__') }}",
        "{{ range(10) }}",
        "{{ self }}",
        "{{ lipsum() }}",
        "{% set x = 1 %}",
        "{% include 'x' %}",
        "{% macro m() %}{% endmacro %}",
        "{% for a in title %}{{ a }}{% endfor %}",
        "{% for a, b in sections %}{% endfor %}",
        "{{ sections }}",
        "{{ sections[0].nothing }}",
        "{{ publisher }}",
        "{{ publisher['nam'] }}",
        "{{ title.length }}",
        "{{ titel }}",
        "{% if titel %}{% endif %}",
        "{{ title",
        "{% for section in sections %}{{ section.title }}",
    ],
)
def test_what_a_template_may_not_do_is_refused_before_it_is_filled_in(tag):
    assert check_template(template(tag)) != ()


def test_loops_that_would_never_end_are_refused():
    deep = "".join(f"{{% for a{level} in sections %}}" for level in range(6)) + "{% endfor %}" * 6

    assert any("deeper" in one.what for one in check_template(template(deep)))


def test_all_mistakes_are_told_at_once_with_the_nearest_name_and_the_place(tmp_path):
    error = refusal(
        tmp_path,
        template("{{ titel }}", "fine {{ title }}", "{{ publisher.nam }}", header="{{ x }}"),
    )

    assert [(one.where, one.found) for one in error.problems] == [
        ("word/document.xml, paragraph 1", "{{ titel }}"),
        ("word/document.xml, paragraph 3", "{{ publisher.nam }}"),
        ("word/header1.xml, paragraph 1", "{{ x }}"),
    ]
    assert "did you mean 'title'?" in error.allowed
    assert "did you mean 'name'?" in error.problems[1].allowed
    assert "word/document.xml, paragraph 3" in str(error)


def test_the_sandbox_holds_even_without_the_check():
    from jinja2 import TemplateError as JinjaError

    made = sandbox.environment()

    for source in (ESCAPE, "{{ nothing }}", "{{ x.y }}", "{{ range(3) }}"):
        with pytest.raises(JinjaError):
            made.from_string(source).render({"x": {}})
    assert made.from_string("{{ a }}").render({"a": "R&D <b>"}) == "R&amp;D &lt;b&gt;"


def test_a_template_that_writes_too_much_is_stopped(monkeypatch, tmp_path):
    monkeypatch.setattr(sandbox, "LARGEST_RENDERED", 20_000)
    long = "{% for one in sections %}" + "many words " * 1000 + "{% endfor %}"

    error = refusal(tmp_path, template(long))

    assert "too large" in error.what


def test_a_template_that_is_too_large_is_not_read(tmp_path):
    error = refusal(tmp_path, b"x" * (LARGEST_FILE + 1))

    assert "too large" in error.what


def test_a_template_that_is_too_large_once_unpacked_is_refused():
    parts = unpack(template("a")) | {"word/media/bomb.bin": bytes(61 * 2**20)}

    assert "unpacked" in check_template(pack(parts))[0].what


@pytest.mark.parametrize("content", [b"no zip file", pack({"a.txt": b"a"})])
def test_what_is_no_word_file_is_refused(tmp_path, content):
    assert "save the template as .docx" in refusal(tmp_path, content).advice


def test_a_template_with_macros_is_refused():
    parts = unpack(template("a")) | {"word/vbaProject.bin": b"macro"}

    assert "macros" in check_template(pack(parts))[0].what


def test_a_template_that_is_not_there_is_named(tmp_path):
    with pytest.raises(TemplateError, match=r"nowhere\.docx"):
        list(render(edition("en"), WordOptions(template=str(tmp_path / "nowhere.docx"))))


def test_a_template_that_is_torn_once_it_is_filled_in_is_refused(tmp_path):
    document = docx.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "{% if not title %}begin"
    document.add_paragraph("{% endif %}end")
    file = BytesIO()
    document.save(file)

    assert "no Word document" in refusal(tmp_path, file.getvalue()).what


def test_an_element_that_is_not_there_is_told_as_a_fault_of_the_template(tmp_path):
    path = tmp_path / "house.docx"
    path.write_bytes(template("{{ sections[0].title }}"))
    empty = edition("en", report=replace(made_report(), sections=()))

    with pytest.raises(TemplateError, match="cannot be filled in"):
        list(render(empty, WordOptions(template=str(path))))


def test_expressions_that_choose_and_filter_are_allowed():
    allowed = template(
        "{{ subtitle if subtitle else title|trim }}",
        "{{ (sections|first).title }} {{ sections|length }}",
        "{% for a in sections|reverse if a.role == 'indicator' %}{{ a['title'] }}{% endfor %}",
    )

    assert check_template(allowed) == ()
