"""Sentences that compare groups: only where a test allows it, and as far as it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.report.amounts import amount_of
from socialpoll.report.blocks import Figure, Message, Phrase, Value
from socialpoll.report.contrasts import Contrast, Outcome
from socialpoll.report.language import hundredfold, rounded
from socialpoll.report.measured import Line, Measured, Shown
from socialpoll.report.subjects import subject_of
from socialpoll.report.wholes import NAMED, against_wholes

if TYPE_CHECKING:
    from socialpoll.report.material import Material

__all__ = ["comparisons"]

TWO = 2
LISTED = 4
"""Groups whose untested figures still make a sentence."""


def comparisons(material: Material, measured: Measured, breakdown: str) -> list[Message]:
    """Return the sentences about the groups of a breakdown.

    A significant difference is told as higher and lower; figures that were tested and do not
    differ as "no statistically significant difference"; figures that were not tested, or rest on
    few respondents, without a word of comparison. Groups are set against one another where pairs
    were compared, and against all others or everybody where these were.

    Parameters
    ----------
    material : Material
    measured : Measured
    breakdown : str

    Returns
    -------
    list of Message
        None for totals, whose groups differ in size, and where nothing may be shown.
    """
    if measured.statistic == "total":
        return []
    teller = _Teller(material, measured, breakdown)
    leading, options = material.leading(measured), material.options(measured)
    told = teller.of_options(options) if options else teller.of_line(leading)
    told += against_wholes(material, measured, breakdown)
    return told or teller.figures(leading)


class _Teller:
    """Tells of one breakdown of one indicator."""

    def __init__(self, material: Material, measured: Measured, breakdown: str) -> None:
        self.material = material
        self.measured = measured
        self.breakdown = breakdown
        self.heading = material.heading(breakdown)

    def of_line(self, line: Line) -> list[Message]:
        """Tell of one answer, or of the only figure."""
        rows = self.measured.across(line, self.breakdown)
        outcome = self.material.contrasts.outcome(self.measured, line, self.breakdown)
        if outcome.widest is not None:
            return [self._difference(line, rows, outcome.widest)]
        return [self._no_difference(line, rows, outcome)] if outcome.alike else []

    def of_options(self, lines: list[Line]) -> list[Message]:
        """Tell of what is not shared out: options of a multiple-response question, windows."""
        outcomes = {
            line: self.material.contrasts.outcome(self.measured, line, self.breakdown)
            for line in lines
        }
        different = {line: one.widest for line, one in outcomes.items() if one.widest is not None}
        if not different:
            if all(one.alike for one in outcomes.values()):
                return [self._no_difference_at_all(list(outcomes.values()), lines)]
            return self.of_line(self.material.leading(self.measured))
        if len(self.measured.domains[self.breakdown]) == TWO:
            return self._by_direction(different)
        widest = sorted(different, key=lambda line: -different[line].difference)[:NAMED]
        return [
            self._difference(line, self.measured.across(line, self.breakdown), different[line])
            for line in lines
            if line in widest
        ]

    def _difference(self, line: Line, rows: Mapping[str, Shown], contrast: Contrast) -> Message:
        high, low = rows[contrast.high], rows[contrast.low]
        more, less = self._amounts(high, low)
        values: dict[str, Value] = {
            **self._what(line),
            "high": self._name(contrast.high),
            "low": self._name(contrast.low),
            "more": more,
            "less": less,
        }
        places = high.place, low.place
        if high.unit == "clock":
            return Message(
                "{breakdown}: {what} is later for {high} ({more}) than for {low} ({less}), "
                "a statistically significant difference.",
                values,
                rows=places,
            )
        return Message(
            "{breakdown}: {what} is higher for {high} ({more}) than for {low} ({less}), "
            "a statistically significant difference.",
            values,
            rows=places,
        )

    def _by_direction(self, different: Mapping[Line, Contrast]) -> list[Message]:
        """Tell which options are chosen more by the one group, and which by the other."""
        found = []
        for domain in self.measured.domains[self.breakdown]:
            lines = [line for line, one in different.items() if one.high == domain]
            if not lines:
                continue
            lines.sort(key=lambda line: -different[line].difference)
            parts, places = [], []
            for line in lines:
                rows = self.measured.across(line, self.breakdown)
                high, low = rows[domain], rows[different[line].low]
                more, less = _apart(high, low)
                parts.append(
                    Message(
                        "{category} ({more} against {less})",
                        {
                            "category": self.material.wording.line(self.measured, line),
                            "more": more,
                            "less": less,
                        },
                    )
                )
                places += [high.place, low.place]
            other = different[lines[0]].low
            found.append(
                Message(
                    "{breakdown}: shares are higher for {high} than for {low}, with statistically "
                    "significant differences, for {answers}.",
                    {
                        "breakdown": self.heading,
                        "high": self._name(domain),
                        "low": self._name(other),
                        "answers": tuple(parts),
                    },
                    rows=tuple(places),
                )
            )
        return found

    def _no_difference(self, line: Line, rows: Mapping[str, Shown], outcome: Outcome) -> Message:
        sound = {domain: row for domain, row in rows.items() if row.sound}
        places = tuple(row.place for row in sound.values())
        if len(sound) == TWO and outcome.everybody:
            (first, one), (second, other) = sound.items()
            left, right = self._amounts(one, other)
            return Message(
                "{breakdown}: there is no statistically significant difference between {first} "
                "({left}) and {second} ({right}) in {what}.",
                {
                    **self._what(line),
                    "first": self._name(first),
                    "second": self._name(second),
                    "left": left,
                    "right": right,
                },
                rows=places,
            )
        if outcome.everybody:
            return Message(
                "{breakdown}: there is no statistically significant difference between the groups "
                "in {what}.",
                self._what(line),
                rows=places,
            )
        return Message(
            "{breakdown}: there is no statistically significant difference in {what} between the "
            "groups with enough respondents to be compared.",
            self._what(line),
            rows=places,
        )

    def _no_difference_at_all(self, outcomes: list[Outcome], lines: list[Line]) -> Message:
        rows = [
            row
            for line in lines
            for row in self.measured.across(line, self.breakdown).values()
            if row.sound
        ]
        places = tuple(row.place for row in rows)
        values: dict[str, Value] = {"breakdown": self.heading}
        if all(one.everybody for one in outcomes):
            return Message(
                "{breakdown}: there is no statistically significant difference between the groups "
                "in any of the answers.",
                values,
                rows=places,
            )
        return Message(
            "{breakdown}: there is no statistically significant difference in any of the answers "
            "between the groups with enough respondents to be compared.",
            values,
            rows=places,
        )

    def figures(self, line: Line) -> list[Message]:
        """Give the figures of few groups, without a word of comparison."""
        rows = self.measured.across(line, self.breakdown)
        shown = {domain: row for domain, row in rows.items() if row.value is not None}
        if not shown or len(rows) > LISTED:
            return []
        parts = tuple(
            Message(
                "{group} ({value})",
                {"group": self._name(domain), "value": self._amount(row.figure(prose=True))},
            )
            for domain, row in shown.items()
        )
        places = tuple(row.place for row in shown.values())
        return [
            Message(
                "{breakdown}, {what}: {figures}.",
                {**self._what(line), "figures": parts},
                rows=places,
            )
        ]

    def _amount(self, figure: Figure) -> Value:
        return amount_of(self.material, self.measured, figure)

    def _amounts(self, one: Shown, other: Shown) -> tuple[Value, Value]:
        """Return two figures for a sentence, in their unit."""
        left, right = _apart(one, other)
        return self._amount(left), self._amount(right)

    def _name(self, domain: str) -> Phrase:
        return self.material.wording.domain(self.breakdown, domain)

    def _what(self, line: Line) -> dict[str, Value]:
        """Return the breakdown, and what is compared within it."""
        what = subject_of(self.material, self.measured, line)
        return {"breakdown": self.heading, "what": what}


def _apart(one: Shown, other: Shown) -> tuple[Figure, Figure]:
    """Return two figures for a sentence, with decimals where they would look the same without."""
    left, right = one.figure(prose=True), other.figure(prose=True)
    if left.decimals == right.decimals == 0 and _whole(left) == _whole(right):
        left, right = (replace(each.figure(), status="") for each in (one, other))
    return left, right


def _whole(figure: Figure) -> int:
    return int(rounded(hundredfold(figure.value or 0.0), 0))
