"""Sentences that set a group against others: only where a test allows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from socialpoll.report.amounts import amount_of
from socialpoll.report.blocks import Message, Phrase, Value
from socialpoll.report.contrasts import ALPHA
from socialpoll.report.report import Scalar
from socialpoll.report.subjects import subject_of

if TYPE_CHECKING:
    from socialpoll.report.grouping import Group
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured, Shown

__all__ = ["Wholes", "against_others", "wholes_of"]

NAMED = 3
"""So many answers of a question with several are told."""
Against: TypeAlias = Literal["rest", "total"]
Wholes: TypeAlias = Mapping[tuple[str, str, str, str, str], tuple[float, float]]
"""Difference and adjusted p value by wave, indicator, item, category and what it is against."""

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
THAN_REST: Mapping[tuple[bool, int], Message] = {
    (False, 1): Message(
        "{breakdown}: {what} is higher for {group} ({value}) than for all other respondents, "
        "a statistically significant difference."
    ),
    (False, -1): Message(
        "{breakdown}: {what} is lower for {group} ({value}) than for all other respondents, "
        "a statistically significant difference."
    ),
    (True, 1): Message(
        "{breakdown}: {what} is later for {group} ({value}) than for all other respondents, "
        "a statistically significant difference."
    ),
    (True, -1): Message(
        "{breakdown}: {what} is earlier for {group} ({value}) than for all other respondents, "
        "a statistically significant difference."
    ),
}
THAN_TOTAL: Mapping[tuple[bool, int], Message] = {
    (False, 1): Message(
        "{breakdown}: {what} is higher for {group} ({value}) than overall ({overall}), "
        "a statistically significant difference."
    ),
    (False, -1): Message(
        "{breakdown}: {what} is lower for {group} ({value}) than overall ({overall}), "
        "a statistically significant difference."
    ),
    (True, 1): Message(
        "{breakdown}: {what} is later for {group} ({value}) than overall ({overall}), "
        "a statistically significant difference."
    ),
    (True, -1): Message(
        "{breakdown}: {what} is earlier for {group} ({value}) than overall ({overall}), "
        "a statistically significant difference."
    ),
}
THAN: Mapping[Against, Mapping[tuple[bool, int], Message]] = {
    "rest": THAN_REST,
    "total": THAN_TOTAL,
}
ALIKE: Mapping[Against, Message] = {
    "rest": Message(
        "{breakdown}: there is no statistically significant difference in {what} between {group} "
        "({value}) and all other respondents."
    ),
    "total": Message(
        "{breakdown}: there is no statistically significant difference in {what} between {group} "
        "({value}) and the overall figure ({overall})."
    ),
}


def wholes_of(group: Group, rows: Iterable[Mapping[str, Scalar]]) -> Wholes:
    """Return the tests of a group against all others together, and against everybody.

    Parameters
    ----------
    group : Group
    rows : iterable of mapping
        ``Release.comparisons``, as plain values.
    """
    found = {}
    for row in rows:
        difference, p = row["difference"], row["p_adjusted"]
        of_group = (row["breakdown"], row["domain_a"]) == (group.breakdown, group.domain)
        if not of_group or row["against"] not in THAN or row["test"] != "linearised":
            continue
        if isinstance(difference, float | int) and isinstance(p, float | int):
            names = ("wave", "indicator", "item", "category", "against")
            wave, name, item, category, against = (str(row[one]) for one in names)
            found[wave, name, item, category, against] = float(difference), float(p)
    return found


def against_others(
    material: Material, beside: Measured, whole: Measured, wholes: Wholes
) -> list[Message]:
    """Return the sentences that set a group against others, all together or one by one.

    Parameters
    ----------
    material : Material
        Of the group.
    beside : Measured
        The indicator of the group and of everybody.
    whole : Measured
        The indicator of all groups; no figure of the others is told.
    wholes : mapping
        As of :func:`wholes_of`.

    Returns
    -------
    list of Message
        None for totals, whose groups differ in size, and where nothing was tested.
    """
    if material.group is None or beside.statistic == "total":
        return []
    return _Teller(material, beside, whole, wholes, material.group).sentences()


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
    wholes: Wholes
    group: Group

    def sentences(self) -> list[Message]:
        """Tell of the leading answer; of options, which are not shared out, those that differ."""
        wording = self.material.wording
        leading = self.material.leading(self.beside)
        several = len(self.beside.lines) > 1 and wording.windows(self.beside)
        if not (several or wording.multiple(self.beside.question)):
            return self._told([leading])
        aside = self.material.aside(self.beside)
        lines = [line for line in self.beside.lines if line.code not in aside]
        return self._told(lines) or self._told([leading])

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
        of_wholes = (self._against(line, shown, against) for against in THAN)
        return [*of_wholes, self._in_pairs(line, shown)]

    def _against(self, line: Line, shown: Shown, against: Against) -> _Outcome:
        """Tell of the test against all others, or against everybody."""
        measured = self.beside
        overall = measured.of(line)
        key = measured.wave, measured.name, line.item, line.category, against
        if key not in self.wholes or overall is None or not overall.sound:
            return _Outcome([], None, 0.0)
        difference, p = self.wholes[key]
        values = self._values(line, shown)
        places = [shown.place]
        if against == "total":
            values["overall"] = self._amount(overall)
            places.append(overall.place)
        if p >= ALPHA:
            alike = replace(ALIKE[against], values=values, rows=tuple(places))
            return _Outcome([], alike, 0.0)
        if not _shows(shown, overall):
            return _Outcome([], None, 0.0)
        message = THAN[against][shown.unit == "clock", 1 if difference > 0 else -1]
        sentence = replace(message, values=values, rows=tuple(places))
        return _Outcome([sentence], None, abs(difference))

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


def _shows(shown: Shown, overall: Shown) -> bool:
    """Say whether the printed figures are not alike."""
    return shown.value != overall.value
