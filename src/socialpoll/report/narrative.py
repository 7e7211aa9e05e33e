"""Sentences about an indicator. What is suppressed has none; each carries the rows it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.indicators.mentioning import OF_RESPONSES, OF_TIME
from socialpoll.report.amounts import by_item, number, numbers_of_people, percentiles
from socialpoll.report.blocks import Message, Phrase, Value
from socialpoll.report.comparing import comparisons
from socialpoll.report.leaders import most_chosen, parts_of_responses
from socialpoll.report.measured import Line, Measured, Shown
from socialpoll.report.naming import FEW, NAMED, foremost, of_whom, places_of, values_of
from socialpoll.report.several import reach_of_sets
from socialpoll.report.wholes import against_wholes

if TYPE_CHECKING:
    from socialpoll.report.material import Material

__all__ = ["by_group", "finding", "headline", "overall"]

NAMED_TIMES = 2
PROFILES = 3


def finding(material: Material, measured: Measured) -> Message | None:
    """Return what was found for everybody, as a clause.

    Parameters
    ----------
    material : Material
    measured : Measured

    Returns
    -------
    Message or None
        None where there is no figure to speak of, and for a profile, which has none for everybody.
    """
    rows = [(line, row) for line, row in measured.overall() if row.value is not None]
    if not rows:
        return _no_time(measured)
    if measured.percent:
        return _shares(material, measured, rows)
    if measured.statistic == "quantile":
        return percentiles(material, measured, rows)
    if material.wording.grid(measured.question) and measured.statistic != "total":
        return by_item(material, measured, rows)
    if material.counts(measured):
        return numbers_of_people(material, measured, rows)
    return number(material, measured, rows[0][1])


def overall(material: Material, measured: Measured) -> Message | None:
    """Return what was found for everybody, as a sentence."""
    clause = finding(material, measured)
    if clause is None:
        return None
    return Message("The poll found that {finding}.", {"finding": clause}, rows=clause.rows)


def headline(material: Material, measured: Measured) -> Message | None:
    """Return the line of an indicator among the key findings; None where nothing may be said."""
    title = material.title(measured)
    clause = finding(material, measured)
    if clause is not None:
        values: dict[str, Value] = {"title": title, "finding": clause}
        return Message("{title}: {finding}.", values, rows=clause.rows)
    for sentence in by_group(material, measured)[:1] if measured.profile else ():
        values = {"first": title, "second": sentence}
        return Message("{first}: {second}", values, rows=sentence.rows)
    return None


def by_group(material: Material, measured: Measured) -> list[Message]:
    """Return the sentences about the groups of an indicator."""
    found = _profiles(material, measured) if measured.profile else []
    for breakdown in measured.breakdowns:
        tell = against_wholes if measured.profile else comparisons
        found.extend(tell(material, measured, breakdown))
    return found


def _shares(material: Material, measured: Measured, rows: list[tuple[Line, Shown]]) -> Message:
    wording = material.wording
    if measured.statistic == OF_RESPONSES:
        return parts_of_responses(material, measured, rows, NAMED)
    if wording.windows(measured):
        return _within(material, measured, rows)
    if measured.statistic == OF_TIME or wording.reach(measured):
        return reach_of_sets(material, measured, rows)
    if wording.multiple(measured.question) or len(measured.lines) > FEW:
        return most_chosen(material, measured, rows, NAMED)
    if wording.clock(measured.question):
        return most_chosen(material, measured, rows, NAMED_TIMES)
    first, *others = rows
    group = of_whom(material, measured)
    parts: list[Phrase] = [
        Message(
            "{share} {group} answered “{category}”",
            {**values_of(material, measured, *first), **group},
        )
    ]
    parts.extend(
        Message("{share} “{category}”", values_of(material, measured, *other)) for other in others
    )
    return Message("{answers}", {"answers": tuple(parts)}, rows=places_of(rows))


def _within(material: Material, measured: Measured, rows: list[tuple[Line, Shown]]) -> Message:
    """Say of each window of the clock how many gave a time in it, in the order of the poll."""
    windows = [(line, row) for line, row in rows if material.wording.window(measured, line)] or rows
    first, *others = windows
    group = of_whom(material, measured)
    parts: list[Phrase] = [
        Message(
            "{share} {group} gave a time from {category}",
            {**values_of(material, measured, *first), **group},
        )
    ]
    parts.extend(
        Message("{share} from {category}", values_of(material, measured, *other))
        for other in others
    )
    return Message("{answers}", {"answers": tuple(parts)}, rows=places_of(windows))


def _no_time(measured: Measured) -> Message | None:
    """Return what is said where there is no mean time to speak of; None of other figures."""
    places = tuple(row.place for _, row in measured.overall() if row.unsettled)
    if not places:
        return None
    return Message("the answers do not show a preferred time of day", rows=places)


def _profiles(material: Material, measured: Measured) -> list[Message]:
    """Say of whom each group is made up, for the groups with the most respondents behind them."""
    found = []
    for breakdown in measured.breakdowns:
        groups = [
            (domain, _rows_of(measured, breakdown, domain))
            for domain in measured.domains[breakdown]
        ]
        usable = [(domain, rows) for domain, rows in groups if rows]
        usable.sort(key=lambda one: -(one[1][0][1].respondents or 0))
        chosen = material.wording.multiple(breakdown)
        for domain, rows in usable[:PROFILES]:
            parts = tuple(
                Message("{category} ({share})", values_of(material, measured, *one)) for one in rows
            )
            values: dict[str, Value] = {
                "group": material.wording.domain(breakdown, domain),
                "answers": parts,
            }
            found.append(
                Message(
                    "Those who chose “{group}” are made up of: {answers}.",
                    values,
                    rows=places_of(rows),
                )
                if chosen
                else Message(
                    "The group “{group}” is made up of: {answers}.", values, rows=places_of(rows)
                )
            )
    return found


def _rows_of(measured: Measured, breakdown: str, domain: str) -> list[tuple[Line, Shown]]:
    found = [(line, measured.of(line, breakdown, domain)) for line in measured.lines]
    shown = [(line, row) for line, row in found if row is not None and row.value is not None]
    return shown if len(shown) <= FEW else foremost(shown, NAMED)
