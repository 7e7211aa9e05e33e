"""What a codebook says of a variable and of its codes, as phrases of the catalogues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from socialpoll.report.bases import limit_figure
from socialpoll.report.blocks import Message, Phrase, Said, Value
from socialpoll.report.instrument import chain
from socialpoll.report.wording import Wording
from socialpoll.schema import (
    AnyQuestion,
    Assignment,
    Band,
    Bands,
    Code,
    Derived,
    Duration,
    Missing,
    Multiple,
    Number,
    Variable,
)
from socialpoll.schema.spelling import Spelt, held_by

__all__ = [
    "column_of",
    "columns_told",
    "kind_told",
    "made_of",
    "named",
    "range_told",
    "role_told",
]

REASONS: Mapping[str, Message] = {
    "dont_know": Message("don't know"),
    "refused": Message("refused"),
    "no_answer": Message("no answer"),
    "not_asked": Message("not asked"),
    "not_applicable": Message("not applicable"),
    "other": Message("other lack of an answer"),
}
KINDS: Mapping[str, Message] = {
    "single": Message("one answer"),
    "scale": Message("one answer from a scale"),
    "multiple": Message("several answers"),
    "duration": Message("a number of hours"),
    "time_of_day": Message("a time of day"),
    "text": Message("an answer in one’s own words"),
    "date": Message("a day of the calendar"),
    "bands": Message("bands of a number"),
    "grouping": Message("groups of answers"),
    "boxes": Message("top and bottom points of a scale"),
    "nets": Message("nets of answers, which may overlap"),
}


def named(name: str) -> Said:
    """Return a name, which is the same in every language."""
    return Said({"und": name})


def columns_told(variable: AnyQuestion) -> Phrase:
    """Say in which columns the answers are: one, or one an option."""
    if isinstance(variable, Multiple) and variable.layout == "columns":
        first, last = (column_of(variable, variable.options[place]) for place in (0, -1))
        values: dict[str, Value] = {"first": first, "last": last}
        return Message("Columns of the answers: {first} to {last}", values)
    return Message("Column of the answers: {column}", {"column": column_of(variable)})


def column_of(variable: Variable, code: Code | Missing | None = None) -> str:
    """Return the column of a variable, or of one of its codes; empty where none is read."""
    if isinstance(variable, Derived):
        return ""
    name = variable.column or variable.name
    several = isinstance(variable, Multiple) and variable.layout == "columns"
    return f"{name}_{code.code}" if several and code is not None else name


def kind_told(variable: Variable, of: Variable | None = None) -> Phrase:
    """Say what an answer is; of a derived variable, from the question that it is made of."""
    if isinstance(variable, Bands) and isinstance(of, Multiple):
        return Message("bands of the number of options chosen")
    if isinstance(variable, Assignment):
        return Message("a version of the questionnaire, assigned at random")
    if isinstance(variable, Number):
        return Message("a number ({unit})", {"unit": Said(variable.unit)})
    if isinstance(variable, Duration) and variable.unit == "minutes":
        return Message("a number of minutes")
    return KINDS[variable.kind]


def range_told(variable: Variable) -> Iterator[Phrase]:
    """Say which numbers are allowed, where not all are."""
    if not isinstance(variable, Number | Duration):
        return
    low, high = variable.minimum, variable.maximum
    if low is not None and high is not None:
        values: dict[str, Value] = {"low": limit_figure(low), "high": limit_figure(high)}
        yield Message("Allowed: {low} to {high}", values)
    elif low is not None:
        yield Message("Allowed: {low} or more", {"low": limit_figure(low)})
    elif high is not None:
        yield Message("Allowed: {high} or less", {"high": limit_figure(high)})


def made_of(wording: Wording, derived: Spelt) -> Mapping[str, Phrase]:
    """Return of what each code of a derived variable is made: answers, or a range of numbers."""
    if isinstance(derived, Bands):
        return {one.code: _range(one) for one in derived.bands}
    return {
        code: chain(wording.code(derived.of, str(one)) for one in codes)
        for code, codes in held_by(derived).items()
    }


def _range(band: Band) -> Phrase:
    low, high = band.minimum, band.maximum
    if low is not None and high is not None:
        return Message("{low} to {high}", {"low": limit_figure(low), "high": limit_figure(high)})
    if low is not None:
        return Message("{low} or more", {"low": limit_figure(low)})
    return (
        Message("any number")
        if high is None
        else Message("{high} or less", {"high": limit_figure(high)})
    )


def role_told(code: Code | Missing) -> Phrase:
    """Say what a code is: an answer, or which lack of one."""
    if isinstance(code, Missing):
        reason = REASONS[code.reason]
        if code.in_base:
            return Message("{reason}, in the base", {"reason": reason})
        return Message("{reason}, not in the base", {"reason": reason})
    if code.exclusive:
        return Message("an answer that excludes others")
    if code.score is not None:
        return Message("an answer, score {score}", {"score": limit_figure(code.score)})
    return Message("an answer")
