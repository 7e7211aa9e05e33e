"""Whether questions of several waves are the same, and what differs where they are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from socialpoll.schema import Questionnaire, questions_of
from socialpoll.schema.questionnaire import Variable

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


def differences(waves: Mapping[str, Questionnaire]) -> dict[str, str]:
    """Return what differs, by question or derived variable; those that are alike are not in it.

    A grid differs where its items do, and so does each item of its own. A question that is asked of
    a base, or a variable that is derived, by another that differs, differs too.
    """
    several = list(waves.items())
    names = list(dict.fromkeys(name for _, one in several for name in (*one.names, *one.grids)))
    found: dict[str, str] = {}
    for name in names:
        told = _difference(name, several)
        if told:
            found[name] = told
    while True:
        more = {
            name: f"it rests on {other!r}: {found[other]}"
            for name in names
            if name not in found
            for other in _needed(several[-1][1][name])
            if other in found
        }
        if not more:
            return found
        found |= more


def _difference(name: str, several: list[tuple[str, Questionnaire]]) -> str:
    absent = [wave for wave, one in several if name not in (*one.names, *one.grids)]
    if absent:
        return f"it is not in wave {', '.join(map(repr, absent))}"
    (first, questionnaire), *others = several
    own = questionnaire[name]
    for wave, other in others:
        parts = _parts(own, other[name])
        if parts:
            return f"{', '.join(parts)} differs between waves {first!r} and {wave!r}"
    return ""


def _parts(one: Variable, other: Variable) -> list[str]:
    if type(one) is not type(other):
        return ["its kind"]
    unlike = [
        field.name
        for field in fields(one)
        if field.name not in ALLOWED and getattr(one, field.name) != getattr(other, field.name)
    ]
    return [WORDS.get(name, f"its codes ({name})") for name in unlike]


def _needed(one: Variable) -> set[str]:
    condition = getattr(one, "asked_if", None)
    found = set() if condition is None else set(questions_of(condition))
    return found | ({one.of} if hasattr(one, "of") else set())
