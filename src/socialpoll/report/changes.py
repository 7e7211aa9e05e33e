"""Sentences about what changed since the wave before: only where a test allows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from socialpoll.report.amounts import amount_of
from socialpoll.report.blocks import Figure, Message, Unit, Value
from socialpoll.report.breaks import parted
from socialpoll.report.measured import Line, Measured
from socialpoll.report.moved import Moved, moved_of, places_of_moved
from socialpoll.report.subjects import subject_of
from socialpoll.schema import TOTAL
from socialpoll.weighting import WAVE

if TYPE_CHECKING:
    from socialpoll.report.material import Material

__all__ = ["changes", "significant_changes"]

Of = TypeVar("Of")
"""What tells the figures of a sentence apart: a line or a domain."""
MOVES_BY: Mapping[Unit, Unit] = {"percent": "points", "clock": "minutes"}
"""Units of changes that are not those of the figures."""
OF_EVERYBODY: Mapping[tuple[bool, int], Message] = {
    (False, 1): Message(
        "From {earlier} to {later}, {what} rose by {change}, from {before} to {after}, "
        "a statistically significant change."
    ),
    (False, -1): Message(
        "From {earlier} to {later}, {what} fell by {change}, from {before} to {after}, "
        "a statistically significant change."
    ),
    (True, 1): Message(
        "From {earlier} to {later}, {what} became later by {change}, from {before} to {after}, "
        "a statistically significant change."
    ),
    (True, -1): Message(
        "From {earlier} to {later}, {what} became earlier by {change}, from {before} to {after}, "
        "a statistically significant change."
    ),
}
"""By whether it is a time of day, and the direction."""
OF_GROUPS: Mapping[tuple[bool, int], Message] = {
    (False, 1): Message(
        "{breakdown}: from {earlier} to {later}, {what} rose, with statistically significant "
        "changes, for {answers}."
    ),
    (False, -1): Message(
        "{breakdown}: from {earlier} to {later}, {what} fell, with statistically significant "
        "changes, for {answers}."
    ),
    (True, 1): Message(
        "{breakdown}: from {earlier} to {later}, {what} became later, with statistically "
        "significant changes, for {answers}."
    ),
    (True, -1): Message(
        "{breakdown}: from {earlier} to {later}, {what} became earlier, with statistically "
        "significant changes, for {answers}."
    ),
}
OF_OPTIONS: Mapping[int, Message] = {
    1: Message(
        "From {earlier} to {later}, shares rose, with statistically significant changes, for "
        "{answers}."
    ),
    -1: Message(
        "From {earlier} to {later}, shares fell, with statistically significant changes, for "
        "{answers}."
    ),
}


SIGNIFICANT = frozenset(one.key for one in (*OF_EVERYBODY.values(), *OF_OPTIONS.values()))


def changes(material: Material, measured: Measured, before: Measured | None) -> list[Message]:
    """Return the sentences about the changes of an indicator since the wave before.

    A significant change of everybody is told with both figures and by how much; one that was tested
    and not found as "no statistically significant change"; what was not tested, or rests on few
    respondents, without a word of comparison. Of groups significant changes alone are told.

    Parameters
    ----------
    material : Material
    measured : Measured
    before : Measured or None
        The same of the wave before.

    Returns
    -------
    list of Message
        None for profiles, for which no figure is of everybody, and none across a break.
    """
    told = []
    for teller in _tellers(material, measured, before):
        told += teller.of_everybody() if teller.breakdown == TOTAL else teller.of_groups()
    return told


def significant_changes(
    material: Material, measured: Measured, before: Measured | None
) -> list[Message]:
    """Return the sentences about significant changes of everybody, for the key findings."""
    everybody = (one for one in _tellers(material, measured, before) if one.breakdown == TOTAL)
    return [one for teller in everybody for one in teller.of_everybody() if one.key in SIGNIFICANT]


def _tellers(material: Material, measured: Measured, before: Measured | None) -> Iterator[_Teller]:
    """Yield who tells of each breakdown that both waves have, without a break between them."""
    if before is None or measured.profile or before.profile:
        return
    for breakdown in measured.domains:
        if breakdown in before.domains and not parted(material, measured, breakdown, before.wave):
            yield _Teller(material, before, measured, breakdown)


class _Teller:
    """Tells what changed in one breakdown of one indicator between two waves."""

    def __init__(
        self, material: Material, before: Measured, after: Measured, breakdown: str
    ) -> None:
        self.material = material
        self.before = before
        self.after = after
        self.breakdown = breakdown
        self.clock = after.statistic == "circular_mean"
        self.waves: Mapping[str, Value] = {
            "earlier": material.wording.code(WAVE, before.wave),
            "later": material.wording.code(WAVE, after.wave),
        }

    def of_everybody(self) -> list[Message]:
        """Tell of options, which are not shared out, together; else of one answer."""
        wording = self.material.wording
        options = wording.windows(self.after) or wording.multiple(self.after.question)
        if self.after.percent and options and len(self.after.lines) > 1:
            return self._of_options()
        line = self.material.leading(self.after)
        moved = self._moved(line, TOTAL)
        return [] if moved is None else [self._of_line(line, moved)]

    def of_groups(self) -> list[Message]:
        """Tell in which groups the answer that is compared rose, and in which it fell."""
        line = self.material.leading(self.after)
        domains = self.after.domains[self.breakdown]
        found = _shown((domain, self._moved(line, domain)) for domain in domains)
        wording = self.material.wording
        heading = self.material.heading(self.breakdown)
        values = {**self.waves, **self._what(line), "breakdown": heading}
        told = []
        for direction, several in _by_direction(found):
            parts = tuple(
                Message(
                    "{group} (from {before} to {after})",
                    {"group": wording.domain(self.breakdown, domain), **self._ends(moved)},
                )
                for domain, moved in several
            )
            message = OF_GROUPS[self.clock, direction]
            told.append(_filled(message, {**values, "answers": parts}, several))
        return told

    def _of_line(self, line: Line, moved: Moved) -> Message:
        values: dict[str, Value] = {**self.waves, **self._what(line), **self._ends(moved)}
        if moved.alike:
            message = Message(
                "From {earlier} to {later}, there was no statistically significant change in "
                "{what} ({before}, then {after})."
            )
            return _filled(message, values, [(line, moved)])
        if moved.change is None or not moved.direction:
            return self._figures(line, moved)
        shown = moved.after.figure()
        unit = MOVES_BY.get(shown.unit, shown.unit)
        by = replace(shown, value=abs(moved.change.difference), unit=unit, status="")
        values["change"] = amount_of(self.material, self.after, by)
        return _filled(OF_EVERYBODY[self.clock, moved.direction], values, [(line, moved)])

    def _of_options(self) -> list[Message]:
        aside = self.material.aside(self.after)
        lines = [line for line in self.after.lines if line.code not in aside]
        found = _shown((line, self._moved(line, TOTAL)) for line in lines)
        told = []
        for direction, several in _by_direction(found):
            parts = tuple(
                Message(
                    "{category} (from {before} to {after})",
                    {"category": self.material.wording.line(self.after, line), **self._ends(moved)},
                )
                for line, moved in several
            )
            values = {**self.waves, "answers": parts}
            told.append(_filled(OF_OPTIONS[direction], values, several))
        return told or self._of_options_alike(found)

    def _of_options_alike(self, found: list[tuple[Line, Moved]]) -> list[Message]:
        """Tell of options none of which changed significantly, as far as they were tested."""
        if found and all(moved.alike for _, moved in found):
            message = Message(
                "From {earlier} to {later}, there was no statistically significant change in any "
                "of the answers."
            )
            return [_filled(message, self.waves, found)]
        leading = self.material.leading(self.after)
        return [self._figures(line, moved) for line, moved in found if line == leading]

    def _figures(self, line: Line, moved: Moved) -> Message:
        """Give both figures, without a word of comparison."""
        shown = {"earlier": moved.before, "later": moved.after}
        parts = tuple(
            Message(
                "{group} ({value})",
                {"group": self.waves[wave], "value": self._amount(row.figure(prose=True))},
            )
            for wave, row in shown.items()
        )
        message = Message("{breakdown}, {what}: {figures}.")
        values = {"breakdown": Message("Wave"), **self._what(line), "figures": parts}
        return _filled(message, values, [(line, moved)])

    def _moved(self, line: Line, domain: str) -> Moved | None:
        contrasts = self.material.contrasts
        return moved_of(contrasts, self.before, self.after, self.breakdown, domain, line)

    def _what(self, line: Line) -> dict[str, Value]:
        return {"what": subject_of(self.material, self.after, line)}

    def _ends(self, moved: Moved) -> dict[str, Value]:
        """Return both figures as tables have them, so that they agree with their difference."""
        rows = {"before": moved.before, "after": moved.after}
        return {name: self._amount(replace(row.figure(), status="")) for name, row in rows.items()}

    def _amount(self, figure: Figure) -> Value:
        return amount_of(self.material, self.after, figure)


def _shown(several: Iterable[tuple[Of, Moved | None]]) -> list[tuple[Of, Moved]]:
    return [(of, moved) for of, moved in several if moved is not None]


def _by_direction(
    found: Sequence[tuple[Of, Moved]],
) -> Iterator[tuple[int, list[tuple[Of, Moved]]]]:
    """Yield what rose significantly, then what fell, as far as anything did."""
    for direction in (1, -1):
        several = [(of, moved) for of, moved in found if moved.direction == direction]
        if several:
            yield direction, several


def _filled(
    message: Message, values: Mapping[str, Value], several: Iterable[tuple[object, Moved]]
) -> Message:
    places = places_of_moved(moved for _, moved in several)
    return replace(message, values=values, rows=places)
