"""What is wrong with the condition under which a question is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from typing import TypeAlias

from socialpoll.errors import nearest
from socialpoll.schema.categories import Categories, codes_of
from socialpoll.schema.codes import CodeType, CodeValue
from socialpoll.schema.conditions import (
    All,
    Answered,
    Any,
    Chosen,
    Condition,
    Dated,
    Is,
    Not,
    Within,
)
from socialpoll.schema.derived import AnyDerived, Boxes, Derived
from socialpoll.schema.drafting import Draft
from socialpoll.schema.keys import key_of, number_of
from socialpoll.schema.places import Notes, Path
from socialpoll.schema.questions import NUMERIC, Date, Multiple, OneAnswer, Scale
from socialpoll.schema.spelling import missing_of, spelt_out

__all__ = ["check_routing"]

Simple: TypeAlias = Is | Within | Dated | Chosen | Answered


def check_routing(draft: Draft, position: int, notes: Notes) -> None:
    """Note conditions on questions that are unknown or come later, and on codes they do not have.

    Parameters
    ----------
    draft : Draft
    position : int
        Of the question in its section.
    notes : Notes
        Takes the problems.
    """
    asked_if = draft.questions[position].asked_if
    if asked_if is None:
        return
    path: Path = ("questions", position, "asked_if")
    for condition, here in _simple(asked_if, path):
        key = "answered" if isinstance(condition, Answered) else "question"
        variable = _variable(draft, condition.question, position, (*here, key), notes)
        if variable is None:
            continue
        if isinstance(condition, Is):
            _check_codes(condition, variable, draft, here, notes)
        elif isinstance(condition, Within):
            _check_range(condition, variable, here, notes)
        elif isinstance(condition, Dated | Chosen):
            _check_limits(condition, variable, here, notes)


def _simple(condition: Condition, path: Path) -> Iterator[tuple[Simple, Path]]:
    """Yield the conditions on single questions that a condition is made of, with their paths."""
    match condition:
        case Not(condition=inner):
            yield from _simple(inner, (*path, "not"))
        case All(conditions=several) | Any(conditions=several):
            key = "all" if isinstance(condition, All) else "any"
            for place, one in enumerate(several):
                yield from _simple(one, (*path, key, place))
        case _:
            yield condition, path


def _variable(
    draft: Draft, name: str, position: int, path: Path, notes: Notes
) -> OneAnswer | AnyDerived | None:
    """Return what a condition speaks of; note where it is unknown or asked later."""
    derived = next((one for one in draft.derived.values() if one.name == name), None)
    source = draft.named(derived.of if derived else name)
    if source is None:
        if name not in draft.broken and derived is None:
            earlier = [one.name for place, one in draft.asked() if place < position]
            what = f"there is no question {name!r}"
            notes.add(path, what, allowed=nearest(name, earlier))
        return None
    if source[0] >= position:
        whose = "itself" if source[0] == position else "a question that is asked later"
        what = f"a question cannot depend on {whose}"
        advice = "move it, or correct the condition"
        notes.add(path, what, found=repr(name), advice=advice)
    variable = derived or source[1]
    # What a box is cannot be told where there is no scale; that is noted where it is declared.
    untold = isinstance(derived, Boxes) and not isinstance(source[1], Scale)
    return None if untold or draft.broken & {name, source[1].name} else variable


def _check_codes(
    condition: Is, variable: OneAnswer | AnyDerived, draft: Draft, path: Path, notes: Notes
) -> None:
    code_type: CodeType = getattr(variable, "code_type", "string")
    codes = _codes_of(variable, draft)
    known = {key_of(code, code_type) for code in codes}
    for place, code in enumerate(condition.codes):
        if isinstance(variable, NUMERIC) and isinstance(number_of(code), float):
            continue
        if key_of(code, code_type) not in known:
            what = f"{variable.name!r} has no code {code!r}"
            notes.add((*path, "is", place), what, allowed=nearest(code, codes))


def _codes_of(variable: OneAnswer | AnyDerived, draft: Draft) -> list[CodeValue]:
    """Return all codes of a variable, those of missing answers last."""
    if not isinstance(variable, Derived):
        found = Categories(codes_of(variable), variable.missing)
    elif source := draft.named(variable.of):
        made = spelt_out(variable, source[1])
        found = Categories(codes_of(made), missing_of(made, source[1]))
    else:
        return []
    return [one.code for one in found.codes] + [one.code for one in found.missing]


def _check_limits(
    condition: Dated | Chosen, variable: OneAnswer | AnyDerived, path: Path, notes: Notes
) -> None:
    """Note limits of days or of choices that their question cannot have, or that none can meet."""
    dated = isinstance(condition, Dated)
    limits = astuple(condition)[1:]
    low, high = limits
    if not isinstance(variable, Date if dated else Multiple):
        what = f"{variable.name!r} has no {'days' if dated else 'number of choices'} to compare"
        allowed = "a date question" if dated else "a multiple question"
        notes.add((*path, "question"), what, allowed=allowed)
    if low is None and high is None:
        notes.add(path, "a range without limits", advice="give one of them, or use answered")
    elif low is not None and high is not None and low > high:
        key = "earliest" if dated else "least"
        notes.add((*path, key), "the lower limit is above the upper", found=f"{low} and {high}")


def _check_range(
    condition: Within, variable: OneAnswer | AnyDerived, path: Path, notes: Notes
) -> None:
    low, high = condition.minimum, condition.maximum
    if not isinstance(variable, (*NUMERIC, Scale)):
        what = f"{variable.name!r} has no numbers to compare"
        allowed = "a number, duration or scale question"
        advice = "name its codes with is instead"
        notes.add((*path, "question"), what, allowed=allowed, advice=advice)
    if low is None and high is None:
        notes.add(path, "a range without limits", advice="give from or to, or use answered")
    elif low is not None and high is not None and low > high:
        notes.add((*path, "from"), "from is above to", found=f"{low:g} and {high:g}")
