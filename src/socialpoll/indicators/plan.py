"""From definitions to what is summed: measure, statistic and the keys of the rows that come out."""

from __future__ import annotations

from dataclasses import replace

from socialpoll.errors import EstimationError, UnknownNameError, nearest
from socialpoll.indicators.coded import codes_or_numbers
from socialpoll.indicators.definitions import (
    AnyIndicator,
    Indicator,
    Mean,
    Profile,
    Quantile,
    Ratio,
    Share,
    Total,
    Variance,
)
from socialpoll.indicators.mentioning import of_several_answers
from socialpoll.indicators.planned import Line, Plan, QuantilesAsked
from socialpoll.indicators.reaching import Reach
from socialpoll.indicators.times import CircularMean, Concentration, Windows
from socialpoll.indicators.timing import timed
from socialpoll.responses import Categorical, Column, Numeric, Responses, Ticks
from socialpoll.schema import NOT_APPLICABLE, Duration, Number, Text, say
from socialpoll.totals import (
    Base,
    Categories,
    Measure,
    Options,
    Ratios,
    Shares,
    Statistic,
    Sums,
    Values,
    in_base_codes,
)

__all__ = ["Line", "Plan", "QuantilesAsked", "plans_of"]


def plans_of(indicators: list[Indicator], responses: Responses) -> list[Plan]:
    """Plan every indicator; EstimationError where two share a name or one does not fit."""
    several = [_plans(_definition(one, responses), responses) for one in indicators]
    names = [plans[0].name for plans in several]
    for name in names:
        if names.count(name) > 1:
            message = f"two indicators are named {name!r}"
            raise EstimationError(
                message, where="indicators", found=name, advice="give one of them another name"
            )
    return [plan for plans in several for plan in plans]


def _plans(one: AnyIndicator, responses: Responses) -> list[Plan]:
    """Plan an indicator: of a grid once for each item, filed under the grid."""
    grid = responses.questionnaire.grids.get(getattr(one, "question", ""))
    if grid is None or isinstance(one, Ratio):
        return [_plan(one, responses)]
    if not isinstance(one, Share | Mean | Total):
        raise EstimationError(
            f"of the grid {grid.name!r} there are shares, means and totals only",
            where="indicators",
            found=type(one).__name__,
            allowed="Share, Mean or Total of the grid, or any indicator of one of its items",
            advice=f"name an item, such as {grid.variables[0].name!r}",
        )
    plans = []
    for item, asked in zip(grid.items, grid.variables, strict=True):
        plan = _plan(replace(one, question=asked.name), responses)
        name = one.name or grid.name + plan.name.removeprefix(asked.name)
        lines = tuple(replace(line, item=str(item.code)) for line in plan.lines)
        plans.append(replace(plan, name=name, lines=lines, grid=grid.name))
    return plans


def _definition(indicator: Indicator, responses: Responses) -> AnyIndicator:
    if not isinstance(indicator, str):
        return indicator
    if indicator in responses.questionnaire.grids:
        return Share(indicator)
    _known(indicator, responses)
    column = responses.columns[indicator]
    return Mean(indicator) if isinstance(column, Numeric) else Share(indicator)


def _known(name: str, responses: Responses) -> None:
    if name not in responses.columns:
        message = f"there is no question or derived variable {name!r}"
        raise UnknownNameError(
            message, where="indicators", found=repr(name), allowed=nearest(name, responses.columns)
        )
    codes_or_numbers(responses, name, "indicators")


def _plan(one: AnyIndicator, responses: Responses) -> Plan:
    match one:
        case Share(question=question, base=base, of="respondents"):
            _known(question, responses)
            return _share(one.name or question, question, base, one.title, responses)
        case Profile(question=question, among=among):
            _known(question, responses)
            _known(among, responses)
            name = one.name or f"{question}_among_{among}"
            plan = _share(name, question, "answered", one.title, responses)
            return replace(plan, among=among)
        case Mean(question=question):
            _known(question, responses)
            default = (
                question if isinstance(responses.columns[question], Numeric) else f"{question}_mean"
            )
            return _ratio(one.name or default, "mean", (question,), one.title, responses)
        case Ratio(numerator=numerator, denominator=denominator):
            _known(numerator, responses)
            _known(denominator, responses)
            name = one.name or f"{numerator}_per_{denominator}"
            return _ratio(name, "ratio", (numerator, denominator), one.title, responses)
        case Total(question=question):
            _known(question, responses)
            return _total(one, responses)
        case _:
            _known(one.question, responses)
            return _of_one_question(one, responses)


def _of_one_question(
    one: Share | Reach | Quantile | Variance | CircularMean | Concentration | Windows,
    responses: Responses,
) -> Plan:
    match one:
        case Share() | Reach():
            return of_several_answers(one, responses)
        case Quantile():
            return _quantile(one, _unit(one.question, responses))
        case Variance():
            return _variance(one, _unit(one.question, responses))
        case _:
            return timed(one, responses)


