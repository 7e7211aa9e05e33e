"""The base of a figure in words: who was asked, and on what condition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from socialpoll.indicators.circular import CIRCULAR
from socialpoll.indicators.mentioning import OF_RESPONSES, OF_TIME
from socialpoll.report.blocks import Figure, Message, Phrase, Said, Value
from socialpoll.schema import (
    All,
    Answered,
    Any,
    Assignment,
    Chosen,
    Condition,
    Dated,
    Derived,
    Is,
    Not,
    Question,
    Within,
)

if TYPE_CHECKING:
    from socialpoll.report.measured import Measured
    from socialpoll.report.wording import Wording

__all__ = [
    "asked_if",
    "base_note",
    "condition_phrase",
    "limit_figure",
    "not_asked_note",
    "put_to",
    "who_in",
]


def base_note(wording: Wording, measured: Measured, *, numbered: bool = True) -> Message:
    """Return the base of an indicator in words, with the number of respondents in it."""
    who = who_in(wording, measured)
    counts = [row.respondents for _, row in measured.overall()]
    several = wording.grid(measured.question) and len(set(counts)) > 1
    number = counts[0] if numbered and counts and not several else None
    if measured.statistic == OF_RESPONSES:
        return _all_options(who, number)
    if measured.statistic == OF_TIME:
        return _all_time(who, number)
    if number is None:
        return Message("Base: {who}.", {"who": who})
    return Message(
        "Base: {who} ({number}, unweighted).",
        {"who": who, "number": Figure(number, "count")},
    )


def _all_options(who: Phrase, number: int | None) -> Message:
    if number is None:
        return Message("Base: all options chosen by {who}.", {"who": who})
    return Message(
        "Base: all options chosen by {who} ({number}, unweighted).",
        {"who": who, "number": Figure(number, "count")},
    )


def _all_time(who: Phrase, number: int | None) -> Message:
    if number is None:
        return Message("Base: all time spent by {who}.", {"who": who})
    return Message(
        "Base: all time spent by {who} ({number}, unweighted).",
        {"who": who, "number": Figure(number, "count")},
    )


def not_asked_note(wording: Wording, measured: Measured) -> Message | None:
    """Say what those count as who were not asked; None where everybody in the base was asked."""
    if measured.base != "all" or asked_if(wording, measured.question) is None:
        return None
    codes = wording.meant(measured.question)
    if not codes:
        return None
    quoted = tuple(Message("“{code}”", {"code": one}) for one in codes)
    return Message("Respondents who were not asked count as {codes}.", {"codes": quoted})


def asked_if(wording: Wording, name: str) -> Phrase | None:
    """Return the condition on which a question was asked; None where everybody was asked."""
    question = _question(wording, name)
    if question is None or question.asked_if is None:
        return None
    return condition_phrase(wording, question.asked_if)


def put_to(wording: Wording, name: str) -> Phrase:
    """Return to whom a question was put, as far as it was declared."""
    condition = asked_if(wording, name)
    parts = [] if condition is None else [condition]
    question = _question(wording, name)
    for split in wording.splits:
        versions = () if question is None else split.versions_with(wording.whole(question.name))
        if versions and not split.assignments:
            labels = [Said(one.label) for one in versions]
            parts.append(_assigned(labels, Said(split.label)))
    if not parts:
        return Message("all respondents")
    whole = parts[0] if len(parts) == 1 else Message("{conditions}", {"conditions": tuple(parts)})
    return Message("respondents who {condition}", {"condition": whole})


def condition_phrase(wording: Wording, condition: Condition) -> Phrase:
    """Return a condition as what is told of "respondents who …"."""
    match condition:
        case Is(question=name, codes=codes):
            return _is(wording, name, tuple(str(code) for code in codes))
        case Within() | Dated() | Chosen():
            return _limited(wording, condition)
        case Answered(question=name):
            return Message("answered “{question}”", {"question": wording.heading(name)})
        case Not(condition=inner):
            values: dict[str, Value] = {"condition": condition_phrase(wording, inner)}
            return Message("are not among those who {condition}", values)
        case All(conditions=several):
            parts = tuple(condition_phrase(wording, one) for one in several)
            return Message("{conditions}", {"conditions": parts})
        case Any(conditions=several):
            parts = tuple(condition_phrase(wording, one) for one in several)
            return Message("{conditions:or}", {"conditions": parts})


def _is(wording: Wording, name: str, codes: tuple[str, ...]) -> Message:
    silent = _silences(wording, name)
    labels = [wording.code(name, code) for code in codes if code not in silent]
    if isinstance(wording.variable(name), Assignment):
        return _assigned(labels, wording.heading(name))
    quoted = tuple(Message("“{code}”", {"code": one}) for one in labels)
    values: dict[str, Value] = {"codes": quoted, "question": wording.heading(name)}
    if not labels:
        return Message("did not answer “{question}”", {"question": wording.heading(name)})
    if silent.intersection(codes):
        return Message("answered {codes:or} or nothing to “{question}”", values)
    if wording.multiple(name):
        return Message("chose {codes:or} in “{question}”", values)
    return Message("answered {codes:or} to “{question}”", values)


def _silences(wording: Wording, name: str) -> set[str]:
    """Return the codes of a variable that stand for no answer at all."""
    missing = getattr(wording.variable(name), "missing", ())
    return {str(one.code) for one in missing if one.reason == "no_answer"}


def _assigned(versions: Iterable[Said], split: Said) -> Message:
    quoted = tuple(Message("“{code}”", {"code": one}) for one in versions)
    values: dict[str, Value] = {"versions": quoted, "split": split}
    return Message("were randomly assigned to {versions:or} in “{split}”", values)


def _limited(wording: Wording, condition: Within | Dated | Chosen) -> Phrase:
    match condition:
        case Within():
            return _within(wording, condition)
        case Dated():
            return _dated(wording, condition)
        case Chosen():
            return _chosen(wording, condition)


def _within(wording: Wording, within: Within) -> Phrase:
    values: dict[str, Value] = {"question": wording.heading(within.question)}
    low, high = within.minimum, within.maximum
    if low is not None and high is not None and within.closed == "both":
        values |= {"minimum": limit_figure(low), "maximum": limit_figure(high)}
        return Message("gave {minimum} to {maximum} for “{question}”", values)
    parts: list[Phrase] = []
    if low is not None:
        given = {**values, "minimum": limit_figure(low)}
        parts.append(
            Message("gave {minimum} or more for “{question}”", given)
            if within.closed in ("both", "left")
            else Message("gave more than {minimum} for “{question}”", given)
        )
    if high is not None:
        given = {**values, "maximum": limit_figure(high)}
        parts.append(
            Message("gave {maximum} or less for “{question}”", given)
            if within.closed in ("both", "right")
            else Message("gave less than {maximum} for “{question}”", given)
        )
    if not parts:
        return Message("answered “{question}”", values)
    return Message("{conditions}", {"conditions": tuple(parts)})


def _dated(wording: Wording, dated: Dated) -> Phrase:
    values: dict[str, Value] = {"question": wording.heading(dated.question)}
    parts: list[Phrase] = []
    if dated.earliest is not None:
        day: dict[str, Value] = {**values, "day": dated.earliest}
        parts.append(Message("gave {day} or later for “{question}”", day))
    if dated.latest is not None:
        day = {**values, "day": dated.latest}
        parts.append(Message("gave {day} or earlier for “{question}”", day))
    return parts[0] if len(parts) == 1 else Message("{conditions}", {"conditions": tuple(parts)})


def _chosen(wording: Wording, chosen: Chosen) -> Phrase:
    values: dict[str, Value] = {"question": wording.heading(chosen.question)}
    parts: list[Phrase] = []
    if chosen.least is not None:
        parts.append(
            Message(
                "made at least {number} choice in “{question}”",
                {**values, "number": limit_figure(chosen.least)},
                "made at least {number} choices in “{question}”",
                "number",
            )
        )
    if chosen.most is not None:
        parts.append(
            Message(
                "made at most {number} choice in “{question}”",
                {**values, "number": limit_figure(chosen.most)},
                "made at most {number} choices in “{question}”",
                "number",
            )
        )
    return parts[0] if len(parts) == 1 else Message("{conditions}", {"conditions": tuple(parts)})


def limit_figure(value: float) -> Figure:
    """Return a limit of a range, with as many decimals as it was declared with."""
    written = repr(float(value)).partition(".")[2]
    return Figure(value, "decimal", 0 if written == "0" else len(written))


def who_in(wording: Wording, measured: Measured) -> Phrase:
    """Return the base of an indicator in words."""
    if measured.profile:
        return Message("respondents in each group who answered this question")
    condition = asked_if(wording, measured.question)
    if measured.statistic == OF_TIME:
        return _who_told_time(condition)
    if measured.base == "answered":
        return _who_answered(condition, measured)
    if measured.base == "asked" and condition is not None:
        return Message("respondents who {condition}", {"condition": condition})
    return Message("all respondents")


def _who_answered(condition: Phrase | None, measured: Measured) -> Phrase:
    numbers = measured.unit not in ("share", "persons", "score", "options")
    times = measured.statistic in CIRCULAR
    if condition is None and times:
        return Message("respondents who gave a time")
    if condition is None and numbers:
        return Message("respondents who gave a number")
    if condition is None:
        return Message("respondents who answered this question")
    values: dict[str, Value] = {"condition": condition}
    if times:
        return Message("respondents who {condition} and gave a time", values)
    if numbers:
        return Message("respondents who {condition} and gave a number", values)
    return Message("respondents who {condition} and answered this question", values)


def _who_told_time(condition: Phrase | None) -> Phrase:
    if condition is None:
        return Message("respondents who answered this question and said how much time they spend")
    return Message(
        "respondents who {condition}, answered this question and said how much time they spend",
        {"condition": condition},
    )


def _question(wording: Wording, name: str) -> Question | None:
    """Return the question behind a name: for a derived variable, the one it was made from."""
    variable = wording.variable(name)
    if isinstance(variable, Derived):
        return _question(wording, variable.of)
    return variable
