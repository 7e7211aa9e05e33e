"""From weighted answers to estimates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from socialpoll.errors import EstimationError, UnknownNameError, nearest
from socialpoll.indicators.block import Block
from socialpoll.indicators.definitions import Indicator
from socialpoll.indicators.estimates import Estimates
from socialpoll.indicators.figures import figures_of
from socialpoll.indicators.headline import precision_fact
from socialpoll.indicators.plan import Plan, plans_of
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.tabulating import no_comparisons, tidy_frame
from socialpoll.responses import Responses
from socialpoll.schema import Condition
from socialpoll.totals import Engine, Linearisation, Mass, Rows, codes_of
from socialpoll.weighting import APART

if TYPE_CHECKING:
    from socialpoll.weighting import Weights

__all__ = ["Breakdown", "estimate"]

Breakdown: TypeAlias = str | tuple[str, ...]
"""The name of a variable, or several that are crossed."""


def estimate(
    source: Weights | Responses,
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
    source : Weights or Responses
        Responses count with their base weights.
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
        An indicator that does not fit its question; totals of weights that sum to the sample.
    DesignError
        A stratum with one cluster, and no policy for it.
    """
    conventions = precision if precision is not None else Precision()
    responses = source if isinstance(source, Responses) else source.responses
    engine = _engine(source, conventions)
    plans = plans_of(_listed(indicators), responses)
    _refuse_totals_of_a_sample(plans, engine)
    blocks = _blocks(plans, _breakdowns(by, responses), where, responses)
    probability = responses.design.sampling == "probability"
    linearisation = Linearisation(engine) if probability else None
    figures = [figures_of(block, engine, linearisation, conventions) for block in blocks]
    weights_id = source.digest if isinstance(source, Responses) else source.id
    frame = tidy_frame(blocks, figures, responses, conventions, weights_id)
    cases = int((engine.mass.forward() > 0).sum())
    fact = precision_fact([frame], cases, conventions, probability=probability)
    return Estimates(
        questionnaire=responses.questionnaire,
        methodology=source.methodology.adding(fact),
        weights_id=weights_id,
        precision=conventions,
        _frame=frame,
        _comparisons=no_comparisons(),
        _blocks=tuple(blocks),
        _engine=engine,
        titles={plan.name: plan.title for plan in plans if plan.title is not None},
        digests={"answers": responses.digest, "weights": weights_id},
    )


def _listed(indicators: Indicator | Sequence[Indicator]) -> list[Indicator]:
    if isinstance(indicators, str) or not isinstance(indicators, Sequence):
        return [indicators]
    return list(indicators)


def _blocks(
    plans: Sequence[Plan],
    breakdowns: Sequence[tuple[str, ...]],
    where: Condition | None,
    responses: Responses,
) -> list[Block]:
    blocks: list[Block] = []
    first = 0
    for plan in plans:
        for breakdown in breakdowns if plan.among is None else [(plan.among,)]:
            blocks.append(Block(plan, breakdown, where, first, codes_of(responses, breakdown)))
            first += blocks[-1].size
    return blocks


def _engine(source: Weights | Responses, precision: Precision) -> Engine:
    if isinstance(source, Responses):
        return Rows(source, Mass.of(source.base_weight, source.interviewed))
    return Rows(source.responses, replace(source.mass, convention=precision.residuals))


def _refuse_totals_of_a_sample(plans: Sequence[Plan], engine: Engine) -> None:
    totals = [plan.name for plan in plans if plan.kind == "total"]
    if not totals:
        return
    weight = engine.mass.forward()
    cases = int((weight > 0).sum())
    if cases and abs(weight.sum() / cases - 1) <= APART:
        message = "population totals need weights that sum to the population"
        raise EstimationError(
            message,
            where=", ".join(totals),
            found=f"weights that sum to {weight.sum():.6g} over {cases} cases",
            advice="declare the population size (total) in the recipe, or use counts as targets",
        )


def _breakdowns(
    by: Breakdown | Sequence[Breakdown] | None, responses: Responses
) -> list[tuple[str, ...]]:
    if by is None:
        asked_for: list[Breakdown] = []
    elif isinstance(by, (str, tuple)):
        asked_for = [by]
    else:
        asked_for = list(by)
    found: list[tuple[str, ...]] = [()]
    for one in asked_for:
        names = (one,) if isinstance(one, str) else tuple(one)
        for name in names:
            if name not in responses.columns:
                message = f"there is no question or derived variable {name!r} to break down by"
                raise UnknownNameError(
                    message, where="by", found=repr(name), allowed=nearest(name, responses.columns)
                )
        if names not in found:
            found.append(names)
    return found
