"""Words in several languages, kept as they were written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from socialpoll.schema.legible import legible

__all__ = ["UNDETERMINED", "Text", "as_text", "as_written", "say", "spoken"]

UNDETERMINED = "und"
"""BCP 47 subtag of a text whose language nobody declared; it serves every language."""


def as_text(written: object) -> object:
    """Turn a plain string into a text of undetermined language; leave all else for checks."""
    return {UNDETERMINED: written} if isinstance(written, str) else written


def as_written(text: Mapping[str, str]) -> str | dict[str, str]:
    """Turn a text of undetermined language back into a plain string; leave others as they are."""
    return text[UNDETERMINED] if set(text) == {UNDETERMINED} else dict(text)


_WORDS = {"type": "string", "minLength": 1}
Text: TypeAlias = Annotated[
    Mapping[str, str],
    BeforeValidator(as_text),
    PlainSerializer(as_written),
    WithJsonSchema({"anyOf": [_WORDS, {"type": "object", "additionalProperties": _WORDS}]}),
]
"""Language tag to words: ``{"en": "Sex", "ar": "الجنس"}``; a plain string serves every language."""


def say(text: Mapping[str, str] | None, language: str, *, default: str = "") -> str:
    """Return the words for a language.

    Parameters
    ----------
    text : mapping of str to str, or None
        Language tag to words.
    language : str
        BCP 47 tag; ``ar-OM`` falls back to ``ar``.
    default : str
        Returned where there is no text at all.

    Returns
    -------
    str
        The words in that language, else the undetermined ones, else the first that were declared;
        made :func:`~socialpoll.schema.legible.legible`.

    Examples
    --------
    >>> say({"en": "Sex", "ar": "الجنس"}, "ar-OM")
    'الجنس'
    >>> say({"und": "Q7"}, "ar")
    'Q7'
    """
    return legible(text[spoken(text, language)]) if text else default


def spoken(text: Mapping[str, str], language: str) -> str:
    """Return the tag of the words that stand for a text in a language.

    Examples
    --------
    >>> spoken({"en": "Sex", "ar": "الجنس"}, "ar-OM"), spoken({"en": "Sex"}, "ar")
    ('ar', 'en')
    """
    for tag in (language, language.partition("-")[0], UNDETERMINED):
        if tag in text:
            return tag
    return next(iter(text))
