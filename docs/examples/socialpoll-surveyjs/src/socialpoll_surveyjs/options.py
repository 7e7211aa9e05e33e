"""The options of a question of a form, and the codes that stand for no answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

from socialpoll import Code, Missing
from socialpoll_surveyjs.words import Words

__all__ = ["codes_of", "missing_of", "rating_of", "typed"]

NONE, OTHER, DONT_KNOW, REFUSED = "none", "other", "dontknow", "refused"
"""Values that SurveyJS saves for choices which it adds by itself."""
POINTS = 5
Reason: TypeAlias = Literal["dont_know", "refused"]
MISSING: tuple[tuple[str, str, str, str, Reason, bool], ...] = (
    (DONT_KNOW, "showDontKnowItem", "dontKnowText", "Don't know", "dont_know", True),
    (REFUSED, "showRefuseItem", "refuseText", "Refuse to answer", "refused", False),
)


def codes_of(row: Mapping[str, Any], words: Words, *, several: bool) -> Iterator[Code]:
    """Yield the choices of a question, with those that SurveyJS adds."""
    for choice in row.get("choices", ()):
        value, text = _pair(choice)
        yield Code(code=value, label=words.of(text, value))
    # Where choices are shuffled, those that SurveyJS adds stay at the end.
    fixed = row.get("choicesOrder") == "random"
    if row.get("showOtherItem", row.get("hasOther")):
        yield Code(code=OTHER, label=words.of(row.get("otherText"), "Other"), fixed=fixed)
    if row.get("showNoneItem", row.get("hasNone")):
        label = words.of(row.get("noneText"), "None")
        yield Code(code=NONE, label=label, exclusive=several, fixed=fixed)


def missing_of(row: Mapping[str, Any], words: Words) -> Iterator[Missing]:
    """Yield the choices that stand for no answer."""
    for value, shown, text, instead, reason, in_base in MISSING:
        if row.get(shown):
            label = words.of(row.get(text), instead)
            yield Missing(code=value, label=label, reason=reason, in_base=in_base)


def rating_of(row: Mapping[str, Any], words: Words) -> Iterator[Code]:
    """Yield the points of a rating: those that it lists, or from one number to another."""
    listed = row.get("rateValues")
    if listed:
        for choice in listed:
            value, text = _pair(choice)
            yield Code(code=value, label=words.of(text, value))
        return
    first, step = int(row.get("rateMin", 1)), int(row.get("rateStep", 1))
    last = int(row.get("rateMax", row.get("rateCount", POINTS) + first - 1))
    ends = {first: row.get("minRateDescription"), last: row.get("maxRateDescription")}
    for value in range(first, last + 1, step):
        yield Code(code=value, label=words.of(ends.get(value), value))


def typed(codes: tuple[Code, ...], missing: tuple[Missing, ...] = ()) -> dict[str, Any]:
    """Return options and missing codes with the type that all of them have."""
    kinds = {type(one.code) for one in codes} | {type(one.code) for one in missing}
    if kinds == {int}:
        return {"options": codes, "missing": missing, "code_type": "integer"}
    return {"options": codes, "missing": missing}


def _pair(choice: object) -> tuple[str | int, object]:
    if isinstance(choice, Mapping):
        value = choice["value"]
        return _plain(value), choice.get("text")
    return _plain(choice), None


def _plain(value: object) -> str | int:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, int) else str(value)
