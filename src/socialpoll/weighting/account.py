"""What weighting adds to the account of the method, as data."""

from __future__ import annotations

from collections.abc import Sequence

from socialpoll.schema import Fact, FactValue, Questionnaire, say
from socialpoll.weighting.checking import Controls
from socialpoll.weighting.diagnostics import Spread
from socialpoll.weighting.raking import Fit
from socialpoll.weighting.recipe import Rake, Step
from socialpoll.weighting.targets import Targets

__all__ = ["spread_fact", "step_fact"]

DEFAULT_LANGUAGE = "en"


def step_fact(step: Step, questionnaire: Questionnaire, controls: Controls, result: Fit) -> Fact:
    """Return the fact ``("weighting", "rake")`` or ``("weighting", "poststratify")``.

    Parameters
    ----------
    step : Rake or PostStratify
    questionnaire : Questionnaire
        Its languages are those of the sources.
    controls : Controls
    result : Fit

    Returns
    -------
    Fact
        variables (margins, crossings joined by ``|``), sources and dates (one a margin that
        declares any), ``sources.LANGUAGE`` for each language, iterations, tolerance (None for
        post-stratification), largest_error, total and rescaled (margins).
    """
    languages = questionnaire.languages or (DEFAULT_LANGUAGE,)
    targets = [margin.targets for margin in step.margins]
    dates = dict.fromkeys(one.date.isoformat() for one in targets if one.date is not None)
    values: dict[str, FactValue] = {
        "variables": tuple(margin.name for margin in step.margins),
        "sources": _sources(targets, languages[0]),
        **{f"sources.{language}": _sources(targets, language) for language in languages},
        "dates": tuple(dates),
        "iterations": result.iterations,
        "tolerance": step.tolerance if isinstance(step, Rake) else None,
        "largest_error": result.error,
        "total": controls.total,
        "rescaled": tuple(one.margin for one in controls.findings if not one.level),
    }
    return Fact("weighting", step.step, values)


def spread_fact(spread: Spread) -> Fact:
    """Return the fact ``("weighting", "diagnostics")`` of the final weights."""
    values: dict[str, FactValue] = {
        "n": spread.n,
        "deff": spread.deff,
        "n_effective": spread.n_effective,
        "smallest": spread.smallest,
        "largest": spread.largest,
        "sum": spread.sum,
    }
    return Fact("weighting", "diagnostics", values)


def _sources(targets: Sequence[Targets], language: str) -> tuple[str, ...]:
    named = [say(one.source, language) for one in targets if one.source]
    return tuple(dict.fromkeys(named))
