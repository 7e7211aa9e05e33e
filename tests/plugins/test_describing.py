from __future__ import annotations

import pytest

from socialpoll import PluginHost
from socialpoll.plugins.describing import described
from tests.plugins.installing import exporting

KINDS = {
    "bool": "true or false",
    "int": "a whole number",
    "float | None": "a number or nothing",
    "Optional[str]": "words or nothing",
    "str | Path": "words or a file",
    "Literal['png', 'svg'] | bool": "'png', 'svg', true or false",
    "Annotated[int, 'above 0']": "a whole number",
    "tuple[Literal['png', 'svg'], ...]": "several of 'png' or 'svg'",
    "list[int | float]": "several of a whole number or a number",
    "dict": "dict",
    "dict[str, int]": "dict[str, int]",
}
TYPES = "\n".join(f"    o{place}: {kind} = None" for place, kind in enumerate(KINDS))
CODE = f'''
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, Optional

@dataclass(frozen=True)
class Options:
    """{{doc}}"""

{TYPES}
    made: object = field(default_factory=object, metadata={{"doc": "Made anew."}})
    own: int = field(default=1, init=False)
'''


@pytest.fixture
def options(install):
    """Install an exporter whose options have a docstring, and return what is known of them."""

    def options(doc: str):
        install("cards", CODE.replace("{doc}", doc) + exporting("cards", options="Options"))
        [cards] = described(PluginHost(), "cards")
        return {one.name: one for one in cards.options}

    return options


def test_every_type_of_an_option_is_said_in_words(options):
    known = options("Options.")

    assert [known[f"o{place}"].kind for place in range(len(KINDS))] == list(KINDS.values())


def test_what_the_makers_say_of_an_option_is_told_where_they_say_it(options):
    known = options(
        """Options.

    Attributes
    ----------
    o0, o1 : bool
        Two ``of``
        a kind.

        With a second paragraph.
    o2
        Without a type.

    Notes
    -----
    o3 : str
        Not an option here.
    """
    )

    assert known["o0"].doc == known["o1"].doc == "Two of a kind. With a second paragraph."
    assert (known["o2"].doc, known["o3"].doc) == ("Without a type.", "")
    assert known["made"].doc == "Made anew."


def test_what_is_no_plain_value_is_told_as_python_writes_it(options):
    known = options("Options.")

    assert known["made"].default.startswith("<object object at")
    assert "own" not in known


def test_what_a_reader_needs_and_reads_is_told():
    [kobo] = described(PluginHost(), "kobo")

    assert (kobo.offer.kind, kobo.suffixes, kobo.media_type) == ("reader", (), "")
    assert [one.requirement for one in kobo.requirements] == list(kobo.offer.record.requires)
    assert all(one.met == bool(one.installed) for one in kobo.requirements)


def test_a_rule_is_known_by_its_line_in_the_list():
    [rule] = described(PluginHost(), "min_base")

    assert rule.as_dict() == rule.offer.as_dict() | {
        "plugin": "disclosure",
        "suffixes": [],
        "media_type": "",
        "languages": "",
        "requirements": [],
        "options": [],
    }
