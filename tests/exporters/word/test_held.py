from __future__ import annotations

import pytest

from socialpoll.errors import TemplateError
from socialpoll.exporters.word import WordOptions, check_template, look_at, render
from tests.exporters.made_report import edition
from tests.exporters.word.made_template import facing_template, template, with_table


def told(*paragraphs: str) -> list[tuple[str, str, str]]:
    problems = check_template(template(*paragraphs))
    return [(one.what, one.found, one.allowed) for one in problems]


@pytest.mark.parametrize(
    ("paragraphs", "languages"),
    [
        (["Nothing at all"], {1}),
        (["{{ title }}"], {1}),
        (["{% for other in sections %}{{ other.title }}{% endfor %}"], {1}),
        (["{{ title }}", "{{ other.title }}"], {2}),
        (["{{ title }}", "{{ other['title'] }}"], {2}),
        (["{{ title }}", "{{ other.title }}", "{% if facing %}{% endif %}"], {1, 2}),
        (["{% if not facing %}In one language{% endif %}"], {1, 2}),
    ],
)
def test_a_template_is_for_the_languages_that_its_variables_are_of(paragraphs, languages):
    assert look_at(template(*paragraphs)).languages == languages


def test_a_text_that_is_shown_in_one_language_is_told_with_what_belongs_beside_it():
    only = "a text in the first language only"

    assert told(
        "{{ other.title }}",
        "{% for line in cover %}{{ line }}{% endfor %}",
        "{% for one in sections %}{{ one.title|upper }}",
        "{% for block in one.blocks %}{{ block.notes|join('; ') }}{% endfor %}{% endfor %}",
        "{{ publisher.name if publisher.name else subtitle }}",
    )[-6:] == [
        ("a text in the second language only", "{{ other.title }}", "{{ title }} beside it"),
        (only, "{{ line }}", "{{ other.cover[loop.index0] }} beside it"),
        (only, "{{ one.title|upper }}", "{{ one.other.title }} beside it"),
        (only, "{{ block.notes|join('; ') }}", "{{ block.other.notes }} beside it"),
        (only, "{{ publisher.name if publisher.name else subtitle }}",
         "{{ publisher.other.name }} beside it"),
        (only, "{{ publisher.name if publisher.name else subtitle }}",
         "{{ other.subtitle }} beside it"),
    ]  # fmt: skip


def test_texts_may_stand_beside_each_other_in_any_place_and_form():
    loops = "{% for s in sections %}{% for b in s.blocks %}{% for r in b.rows %}"
    cells = "{% for c in r.cells %}{{ c.text }}{% endfor %}"
    others = "{% for c in r.cells %}{{ c.other.plain }}{{ c.other.letters }}{{ c.letters }}"
    ends = "{% endfor %}" * 3

    assert (
        told(
            "{{ (sections|first).title }} {{ sections[0].other.title }}",
            f"{loops}{cells}{others}{{% endfor %}}{ends}",
            "{% for s in sections %}{% for b in s.blocks %}{{ b.caption }}{{ b.other.title }}"
            "{% endfor %}{% endfor %}{{ cover|join }} {{ other.cover|sort|join }}",
            "{{ publisher.website }} {{ publisher.contact }} {{ language }} {{ other.language }}",
        )
        == []
    )


@pytest.mark.parametrize(
    ("text", "missed"),
    [
        ("{% if not facing %}{{ subtitle }}{% endif %}", []),
        ("{% if facing %}{{ title }}{{ other.title }}{% else %}{{ subtitle }}{% endif %}", []),
        ("{% if facing %}{% elif version %}{{ subtitle }}{% else %}{{ title }}{% endif %}", []),
        ("{% if not facing %}{% for s in sections %}{{ s.title }}{% endfor %}{% endif %}", []),
        ("{% if not facing %}{% if version %}{% else %}{{ title }}{% endif %}{% endif %}", []),
        ("{% if facing %}{{ title }}{% else %}{{ subtitle }}{% endif %}", ["{{ title }}"]),
        ("{% if not facing %}{% else %}{{ title }}{% endif %}", ["{{ title }}"]),
        ("{% if not facing %}{% endif %}{{ title }}", ["{{ title }}"]),
        ("{% if not facing or version %}{{ title }}{% endif %}", ["{{ title }}"]),
    ],
)
def test_what_is_for_documents_in_one_language_needs_no_counterpart(text, missed):
    assert [found for _, found, _ in told(text)] == missed


def test_a_misspelt_variable_of_the_other_language_is_told_with_the_nearest_and_its_place():
    content = with_table(("{{ title }}", "{{ other.titel }}"), before="{{ other.title }}")

    (problem,) = check_template(content)

    assert problem.what == "no such variable: other.titel"
    assert problem.where == 'body, table 1, row 1, cell 2 ("{{ other.titel }}")'
    assert problem.allowed.startswith("did you mean 'title'?")


@pytest.mark.parametrize(
    ("paragraph", "what"),
    [
        ("{% for one in other.sections %}{% endfor %}", "no such variable: other.sections"),
        ("{{ other.publisher.name }}", "no such variable: other.publisher"),
        ("{{ other }}", "a tag that shows no text"),
        ("{{ other.cover }}", "a tag that shows no text"),
        ("{{ other.title.other }}", "other.title has no part 'other'"),
    ],
)
def test_the_place_of_other_is_explained_where_it_stands_wrong(paragraph, what):
    found = check_template(template(paragraph))[0]

    assert found.what == what
    assert found.advice.startswith(
        "'other.' stands before the last name: {{ publisher.other.name }}"
    )


def test_a_list_of_the_other_language_is_not_repeated_inside_itself():
    twice = "{% for a in other.cover %}{% for b in other.cover %}{{ b }}{% endfor %}{% endfor %}"

    assert told(twice, "{{ cover|join }}")[0][0] == (
        "a loop over other.cover inside a loop over the same"
    )


def refusal(folder, content: bytes, *languages: str):
    path = folder / "house.docx"
    path.write_bytes(content)
    with pytest.raises(TemplateError) as caught:
        list(render(edition(*languages), WordOptions(template=path, charts=False)))
    return caught.value


def test_a_template_for_one_language_is_refused_with_two(tmp_path):
    error = refusal(tmp_path, template("{{ title }}"), "ar", "en")

    assert error.subject == "house.docx"
    assert error.what == "a template for one language"
    assert (error.found, error.allowed) == ("languages ar+en", "ar, en")
    assert "socialpoll template new --facing" in error.advice


def test_a_template_for_two_languages_is_refused_with_one(tmp_path):
    error = refusal(tmp_path, facing_template(), "en")

    assert error.what == "a template for two languages, filled in with one: en"
    assert (error.found, error.allowed) == ("{{ other.title }}", "ar+en")
    assert error.where == 'body, paragraph 2 ("{{ other.title }}")'
    assert "{%p if facing %}" in error.advice


def test_no_language_is_dropped_without_a_word(tmp_path):
    content = facing_template(first="{{ subtitle }}")

    for languages in (("ar", "en"), ("en", "ar")):
        error = refusal(tmp_path, content, *languages)
        assert (error.what, error.found) == ("a text in the first language only", "{{ subtitle }}")