def _share(name: str, question: str, base: Base, title: Text | None, responses: Responses) -> Plan:
    column = codes_or_numbers(responses, question, "indicators")
    if isinstance(column, Ticks):
        lines = _option_lines(column)
        last = len(lines)
        statistic: Statistic = Ratios(tuple(range(last)), last)
        return Plan(
            name, question, "share", "share", Options(question, base), statistic, lines, base, title
        )
    if isinstance(column, Numeric):
        message = f"{question!r} is a number and has no shares"
        raise EstimationError(
            message,
            where=question,
            found="a share of a number",
            allowed="Mean, Total, or the share of its bands",
            advice=f"declare bands of {question!r} in the questionnaire's derived variables",
        )
    lines = _category_lines(column)
    return Plan(
        name,
        question,
        "share",
        "share",
        Categories(question, base),
        Shares(len(lines)),
        lines,
        base,
        title,
    )


def _category_lines(column: Categorical) -> tuple[Line, ...]:
    codes = [one.code for one in column.categories] + [one.code for one in in_base_codes(column)]
    return tuple(Line(NOT_APPLICABLE, str(code), place) for place, code in enumerate(codes))


def _option_lines(column: Ticks) -> tuple[Line, ...]:
    codes = [one.code for one in column.options] + [one.code for one in in_base_codes(column)]
    return tuple(Line(str(code), NOT_APPLICABLE, place) for place, code in enumerate(codes))


def _ratio(
    name: str, kind: str, numbers: tuple[str, ...], title: Text | None, responses: Responses
) -> Plan:
    unit = "/".join(_unit(one, responses) for one in numbers)
    line = Line(NOT_APPLICABLE, NOT_APPLICABLE)
    return Plan(
        name,
        numbers[0],
        kind,
        unit,
        Values(numbers),
        Ratios((0,), 1),
        (line,),
        "answered",
        title,
        numbers,
    )


def _quantile(one: Quantile, unit: str) -> Plan:
    several, kind = one.probabilities, one.statistic
    codes = [NOT_APPLICABLE] if kind == "median" else [_percentile(p) for p in several]
    return Plan(
        name=one.name or f"{one.question}_{kind}",
        question=one.question,
        kind=kind,
        unit=unit,
        measure=Values((one.question,)),
        statistic=Ratios(tuple(range(len(several))), len(several)),
        lines=tuple(Line(NOT_APPLICABLE, code) for code in codes),
        base="answered",
        title=one.title,
        quantiles=QuantilesAsked(several, one.rule, one.interval, one.about),
    )


def _percentile(p: float) -> str:
    return f"p{100 * p:.10g}"


def _variance(one: Variance, unit: str) -> Plan:
    return Plan(
        name=one.name or f"{one.question}_variance",
        question=one.question,
        kind="variance",
        unit=f"({unit})²" if " " in unit else f"{unit}²",
        measure=Values((one.question,)),
        statistic=Ratios((0,), 1),
        lines=(Line(NOT_APPLICABLE, NOT_APPLICABLE),),
        base="answered",
        title=one.title,
    )


def _total(one: Total, responses: Responses) -> Plan:
    question, base = one.question, one.base
    name = one.name or f"{question}_total"
    column = codes_or_numbers(responses, question, "indicators")
    if isinstance(column, Numeric):
        _refuse_base_of_a_number(one)
        line = Line(NOT_APPLICABLE, NOT_APPLICABLE)
        return Plan(
            name,
            question,
            "total",
            _unit(question, responses),
            Values((question,)),
            Sums((0,)),
            (line,),
            base,
            one.title,
            (question,),
        )
    measure: Measure
    if isinstance(column, Ticks):
        lines, measure = _option_lines(column), Options(question, base)
    else:
        lines, measure = _category_lines(column), Categories(question, base)
    statistic = Sums(tuple(range(len(lines))))
    return Plan(name, question, "total", "persons", measure, statistic, lines, base, one.title)


def _refuse_base_of_a_number(one: Total) -> None:
    if one.base != "answered":
        message = f"the total of the number {one.question!r} is of those who gave one"
        raise EstimationError(
            message, where=one.question, found=f"base {one.base!r}", allowed="base 'answered'"
        )


def _unit(question: str, responses: Responses) -> str:
    asked = responses.questionnaire[question]
    match asked:
        case Number(unit=unit):
            return say(unit, "en")
        case Duration(unit=unit):
            return str(unit)
        case _:
            return _unit_of_codes(responses.columns[question])


def _unit_of_codes(column: Column) -> str:
    if isinstance(column, Ticks):
        return "options"
    codes = column.categories if isinstance(column, Categorical) else ()
    scored = bool(codes) and all(one.score is not None for one in codes)
    return "score" if scored else NOT_APPLICABLE
