"""Editions by name: one language, or two in one document, as people write them: ``ar+en``."""

from __future__ import annotations

from collections.abc import Sequence

from socialpoll.errors import Problem, nearest

__all__ = ["languages_of", "problem_of_edition"]

PLUS = "+"
TWO = 2


def languages_of(edition: str) -> tuple[str, ...]:
    """Return the languages of an edition, the leading one first.

    Examples
    --------
    >>> languages_of("ar"), languages_of("ar+en")
    (('ar',), ('ar', 'en'))
    """
    return tuple(tag.strip() for tag in edition.split(PLUS))


def problem_of_edition(edition: str, known: Sequence[str]) -> Problem | None:
    """Say why a report cannot have an edition; None where it can.

    Parameters
    ----------
    edition : str
        ``"ar"`` or ``"ar+en"``.
    known : sequence of str
        Languages of the report.

    Examples
    --------
    >>> problem_of_edition("ar+en", ["ar", "en"])
    >>> problem_of_edition("ar+fr", ["ar", "en"]).what
    "the report is not in language 'fr'"
    """
    languages = languages_of(edition)
    for tag in languages:
        if tag not in known:
            what = f"the report is not in language {tag!r}"
            return Problem(what, found=_unless(edition, tag), allowed=nearest(tag, known))
    if len(languages) > TWO:
        what, allowed = "more than two languages in one document", "two, such as 'ar+en'"
        return Problem(what, found=repr(edition), allowed=allowed)
    if len(set(languages)) < len(languages):
        what, allowed = "one language twice in one document", "two that differ"
        return Problem(what, found=repr(edition), allowed=allowed)
    return None


def _unless(edition: str, tag: str) -> str:
    return "" if edition == tag else repr(edition)
