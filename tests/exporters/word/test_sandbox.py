from __future__ import annotations

import pytest
from jinja2 import TemplateError as JinjaError

from socialpoll.errors import TemplateError
from socialpoll.exporters.word.sandbox import STEP, environment


def filled(source: str, enough: int = 10_000, **context: object) -> str:
    return environment(enough).from_string(source).render(context)


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ x.__init__.__globals__ }}",
        "{{ x['__class__'] }}",
        "{{ x|attr('__class__') }}",
        "{{ x.get('a') }}",
        "{{ nothing }}",
        "{{ x.y }}",
        "{{ range(3) }}",
        "{{ lipsum() }}",
        "{{ 'a' * 9 }}",
        "{{ 2 ** 9 }}",
        "{{ 'a' ~ 'b' }}",
        "{{ 1e999 }}",
        "{% set a = 1 %}",
        "{% include 'a' %}",
        "{% macro a() %}{% endmacro %}",
        "{% block a %}{% endblock %}",
    ],
)
def test_the_sandbox_holds_even_without_a_check(source):
    with pytest.raises((JinjaError, TemplateError)):
        filled(source, x={})


def test_what_is_shown_is_escaped():
    assert filled("{{ a }}", a="R&D <b>") == "R&amp;D &lt;b&gt;"


def test_braces_of_a_text_are_kept_from_the_engine_of_templates():
    kept = filled("<w:t>{{ a }}</w:t>".replace("w:", ""), a="{_{ x }_} {_% y %_}")

    assert "{_{" not in kept
    assert kept.replace("&#95;", "_") == "<t>{_{ x }_} {_% y %_}</t>"


def test_a_template_may_write_just_so_much():
    enough = 3 + STEP

    assert filled("abc", enough) == "abc"
    with pytest.raises(TemplateError, match="too large"):
        filled("abc", enough - 1)


def test_loops_that_write_nothing_are_counted():
    silent = "{% for a in x %}{% for b in x %}{% if a == 1 %}{% endif %}{% endfor %}{% endfor %}"

    assert filled(silent, 40_000, x=[0] * 20) == ""
    with pytest.raises(TemplateError, match="too large"):
        filled(silent, 40_000, x=[0] * 200)


def test_the_parts_of_a_template_share_what_may_be_written():
    made = environment(100)
    part = made.from_string("{{ a }}")

    assert part.render(a="b" * 50) == "b" * 50
    with pytest.raises(TemplateError, match="too large"):
        part.render(a="b" * 50)


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("{{ x[7] }}", "has no element 7"),
        ("{{ x < 3 }}", "not supported between"),
        ("{{ 'a'|trim(1) }}", "strip arg"),
    ],
)
def test_what_goes_wrong_is_told_with_the_tag_and_the_words_around_it(tag, found):
    source = f"<p>fine</p>\n<p>Of {tag} all</p>"

    with pytest.raises(TemplateError, match=found) as caught:
        filled(source, x=[1])

    assert caught.value.where == f'("Of {tag} all")'
    assert caught.value.found == tag
