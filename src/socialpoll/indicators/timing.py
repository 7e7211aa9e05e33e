"""Plans for times of day."""

from __future__ import annotations

from socialpoll.indicators.planned import Line, Plan
from socialpoll.indicators.times import CircularMean, Concentration, Windows
from socialpoll.responses import Responses
from socialpoll.schema import NOT_APPLICABLE
from socialpoll.schema.clock import AFTER_MIDNIGHT
from socialpoll.totals import (
    Directions,
    MeanDirection,
    Ratios,
    ResultantLength,
    Spans,
    clock,
    in_base_codes,
)

__all__ = ["timed"]


def timed(one: CircularMean | Concentration | Windows, responses: Responses) -> Plan:
    """Plan an indicator of a time of day; EstimationError where its question asks for none."""
    clock(responses, one.question)
    if isinstance(one, Windows):
        return _windows(one, responses)
    mean = isinstance(one, CircularMean)
    kind = "circular_mean" if mean else "concentration"
    return Plan(
        name=one.name or f"{one.question}_{kind}",
        question=one.question,
        kind=kind,
        unit=AFTER_MIDNIGHT if mean else NOT_APPLICABLE,
        measure=Directions(one.question),
        statistic=MeanDirection() if mean else ResultantLength(),
        lines=(Line(NOT_APPLICABLE, NOT_APPLICABLE),),
        base="answered",
        title=one.title,
    )


def _windows(one: Windows, responses: Responses) -> Plan:
    missing = [str(code.code) for code in in_base_codes(responses.columns[one.question])]
    codes = [*one.codes, *missing]
    return Plan(
        name=one.name or f"{one.question}_windows",
        question=one.question,
        kind="share",
        unit="share",
        measure=Spans(one.question, one.spans, one.base),
        statistic=Ratios(tuple(range(len(codes))), len(codes)),
        lines=tuple(Line(code, NOT_APPLICABLE, place) for place, code in enumerate(codes)),
        base=one.base,
        title=one.title,
    )
