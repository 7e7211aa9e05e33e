"""Words as forms hold them: their languages, and what programs that field forms do to them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from socialpoll.schema import UNDETERMINED
from socialpoll.schema.legible import legible

__all__ = [
    "LONGEST_CELL",
    "NOTHING",
    "folded",
    "form_words",
    "language_column",
    "language_of",
    "read_words",
]

LONGEST_CELL = 32_767
"""Characters of a cell in a workbook."""
BLANKS = re.compile(" {2,}")
TYPOGRAPHIC = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})
TAG = re.compile(r"(?:.*\(\s*)?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)(?:\s*\))?")
NOTHING = "-"
"""Stands for words of which nothing can be written."""
UNNAMED = "default"
"""What a column of words without a language is called."""


def language_column(tag: str) -> str:
    """Return a language as headings of a form name it.

    Examples
    --------
    >>> language_column("ar"), language_column("en-GB")
    ('Arabic (ar)', 'English (en-GB)')
    """
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tag, sep="-").get_language_name("en")
    except (UnknownLocaleError, ValueError):
        name = None
    return f"{name or tag} ({tag})"


def language_of(heading: str) -> str | None:
    """Return the tag of a language that a heading names; None where nobody can tell.

    Examples
    --------
    >>> [language_of(one) for one in ("Arabic (ar)", "en", "French", "default", "Martian")]
    ['ar', 'en', 'fr', 'und', None]
    """
    from babel import Locale

    words = heading.strip()
    if words == UNNAMED:
        return UNDETERMINED
    found = TAG.fullmatch(words)
    if found and (words.endswith(")") or _is_language(found[1])):
        return found[1]
    named = Locale("en").languages.items()
    return next((tag for tag, name in named if name.casefold() == words.casefold()), None)


def form_words(words: str) -> str:
    """Return words as programs that field forms show them.

    They turn typographic quotation marks into plain ones, take blanks away around a text, make one
    of several, and read ``${name}`` as the answer to a question, which is held off by a blank.

    Examples
    --------
    >>> form_words(" It’s  ${age} ")
    "It's $ {age}"
    """
    plain = BLANKS.sub(" ", legible(words).translate(TYPOGRAPHIC)).replace("${", "$ {")
    return plain.strip() or NOTHING


def folded(words: str) -> str:
    """Return words of a form in one line."""
    return form_words(words).replace("\n", " ")


def read_words(words: object, languages: Mapping[str, str]) -> dict[str, str]:
    """Return words of a form by language tag.

    Parameters
    ----------
    words : str or mapping of str to str
        As pyxform gives them: plain, or by heading.
    languages : mapping of str to str
        Heading to language tag.
    """
    if isinstance(words, Mapping):
        return {languages[name]: str(text) for name, text in words.items() if str(text).strip()}
    return {UNDETERMINED: str(words)} if words is not None and str(words).strip() else {}


def _is_language(tag: str) -> bool:
    from babel import Locale

    return tag.partition("-")[0].lower() in Locale("en").languages
