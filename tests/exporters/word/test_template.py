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
    template_variables,
)
from socialpoll.exporters.word.context import context_of
from socialpoll.exporters.word.contract import ALONE, CONTRACT
from socialpoll.exporters.word.facing import facing_context
from socialpoll.exporters.word.opening import TEMPLATE
from socialpoll.exporters.word.package import pack, unpack
from socialpoll.exporters.word.template import build
from socialpoll.exporters.word.turning import Rooms
from socialpoll.report import Picture
from tests.exporters.made_report import edition, made_report
from tests.exporters.word.made_template import saved, template

docx = pytest.importorskip("docx")

ESCAPE = "{{ ''.__class__.__mro__ }}"


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


@pytest.mark.parametrize("facing", [False, True])
def test_the_built_in_template_keeps_the_contract(facing):
    assert check_template(built_in_template(facing=facing)) == ()


def sketched(*languages: str):
    def sketch(chart, edition, _form):
        return Picture(chart.name, b"", "image/png", edition.text(chart.alt), 1, 1)

    return replace(edition(*languages), artist=sketch)


def alone(*languages: str):
    return context_of(sketched(*languages), show=lambda picture: picture.name)


def together(*languages: str):
    return facing_context(
        sketched(*languages), show=lambda picture: picture.name, charts=True, rooms=Rooms()
    )


@pytest.mark.parametrize(
    ("write", "languages", "promised"),
    [
        (alone, ["ar"], ALONE),
        (together, ["ar", "en"], CONTRACT),
        (together, ["en"], CONTRACT),
    ],
)
def test_the_context_is_plain_and_holds_what_the_contract_promises(write, languages, promised):
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

    compare(promised, write(*languages), "")


def test_a_variable_of_one_language_has_the_same_value_in_two():
    def compare(kind, one, two, name):
        if isinstance(kind, dict):
            for part, inner in kind.items():
                compare(inner, one[part], two[part], f"{name}.{part}")
        elif isinstance(kind, list):
            for pair in zip(one, two, strict=True):
                compare(kind[0], *pair, name)
        else:
            # Intervals have no word in two languages, and one picture may have two sentences.
            assert ".cells." in name or name.endswith(".alt") or one == two, name

    compare(ALONE, alone("ar"), together("ar", "en"), "")


def test_every_variable_is_listed_with_its_meaning():
    listed = template_variables()

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
        (template("first", ESCAPE), f'body, paragraph 2 ("{ESCAPE}")'),
        (template(header=ESCAPE), f'header 1, paragraph 1 ("{ESCAPE}")'),
        (template(title=ESCAPE), "properties"),
    ],
)
def test_a_template_that_reaches_into_python_is_refused_where_it_stands(tmp_path, content, where):
    error = refusal(tmp_path, content)

    assert error.subject == "house.docx"
    assert (error.where, error.found) == (where, ESCAPE)


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
        "{{ sections|sort }}",
        "{{ sections|join }}",
        "{{ title|default(sections) }}",
        "{{ title|upper|lower|trim|upper }}",
        "{{ title is divisibleby(0) }}",
        "{{ sections[titel].title }}",
        "{{ title[subtitle] }}",
        "{{ [title] }}",
        "{{ 1e999 }}",
        "{{ not(((" + "(" * 200 + "title" + ")" * 203 + " }}",
        "{% for a in sections recursive %}{% endfor %}",
        "{% raw %}{% endraw %}",
        "{% import 'x' as x %}",
        "{% extends 'x' %}",
        "{% if titel %}{% endif %}",
        "{{ title",
        "{% for section in sections %}{{ section.title }}",
    ],
)
def test_what_a_template_may_not_do_is_refused_before_it_is_filled_in(tag):
    assert check_template(template(tag)) != ()


def test_a_list_is_not_repeated_inside_itself():
    twice = "{% for a in sections %}{% for b in sections|reverse %}{% endfor %}{% endfor %}"

    (problem,) = check_template(template(twice))

    assert problem.what == "a loop over sections|reverse inside a loop over the same"
    assert problem.found == "{% for b in sections|reverse %}"


def test_loops_are_limited_in_depth():
    lists = ["sections", "s.blocks", "b.tables", "t.rows", "r.cells", "c.lines", "facts", "cover"]
    names = ["s", "b", "t", "r", "c", "l", "f", "o"]
    loops = "".join(f"{{% for {a} in {b} %}}" for a, b in zip(names, lists, strict=True))

    (problem,) = check_template(template(loops + "{% endfor %}" * 8))

    assert problem.what == "loops deeper than 7"


