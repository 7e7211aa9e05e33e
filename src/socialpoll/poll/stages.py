"""The stages of a poll, from its file of answers to its report."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from socialpoll.disclosure import MinBase, Policy, Release, ReliabilityRule, release
from socialpoll.errors import BindingError, ReaderError, ReportError
from socialpoll.indicators import Estimates, estimate
from socialpoll.plugins.sourcing import source_of
from socialpoll.poll.comparing import compared, together
from socialpoll.poll.editions import marked, published_before
from socialpoll.poll.harmonising import harmonised
from socialpoll.poll.naming import name_of
from socialpoll.poll.outreach_measuring import outreach_estimates, plan_of
from socialpoll.poll.scanned import LookedThrough, looked_through, scanned
from socialpoll.readers import submissions
from socialpoll.report import Charts, Report, compose
from socialpoll.report.chart_plan import place_of
from socialpoll.responses import Checked, Responses, Scan, bind, check, response_rates
from socialpoll.weighting import Replicates, Waves, Weights, replicate, weigh

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.indicators import AnyIndicator, Breakdown
    from socialpoll.plugins import PluginHost
    from socialpoll.poll.declared import Wanted
    from socialpoll.poll.poll import Poll

__all__ = [
    "CHECKS",
    "Bound",
    "Group",
    "bound",
    "composed",
    "estimated",
    "groups_of",
    "released",
    "weighed",
]


class Group(NamedTuple):
    """Neighbours among the indicators that are estimated together."""

    by: tuple[Breakdown, ...]
    compare: bool
    change: Literal["previous", "first"] | None
    trend: bool
    indicators: tuple[AnyIndicator, ...]


CHECKS = "the checks"
"""What is wrong where their columns are."""


class Bound(NamedTuple):
    """Answers as they were read; they need not be clean.

    Attributes
    ----------
    responses : Responses or Scan
        A scan where an engine counts them.
    checked : Checked or LookedThrough
        What reading them and the checks of the poll found; of a scan, what reading found.
    said : tuple of str
        What the reader has to say of the file.
    """

    responses: Responses | Scan
    checked: Checked | LookedThrough
    said: tuple[str, ...]


def bound(poll: Poll, host: PluginHost) -> Bound:
    """Read the answers, bind them and check them; or look through them where they lie.

    Those of a wave are first put into the columns and codes of the poll.

    Raises
    ------
    ReaderError, PluginError, BindingError, DesignError
        The answers cannot be read or bound.
    """
    if poll.engine is not None:
        found, said = scanned(poll)
        return Bound(found, looked_through(found, poll.checks), said)
    source = source_of(poll.source, reader=poll.reader, host=host)
    if source.frame is None:
        raise ReaderError(
            "the file holds no answers",
            where=poll.source.name,
            advice="name a file of answers in the poll file's 'responses'",
        )
    frame, findings = source.frame, source.findings
    if poll.reader == "kobo":
        laid_out = submissions(frame, poll.questionnaire)
        frame = frame if laid_out.frame is None else laid_out.frame
        findings = (*findings, *laid_out.findings)
    for wave in poll.waves:
        frame, said = harmonised(frame, wave.harmony)
        findings = (*findings, *said)
    responses = bind(frame, poll.questionnaire, poll.design, wave=poll.wave)
    return Bound(_with_rates(responses), _checked(poll, responses, frame), findings)


def _checked(poll: Poll, responses: Responses, frame: pd.DataFrame) -> Checked:
    try:
        return check(responses, poll.checks, frame=frame)
    except BindingError as error:
        problems = [replace(one, where=f"checks.{one.where}") for one in error.problems]
        raise BindingError(CHECKS, problems) from error


def _with_rates(responses: Responses) -> Responses:
    """Add the response rates to the methodology, where it is declared what became of the cases."""
    if responses.outcome is None:
        return responses
    rates = response_rates(responses, weighted=responses.design.weight is not None)
    return replace(responses, methodology=responses.methodology.adding(rates.fact()))


def weighed(poll: Poll, responses: Responses | Scan) -> Weights:
    """Weight the answers; base weights where the poll declares no steps."""
    return weigh(responses, poll.recipe)


def groups_of(poll: Poll) -> list[Group]:
    """Return the indicators in the order of the file, those for the same groups together."""

    def shared(one: Wanted) -> tuple[tuple[Breakdown, ...], bool, Any, bool]:
        by = poll.publication.by if one.by is None else one.by
        return by, one.compare, one.change, one.trend

    return [
        Group(*key, tuple(one.indicator for one in wanted))
        for key, wanted in groupby(poll.indicators, key=shared)
    ]


def estimated(poll: Poll, weights: Weights | Waves) -> tuple[Estimates, ...]:
    """Estimate the indicators in the order of the file, those for the same groups together.

    Those of a plan come last. Standard errors come from replicates where the poll declares some.
    """
    source: Weights | Waves | Replicates = weights
    if poll.replication is not None and isinstance(weights, Weights):
        source = replicate(weights, poll.replication)
    made = []
    for group in groups_of(poll):
        asked_for, by = list(group.indicators), list(group.by)
        estimates = estimate(source, asked_for, by=by, precision=poll.precision)
        made.append(compared(estimates, poll.comparisons) if group.compare else estimates)
    return (*together(made, poll.comparisons), *outreach_estimates(poll, source))


def released(poll: Poll, estimates: tuple[Estimates, ...], host: PluginHost) -> Release:
    """Apply the rules of the publication, and mark what an earlier edition had otherwise.

    Raises
    ------
    ReleaseError, PluginError
        Something may not be shown, or a rule cannot be had.
    """
    limits = poll.publication.reliability
    rules: list[ReliabilityRule] = [MinBase(limits.minimum_base, limits.flag_below)]
    rules += [host.rule(name) for name in limits.rules]
    publication = poll.publication
    life = publication.life_cycle
    made = release(
        estimates,
        *rules,
        policy=_policy(poll),
        edition=life.edition,
        release_date=life.release_date,
    )
    return marked(poll, made)


def _policy(poll: Poll) -> Policy:
    """Return how respondents are protected, beside what was published of them before."""
    publication = poll.publication
    terms: dict[str, Any] = publication.cell_terms
    if publication.policy == "cells":
        terms["already_published"] = published_before(poll)
    return Policy(name=publication.policy, full_precision=publication.full_precision, **terms)


def composed(poll: Poll, released: Release, group: tuple[str, str] | None = None) -> Report:
    """Put the released figures into words; those of one group beside everybody where it is named.

    The group is a breakdown and a code of it. The plan is made first, where the poll asks for one.

    Raises
    ------
    ReportError
        A chart that an indicator cannot have, at its place in the poll file; else as of
        :func:`~socialpoll.compose`.
    """
    try:
        return _composed(poll, released, group)
    except ReportError as error:
        where = _places_of_charts(poll).get(error.where)
        if where is None:
            raise
        found, allowed, advice = error.found, error.allowed, error.advice
        raise ReportError(
            error.what, where=where, found=found, allowed=allowed, advice=advice
        ) from error


def _composed(poll: Poll, released: Release, group: tuple[str, str] | None) -> Report:
    publication = poll.publication
    return compose(
        released,
        title=publication.title,
        subtitle=publication.subtitle,
        publisher=publication.publisher,
        name=poll.name,
        languages=publication.languages,
        life_cycle=publication.life_cycle,
        banners=poll.banners,
        charts=_charts(poll),
        sections=publication.sections,
        outreach=plan_of(poll, released),
        style=publication.style,
        group=group,
    )


def _places_of_charts(poll: Poll) -> dict[str, str]:
    """Return the places in the poll file by those that a report names."""
    names = (name_of(one.indicator, poll.questionnaire) for one in poll.indicators)
    return {
        place_of(name): f"indicators[{number}].chart" for number, name in enumerate(names, start=1)
    }


def _charts(poll: Poll) -> Charts:
    """Return what the poll declares of its charts."""
    kinds = {
        name_of(one.indicator, poll.questionnaire): one.chart
        for one in poll.indicators
        if one.chart is not None
    }
    return Charts(kinds=kinds, maps=poll.publication.maps)
