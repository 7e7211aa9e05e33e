"""Conditions joined as a questionnaire would write them, once they are read from a form."""

from __future__ import annotations

from collections.abc import Sequence

from socialpoll.schema import (
    All,
    Answered,
    Any,
    Chosen,
    CodeValue,
    Condition,
    Is,
    Not,
    Within,
)

__all__ = ["all_of", "any_of"]


def any_of(several: Sequence[Condition]) -> Condition:
    """Join conditions, and neighbours on the codes of one question into one."""
    found: list[Condition] = []
    for one in several:
        last = found[-1] if found else None
        if isinstance(one, Is) and isinstance(last, Is) and one.question == last.question:
            found[-1] = Is(one.question, *last.codes, *one.codes)
        else:
            found.append(one)
    return found[0] if len(found) == 1 else Any(*found)


def all_of(several: Sequence[Condition]) -> Condition:
    """Join conditions; "given, and no missing code" is "answered" in a questionnaire."""
    denied = {pair for one in several for pair in _denied(one)}
    settled = [_bare(one, denied) for one in several]
    said = {
        pair
        for one, made in zip(several, settled, strict=True)
        if made is not one and isinstance(one, Any)
        for pair in _denied(Not(one.conditions[1]))
    }
    # A range, and "answered", say of themselves that the answer is no missing code.
    kept = [one for one in settled if not _denied(one) or not said.issuperset(_denied(one))]
    return kept[0] if len(kept) == 1 else All(*kept)


def _denied(condition: Condition) -> list[tuple[str, CodeValue]]:
    match condition:
        case Not(condition=Is(question=name, codes=codes)):
            return [(name, code) for code in codes]
    return []


def _bare(condition: Condition, denied: set[tuple[str, CodeValue]]) -> Condition:
    """Return a condition without the missing codes beside it, where others deny them."""
    match condition:
        case Any(
            conditions=(Answered() | Within() | Chosen() as inner, Is(question=name, codes=codes))
        ):
            if inner.question == name and all((name, code) in denied for code in codes):
                return inner
    return condition
