"""The variables a Word template may use: a contract with those who write templates.

A mapping has parts, a list of one element is repeated, and a string says what a text is. In a
document of two languages every mapping with words of its own has a part ``other``: the same words
in the second language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

__all__ = [
    "ALONE",
    "CONTRACT",
    "CONTRACT_VERSION",
    "OTHER",
    "PICTURES",
    "Kind",
    "Words",
    "kinds",
    "template_variables",
]


class Words(str):
    """What a text is that differs from language to language."""

    __slots__ = ()


Kind: TypeAlias = "str | Mapping[str, Kind] | list[Kind]"

CONTRACT_VERSION = 1
"""Raised when a variable changes its meaning or goes; new ones may come at any time."""

OTHER = "other"
"""The part that has the words of the second language."""
IMAGE = Words("The picture itself; it stands in the body of the document only")
LOGO = "Their logo, or nothing; it stands in the body of the document only"
OTHER_IMAGE = Words("The picture in the second language; nothing where the first one holds both")
PICTURES = (IMAGE, OTHER_IMAGE, LOGO)
"""What is shown as a picture, and not as words."""

ALONE: Mapping[str, Kind] = {
    "version": "Version of this contract",
    "language": "Language of the document: ar, en",
    "direction": "Direction of its script: rtl or ltr",
    "title": Words("Title of the report"),
    "subtitle": Words("Subtitle of the report, or nothing"),
    "synthetic": "True where the data are made up",
    "synthetic_mark": Words("The words for made-up data, or nothing"),
    "synthetic_notice": Words("The sentence about made-up data, or nothing"),
    "cover": [Words("Line under the title: release date, edition and status, embargo")],
    "publisher": {
        "name": Words("Who publishes"),
        "about": Words("Who they are"),
        "contact": "How to reach them",
        "website": "Their site",
        "logo": LOGO,
    },
    "life_cycle": {
        "edition": "Which edition this is",
        "status": Words("final, provisional or revised"),
        "release_date": Words("When it was released"),
        "next_release": Words("When the next one is due"),
        "licence": Words("Licence of the data"),
        "embargo": Words("Until when it may not be shown"),
        "supersedes": "What it replaces",
    },
    "facts": [
        {
            "name": "Part of life_cycle or publisher",
            "label": Words("Its heading"),
            "text": Words("What there is to say"),
        }
    ],
    "words": {
        "about": Words("Heading of the list of facts"),
        "contents": Words("Heading of the table of contents"),
        "page": Words("Number of the page and of all pages, as fields that count themselves"),
    },
    "sections": [
        {
            "role": "headlines, indicator, methodology, publisher, recommendations or another",
            "name": "Plain name of the section",
            "title": Words("Its heading"),
            "level": "1, or 2 where the section belongs to a chapter",
            "chapter": Words("Heading of the chapter that begins here, or nothing"),
            "breaks": "True where a new page begins with this section",
            "turns": "True where landscape pages begin with this section",
            "returns": "True where they end with it",
            "blocks": [
                {
                    "kind": "text, table or picture",
                    "style": "Of a text: body, lead, bullet, note, source or warning",
                    "text": Words("Words of a text"),
                    "number": "Of a table or chart",
                    "title": Words("Title of a table or chart"),
                    "caption": Words("Number and title of a table or chart"),
                    "image": IMAGE,
                    "alt": Words("The sentence that replaces a picture"),
                    "notes": [Words("Line under a table or chart")],
                    "grouped": "True where columns of a table stand in groups",
                    "columns": [
                        {
                            "name": "Plain name of the column",
                            "heading": Words("Its heading"),
                            "kind": "label, figure, interval or text",
                            "group": Words("Words above the columns of its group, or nothing"),
                            "span": "Columns of a group, at its first; 0 at the others",
                        }
                    ],
                    "rows": [
                        {
                            "role": "body, total or group",
                            "label": Words("Text of its first cell"),
                            "cells": [
                                {
                                    "text": Words("What stands in the cell"),
                                    "kind": "Of its column",
                                    "plain": Words("The same without letters of a banner"),
                                    "letters": Words(
                                        "Of the columns that its figure is higher than"
                                    ),
                                },
                            ],
                        }
                    ],
                }
            ],
        }
    ],
}
"""Of a document in one language."""

LINE: Mapping[str, Kind] = {
    "text": "Its words",
    "letters": "Of the columns that it is higher than",
    "tag": "Its language, as Word names it: ar-OM, en-GB",
}
TEXTS: Mapping[str, Kind] = {
    "style": "Body, lead, bullet, note, source or warning",
    "text": Words("Its words"),
}
TABLES: Mapping[str, Kind] = {
    "title": "Title of the table, in its first language",
    "captions": [LINE],
    "grouped": "True where its columns stand in groups",
    "columns": [
        {
            "name": "Plain name of the column",
            "kind": "label, figure, interval or text",
            "span": "Columns of a group, at its first; 0 at the others",
            "heading": [LINE],
            "group": [LINE],
        }
    ],
    "rows": [
        {
            "role": "body, total or group",
            "label": [LINE],
            "cells": [{"kind": "Of its column", "lines": [LINE]}],
        }
    ],
}
MORE: Mapping[str, Mapping[str, Kind]] = {
    "": {"facing": "True where the document is in two languages"},
    "sections[].blocks[]": {"texts": [TEXTS], "tables": [TABLES]},
}
"""What only a template for two languages asks for: texts that follow one another, at the first of
them and lead and warning apart; a table laid out for both."""
SECOND: Mapping[str, Kind] = {
    "language": "The second language, or nothing",
    "direction": "Direction of its script, or nothing",
}
SAME = Words("The same in the second language")


def _facing(parts: Mapping[str, Kind], name: str = "") -> dict[str, Kind]:
    """Return what there is in two languages, of what there is in one."""
    parts = {**parts, **MORE.get(name, {})}
    made = {part: _inside(inner, _joined(name, part)) for part, inner in parts.items()}
    words = {part: _same(inner) for part, inner in parts.items() if _is_words(inner)}
    other = words if name else {**SECOND, **words}
    return {**made, OTHER: other} if other else made


def _inside(kind: Kind, name: str) -> Kind:
    if isinstance(kind, str):
        return kind
    return [_inside(kind[0], f"{name}[]")] if isinstance(kind, list) else _facing(kind, name)


def _is_words(kind: Kind) -> bool:
    return isinstance(kind[0] if isinstance(kind, list) else kind, Words)


def _same(kind: Kind) -> Kind:
    if isinstance(kind, list):
        return [SAME]
    return OTHER_IMAGE if kind == IMAGE else SAME


def _joined(name: str, part: str) -> str:
    return f"{name}.{part}" if name else part


def kinds(kind: Kind, name: str = "") -> Iterator[tuple[str, Kind]]:
    """Yield every variable of a contract with its kind; ``[]`` is one element of a list."""
    if name:
        yield name, kind
    if isinstance(kind, list):
        yield from kinds(kind[0], f"{name}[]")
    elif not isinstance(kind, str):
        for part, inner in kind.items():
            yield from kinds(inner, _joined(name, part))


CONTRACT: Mapping[str, Kind] = _facing(ALONE)
"""Of a document in one language or two."""


def template_variables() -> dict[str, str]:
    """List the variables that a Word template may use.

    Returns
    -------
    dict of str to str
        Each with what it means; ``[]`` stands for one element of a list. Those that only a template
        for two languages asks for come last; ``other`` has the same words in the second one.

    Examples
    --------
    >>> template_variables()["publisher.name"]
    'Who publishes'
    >>> template_variables()["sections[].title"]
    'Its heading'
    >>> template_variables()["sections[].other.title"]
    'The same in the second language'
    """
    several = (*kinds(ALONE), *kinds(CONTRACT))
    return {name: str(kind) for name, kind in several if isinstance(kind, str)}
