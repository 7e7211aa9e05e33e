from __future__ import annotations

import pytest

from socialpoll.exporters.word import look_at
from socialpoll.exporters.word.contract import CONTRACT, OTHER, kinds
from socialpoll.exporters.word.uses import counterpart_of
from tests.exporters.word.made_template import template


def used(text: str) -> list[tuple[str, bool]]:
    return [(use.name, use.shown) for use in look_at(template(text)).uses]


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("{{ title }}", [("title", True)]),
        ("{{ publisher['name']|upper }}", [("publisher.name", True)]),
        ("{{ sections[0].title }}", [("sections[].title", True)]),
        ("{{ (sections|reverse|first).title }}", [("sections[].title", True)]),
        ("{{ cover|sort|join(', ') }}", [("cover", True)]),
        ("{{ title if subtitle }}", [("subtitle", False), ("title", True)]),
        ("{% if title == subtitle %}{% endif %}", [("title", False), ("subtitle", False)]),
        ("{% for a in cover|reverse %}{{ a }}{% endfor %}", [("cover", False), ("cover[]", True)]),
        (
            "{% for a in sections if a.role %}{{ a.title }}{% endfor %}",
            [("sections", False), ("sections[].role", False), ("sections[].title", True)],
        ),
        (
            "{%p for a in sections %}{% for a in a.blocks %}{{ a.text }}{% endfor %}{{ a.title }}",
            [
                ("sections", False),
                ("sections[].blocks", False),
                ("sections[].blocks[].text", True),
                ("sections[].title", True),
            ],
        ),
    ],
)
def test_a_variable_is_known_by_its_name_in_the_contract(text, uses):
    assert used(text) == uses


def test_the_counterpart_of_a_counterpart_is_the_text_itself():
    others = [name for name, _ in kinds(CONTRACT) if f".{OTHER}." in f".{name}"]

    assert len(others) > 20
    for name in others:
        assert counterpart_of(counterpart_of(name)) == name
        assert OTHER not in counterpart_of(name).split(".")
