"""What is wrong with sections of the publisher's own, whoever declares them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from socialpoll.errors import Problem, ReportError, nearest
from socialpoll.report.own_sections import (
    PLACES,
    STATUSES,
    OwnSection,
    Passage,
    Phase,
    Pictures,
    Recommendations,
    Timeline,
)
from socialpoll.schema import Text
from socialpoll.schema.legible import legible

__all__ = ["check_own_sections", "paragraphs_of", "problems_of_section", "texts_of_section"]

EMPTY_LINES = re.compile(r"\n\s*\n")


def check_own_sections(sections: Sequence[OwnSection]) -> None:
    """Refuse sections with anything wrong: ReportError, whose ``problems`` has all of it."""
    problems = [
        Problem(one.what, f"sections[{number}].{one.where}", one.found, one.allowed, one.advice)
        for number, section in enumerate(sections, start=1)
        for one in (*problems_of_section(section), *_blanks(section))
    ]
    if problems:
        raise ReportError.of(problems)


def problems_of_section(section: OwnSection) -> Iterator[Problem]:
    """Yield what is wrong with a section, but for texts without words.

    Parameters
    ----------
    section : OwnSection

    Yields
    ------
    Problem
        ``where`` leads there from the section: ``"phases[2].end"``.
    """
    if section.place not in PLACES:
        yield Problem("no such place", "place", repr(section.place), nearest(section.place, PLACES))
    lengths = {tag: len(_paragraphs(words)) for tag, words in section.text.items()}
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{number} in {tag}" for tag, number in lengths.items())
        advice = "part paragraphs by empty lines, alike in every language"
        yield Problem("more paragraphs in one language than in another", "text", found, "", advice)
    yield from _of_its_own(section)


def texts_of_section(section: OwnSection) -> Iterator[tuple[str, Text, bool]]:
    """Yield the texts of a section: where each is, its words, and whether it must be there."""
    yield "title", section.title, True
    yield "text", section.text, isinstance(section, Passage) and not section.items
    match section:
        case Passage() | Recommendations():
            for number, item in enumerate(section.items, start=1):
                yield f"items[{number}]", item, True
        case Timeline():
            for number, phase in enumerate(section.phases, start=1):
                yield f"phases[{number}].title", phase.title, True
                yield f"phases[{number}].next_step", phase.next_step, False
        case Pictures():
            for number, picture in enumerate(section.pictures, start=1):
                yield f"pictures[{number}].alt", picture.alt, True
                yield f"pictures[{number}].caption", picture.caption, False


def paragraphs_of(text: Text) -> list[dict[str, str]]:
    r"""Return the paragraphs of a text, each in all its languages; lines in them are joined.

    Examples
    --------
    >>> paragraphs_of({"en": "One,\nand more.\n\nTwo."})
    [{'en': 'One, and more.'}, {'en': 'Two.'}]
    """
    parted = {tag: _paragraphs(words) for tag, words in text.items()}
    most = max(map(len, parted.values()), default=0)
    return [
        {tag: parts[place] for tag, parts in parted.items() if place < len(parts)}
        for place in range(most)
    ]


def _paragraphs(words: str) -> list[str]:
    parts = (" ".join(part.split()) for part in EMPTY_LINES.split(legible(words)))
    return [part for part in parts if part]


def _blanks(section: OwnSection) -> Iterator[Problem]:
    for where, text, required in texts_of_section(section):
        if (required and not text) or any(not words.strip() for words in text.values()):
            yield Problem("a text without words", where, advice="write it")


def _of_its_own(section: OwnSection) -> Iterator[Problem]:
    """Yield what only a section of this role can have wrong."""
    match section:
        case Recommendations() if not section.items:
            yield Problem("no recommendation", "items", advice="write at least one item")
        case Timeline() if not section.phases:
            yield Problem("no phase", "phases", advice="declare at least one")
        case Timeline():
            for number, phase in enumerate(section.phases, start=1):
                yield from _of_phase(f"phases[{number}]", phase)
        case Pictures() if not section.pictures:
            yield Problem("no picture", "pictures", advice="name the file of at least one")


def _of_phase(where: str, phase: Phase) -> Iterator[Problem]:
    start, end = phase.start, phase.end
    if phase.status not in STATUSES:
        allowed = nearest(phase.status, STATUSES)
        yield Problem("no such status", f"{where}.status", repr(phase.status), allowed)
    if start is not None and end is not None and end < start:
        yield Problem("it ends before it starts", f"{where}.end", str(end), f"{start} or later")
