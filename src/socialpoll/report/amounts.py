"""Sentences about amounts: means, medians and percentiles, totals and numbers of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.report.blocks import Figure, Message, Value
from socialpoll.report.facts import plain
from socialpoll.report.naming import FEW, NAMED, foremost, places_of, values_of
from socialpoll.report.subjects import ends_of_scale, kind_of_mean

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured, Shown

__all__ = ["amount_of", "by_item", "number", "numbers_of_people", "percentiles"]


def amount_of(material: Material, measured: Measured, figure: Figure) -> Value:
    """Return a figure with the unit of its question, where it is neither a share nor a length."""
    unit = material.wording.unit(measured)
    if unit is None:
        return figure
    return Message("{number} {unit}", {"number": figure, "unit": unit})


def number(material: Material, measured: Measured, row: Shown) -> Message:
    """Say the only figure of an indicator, with its interval where it has one."""
    value = amount_of(material, measured, row.figure(prose=True))
    message = _of_one(material, measured, value, (row.place,))
    level, interval = material.level(measured), row.interval()
    if level is None or interval.low is None:
        return message
    return Message(
        "{finding} ({level} confidence interval: {interval})",
        {"finding": message, "level": level, "interval": interval},
        rows=message.rows,
    )


def _of_one(
    material: Material, measured: Measured, value: Value, places: tuple[int, ...]
) -> Message:
    """Say the only figure of an indicator."""
    shown: dict[str, Value] = {"value": value}
    if measured.statistic == "mean":
        return _mean(material, measured, shown, places)
    on_a_scale: dict[str, Value] = {**shown, "least": 0, "most": 1}
    return {
        "total": Message("the total is estimated at {value}", shown, rows=places),
        "ratio": Message("the ratio was {value}", shown, rows=places),
        "median": Message("the median was {value}", shown, rows=places),
        "variance": Message("the variance was {value}", shown, rows=places),
        "circular_mean": Message("the mean time was {value}", shown, rows=places),
        "concentration": Message(
            "the concentration of times was {value} on a scale from {least} (spread over the day) "
            "to {most} (all at one time)",
            on_a_scale,
            rows=places,
        ),
    }[measured.statistic]


def _mean(
    material: Material, measured: Measured, shown: dict[str, Value], places: tuple[int, ...]
) -> Message:
    """Say a mean; of scores with the scale that they are on."""
    kind = kind_of_mean(material.wording, measured)
    if kind == "net":
        return Message("the net score was {value}", shown, rows=places)
    if kind == "chosen":
        return Message("the mean number chosen was {value}", shown, rows=places)
    ends = ends_of_scale(material.wording, measured) if kind == "score" else None
    if ends is None:
        return Message("the mean was {value}", shown, rows=places)
    least, most = (plain(one) for one in ends)
    return Message(
        "the mean score was {value} on a scale from {least} to {most}",
        {**shown, "least": least, "most": most},
        rows=places,
    )


def percentiles(material: Material, measured: Measured, rows: list[tuple[Line, Shown]]) -> Message:
    """Say all percentiles, in their order."""
    parts = tuple(
        Message(
            "{category} ({value})",
            {
                "category": material.wording.line(measured, line),
                "value": amount_of(material, measured, row.figure(prose=True)),
            },
        )
        for line, row in rows
    )
    return Message("the percentiles were: {answers}", {"answers": parts}, rows=places_of(rows))


def by_item(material: Material, measured: Measured, rows: list[tuple[Line, Shown]]) -> Message:
    """Say the mean of each item of a grid, in the order of asking."""
    parts = tuple(
        Message("“{category}” ({share})", values_of(material, measured, *one)) for one in rows
    )
    return Message("the means by item were {answers}", {"answers": parts}, rows=places_of(rows))


def numbers_of_people(
    material: Material, measured: Measured, rows: list[tuple[Line, Shown]]
) -> Message:
    """Say how many people gave each answer; of many answers those that most people gave."""
    shown = rows if len(rows) <= FEW else foremost(rows, NAMED)
    parts = tuple(
        Message("“{category}” ({share})", values_of(material, measured, *one)) for one in shown
    )
    return Message(
        "the estimated numbers of people by answer are {answers}",
        {"answers": parts},
        rows=places_of(shown),
    )
