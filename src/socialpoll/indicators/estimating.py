"""From weighted answers to estimates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from socialpoll.errors import UnknownNameError, nearest
from socialpoll.indicators.block import Block
from socialpoll.indicators.breaking import with_breaks
from socialpoll.indicators.definitions import Indicator
from socialpoll.indicators.estimates import Estimates
from socialpoll.indicators.headline import precision_fact, replicates_fact
from socialpoll.indicators.joint import Joint
from socialpoll.indicators.offering import without_offer
from socialpoll.indicators.plan import Plan, plans_of
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.refusing import refuse_totals_of_a_sample, refuse_what_differs
from socialpoll.indicators.settling import settled_blocks
from socialpoll.indicators.sources import (
    Source,
    answers_of,
    engine_of,
    is_known,
    uncertainty_of,
)
from socialpoll.indicators.tabulating import no_comparisons, tidy_frame
from socialpoll.responses import Responses, Scan, counting_of
from socialpoll.schema import All, Condition, Fact, Is
from socialpoll.totals import (
    Replication,
    Rows,
    codes_of,
)
from socialpoll.weighting import WAVE, Waves, known_sums

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Breakdown", "estimate"]

Breakdown: TypeAlias = str | tuple[str, ...]
"""The name of a variable, or several that are crossed."""


def estimate(
    source: Source,
    indicators: Indicator | Sequence[Indicator],
    by: Breakdown | Sequence[Breakdown] | None = None,
    *,
    where: Condition | None = None,
    precision: Precision | None = None,
) -> Estimates:
    """Estimate indicators for everybody and for the domains of each breakdown.

    Domains never filter: cases outside a domain keep their sampling unit in the variance. Standard
    errors are linearised through every weighting step (Binder 1983; Deville & Särndal 1992).

    Parameters
    ----------
    source : Weights, Replicates, Waves, Responses or Scan
        Responses and scans count with their base weights. Of stacked waves every wave is estimated.
        Replicates give the figures of their weights, and variances from those of every replicate.
    indicators : definition or str, or a list of them
        What to estimate; a plain name is the share of a question, or the mean of a number.
    by : str, tuple of str, or a list of those
        Breakdowns: a list is several, a tuple is a crossing. The figure for everybody always comes
        first.
    where : Condition, optional
        Only for those of whom this is true.
    precision : Precision, optional
        Conventions of intervals, degrees of freedom and design effects.

    Returns
    -------
    Estimates

    Raises
    ------
    UnknownNameError
        A question or breakdown that is not in the questionnaire.
    EstimationError
        An indicator that does not fit its question; totals of weights that sum to the sample; a
        question that differs between waves.
    CombinationsError
        Of a scan: answers to be counted together that differ too much.
    DesignError
        A stratum with one cluster, and no policy for it.

    See Also
    --------
    compare : Differences between groups.

    release : What may be shown of it.
    """
    conventions = precision if precision is not None else Precision()
    engine = engine_of(source, conventions)
    responses = engine.responses
    if isinstance(source, Waves):
        refuse_what_differs(source, _listed(indicators), _listed_breakdowns(by), where)
    plans = plans_of(_listed(indicators), responses)
    for one in source.sources.values() if isinstance(source, Waves) else [source]:
        refuse_totals_of_a_sample(plans, engine_of(one, conventions))
    blocks = _blocks(plans, _breakdowns(by, responses), where, source, responses)
    known = is_known(responses, conventions)
    uncertainty = uncertainty_of(source, engine)
    if known and uncertainty.degrees is not None and isinstance(conventions.df, str):
        conventions = replace(conventions, df=uncertainty.degrees)
    settled = settled_blocks(blocks, engine, uncertainty, conventions, known=known)
    blocks = sorted(
        (block for stack, _ in settled for block in stack.blocks), key=lambda one: one.first
    )
    weights_id = source.digest if isinstance(source, Responses | Scan) else source.id
    broken = source.broken if isinstance(source, Waves) else {}
    frame = with_breaks(tidy_frame(settled, responses, conventions, weights_id), blocks, broken)
    if isinstance(source, Waves):
        frame = without_offer(frame, source.not_offered)
    joint = Joint(
        blocks=tuple(blocks),
        engine=engine,
        uncertainty=uncertainty,
        precision=conventions,
        known=known,
        overlap=source.overlap if isinstance(source, Waves) else None,
    )
    facts = _facts(frame, joint, _cases(source, engine), responses.design.sampling)
    return Estimates(
        questionnaire=responses.questionnaire,
        methodology=source.methodology.adding(*facts),
        weights_id=weights_id,
        precision=conventions,
        joint=joint,
        _frame=frame,
        _comparisons=no_comparisons(),
        titles={plan.name: plan.title for plan in plans if plan.title is not None},
        digests={"answers": answers_of(source).digest, "weights": weights_id},
        broken=broken,
        known_sums=known_sums(source),
    )


def _facts(frame: pd.DataFrame, joint: Joint, cases: int, sampling: str) -> Iterator[Fact]:
    """Yield what methodology has to say of the precision of estimates."""
    yield precision_fact([frame], cases, joint.precision, sampling=sampling)
    if joint.known and isinstance(joint.uncertainty, Replication):
        yield replicates_fact(joint.uncertainty.failed)


def _listed(indicators: Indicator | Sequence[Indicator]) -> list[Indicator]:
    if isinstance(indicators, str) or not isinstance(indicators, Sequence):
        return [indicators]
    return list(indicators)


def _blocks(
    plans: Sequence[Plan],
    breakdowns: Sequence[tuple[str, ...]],
    where: Condition | None,
    source: Source,
    responses: Responses,
) -> list[Block]:
    blocks: list[Block] = []
    first = 0
    for plan in plans:
        for breakdown in breakdowns if plan.among is None else [(plan.among,)]:
            codes = codes_of(responses, breakdown)
            for wave, condition in _waves(source, where):
                blocks.append(Block(plan, breakdown, condition, first, codes, wave=wave))
                first += blocks[-1].size
    return blocks


def _waves(source: Source, where: Condition | None) -> list[tuple[str | None, Condition | None]]:
    if not isinstance(source, Waves):
        return [(None, where)]
    return [
        (wave, Is(WAVE, wave) if where is None else All(where, Is(WAVE, wave)))
        for wave in source.names
    ]


def _cases(source: Source, engine: Rows) -> int:
    """Return the cases the headline margin is for: of stacked waves, those of the smallest."""
    responses = engine.responses
    counted, counting = engine.mass.forward() > 0, counting_of(responses.repeats)
    wave = responses.stages[0].wave
    if wave is None or not isinstance(source, Waves):
        return counting.number(counted)
    several = range(int(wave.max(initial=-1)) + 1)
    return min(counting.number(counted & (wave == one)) for one in several)


def _listed_breakdowns(by: Breakdown | Sequence[Breakdown] | None) -> list[tuple[str, ...]]:
    """Return breakdowns as they were asked for, each as the names that are crossed."""
    asked_for = [by] if isinstance(by, (str, tuple)) else list(by or ())
    return [(one,) if isinstance(one, str) else tuple(one) for one in asked_for]


def _breakdowns(
    by: Breakdown | Sequence[Breakdown] | None, responses: Responses
) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for names in _listed_breakdowns(by):
        for name in names:
            if name not in responses.columns:
                message = f"there is no question or derived variable {name!r} to break down by"
                raise UnknownNameError(
                    message,
                    where="by",
                    found=repr(name),
                    allowed=nearest(name, responses.questionnaire.names),
                )
        if names not in found:
            found.append(names)
    return found
