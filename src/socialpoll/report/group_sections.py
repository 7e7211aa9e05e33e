"""A report of one group: its figures beside those of everybody, and what differs within it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from socialpoll.errors import ReportError, nearest
from socialpoll.report.blocks import Block, Message, Phrase, Said, Section, Text
from socialpoll.report.changes import changes, significant_changes
from socialpoll.report.chart_plan import Charts
from socialpoll.report.charts import Gallery, in_waves
from socialpoll.report.group_charts import charts_of_group
from socialpoll.report.group_contrasts import against_others
from socialpoll.report.grouping import Group
from socialpoll.report.groups import groups_in
from socialpoll.report.headlines import headlines_section
from socialpoll.report.measured import Measured, measured_in
from socialpoll.report.moved import earlier_of
from socialpoll.report.narrative import by_group, finding
from socialpoll.report.outreach.material import Planned, planned_in, told_beside
from socialpoll.report.outreach.sections import lines_of_plans, sections_of_plans
from socialpoll.report.tables import tables_by_group
from socialpoll.schema import TOTAL, Question

if TYPE_CHECKING:
    from socialpoll.audience import OutreachPlan
    from socialpoll.disclosure import Release
    from socialpoll.report.material import Material
    from socialpoll.report.report import Scalar

__all__ = ["Narrowed", "narrowed"]


def narrowed(
    release: Release,
    group: tuple[str | Sequence[str], str],
    gallery: Gallery,
    figures: Sequence[Mapping[str, Scalar]],
    plan: OutreachPlan | None,
) -> Narrowed:
    """Narrow what a report is made from to one group.

    Parameters
    ----------
    release : Release
    group : (breakdown, code)
    gallery : Gallery
        Of the release.
    figures : sequence of mapping
        Of the release, as plain values.
    plan : OutreachPlan or None
        How audiences are reached.

    Raises
    ------
    ReportError
        There is no such breakdown or group, or nothing of the group may be shown.
    """
    breakdown, code = group
    groups = groups_in(release, breakdown)
    where = f"group of {groups.breakdown}"
    if code in groups.hidden:
        raise ReportError("nothing of this group may be shown", where=where, found=repr(code))
    if code not in groups.shown:
        allowed = nearest(code, groups.shown)
        raise ReportError("there is no such group", where=where, found=repr(code), allowed=allowed)
    label = gallery.material.wording.domain(groups.breakdown, code)
    one = Group(groups.breakdown, code, label)
    return Narrowed(
        group=one,
        name=groups.names[code],
        whole=gallery.material,
        everything=gallery.several,
        figures=one.rows(figures),
        charts=gallery.charts,
        plan=plan,
    )


@dataclass(frozen=True)
class Narrowed:
    """Everything that a release tells of one group.

    Parameters
    ----------
    group : Group
    name : str
        Plain name of it for files.
    whole : Material
        Of the release, without a group.
    everything : sequence of Measured
        All that is in the release.
    figures : tuple of mapping
        Rows of the group, of its parts and of everybody, where the group is measured.
    charts : Charts
        What was asked for.
    plan : OutreachPlan or None
        How audiences are reached.
    """

    group: Group
    name: str
    whole: Material
    everything: Sequence[Measured]
    figures: tuple[Mapping[str, Scalar], ...]
    charts: Charts
    plan: OutreachPlan | None = None

    @cached_property
    def several(self) -> tuple[Measured, ...]:
        """Every indicator by which the group is measured."""
        return measured_in(self.figures)

    @property
    def told(self) -> Sequence[Measured]:
        """Those that have sections of their own."""
        return told_beside(self.several, self.plan)

    @cached_property
    def planned(self) -> tuple[Planned, ...]:
        """What is planned for the group in each wave."""
        return tuple(planned_in(self.plan, self.beside, self.several, self.group))

    @cached_property
    def beside(self) -> Material:
        """What tells of the group beside everybody: both of the answer that leads overall."""
        leading = {one.name: self.whole.leading(one).code for one in self.everything}
        return replace(self.whole, group=self.group, focus={**leading, **self.whole.focus})

    @cached_property
    def inside(self) -> Material:
        """What tells of the group as if it were everybody."""
        wording = replace(self.whole.wording, everybody=self.group.label)
        tests = self.group.tests(self.whole.contrasts)
        return replace(self.beside, wording=wording, contrasts=tests)

    def title(self, title: Mapping[str, str]) -> dict[str, str]:
        """Return the title of a publication with the name of the group."""
        values = {"first": Said(title), "second": self.group.label}
        return self.whole.wording.in_words(Message("{first}: {second}", values))

    def headlines(self) -> Section:
        """Return the key findings about the group."""
        heading = self.whole.wording.breakdown(self.group.breakdown)
        about = Message(
            "This report shows the figures of one group beside those of all respondents: {group} "
            "({breakdown}).",
            {"group": self.group.label, "breakdown": heading},
        )
        told = (line for one in self.told if (line := tuple(self._line(one))))
        lines = chain(told, lines_of_plans(self.planned))
        return headlines_section(self.whole.methodology, lines, about)

    def sections(self) -> Iterator[Section]:
        """Yield the section of each indicator, then of the plan."""
        for one in self.told:
            blocks = tuple(self._blocks(one))
            yield Section("indicator", self.whole.title(one), blocks, one.name)
        yield from sections_of_plans(self.planned)

    def _line(self, measured: Measured) -> Iterator[Phrase]:
        """Yield the sentences of an indicator among the key findings."""
        title = self.beside.title(measured)
        inside, beside = self.group.inside(measured), self.group.beside(measured)
        if measured.profile:
            for sentence in by_group(self.beside, beside)[:1]:
                values = {"first": title, "second": sentence}
                yield Message("{first}: {second}", values, rows=sentence.rows)
            return
        clause = finding(self.inside, inside)
        if clause is None:
            return
        values = {"title": title, "finding": clause}
        yield Message("{title}: {finding}.", values, rows=clause.rows)
        yield from self._overall(beside)
        yield from significant_changes(self.inside, inside, self._before(measured))

    def _overall(self, beside: Measured) -> Iterator[Phrase]:
        clause = finding(self.whole, beside)
        if clause is not None:
            yield Message("Overall: {finding}.", {"finding": clause}, rows=clause.rows)

    def _blocks(self, measured: Measured) -> Iterator[Block]:
        question = self.whole.wording.variable(measured.question)
        if isinstance(question, Question):
            asked = Message("Question: {text}", {"text": Said(question.text)})
            yield Text((asked,), "note")
        inside, beside = self.group.inside(measured), self.group.beside(measured)
        if not measured.profile:
            found = tuple(self._found(inside, beside))
            if found:
                yield Text(found)
        for sentence in self._sentences(measured, inside, beside):
            yield Text((sentence,), "bullet")
        own = (one for (breakdown, *_), one in beside.rows.items() if breakdown != TOTAL)
        if all(row.value is None for row in own):
            nothing = Message("No figure of this indicator may be shown for this group.")
            yield Text((nothing,), "note")
        kinds = self.charts.kinds.get(measured.name)
        waves = self._waves(measured)
        yield from charts_of_group(self.beside, self.inside, self.group, waves, kinds)
        yield from tables_by_group(self.beside, beside)
        if not measured.profile:
            yield from tables_by_group(self.inside, inside)

    def _found(self, inside: Measured, beside: Measured) -> Iterator[Phrase]:
        clause = finding(self.inside, inside)
        if clause is not None:
            values = {"group": self.group.label, "finding": clause}
            yield Message("{group}: the poll found that {finding}.", values, rows=clause.rows)
        yield from self._overall(beside)

    def _sentences(
        self, measured: Measured, inside: Measured, beside: Measured
    ) -> Iterator[Phrase]:
        if measured.profile:
            yield from by_group(self.beside, beside)
            return
        for change in changes(self.inside, inside, self._before(measured)):
            values = {"first": self.group.label, "second": change}
            yield Message("{first}: {second}", values, rows=change.rows)
        everybody = self._all_groups[_key(measured)]
        yield from against_others(self.beside, beside, everybody)
        yield from by_group(self.inside, inside)

    @cached_property
    def _all_groups(self) -> Mapping[tuple[str, str], Measured]:
        return {_key(one): one for one in self.everything}

    def _waves(self, measured: Measured) -> list[Measured]:
        """Return an indicator in its waves; those over waves stand with the last."""
        found = in_waves(self.whole, self.several, measured.name)
        return found if found[-1] is measured else [measured]

    def _before(self, measured: Measured) -> Measured | None:
        """Return the group in the wave before."""
        before = earlier_of(self.several).get(_key(measured))
        return None if before is None else self.group.inside(before)


def _key(measured: Measured) -> tuple[str, str]:
    return measured.wave, measured.name
