"""Which checks are made of answers, as declared: columns, thresholds, severities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, TypeAlias, get_args

from socialpoll.errors import Problem, nearest
from socialpoll.responses.checks.rules import RULES
from socialpoll.responses.findings import Severity
from socialpoll.schema import Questionnaire, Scale, Single

__all__ = ["FIELDWORK", "Checks", "SeverityOrOff", "TimeUnit", "checks_problems"]

SeverityOrOff: TypeAlias = Literal[Severity, "off"]
TimeUnit: TypeAlias = Literal["seconds", "minutes", "hours"]
FIELDWORK = ("id", "start", "end", "duration", "interviewer")
"""The fields that name a column of the answers."""
FEWEST_ITEMS = 2


@dataclass(frozen=True, kw_only=True)
class Checks:
    """What is checked of the answers, beside what reading them finds.

    Parameters
    ----------
    id : str, optional
        Column of what tells cases apart; no value may be there twice.
    start, end : str, optional
        Columns of when the interview began and ended: moments, or dates and times in ISO 8601.
    duration : str, optional
        Column of how long the interview lasted; from start to end where absent.
    duration_in : {"seconds", "minutes", "hours"}
        Unit of that column.
    interviewer : str, optional
        Column of who conducted the interview.
    severity : mapping of str to {"error", "warning", "note", "off"}
        Of rules that shall have another one than their own; what is ``off`` is not told.
    straight_items : tuple of tuple of str
        Batteries: questions of the same codes that were asked together. Where absent, scales of
        the same codes that follow on each other, and grids of them.
    straight_least : int
        Items of a battery that must be answered; where it is longer than the battery, all of them.
    straight_share : float
        Share of the answered items that have the same answer.
    fast_below : float
        Interviews below this part of the median duration are too fast.
    minimum_minutes : float, optional
        Interviews below this duration are too fast, whatever the median.
    interviewer_least : int
        Interviews of known duration that an interviewer must have to be compared.
    interviewer_fast_below : float
        An interviewer whose median duration is below this part of the median of all is too fast.
    same_least : int
        Valid answers that a case must have to be compared with others. Short questionnaires have
        the same answers by chance.
    near_differences : int
        Cases whose answers differ in at most so many questions are near duplicates; none are looked
        for where 0.
    item_nonresponse : float
        Share of those asked who did not answer a question, above which it is told.
    case_nonresponse : float
        Share of the questions asked that a case did not answer, above which it is told.
    weight_ratio : float
        Base weights beyond so many times the median, or below the median divided by it, are extreme.
    """  # noqa: E501

    id: str | None = None
    start: str | None = None
    end: str | None = None
    duration: str | None = None
    duration_in: TimeUnit = "minutes"
    interviewer: str | None = None
    severity: Mapping[str, SeverityOrOff] = field(default_factory=dict)
    straight_items: tuple[tuple[str, ...], ...] = ()
    straight_least: int = 5
    straight_share: float = 1.0
    fast_below: float = 1 / 3
    minimum_minutes: float | None = None
    interviewer_least: int = 10
    interviewer_fast_below: float = 0.5
    same_least: int = 20
    near_differences: int = 0
    item_nonresponse: float = 0.25
    case_nonresponse: float = 0.5
    weight_ratio: float = 5.0

    def __post_init__(self) -> None:
        several: object = self.straight_items
        if isinstance(several, list | tuple):
            items = tuple(tuple(one) if isinstance(one, list) else one for one in several)
            object.__setattr__(self, "straight_items", items)
        if isinstance(self.severity, Mapping):
            object.__setattr__(self, "severity", dict(self.severity))

    @property
    def columns(self) -> Mapping[str, str]:
        """The columns that are named, by the field that names them."""
        named = {name: getattr(self, name) for name in FIELDWORK}
        return {name: column for name, column in named.items() if column is not None}

    def severity_of(self, rule: str) -> SeverityOrOff:
        """Return how bad it is to break a rule: as declared, else the rule's own."""
        return self.severity.get(rule, RULES[rule].severity)


