"""How many languages a template is for, told by the variables that it uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from socialpoll.errors import Problem
from socialpoll.exporters.word.contract import ALONE, CONTRACT, OTHER, Words, kinds
from socialpoll.exporters.word.uses import FACING, Use, counterpart_of
from socialpoll.report import Edition

__all__ = [
    "languages_held",
    "problem_of_languages",
    "problems_of_pairs",
    "shows_pictures",
    "spoken_in",
]

ONE, TWO, EITHER = frozenset({1}), frozenset({2}), frozenset({1, 2})
SPOKEN = frozenset(
    name.removesuffix("[]") for name, kind in kinds(CONTRACT) if isinstance(kind, Words)
)
OF_TWO = frozenset(dict(kinds(CONTRACT))) - frozenset(dict(kinds(ALONE)))
ALIKE = {"plain": "text", "caption": "title"}
"""What says the same as another variable, or more: one may be shown for the other."""


def languages_held(uses: Sequence[Use]) -> frozenset[int]:
    """Return how many languages a document of a template may be in.

    Parameters
    ----------
    uses : sequence of Use
        Of the variables in its tags.

    Returns
    -------
    frozenset of int
        One where it uses nothing that is of two languages; else two, and one as well where it asks
        which of them it is, by ``facing``.
    """
    if not any(use.name in OF_TWO for use in uses):
        return ONE
    return EITHER if any(use.name == FACING for use in uses) else TWO


def problem_of_languages(uses: Sequence[Use], edition: Edition) -> Problem | None:
    """Say why a template cannot be filled in with an edition; None where it can."""
    languages = "+".join(edition.languages)
    held = languages_held(uses)
    if len(edition.languages) in held:
        return None
    if held == ONE:
        return Problem(
            "a template for one language",
            found=f"languages {languages}",
            allowed=", ".join(edition.languages),
            advice="show both in it, {{ title }} and {{ other.title }}: 'socialpoll template new"
            " --facing' writes one to start from; or export its languages one by one",
        )
    first = next(use for use in uses if use.name in OF_TWO)
    known = edition.report.languages[:2]
    return Problem(
        f"a template for two languages, filled in with one: {languages}",
        first.where,
        first.tag.written,
        "+".join(known) if len(known) > 1 else "",
        "export both languages as one document; or put what is of the second one between"
        " {%p if facing %} and {%p endif %}",
    )


def problems_of_pairs(uses: Sequence[Use]) -> Iterator[Problem]:
    """Say which words a template for two languages would show in one of them only.

    Parameters
    ----------
    uses : sequence of Use

    Yields
    ------
    Problem
        One a variable, at its first place.
    """
    if languages_held(uses) == ONE:
        return
    shown: dict[str, Use] = {}
    for use in uses:
        if use.shown and not use.alone and spoken_in(use):
            shown.setdefault(_alike(use.name), use)
    for name, use in shown.items():
        if counterpart_of(name) not in shown:
            which = "second" if spoken_in(use) == OTHER else "first"
            yield Problem(
                f"a text in the {which} language only",
                use.where,
                use.tag.written,
                f"{{{{ {use.twin} }}}} beside it",
                "show both, so that no language is left out",
            )


def shows_pictures(uses: Sequence[Use]) -> bool:
    """Tell whether pictures of a report stand in a template, or their sentences."""
    return any(use.name.rpartition(".")[2] in ("image", "alt") for use in uses)


def spoken_in(use: Use) -> str:
    """Return ``"first"`` or ``"other"`` for words of a language; empty for anything else."""
    name = use.name.removesuffix("[]")
    if name not in SPOKEN:
        return ""
    return OTHER if name.rpartition(".")[0].rpartition(".")[2] == OTHER else "first"


def _alike(name: str) -> str:
    of, _, part = name.removesuffix("[]").rpartition(".")
    known = ALIKE.get(part, part)
    return f"{of}.{known}" if of else known
