"""Whether loops and conditions of a template close, in the place where they were opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from socialpoll.errors import Problem
from socialpoll.exporters.word.ooxml import w
from socialpoll.exporters.word.places import Map, own_text
from socialpoll.exporters.word.tags import OF_A_CELL, Tag, bare, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["problems_of_nesting"]

OPENS = {"for": "endfor", "if": "endif"}
BETWEEN = {"elif": ("if",), "else": ("if", "for")}
ALLOWED = ", ".join((*OPENS, *BETWEEN, *OPENS.values()))
DEEPEST = 20
"""Loops and conditions inside each other."""
MOST_BRANCHES = 50
NOUNS = {"p": "paragraph", "tc": "cell", "tr": "row"}
AROUND = {"tc": "tr", "tr": "tbl"}
"""What the element that leaves with a tag stands in."""


def problems_of_nesting(tags: Sequence[Tag], places: Map) -> list[Problem]:
    """Say where a loop or condition does not close, or closes somewhere else than it was opened.

    Parameters
    ----------
    tags : sequence of Tag
        Of a part, in its order.
    places : Map
        Of the same part.

    Returns
    -------
    list of Problem
        In the order in which they show.
    """
    return Nesting(places).read(tags)


class Nesting:
    """Goes through the tags of a part, and remembers what is open.

    Parameters
    ----------
    places : Map
    """

    def __init__(self, places: Map) -> None:
        self.places = places
        self.opened: list[Tag] = []
        self.branches: Counter[Tag] = Counter()
        self.problems: list[Problem] = []

    def read(self, tags: Sequence[Tag]) -> list[Problem]:
        """Return what is wrong with all of them together."""
        for tag in tags:
            self._stands_alone(tag)
            if tag.word in OPENS:
                self.opened.append(tag)
                if len(self.opened) == DEEPEST + 1:
                    self._say(tag, f"more than {DEEPEST} loops and conditions inside each other")
            elif tag.word in BETWEEN:
                self._continue(tag)
            elif tag.word in OPENS.values():
                self._close(tag)
            elif words_of(tag.written).startswith(OF_A_CELL):
                if next(tag.element.iterancestors(w("tc")), None) is None:
                    self._say(tag, "it shapes a cell of a table, but stands in none")
            elif tag.word:
                self._say(tag, "a template may not do this", ALLOWED)
        for tag in self.opened:
            self._say(tag, "it is never closed", f"{{% {OPENS[tag.word]} %}} further down")
        return self.problems

    def _continue(self, tag: Tag) -> None:
        if not self.opened or self.opened[-1].word not in BETWEEN[tag.word]:
            self._say(tag, f"{tag.word!r} without 'if'", "{% if … %} before it")
            return
        self._compare(self.opened[-1], tag)
        self.branches[self.opened[-1]] += 1
        if self.branches[self.opened[-1]] == MOST_BRANCHES + 1:
            self._say(tag, f"a condition of more than {MOST_BRANCHES} branches")

    def _close(self, tag: Tag) -> None:
        if not self.opened or OPENS[self.opened[-1].word] != tag.word:
            wanted = f"{{% {OPENS[self.opened[-1].word]} %}} first" if self.opened else ""
            self._say(tag, "it closes what is not open", wanted)
        if self.opened:
            self._compare(self.opened.pop(), tag)

    def _compare(self, opened: Tag, tag: Tag) -> None:
        """Hold a tag against the one that it belongs to: both take the same, in the same place."""
        if opened.merges or tag.merges or _around(opened) is _around(tag):
            return
        self._say(
            tag,
            f"it belongs to {opened.written}, which stands in another paragraph, cell or row",
            "both in one paragraph; or {%p … %} both, alone in paragraphs of one page or cell; or"
            " {%tr … %} both, alone in rows of one table",
        )

    def _stands_alone(self, tag: Tag) -> None:
        """See that a tag that takes its paragraph, cell or row away takes no words with it."""
        if tag.takes not in NOUNS:
            return
        noun = NOUNS[tag.takes]
        if not tag.word:
            self._say(tag, f"a tag that shows a text, and would take its {noun} away", "{{ … }}")
            return
        taken = _taken(tag)
        if taken is None:
            self._say(tag, f"it takes a {noun} of a table away, but stands in none")
        elif bare("".join(map(own_text, taken.iter(w("p")))).strip()) != bare(tag.written):
            self._say(
                tag,
                f"it takes its {noun} away, and what else stands there with it",
                f"nothing else in this {noun}",
            )

    def _say(self, tag: Tag, what: str, allowed: str = "") -> None:
        where = str(self.places.place(tag.element))
        self.problems.append(Problem(what, where, tag.written, allowed))


def _taken(tag: Tag) -> _Element | None:
    """Return the element that leaves with a tag, where there is one around it."""
    around = (tag.element, *tag.element.iterancestors())
    return next((one for one in around if one.tag == w(tag.takes)), None)


def _around(tag: Tag) -> _Element | None:
    """Return what two tags have in common if they can belong together."""
    taken = _taken(tag) if tag.takes in NOUNS else None
    if taken is None:
        return tag.element
    if tag.takes in AROUND:
        return next(taken.iterancestors(w(AROUND[tag.takes])), None)
    return taken.getparent()
