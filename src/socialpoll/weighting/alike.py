"""Whether questions of several waves are the same, and what differs where they are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from socialpoll.schema import Questionnaire
from socialpoll.schema.questionnaire import Variable
from socialpoll.weighting.breaks import Break, broken_by, needed

__all__ = ["differences"]

ALLOWED = frozenset({"name", "label", "column", "layout", "separator", "sensitive"})
"""What may differ between waves: how answers are filed and headed, not what was asked of whom."""
WORDS = {
    "text": "its wording",
    "asked_if": "its base (asked_if)",
    "if_not_asked": "its base (if_not_asked)",
    "missing": "its base (missing codes)",
    "blank": "its base (blank)",
}
LABELLED = ("options", "items", "missing", "bands", "groups")
"""Fields that hold several things, each with words of its own."""


def differences(waves: Mapping[str, Questionnaire], breaks: Sequence[Break] = ()) -> dict[str, str]:
    """Return what differs, by question or derived variable; those that are alike are not in it.

    A grid differs where its items do, and so does each item of its own. A question that is asked of
    a base, or a variable that is derived, by another that differs, differs too.

    Across a declared break the words may differ, of the question as of its codes; its codes and its
    base may not, for every figure is told with one list of codes and one base.
    """
    several = list(waves.items())
    names = list(dict.fromkeys(name for _, one in several for name in (*one.names, *one.grids)))
    broken = broken_by(several[-1][1], breaks)
    found: dict[str, str] = {}
    for name in names:
        told = _difference(name, several, broken.get(name, frozenset()))
        if told:
            found[name] = told
    while True:
        more = {
            name: f"it rests on {other!r}: {found[other]}"
            for name in names
            if name not in found
            for other in needed(several[-1][1], name)
            if other in found
        }
        if not more:
            return found
        found |= more


def _difference(name: str, several: list[tuple[str, Questionnaire]], breaks: frozenset[str]) -> str:
    absent = [wave for wave, one in several if name not in (*one.names, *one.grids)]
    if absent:
        return f"it is not in wave {', '.join(map(repr, absent))}"
    (first, questionnaire), *others = several
    own = questionnaire[name]
    for wave, other in others:
        starts_anew = wave in breaks
        pair = (own, other[name])
        parts = _parts(*map(_wordless, pair)) if starts_anew else _parts(*pair)
        if parts:
            return f"{', '.join(parts)} differs between waves {first!r} and {wave!r}"
        if starts_anew:
            first, own = wave, other[name]
    return ""


def _wordless(variable: Variable) -> Variable:
    """Return a variable without any words, as it is compared across a break."""
    gone: dict[str, Any] = {"text": {}} if hasattr(variable, "text") else {}
    for name in LABELLED:
        if hasattr(variable, name):
            gone[name] = tuple(replace(one, label={}) for one in getattr(variable, name))
    return replace(variable, **gone)


def _parts(one: Variable, other: Variable) -> list[str]:
    if type(one) is not type(other):
        return ["its kind"]
    unlike = [
        field.name
        for field in fields(one)
        if field.name not in ALLOWED and getattr(one, field.name) != getattr(other, field.name)
    ]
    return [WORDS.get(name, f"its codes ({name})") for name in unlike]
