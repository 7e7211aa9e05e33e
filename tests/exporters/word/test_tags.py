from __future__ import annotations

from io import BytesIO

import docx
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.exporters.word import check_template
from socialpoll.exporters.word.tags import LONGEST, MOST, bare
from tests.exporters.word.made_template import body, paragraph, saved, template, with_table


def told(content: bytes) -> list[tuple[str, str]]:
    return [(one.where, one.what) for one in check_template(content)]


def whats(content: bytes) -> list[str]:
    return [one.what for one in check_template(content)]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("{{ title }}", "title"),
        ("{{title}}", "title"),
        ("{%p for a in b %}", "for a in b"),
        ("{%tr   endfor   %}", "endfor"),
        ("{%- if title -%}", "if title"),
        ("{{ p.x }}", "p.x"),
        ("{{ “a” }}", '"a"'),
        ("{% colspan column.span %}", "column.span"),
        ("{{ a\n|trim }}", "a |trim"),
    ],
)
def test_a_tag_says_the_same_however_it_is_written(written, says):
    assert bare(written) == says


@settings(max_examples=50)
@given(st.text("{}%# ap", max_size=30))
def test_any_braces_at_all_are_read_without_an_accident(text):
    assert all(one.what for one in check_template(body(paragraph(text))))


@pytest.mark.parametrize(
    "text",
    ["{{ title", "title }}", "{% if title", "{{ title }", "{{ a {{ title }}", "{% if a }}", "{# a"],
)
def test_half_a_tag_is_told_with_its_paragraph(text):
    first = told(template("fine", text))[0]

    assert first == (f'body, paragraph 2 ("{text}")', "half a tag")


@pytest.mark.parametrize("text", ["100 %", "{ one brace }", "a {} b", "% of {x}", "#} alone"])
def test_single_braces_are_words(text):
    assert check_template(template(text)) == ()


def test_a_tag_that_is_cut_into_runs_is_one_tag():
    document = docx.Document()
    line = document.add_paragraph()
    for piece in ("{", "{ ti", "tel", " }", "}"):
        line.add_run(piece)

    (problem,) = check_template(saved(document))

    assert problem.found == "{{ titel }}"
    assert "did you mean 'title'?" in problem.allowed


def test_a_tag_in_a_table_is_told_with_table_row_and_cell():
    content = with_table(("a", "b"), ("c", "Of {{ titel }} all"), before="fine")

    (problem,) = check_template(content)

    assert problem.where == 'body, table 1, row 2, cell 2 ("Of {{ titel }} all")'


def test_equal_mistakes_are_told_each_in_its_place():
    found = check_template(template("{{ titel }}", "{{ titel }}", "{{ titel }}"))

    assert [one.where.split(" (")[0] for one in found] == [
        "body, paragraph 1",
        "body, paragraph 2",
        "body, paragraph 3",
    ]


def test_a_tag_in_the_sentence_of_a_picture_is_read():
    def described(tag: str) -> bytes:
        return body(
            '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/'
            f'drawingml/2006/wordprocessingDrawing"><wp:docPr id="1" name="a" descr="{tag}"/>'
            "</wp:inline></w:drawing></w:r></w:p>"
        )

    assert check_template(described("{{ title }}")) == ()
    assert [one.found for one in check_template(described("{{ titel }}"))] == ["{{ titel }}"]
    assert whats(described("{{ publisher[&quot;name&quot;] }}")) == [
        "quotation marks inside a property"
    ]


def test_a_tag_where_none_is_filled_in_is_told():
    deleted = "<w:p><w:del><w:r><w:delText>{{ title }}</w:delText></w:r></w:del></w:p>"

    assert told(body(deleted)) == [("body, paragraph 1", "a tag where none is filled in")]


def test_tags_are_limited_in_length_and_number():
    assert whats(template("{{ title" + " " * LONGEST + "}}")) == ["a tag that is too long"]
    assert whats(body(paragraph("{{ title }}") * (MOST + 1))) == ["too many tags"]


@pytest.mark.parametrize(
    ("texts", "place", "what"),
    [
        (["{%p if title %}"], 1, "it is never closed"),
        (["fine", "{% endif %}"], 2, "it closes what is not open"),
        (["{% else %}"], 1, "'else' without 'if'"),
        (["{% if title %}{% endfor %}"], 1, "it closes what is not open"),
        (["{% if title %}a", "{% endif %}"], 2, "it belongs to {% if title %}, which stands in"),
        (["{%p if title %}", "{% endif %}a"], 2, "it belongs to {%p if title %}, which stands in"),
        (["{%p if title %} lost", "{%p endif %}"], 1, "it takes its paragraph away, and what else"),
        (["{%tr if title %}", "{%tr endif %}"], 1, "it takes a row of a table away, but"),
        (["{{p title }}"], 1, "a tag that shows a text, and would take its paragraph away"),
        (["{% colspan title %}"], 1, "it shapes a cell of a table, but stands in none"),
        (["{% set a = 1 %}"], 1, "a template may not do this"),
    ],
)
def test_tags_that_do_not_fit_together_are_told_where_they_stand(texts, place, what):
    where, found = told(template(*texts))[0]

    assert where.startswith(f"body, paragraph {place} ")
    assert found.startswith(what)


def test_a_row_that_leaves_with_its_tag_holds_nothing_else():
    loop = [("{%tr for fact in facts %}", ""), ("{{ fact.label }}", ""), ("{%tr endfor %}", "")]
    lost = [("{%tr for fact in facts %}", "lost"), *loop[1:]]

    assert check_template(with_table(*loop)) == ()
    assert told(with_table(*lost)) == [
        (
            'body, table 1, row 1, cell 1 ("{%tr for fact in facts %}")',
            "it takes its row away, and what else stands there with it",
        )
    ]


def test_a_loop_over_rows_ends_in_its_own_table():
    begin = with_table(("{%tr for fact in facts %}",), ("{{ fact.label }}",))
    document = docx.Document(BytesIO(begin))
    document.add_table(rows=1, cols=1).cell(0, 0).text = "{%tr endfor %}"

    (found,) = whats(saved(document))

    assert found.startswith("it belongs to {%tr for fact in facts %}, which stands in another")


def test_conditions_are_limited_in_depth_and_branches():
    deep = template("{% if title %}" * 21 + "{% endif %}" * 21)
    wide = template("{% if title %}" + "{% elif subtitle %}" * 51 + "{% endif %}")

    assert whats(deep) == ["more than 20 loops and conditions inside each other"]
    assert whats(wide) == ["a condition of more than 50 branches"]
