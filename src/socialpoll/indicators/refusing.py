"""What is refused before anything is estimated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from socialpoll.errors import EstimationError
from socialpoll.indicators.definitions import Indicator
from socialpoll.indicators.plan import Plan
from socialpoll.responses import counting_of
from socialpoll.schema import Condition, questions_of
from socialpoll.totals import Rows
from socialpoll.weighting import APART, Waves

__all__ = ["refuse_totals_of_a_sample", "refuse_what_differs"]


def refuse_what_differs(
    source: Waves,
    indicators: Sequence[Indicator],
    breakdowns: Iterable[tuple[str, ...]],
    where: Condition | None,
) -> None:
    """Raise where a question that is used differs between waves, and say what differs."""
    fields = ("question", "among", "numerator", "denominator", "time")
    used = [one for one in indicators if isinstance(one, str)]
    used += [
        getattr(one, name) for one in indicators for name in fields if getattr(one, name, None)
    ]
    used += [name for one in breakdowns for name in one]
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


def refuse_totals_of_a_sample(plans: Sequence[Plan], engine: Rows) -> None:
    """Raise where totals are asked of weights that sum to the sample, not to a population."""
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
