"""Sentences that set a group against others: only where a test allows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, get_args

from socialpoll.report.amounts import amount_of
from socialpoll.report.blocks import Message, Phrase, Value
from socialpoll.report.contrasts import Against
from socialpoll.report.subjects import subject_of
from socialpoll.report.wholes import ALIKE, NAMED, THAN

if TYPE_CHECKING:
    from socialpoll.report.grouping import Group
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured, Shown

__all__ = ["against_others"]

THAN_GROUPS: Mapping[tuple[bool, int], Message] = {
    (False, 1): Message(
        "{breakdown}: {what} is higher for {group} ({value}) than for {groups}, to a statistically "
        "significant degree."
    ),
    (False, -1): Message(
        "{breakdown}: {what} is lower for {group} ({value}) than for {groups}, to a statistically "
        "significant degree."
    ),
    (True, 1): Message(
        "{breakdown}: {what} is later for {group} ({value}) than for {groups}, to a statistically "
        "significant degree."
    ),
    (True, -1): Message(
        "{breakdown}: {what} is earlier for {group} ({value}) than for {groups}, to a "
        "statistically significant degree."
    ),
}
"""By whether it is a time of day, and the direction."""


def against_others(material: Material, beside: Measured, whole: Measured) -> list[Message]:
    """Return the sentences that set a group against others, all together or one by one.

    Parameters
    ----------
    material : Material
        Of the group.
    beside : Measured
        The indicator of the group and of everybody.
    whole : Measured
        The indicator of all groups; no figure of the others is told.

    Returns
    -------
    list of Message
        None for totals, whose groups differ in size, and where nothing was tested.
    """
    if material.group is None or beside.statistic == "total":
        return []
    return _Teller(material, beside, whole, material.group).sentences()


class _Outcome(NamedTuple):
    """What became of the tests of one figure: sentences about differences, else about none."""

    different: list[Message]
    alike: Message | None
    widest: float


@dataclass(frozen=True)
class _Teller:
    """Tells of one indicator of one group."""

    material: Material
    beside: Measured
    whole: Measured
    group: Group

    def sentences(self) -> list[Message]:
        """Tell of the leading answer; of options, which are not shared out, those that differ."""
        leading = self.material.leading(self.beside)
        options = self.material.options(self.beside)
        return (self._told(options) if options else []) or self._told([leading])

    def _told(self, lines: Sequence[Line]) -> list[Message]:
        told: list[Message] = []
        for outcomes in zip(*(self._outcomes(line) for line in lines), strict=True):
            differing = sorted(
                (one for one in outcomes if one.different), key=lambda one: -one.widest
            )
            told += [sentence for one in differing[:NAMED] for sentence in one.different]
            if not differing and len(lines) == 1:
                told += [one.alike for one in outcomes if one.alike is not None]
        return told

    def _outcomes(self, line: Line) -> list[_Outcome]:
        shown = self.beside.of(line, self.group.breakdown, self.group.domain)
        if shown is None or not shown.sound:
            return [_Outcome([], None, 0.0)] * 3
        of_wholes = (self._against(line, shown, against) for against in get_args(Against))
        return [*of_wholes, self._in_pairs(line, shown)]

    def _against(self, line: Line, shown: Shown, against: Against) -> _Outcome:
        """Tell of the test against all others, or against everybody."""
        measured, group = self.beside, self.group
        tested = self.material.contrasts.from_whole(measured, line, group.breakdown, against)
        overall = measured.of(line)
        if group.domain not in tested or overall is None:
            return _Outcome([], None, 0.0)
        apart = tested[group.domain]
        values = self._values(line, shown)
        places = [shown.place]
        if against == "total":
            values["overall"] = self._amount(overall)
            places.append(overall.place)
        if not apart.significant:
            alike = replace(ALIKE[against], values=values, rows=tuple(places))
            return _Outcome([], alike, 0.0)
        message = THAN[against, shown.unit == "clock", apart.direction]
        sentence = replace(message, values=values, rows=tuple(places))
        return _Outcome([sentence], None, abs(apart.difference))

    def _in_pairs(self, line: Line, shown: Shown) -> _Outcome:
        """Tell than which other groups the figure is higher, and than which it is lower."""
        code, breakdown = self.group.domain, self.group.breakdown
        outcome = self.material.contrasts.outcome(self.whole, line, breakdown)
        own = [one for one in outcome.tested if code in (one.high, one.low)]
        values = self._values(line, shown)
        sentences = []
        for direction in (1, -1):
            others = [
                one.low if direction == 1 else one.high
                for one in own
                if one.significant and (one.high if direction == 1 else one.low) == code
            ]
            if others:
                names = tuple(self._ordered(others))
                message = THAN_GROUPS[shown.unit == "clock", direction]
                sentences.append(
                    replace(message, values={**values, "groups": names}, rows=(shown.place,))
                )
        alike = None
        if own and not sentences:
            alike = Message(
                "{breakdown}: there is no statistically significant difference in {what} between "
                "{group} ({value}) and any group that it was compared with.",
                values,
                rows=(shown.place,),
            )
        widest = max((one.difference for one in own if one.significant), default=0.0)
        return _Outcome(sentences, alike, widest)

    def _ordered(self, codes: Sequence[str]) -> Iterator[Phrase]:
        breakdown = self.group.breakdown
        for code in self.whole.domains[breakdown]:
            if code in codes:
                yield self.material.wording.domain(breakdown, code)

    def _values(self, line: Line, shown: Shown) -> dict[str, Value]:
        return {
            "breakdown": self.material.wording.breakdown(self.group.breakdown),
            "what": subject_of(self.material, self.beside, line),
            "group": self.group.label,
            "value": self._amount(shown),
        }

    def _amount(self, shown: Shown) -> Value:
        # As tables have it: beside the overall figure a whole number may look the same.
        return amount_of(self.material, self.beside, replace(shown.figure(), status=""))
