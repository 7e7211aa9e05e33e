"""Sentences that set the groups of a breakdown against all others together, or everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, get_args

from socialpoll.report.amounts import amount_of
from socialpoll.report.blocks import Message, Phrase, Value
from socialpoll.report.contrasts import Against, Apart
from socialpoll.report.subjects import subject_of

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured, Shown

__all__ = ["ALIKE", "NAMED", "THAN", "against_wholes"]

NAMED = 3
"""So many answers of a question with several are told."""
TWO = 2
THAN: Mapping[tuple[Against, bool, int], Message] = {
    ("rest", False, 1): Message(
        "{breakdown}: {what} is higher for {group} ({value}) than for all other respondents, "
        "a statistically significant difference."
    ),
    ("rest", False, -1): Message(
        "{breakdown}: {what} is lower for {group} ({value}) than for all other respondents, "
        "a statistically significant difference."
    ),
    ("rest", True, 1): Message(
        "{breakdown}: {what} is later for {group} ({value}) than for all other respondents, "
        "a statistically significant difference."
    ),
    ("rest", True, -1): Message(
        "{breakdown}: {what} is earlier for {group} ({value}) than for all other respondents, "
        "a statistically significant difference."
    ),
    ("total", False, 1): Message(
        "{breakdown}: {what} is higher for {group} ({value}) than overall ({overall}), "
        "a statistically significant difference."
    ),
    ("total", False, -1): Message(
        "{breakdown}: {what} is lower for {group} ({value}) than overall ({overall}), "
        "a statistically significant difference."
    ),
    ("total", True, 1): Message(
        "{breakdown}: {what} is later for {group} ({value}) than overall ({overall}), "
        "a statistically significant difference."
    ),
    ("total", True, -1): Message(
        "{breakdown}: {what} is earlier for {group} ({value}) than overall ({overall}), "
        "a statistically significant difference."
    ),
}
"""Of one group, by what it is against, whether it is a time of day, and the direction."""
EACH_THAN: Mapping[tuple[Against, bool, int], Message] = {
    ("rest", False, 1): Message(
        "{breakdown}: compared in each case with all other respondents, {what} is higher for "
        "{answers}, with statistically significant differences."
    ),
    ("rest", False, -1): Message(
        "{breakdown}: compared in each case with all other respondents, {what} is lower for "
        "{answers}, with statistically significant differences."
    ),
    ("rest", True, 1): Message(
        "{breakdown}: compared in each case with all other respondents, {what} is later for "
        "{answers}, with statistically significant differences."
    ),
    ("rest", True, -1): Message(
        "{breakdown}: compared in each case with all other respondents, {what} is earlier for "
        "{answers}, with statistically significant differences."
    ),
    ("total", False, 1): Message(
        "{breakdown}: compared with the overall figure ({overall}), {what} is higher for "
        "{answers}, with statistically significant differences."
    ),
    ("total", False, -1): Message(
        "{breakdown}: compared with the overall figure ({overall}), {what} is lower for "
        "{answers}, with statistically significant differences."
    ),
    ("total", True, 1): Message(
        "{breakdown}: compared with the overall figure ({overall}), {what} is later for "
        "{answers}, with statistically significant differences."
    ),
    ("total", True, -1): Message(
        "{breakdown}: compared with the overall figure ({overall}), {what} is earlier for "
        "{answers}, with statistically significant differences."
    ),
}
"""Of several groups."""
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
"""Of one group."""
ALL_ALIKE: Mapping[Against, Message] = {
    "rest": Message(
        "{breakdown}: there is no statistically significant difference in {what} between {groups} "
        "and all other respondents."
    ),
    "total": Message(
        "{breakdown}: there is no statistically significant difference in {what} between {groups} "
        "and the overall figure ({overall})."
    ),
}
NO_ANSWER_APART: Mapping[Against, Message] = {
    "rest": Message(
        "{breakdown}: in none of the answers is there a statistically significant difference "
        "between {groups} and all other respondents."
    ),
    "total": Message(
        "{breakdown}: in none of the answers is there a statistically significant difference "
        "between {groups} and the overall figures."
    ),
}


def against_wholes(material: Material, measured: Measured, breakdown: str) -> list[Message]:
    """Return the sentences about how groups differ from what they are a part of.

    Groups that differ significantly are told by the direction, each with its figure; that none
    does, where every sound figure was tested. What was not tested is not spoken of.

    Parameters
    ----------
    material : Material
    measured : Measured
        Of a profile, too: its groups have others, but no figure of everybody.
    breakdown : str

    Returns
    -------
    list of Message
        None for totals, whose groups differ in size.
    """
    if measured.statistic == "total":
        return []
    told: list[Message] = []
    for against in get_args(Against):
        told += _Teller(material, measured, breakdown, against).sentences()
    return told


class _Outcome(NamedTuple):
    """What became of the tests of one line: groups by their direction, or that all are alike."""

    line: Line
    groups: Mapping[int, Sequence[str]]
    alike: bool
    widest: float


@dataclass(frozen=True)
class _Teller:
    """Tells of one breakdown of one indicator, against one whole."""

    material: Material
    measured: Measured
    breakdown: str
    against: Against

    def sentences(self) -> list[Message]:
        """Tell of the leading answer; of options, which are not shared out, those that differ."""
        leading = self.material.leading(self.measured)
        several = self.material.options(self.measured)
        outcomes = [self._outcome(line) for line in (several or [leading])]
        differing = [one for one in outcomes if one.groups]
        widest = sorted(differing, key=lambda one: -one.widest)[:NAMED]
        if widest:
            return [said for one in differing if one in widest for said in self._different(one)]
        if len(several) > 1 and all(one.alike for one in outcomes):
            return self._no_answer_apart(outcomes)
        return self._alike(self._outcome(leading))

    def _outcome(self, line: Line) -> _Outcome:
        tested = self._tested(line)
        apart = {code: one for code, one in tested.items() if one.significant}
        groups: dict[int, list[str]] = {}
        for direction in (1, -1):
            codes = [code for code, one in apart.items() if one.direction == direction]
            if codes:
                groups[direction] = codes
        if self.against == "rest" and self._halves and 1 in groups:
            # The rest of the one is the other: that would be said twice.
            groups.pop(-1, None)
        alike = bool(tested) and not apart and tested.keys() == self._sound(line).keys()
        widest = max((abs(one.difference) for one in apart.values()), default=0.0)
        return _Outcome(line, groups, alike, widest)

    def _tested(self, line: Line) -> Mapping[str, Apart]:
        contrasts = self.material.contrasts
        if self.against == "rest" and self._halves:
            pairs = contrasts.outcome(self.measured, line, self.breakdown)
            if pairs.tested:
                return {}
        return contrasts.from_whole(self.measured, line, self.breakdown, self.against)

    @cached_property
    def _halves(self) -> bool:
        """Whether two groups share everybody out, so that each is the rest of the other."""
        names = self.breakdown.split("|")
        overlap = any(self.material.wording.multiple(name) for name in names)
        return len(self.measured.domains[self.breakdown]) == TWO and not overlap

    def _different(self, outcome: _Outcome) -> Iterator[Message]:
        for direction, codes in outcome.groups.items():
            rows = self._rows(outcome.line, codes)
            kind = self.against, rows[0].unit == "clock", direction
            values = self._values(outcome.line)
            if len(codes) == 1:
                own = {"group": self._name(codes[0]), "value": self._amount(rows[0])}
                yield self._filled(THAN[kind], values | own, outcome.line, rows)
                continue
            parts = tuple(
                Message(
                    "{group} ({value})", {"group": self._name(code), "value": self._amount(row)}
                )
                for code, row in zip(codes, rows, strict=True)
            )
            yield self._filled(EACH_THAN[kind], {**values, "answers": parts}, outcome.line, rows)

    def _alike(self, outcome: _Outcome) -> list[Message]:
        if not outcome.alike:
            return []
        codes = [*self._sound(outcome.line)]
        rows = self._rows(outcome.line, codes)
        values = self._values(outcome.line)
        if len(codes) == 1:
            own = {"group": self._name(codes[0]), "value": self._amount(rows[0])}
            return [self._filled(ALIKE[self.against], values | own, outcome.line, rows)]
        values["groups"] = self._any_of(outcome.line)
        return [self._filled(ALL_ALIKE[self.against], values, outcome.line, rows)]

    def _no_answer_apart(self, outcomes: Sequence[_Outcome]) -> list[Message]:
        lines = [one.line for one in outcomes]
        fewest = min(lines, key=lambda line: len(self._sound(line)))
        if len(self._sound(fewest)) == 1:
            return []
        values = {
            "breakdown": self.material.heading(self.breakdown),
            "groups": self._any_of(fewest),
        }
        rows = [row for line in lines for row in self._rows(line, [*self._sound(line)])]
        message = NO_ANSWER_APART[self.against]
        return [replace(message, values=values, rows=tuple(row.place for row in rows))]

    def _any_of(self, line: Line) -> Message:
        if len(self._sound(line)) == len(self.measured.domains[self.breakdown]):
            return Message("any of the groups")
        return Message("any of the sufficiently large groups")

    def _sound(self, line: Line) -> Mapping[str, Shown]:
        rows = self.measured.across(line, self.breakdown)
        return {code: row for code, row in rows.items() if row.sound}

    def _rows(self, line: Line, codes: Sequence[str]) -> list[Shown]:
        sound = self._sound(line)
        return [sound[code] for code in codes]

    def _filled(
        self, message: Message, values: Mapping[str, Value], line: Line, rows: Sequence[Shown]
    ) -> Message:
        overall = self.measured.of(line) if self.against == "total" else None
        places = [row.place for row in (*rows, overall) if row is not None]
        return replace(message, values=values, rows=tuple(places))

    def _values(self, line: Line) -> dict[str, Value]:
        values: dict[str, Value] = {
            "breakdown": self.material.heading(self.breakdown),
            "what": subject_of(self.material, self.measured, line),
        }
        overall = self.measured.of(line)
        if self.against == "total" and overall is not None:
            values["overall"] = self._amount(overall)
        return values

    def _amount(self, shown: Shown) -> Value:
        # As tables have it: beside the overall figure a whole number may look the same.
        return amount_of(self.material, self.measured, replace(shown.figure(), status=""))

    def _name(self, code: str) -> Phrase:
        return self.material.wording.domain(self.breakdown, code)
