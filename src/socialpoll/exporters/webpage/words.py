"""Words of a page: escaped, and marked where they are in another language than their page."""

from __future__ import annotations

import re
from html import escape

from socialpoll.report import Edition, Phrase, Said
from socialpoll.report.language import direction_of
from socialpoll.schema.texts import UNDETERMINED, spoken

__all__ = ["marked", "named", "shown", "tongue"]

OUTSIDE_NAMES = re.compile(r"[^A-Za-z0-9_-]+")


def tongue(tag: str) -> str:
    """Return the attributes of words in a language."""
    return f' lang="{escape(tag)}" dir="{direction_of(tag)}"'


def shown(edition: Edition, phrase: Phrase) -> str:
    """Return a phrase of an edition as HTML.

    Parameters
    ----------
    edition : Edition
    phrase : Said or Message

    Returns
    -------
    str
        What is there in another language only says so; what is of no language finds its direction
        by itself, and leaves that of its neighbours alone.
    """
    words = escape(edition.text(phrase))
    if not words or not isinstance(phrase, Said):
        return words
    attributes = marked(edition, phrase)
    of_no_language = spoken(phrase.words, edition.language) == UNDETERMINED
    return f"<bdi{attributes}>{words}</bdi>" if attributes or of_no_language else words


def marked(edition: Edition, said: object) -> str:
    """Return the attributes of words that are there in another language only."""
    if not isinstance(said, Said) or not said.words:
        return ""
    tag = spoken(said.words, edition.language)
    at_home = tag in {edition.language, edition.language.partition("-")[0], UNDETERMINED}
    return "" if at_home else tongue(tag)


def named(words: str) -> str:
    """Return words as a name on a page: of letters, digits, hyphens and underscores."""
    return OUTSIDE_NAMES.sub("-", words)
