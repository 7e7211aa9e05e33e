"""Plans for questions of several answers: percent of responses, and the reach of sets."""

from __future__ import annotations

from collections.abc import Sequence

from socialpoll.errors import EstimationError, UnknownNameError, nearest
from socialpoll.indicators.definitions import Share
from socialpoll.indicators.planned import Line, Plan
from socialpoll.indicators.reaching import JOINT, Reach
from socialpoll.responses import Numeric, Responses, Ticks, valid
from socialpoll.schema import NOT_APPLICABLE, CodeValue, Derived
from socialpoll.totals import Amounts, Mentions, Ratios, Shares, Unions

__all__ = [
    "OF_RESPONSES",
    "OF_TIME",
    "of_several_answers",
    "places_of",
    "several_answers",
]

OF_RESPONSES = "share_of_responses"
"""The statistic of percents of responses."""
OF_TIME = "share_of_time"
"""The statistic of the part of all time that those spend whom a set of options reaches."""


def of_several_answers(one: Share | Reach, responses: Responses) -> Plan:
    """Plan percents of responses, or reach; EstimationError where there is one answer a case."""
    return _reach(one, responses) if isinstance(one, Reach) else _of_responses(one, responses)


def several_answers(responses: Responses, name: str) -> Ticks:
    """Return the answers to a question of several; EstimationError for other kinds."""
    column = responses.columns[name]
    if isinstance(column, Ticks):
        return column
    raise EstimationError(
        f"{name!r} does not have several answers a person",
        where=name,
        found=type(column).__name__.lower(),
        allowed="a question of kind multiple",
    )


def places_of(column: Ticks, name: str, codes: Sequence[CodeValue]) -> tuple[int, ...]:
    """Return the places of options, in the order of the questionnaire.

    Raises
    ------
    EstimationError
        A code that is no option, or an exclusive one.
    """
    known = {str(one.code): place for place, one in enumerate(column.options)}
    may = [str(column.options[place].code) for place in column.mentions]
    for code in codes:
        if str(code) not in known:
            raise EstimationError(
                f"{name!r} has no option {code!r}",
                where=name,
                found=repr(code),
                allowed=nearest(str(code), may),
            )
        if str(code) not in may:
            raise EstimationError(
                f"the option {code!r} of {name!r} is exclusive, and reaches nobody",
                where=name,
                found=repr(code),
                allowed=", ".join(map(repr, may)),
            )
    return tuple(sorted(known[str(code)] for code in codes))


def _of_responses(one: Share, responses: Responses) -> Plan:
    column = several_answers(responses, one.question)
    _refuse_nets(one.question, responses)
    codes = [str(column.options[place].code) for place in column.mentions]
    if not codes:
        raise EstimationError(
            f"all options of {one.question!r} are exclusive",
            where=one.question,
            advice="take shares of respondents",
        )
    return Plan(
        name=one.name or f"{one.question}_of_responses",
        question=one.question,
        kind=OF_RESPONSES,
        unit="share",
        measure=Mentions(one.question),
        statistic=Shares(len(codes)),
        lines=tuple(Line(code, NOT_APPLICABLE, place) for place, code in enumerate(codes)),
        base="answered",
        title=one.title,
    )


def _refuse_nets(name: str, responses: Responses) -> None:
    variable = responses.questionnaire[name]
    if isinstance(variable, Derived):
        raise EstimationError(
            f"the nets of {name!r} are no responses: one response may be in several",
            where=name,
            found="nets",
            allowed=f"the question itself, {variable.of!r}",
        )


def _reach(one: Reach, responses: Responses) -> Plan:
    column = several_answers(responses, one.question)
    sets = tuple(places_of(column, one.question, codes) for codes in one.sets)
    items = [_item(column, places) for places in sets]
    measure: Unions | Amounts = Unions(one.question, sets, one.base)
    if one.time is not None:
        _refuse_what_is_no_time(one.time, responses)
        measure = Amounts(one.question, sets, one.time)
    return Plan(
        name=one.name or f"{one.question}_reach" + ("" if one.time is None else "_of_time"),
        question=one.question,
        kind="share" if one.time is None else OF_TIME,
        unit="share",
        measure=measure,
        statistic=Ratios(tuple(range(len(sets))), len(sets)),
        lines=tuple(Line(item, NOT_APPLICABLE, place) for place, item in enumerate(items)),
        base=one.base,
        title=one.title,
    )


def _refuse_what_is_no_time(name: str, responses: Responses) -> None:
    if name not in responses.columns:
        message = f"there is no question or derived variable {name!r}"
        allowed = nearest(name, responses.columns)
        raise UnknownNameError(message, where="Reach.time", found=repr(name), allowed=allowed)
    column = responses.columns[name]
    if not isinstance(column, Numeric):
        raise EstimationError(
            f"{name!r} is no time that somebody spends",
            where="Reach.time",
            found=type(column).__name__.lower(),
            allowed="a question of kind number or duration",
        )
    least = float(column.values[valid(column)].min(initial=0.0))
    if least < 0:
        raise EstimationError(
            f"{name!r} has values below 0, and is no time that somebody spends",
            where="Reach.time",
            found=f"{least:g}",
            allowed="0 or more",
        )


def _item(column: Ticks, places: Sequence[int]) -> str:
    return JOINT.join(str(column.options[place].code) for place in places)
