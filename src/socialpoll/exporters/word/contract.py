"""The variables a Word template may use: a contract with those who write templates.

A mapping has parts, a list of one element is repeated, and a string says what a text is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

__all__ = ["CONTRACT", "CONTRACT_VERSION", "PICTURES", "Kind", "template_variables"]

Kind: TypeAlias = "str | Mapping[str, Kind] | list[Kind]"

CONTRACT_VERSION = 1
"""Raised when a variable changes its meaning or goes; new ones may come at any time."""

IMAGE = "The picture itself; it stands in the body of the document only"
LOGO = "Their logo, or nothing; it stands in the body of the document only"
PICTURES = (IMAGE, LOGO)
"""What is shown as a picture, and not as words."""

CONTRACT: Mapping[str, Kind] = {
    "version": "Version of this contract",
    "language": "Language of the document: ar, en",
    "direction": "Direction of its script: rtl or ltr",
    "title": "Title of the report",
    "subtitle": "Subtitle of the report, or nothing",
    "synthetic": "True where the data are made up",
    "synthetic_mark": "The words for made-up data, or nothing",
    "synthetic_notice": "The sentence about made-up data, or nothing",
    "cover": ["Line under the title: release date, edition and status, embargo"],
    "publisher": {
        "name": "Who publishes",
        "about": "Who they are",
        "contact": "How to reach them",
        "website": "Their site",
        "logo": LOGO,
    },
    "life_cycle": {
        "edition": "Which edition this is",
        "status": "final, provisional or revised",
        "release_date": "When it was released",
        "next_release": "When the next one is due",
        "licence": "Licence of the data",
        "embargo": "Until when it may not be shown",
        "supersedes": "What it replaces",
    },
    "facts": [
        {
            "name": "Part of life_cycle or publisher",
            "label": "Its heading",
            "text": "What there is to say",
        }
    ],
    "words": {
        "about": "Heading of the list of facts",
        "contents": "Heading of the table of contents",
        "page": "Number of the page and of all pages, as fields that count themselves",
    },
    "sections": [
        {
            "role": "headlines, indicator, methodology, publisher, recommendations or another",
            "name": "Plain name of the section",
            "title": "Its heading",
            "level": "1, or 2 where the section belongs to a chapter",
            "chapter": "Heading of the chapter that begins here, or nothing",
            "breaks": "True where a new page begins with this section",
            "turns": "True where landscape pages begin with this section",
            "returns": "True where they end with it",
            "blocks": [
                {
                    "kind": "text, table or picture",
                    "style": "Of a text: body, lead, bullet, note, source or warning",
                    "text": "Words of a text",
                    "number": "Of a table or chart",
                    "title": "Title of a table or chart",
                    "caption": "Number and title of a table or chart",
                    "image": IMAGE,
                    "alt": "The sentence that replaces a picture",
                    "notes": ["Line under a table or chart"],
                    "grouped": "True where columns of a table stand in groups",
                    "columns": [
                        {
                            "name": "Plain name of the column",
                            "heading": "Its heading",
                            "kind": "label, figure, interval or text",
                            "group": "Words above the columns of its group, or nothing",
                            "span": "Columns of a group, at its first; 0 at the others",
                        }
                    ],
                    "rows": [
                        {
                            "role": "body, total or group",
                            "label": "Text of its first cell",
                            "cells": [
                                {
                                    "text": "What stands in the cell",
                                    "kind": "Of its column",
                                    "plain": "The same without letters of a banner",
                                    "letters": "Of the columns that its figure is higher than",
                                },
                            ],
                        }
                    ],
                }
            ],
        }
    ],
}


def template_variables() -> dict[str, str]:
    """List the variables that a Word template may use.

    Returns
    -------
    dict of str to str
        Each with what it means; ``[]`` stands for one element of a list.

    Examples
    --------
    >>> template_variables()["publisher.name"]
    'Who publishes'
    >>> template_variables()["sections[].title"]
    'Its heading'
    """
    return dict(_leaves("", CONTRACT))


def _leaves(name: str, kind: Kind) -> Iterator[tuple[str, str]]:
    if isinstance(kind, str):
        yield name, kind
    elif isinstance(kind, list):
        yield from _leaves(f"{name}[]", kind[0])
    else:
        for part, inner in kind.items():
            yield from _leaves(f"{name}.{part}" if name else part, inner)