def test_all_mistakes_are_told_at_once_with_the_nearest_name_and_the_place(tmp_path):
    error = refusal(
        tmp_path,
        template("{{ titel }}", "fine {{ title }}", "{{ publisher.nam }}", header="{{ x }}"),
    )

    assert [(one.where, one.found) for one in error.problems] == [
        ('body, paragraph 1 ("{{ titel }}")', "{{ titel }}"),
        ('body, paragraph 3 ("{{ publisher.nam }}")', "{{ publisher.nam }}"),
        ('header 1, paragraph 1 ("{{ x }}")', "{{ x }}"),
    ]
    assert "did you mean 'title'?" in error.allowed
    assert "did you mean 'name'?" in error.problems[1].allowed
    assert "body, paragraph 3" in str(error)


def test_a_template_that_writes_too_much_is_stopped(tmp_path):
    long = "{% for one in sections %}" + "many words " * 100_000 + "{% endfor %}"

    error = refusal(tmp_path, template(long))

    assert "too large" in error.what
    assert (error.subject, error.found) == ("house.docx", "{% for one in sections %} {% endfor %}")
    assert error.where.startswith('body ("{% for one in sections %}many words')


def test_a_template_that_is_too_large_is_not_read(tmp_path):
    error = refusal(tmp_path, b"x" * (TEMPLATE.packed + 1))

    assert "too large" in error.what


def test_a_template_that_is_too_large_once_unpacked_is_refused():
    parts = unpack(template("a")) | {"word/media/bomb.bin": bytes(61 * 2**20)}

    assert "unpacked" in check_template(pack(parts))[0].what


@pytest.mark.parametrize("content", [b"no zip file", pack({"a.txt": b"a"})])
def test_what_is_no_word_file_is_refused(tmp_path, content):
    assert refusal(tmp_path, content).advice == "save it as .docx"


def test_a_template_with_macros_is_refused():
    parts = unpack(template("a")) | {"word/vbaProject.bin": b"macro"}

    assert "macros" in check_template(pack(parts))[0].what


def test_a_template_that_is_not_there_is_named(tmp_path):
    with pytest.raises(TemplateError, match=r"nowhere\.docx"):
        list(render(edition("en"), WordOptions(template=str(tmp_path / "nowhere.docx"))))


def test_a_template_that_is_torn_once_it_is_filled_in_is_refused(tmp_path):
    document = docx.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "begin {%- if not title %}"
    document.add_paragraph("{%- endif %}end")

    assert "no Word document" in refusal(tmp_path, saved(document)).what


def test_an_element_that_is_not_there_is_told_as_a_fault_of_the_template(tmp_path):
    path = tmp_path / "house.docx"
    path.write_bytes(template("{{ sections[0].title }}"))
    empty = edition("en", report=replace(made_report(), sections=()))

    with pytest.raises(TemplateError, match="cannot be filled in") as caught:
        list(render(empty, WordOptions(template=str(path))))

    assert caught.value.where == 'body ("{{ sections[0].title }}")'
    assert caught.value.found == "{{ sections[0].title }}"


def test_expressions_that_choose_and_filter_are_allowed():
    allowed = template(
        "{{ subtitle if subtitle else title|trim }}",
        "{{ (sections|first).title }} {{ sections|length }}",
        "{% for a in sections|reverse if a.role == 'indicator' %}{{ a['title'] }}{% endfor %}",
        "{{ cover|sort|join(', ') }} {{ title|default('none') }}",
        "{% for a in sections %}{{ sections[loop.index0].title }}{% endfor %}",
        "{{ 'yes' if title is defined and version in (1, 2) }}",
    )

    assert check_template(allowed) == ()


def test_a_picture_stands_in_the_body_only_and_as_it_is():
    loops = "{% for s in sections %}{% for b in s.blocks %}", "{% endfor %}{% endfor %}"
    shown, filtered = (f"{{{{ b.image{more} }}}}".join(loops) for more in ("", "|upper"))

    assert check_template(template(shown)) == ()
    (placed,) = check_template(template(header=shown))
    (changed,) = check_template(template(filtered))
    assert placed.what == "a picture where there can be none"
    assert changed.what == "a picture cannot be filtered"
