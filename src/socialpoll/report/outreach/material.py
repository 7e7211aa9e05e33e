"""A plan beside the released figures that it was made from: words for codes, rows behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from socialpoll.errors import ReportError, nearest
from socialpoll.indicators.reaching import JOINT
from socialpoll.report.measured import Line, Measured, Shown
from socialpoll.schema import NOT_APPLICABLE, TOTAL

if TYPE_CHECKING:
    from socialpoll.audience import AudiencePlan, Outreach, OutreachPlan, Reached
    from socialpoll.report.blocks import Phrase
    from socialpoll.report.grouping import Group
    from socialpoll.report.material import Material

__all__ = ["PLAIN", "Aspect", "Planned", "planned_in", "told_beside"]

Aspect: TypeAlias = Literal[
    "reach", "times", "days", "times_by_day", "times_by_platform", "formats", "languages"
]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
"""What a plan may be made from, each an indicator."""
PLAIN: tuple[Aspect, ...] = ("times", "days", "formats", "languages")
"""Those whose answers are compared as they are, not within the items of a grid."""


@dataclass(frozen=True)
class Planned:
    """The audiences of one wave, and the indicators that tell how they are reached.

    Attributes
    ----------
    material : Material
    plan : OutreachPlan
    sources : mapping of str to Measured
        What the plan was made from in this wave.
    audiences : tuple of AudiencePlan
        Everybody first.
    group : Group or None
        The one that a report is of.
    """

    material: Material
    plan: OutreachPlan
    sources: Mapping[Aspect, Measured]
    audiences: tuple[AudiencePlan, ...]
    group: Group | None = None

    @property
    def reach(self) -> Measured:
        """The reach of sets of platforms."""
        return self.sources["reach"]

    @property
    def everybody(self) -> AudiencePlan:
        """The plan for all respondents together."""
        return self.audiences[0]

    @property
    def foremost(self) -> AudiencePlan:
        """The audience that sentences speak of: the group of the report, else everybody."""
        return self.audiences[0 if self.group is None else -1]

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """All that audiences are parts of, beside everybody."""
        return tuple(dict.fromkeys(one.breakdown for one in self.audiences[1:]))

    def label(self, audience: AudiencePlan) -> Phrase:
        """Return the words for an audience."""
        return self.material.wording.domain(audience.breakdown, audience.domain)

    def platform(self, code: str) -> Phrase:
        """Return the words for a platform."""
        return self.material.wording.code(self.reach.question, code)

    def platforms(self, reached: Reached) -> tuple[Phrase, ...]:
        """Return the words for each platform of a set."""
        return tuple(map(self.platform, reached.options))

    def set_of(self, reached: Reached, audience: AudiencePlan) -> Shown:
        """Return the row of a set of platforms.

        Raises
        ------
        ReportError
            It is not among the figures.
        """
        return self._row("reach", Line(JOINT.join(reached.options), NOT_APPLICABLE), audience)

    def answer(self, aspect: Aspect, code: str, audience: AudiencePlan) -> Shown:
        """Return the row of an answer: a time, a day, a format.

        Raises
        ------
        ReportError
            It is not among the figures.
        """
        return self._row(aspect, self.line(aspect, code), audience)

    def line(self, aspect: Aspect, code: str) -> Line:
        """Return the line of an answer, as the figures have it."""
        lines = self.sources[aspect].lines
        return next((one for one in lines if one.code == code), Line(code, NOT_APPLICABLE))

    def _row(self, aspect: Aspect, line: Line, audience: AudiencePlan) -> Shown:
        found = self.sources[aspect].of(line, audience.breakdown, audience.domain)
        if found is None:
            raise ReportError(
                "the plan tells of a figure that the release does not have",
                where=f"outreach.{aspect}, {audience.breakdown} {audience.domain!r}",
                found=repr(line.code),
                advice="compose the release that the plan was made from",
            )
        return found


def told_beside(several: Sequence[Measured], plan: OutreachPlan | None) -> list[Measured]:
    """Return the indicators that have sections of their own beside a plan."""
    if plan is None or plan.outreach.own_sections:
        return list(several)
    aside = {getattr(plan.outreach, one) for one in ASPECTS}
    return [one for one in several if one.name not in aside]


def planned_in(
    plan: OutreachPlan | None,
    material: Material,
    several: Sequence[Measured],
    group: Group | None = None,
) -> Iterator[Planned]:
    """Yield what is planned in each wave; nothing where there is no plan.

    Parameters
    ----------
    plan : OutreachPlan or None
    material : Material
    several : sequence of Measured
        Every indicator in every wave.
    group : Group, optional
        The one that a report is of; where no audience is that group, nothing is planned.

    Raises
    ------
    ReportError
        The plan was made from another release, or has no row of everybody.
    """
    if plan is None:
        return
    kept = [(TOTAL, TOTAL), *([] if group is None else [(group.breakdown, group.domain)])]
    for wave in dict.fromkeys(one.wave for one in plan.audiences):
        audiences = tuple(
            one
            for one in plan.audiences
            if one.wave == wave and (group is None or (one.breakdown, one.domain) in kept)
        )
        if group is not None and (group.breakdown, group.domain) not in map(_place, audiences):
            continue
        if not audiences or _place(audiences[0]) != kept[0]:
            raise ReportError(
                "the plan does not begin with everybody",
                where="outreach.audiences",
                found=repr(_place(audiences[0])) if audiences else "nothing",
                allowed=repr(kept[0]),
            )
        sources = dict(_sources(plan.outreach, several, wave))
        if "reach" not in sources:
            raise _not_there(plan.outreach.reach, several)
        yield Planned(material, plan, sources, audiences, group)


def _place(audience: AudiencePlan) -> tuple[str, str]:
    return audience.breakdown, audience.domain


def _sources(
    outreach: Outreach, several: Sequence[Measured], wave: str
) -> Iterator[tuple[Aspect, Measured]]:
    known = {one.name: one for one in several if one.wave == wave}
    for aspect in ASPECTS:
        measured = known.get(getattr(outreach, aspect) or "")
        if measured is not None:
            yield aspect, measured


def _not_there(name: str, several: Sequence[Measured]) -> ReportError:
    return ReportError(
        "the plan was made from an indicator that is not in the release",
        where="outreach.reach",
        found=repr(name),
        allowed=nearest(name, [one.name for one in several]),
        advice="compose the release that the plan was made from",
    )