LIMITS: Mapping[str, tuple[float, float, str]] = {
    "straight_least": (2, float("inf"), "2 or more"),
    "straight_share": (0.5, 1, "above 0.5, at most 1"),
    "fast_below": (0, 1, "above 0, at most 1"),
    "minimum_minutes": (0, float("inf"), "above 0"),
    "interviewer_least": (2, float("inf"), "2 or more"),
    "interviewer_fast_below": (0, 1, "above 0, at most 1"),
    "same_least": (1, float("inf"), "1 or more"),
    "near_differences": (0, 10, "a whole number from 0 to 10"),
    "item_nonresponse": (0, 1, "from 0 to 1"),
    "case_nonresponse": (0, 1, "from 0 to 1"),
    "weight_ratio": (1, float("inf"), "above 1"),
}
OPEN_BELOW = frozenset(
    ["straight_share", "fast_below", "minimum_minutes", "interviewer_fast_below", "weight_ratio"]
)


def checks_problems(checks: Checks, questionnaire: Questionnaire | None) -> list[Problem]:
    """Tell what is wrong with declared checks, whatever the answers.

    Parameters
    ----------
    checks : Checks
    questionnaire : Questionnaire or None
        What batteries are looked up in; they are not looked at where None.
    """
    return [
        *_columns(checks),
        *_severities(checks),
        *_thresholds(checks),
        *([] if questionnaire is None else _batteries(checks, questionnaire)),
    ]


def _columns(checks: Checks) -> Iterator[Problem]:
    columns: Mapping[str, object] = checks.columns
    for name, column in columns.items():
        if not isinstance(column, str) or not column:
            yield Problem("this is no name of a column", name, repr(column), "words")
    if checks.duration_in not in get_args(TimeUnit):
        found, allowed = repr(checks.duration_in), nearest(checks.duration_in, get_args(TimeUnit))
        yield Problem("there is no such unit of time", "duration_in", found, allowed)
    known = checks.columns
    if "end" in known and "start" not in known:
        yield Problem("the end of interviews is named, but not their start", "start")


def _severities(checks: Checks) -> Iterator[Problem]:
    severity: object = checks.severity
    if not isinstance(severity, Mapping):
        allowed = "a table of rules and their severities"
        yield Problem("severity is of the wrong kind", "severity", repr(severity), allowed)
        return
    choices = (*get_args(Severity), "off")
    for rule, chosen in severity.items():
        if rule not in RULES:
            allowed = nearest(rule, RULES)
            yield Problem(f"there is no rule {rule!r}", "severity", repr(rule), allowed)
        elif chosen not in choices:
            where, allowed = f"severity.{rule}", nearest(chosen, choices)
            yield Problem("there is no such severity", where, repr(chosen), allowed)


def _thresholds(checks: Checks) -> Iterator[Problem]:
    whole = {one.name for one in fields(checks) if one.type == "int"}
    for name, (low, high, allowed) in LIMITS.items():
        value = getattr(checks, name)
        if value is None:
            continue
        number = isinstance(value, int if name in whole else int | float)
        if (
            not number
            or isinstance(value, bool)
            or not low <= value <= high
            or (name in OPEN_BELOW and value == low)
        ):
            yield Problem("a threshold out of its limits", name, repr(value), allowed)


def _batteries(checks: Checks, questionnaire: Questionnaire) -> Iterator[Problem]:
    asked = {one.name: one for one in questionnaire.asked}
    choices = [name for name, one in asked.items() if isinstance(one, Scale | Single)]
    batteries: tuple[object, ...] = checks.straight_items
    for number, items in enumerate(batteries, start=1):
        where = f"straight_items[{number}]"
        if not isinstance(items, tuple) or len(set(items)) < max(len(items), FEWEST_ITEMS):
            allowed = "a list of at least 2 different questions"
            yield Problem("this is no battery", where, repr(items), allowed)
            continue
        for name in items:
            if name not in asked:
                yield Problem(
                    f"there is no question {name!r}", where, allowed=nearest(name, choices)
                )
            elif name not in choices:
                what = f"question {name!r} has not one answer from a list"
                yield Problem(what, where, asked[name].kind, nearest("", choices))
        codes = {
            tuple(str(code.code) for code in one.options)
            for one in map(asked.get, items)
            if isinstance(one, Scale | Single)
        }
        if len(codes) > 1:
            what = "the items of a battery have not the same codes"
            yield Problem(what, where, ", ".join(items), advice="make a battery of each")
