"""From weighted answers to estimates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from socialpoll.errors import EstimationError, UnknownNameError, nearest
from socialpoll.indicators.block import Block
from socialpoll.indicators.breaking import with_breaks
from socialpoll.indicators.circular import CIRCULAR, circular_of
from socialpoll.indicators.counting import counted_together
from socialpoll.indicators.definitions import Indicator
from socialpoll.indicators.estimates import Estimates
from socialpoll.indicators.figures import Figures, figures_of
from socialpoll.indicators.freedom import counted_bases
from socialpoll.indicators.headline import precision_fact, replicates_fact
from socialpoll.indicators.joint import Joint
from socialpoll.indicators.offering import without_offer
from socialpoll.indicators.plan import Plan, plans_of
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.sources import (
    Source,
    answers_of,
    engine_of,
    is_known,
    uncertainty_of,
)
from socialpoll.indicators.spread import about_the_mean
from socialpoll.indicators.stack import Stack, stacks_of
from socialpoll.indicators.tabulating import no_comparisons, tidy_frame
from socialpoll.indicators.woodruff import quantiles_of
from socialpoll.responses import Responses, Scan, counting_of
from socialpoll.schema import All, Condition, Is, questions_of
from socialpoll.totals import (
    Engine,
    Linearisation,
    Replication,
    Rows,
    Scanned,
    Uncertainty,
    codes_of,
    one_thread,
)
from socialpoll.weighting import APART, WAVE, Waves, known_sums

__all__ = ["Breakdown", "estimate", "settled_blocks"]

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
        _refuse_what_differs(source, _listed(indicators), by, where)
    plans = plans_of(_listed(indicators), responses)
    for one in source.sources.values() if isinstance(source, Waves) else [source]:
        _refuse_totals_of_a_sample(plans, engine_of(one, conventions))
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
    cases = _cases(source, engine)
    sampling = responses.design.sampling
    facts = [precision_fact([frame], cases, conventions, sampling=sampling)]
    if known and isinstance(uncertainty, Replication):
        facts.append(replicates_fact(uncertainty.failed))
    return Estimates(
        questionnaire=responses.questionnaire,
        methodology=source.methodology.adding(*facts),
        weights_id=weights_id,
        precision=conventions,
        joint=Joint(
            blocks=tuple(blocks),
            engine=engine,
            uncertainty=uncertainty,
            precision=conventions,
            known=known,
            overlap=source.overlap if isinstance(source, Waves) else None,
        ),
        _frame=frame,
        _comparisons=no_comparisons(),
        titles={plan.name: plan.title for plan in plans if plan.title is not None},
        digests={"answers": answers_of(source).digest, "weights": weights_id},
        broken=broken,
        known_sums=known_sums(source),
    )


def _stacks(
    blocks: Sequence[Block], engine: Engine, uncertainty: Uncertainty
) -> list[Block | Stack]:
    """Put together what is estimated at once; replicates have their sums by question."""
    if isinstance(uncertainty, Replication):
        return list(blocks)
    return [one.blocks[0] if len(one.blocks) == 1 else one for one in stacks_of(blocks, engine)]


def settled_blocks(
    blocks: Sequence[Block],
    engine: Engine,
    uncertainty: Uncertainty,
    precision: Precision,
    *,
    known: bool,
) -> list[tuple[Block | Stack, Figures]]:
    """Return the figures of all blocks, those that have the same shape together."""
    if isinstance(engine, Scanned):
        return [
            one
            for part, of_part in counted_together(blocks, engine)
            for one in settled_blocks(part, of_part, Linearisation(of_part), precision, known=known)
        ]
    with one_thread():
        if known:
            plain = [block for block in blocks if _is_plain(block.plan)]
            uncertainty.prepare(block.basis for block in plain)
            if isinstance(uncertainty, Linearisation):
                uncertainty.foresee(plain, counted_bases(blocks, precision))
        return [
            _settled(stack, engine, uncertainty if known else None, precision)
            for stack in _stacks(blocks, engine, uncertainty)
        ]


def _settled(
    block: Block | Stack, engine: Engine, uncertainty: Uncertainty | None, precision: Precision
) -> tuple[Block | Stack, Figures]:
    """Return the figures of a block, and the block with what they are derived from."""
    if isinstance(block, Stack):
        return block, figures_of(block, engine, uncertainty, precision)
    asked = block.plan.quantiles
    if asked is not None:
        return quantiles_of(block, asked, engine, uncertainty, precision)
    if block.plan.kind in CIRCULAR:
        return block, circular_of(block, engine, uncertainty, precision)
    made = about_the_mean(block, engine) if block.plan.kind == "variance" else block
    return made, figures_of(made, engine, uncertainty, precision)


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


def _refuse_what_differs(
    source: Waves,
    indicators: Sequence[Indicator],
    by: Breakdown | Sequence[Breakdown] | None,
    where: Condition | None,
) -> None:
    """Raise where a question that is used differs between waves, and say what differs."""
    fields = ("question", "among", "numerator", "denominator", "time")
    used = [one for one in indicators if isinstance(one, str)]
    used += [
        getattr(one, name) for one in indicators for name in fields if getattr(one, name, None)
    ]
    used += [name for one in _listed_breakdowns(by) for name in one]
    used += [] if where is None else list(questions_of(where))
    differ = [one for one in dict.fromkeys(used) if one in source.differences]
    if differ:
        message = "what is not the same in all waves cannot be compared between them"
        raise EstimationError(
            message,
            where=", ".join(differ),
            found="; ".join(f"{one!r}: {source.differences[one]}" for one in differ),
            advice="estimate each wave alone, or make the questionnaires say the same where the "
            "questions were the same",
        )


def _cases(source: Source, engine: Rows) -> int:
    """Return the cases the headline margin is for: of stacked waves, those of the smallest."""
    responses = engine.responses
    counted, counting = engine.mass.forward() > 0, counting_of(responses.repeats)
    wave = responses.stages[0].wave
    if wave is None or not isinstance(source, Waves):
        return counting.number(counted)
    several = range(int(wave.max(initial=-1)) + 1)
    return min(counting.number(counted & (wave == one)) for one in several)


def _is_plain(plan: Plan) -> bool:
    """Say whether what is summed is known before a first look at the data."""
    return plan.quantiles is None and plan.kind != "variance"


def _refuse_totals_of_a_sample(plans: Sequence[Plan], engine: Rows) -> None:
    totals = [plan.name for plan in plans if plan.kind == "total"]
    if not totals:
        return
    weight = engine.mass.forward()
    cases = counting_of(engine.responses.repeats).number(weight > 0)
    if cases and abs(weight.sum() / cases - 1) <= APART:
        message = "population totals need weights that sum to the population"
        raise EstimationError(
            message,
            where=", ".join(totals),
            found=f"weights that sum to {weight.sum():.6g} over {cases} cases",
            advice="declare the population size (total) in the recipe, or use counts as targets",
        )


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
