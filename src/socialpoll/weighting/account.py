"""What weighting adds to the account of the method, as data."""

from __future__ import annotations

from collections.abc import Sequence

from socialpoll.schema import Fact, FactValue, Questionnaire, say
from socialpoll.weighting.checking import Controls
from socialpoll.weighting.declared import Adjusting, Calibrate, PostStratify
from socialpoll.weighting.diagnostics import Spread
from socialpoll.weighting.targeting.targets import Targets

__all__ = ["margins_fact", "spread_fact"]

DEFAULT_LANGUAGE = "en"


def margins_fact(
    step: Adjusting,
    questionnaire: Questionnaire,
    controls: Controls,
    error: float,
    iterations: int,
) -> Fact:
    """Return the fact of a step that reaches margins, ``("weighting", "rake")`` for example.

    Parameters
    ----------
    step : Rake, PostStratify or Calibrate
    questionnaire : Questionnaire
        Its languages are those of the sources.
    controls : Controls
    error : float
        Largest relative error of a margin.
    iterations : int

    Returns
    -------
    Fact
        variables (margins, crossings joined by ``|``), sources and dates (one a margin that
        declares any), ``sources.LANGUAGE`` for each language, iterations, tolerance (None for
        post-stratification), largest_error, total and rescaled (margins); of calibration also
        numbers, distance, low, high, bounds_on and equal_within.
    """
    languages = questionnaire.languages or (DEFAULT_LANGUAGE,)
    targets = [margin.targets for margin in step.margins]
    dates = dict.fromkeys(one.date.isoformat() for one in targets if one.date is not None)
    values: dict[str, FactValue] = {
        "variables": tuple(margin.name for margin in step.margins),
        "sources": _sources(targets, languages[0]),
        **{f"sources.{language}": _sources(targets, language) for language in languages},
        "dates": tuple(dates),
        "iterations": iterations,
        "tolerance": None if isinstance(step, PostStratify) else step.tolerance,
        "largest_error": error,
        "total": controls.total,
        "rescaled": controls.rescaled,
    }
    if isinstance(step, Calibrate):
        values |= _calibrated(step)
    return Fact("weighting", step.step, values)


def _calibrated(step: Calibrate) -> dict[str, FactValue]:
    low, high = step.bounds or (None, None)
    return {
        "numbers": tuple(dict.fromkeys([*step.totals, *step.means])),
        "distance": step.distance,
        "low": low,
        "high": high,
        "bounds_on": step.bounds_on,
        "equal_within": step.equal_within,
    }


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
