"""What a sentence speaks of: the share, the mean or the median of something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from socialpoll.indicators.mentioning import OF_RESPONSES, OF_TIME
from socialpoll.report.blocks import Message, Phrase, Value
from socialpoll.report.wording import CHOSEN
from socialpoll.schema import NOT_APPLICABLE, Boxes, Code

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured
    from socialpoll.report.wording import Wording

__all__ = ["ends_of_scale", "kind_of_mean", "subject_of"]

SCORE = "score"

PEOPLE = "persons"
"""The unit of a total of those who gave an answer."""


def subject_of(material: Material, measured: Measured, line: Line) -> Phrase:
    """Return the words for what a figure of a line is, as they stand within a sentence."""
    if measured.statistic == "quantile":
        return material.wording.line(measured, line)
    if line.code == NOT_APPLICABLE:
        return _of_numbers(material, measured)
    return _of_answers(material, measured, line)


def _of_answers(material: Material, measured: Measured, line: Line) -> Phrase:
    """Return the words for the figure of an answer, an option, a window or an item."""
    wording = material.wording
    values: dict[str, Value] = {"category": wording.line(measured, line)}
    chosen = wording.multiple(measured.question) or wording.clock(measured.question)
    if wording.window(measured, line):
        return Message("the share who gave a time from {category}", values)
    if measured.statistic == OF_RESPONSES:
        return Message("the share of “{category}” in all answers given", values)
    if measured.statistic == OF_TIME:
        return Message("the share of all time spent by those who chose “{category}”", values)
    if measured.unit == PEOPLE:
        return (
            Message("the number of people who chose “{category}”", values)
            if chosen
            else Message("the number of people who answered “{category}”", values)
        )
    if wording.grid(measured.question) and measured.statistic != "share":
        return Message("the mean for “{category}”", values)
    return (
        Message("the share who chose “{category}”", values)
        if chosen
        else Message("the share who answered “{category}”", values)
    )


def _of_numbers(material: Material, measured: Measured) -> Phrase:
    """Return the words for the only figure of an indicator."""
    if measured.statistic == "mean":
        kind = kind_of_mean(material.wording, measured)
        return {
            "score": Message("the mean score"),
            "net": Message("the net score"),
            "chosen": Message("the mean number chosen"),
            "number": Message("the mean"),
        }[kind]
    return {
        "total": Message("the total"),
        "ratio": Message("the ratio"),
        "median": Message("the median"),
        "variance": Message("the variance"),
        "circular_mean": Message("the mean time"),
        "concentration": Message("the concentration of times"),
    }[measured.statistic]


def kind_of_mean(
    wording: Wording, measured: Measured
) -> Literal["score", "net", "chosen", "number"]:
    """Say what a mean is of: scores, boxes of a scale, options chosen, or a number."""
    if isinstance(wording.variable(measured.question), Boxes):
        return "net"
    if measured.unit == CHOSEN:
        return "chosen"
    return "score" if measured.unit == SCORE else "number"


def ends_of_scale(wording: Wording, measured: Measured) -> tuple[float, float] | None:
    """Return the least and the highest score of a question; None where it has no scores."""
    codes = (one for one in wording.codes(measured.question) if isinstance(one, Code))
    scores = [one.score for one in codes if one.score is not None]
    return (min(scores), max(scores)) if scores else None
