"""Whose figures are estimated: where their answers lie, and where their variances come from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from socialpoll.indicators.precision import Precision
from socialpoll.responses import Responses, Scan
from socialpoll.schema import Condition, questions_of
from socialpoll.totals import (
    Linearisation,
    Mass,
    Replication,
    Rows,
    Scanned,
    Uncertainty,
    rows_of,
)
from socialpoll.weighting import Replicates, StackedScan, Waves, Weights

__all__ = [
    "Counted",
    "Source",
    "answers_of",
    "engine_of",
    "is_known",
    "responses_of",
    "tallied_for",
    "uncertainty_of",
]

Counted: TypeAlias = Weights | Waves | Replicates | Responses
"""Whose answers are in memory, or combinations of those that are used together."""
Source: TypeAlias = Counted | Scan
"""Whose figures are estimated."""


def engine_of(source: Source, precision: Precision) -> Rows:
    """Return the rows of a source, each with how much it counts."""
    if isinstance(source, Responses):
        return rows_of(source, _base_mass(source))
    if isinstance(source, Scan):
        return Scanned(source.outline(), source, _base_mass)
    if isinstance(source, Waves) and source.scan is not None:
        return _scanned_waves(source, source.scan, precision)
    if isinstance(source, Weights) and source.scan is not None:
        return _scanned(source, source.scan, precision)
    mass = source.weights.mass if isinstance(source, Replicates) else source.mass
    return rows_of(source.responses, mass.under(precision.residuals))


def _scanned(weights: Weights, scan: Scan, precision: Precision) -> Scanned:
    def weighing(finer: Responses) -> Mass:
        return weights.mass_of(finer).under(precision.residuals)

    return Scanned(weights.responses, scan, weighing, weights.weighted_by)


def _scanned_waves(waves: Waves, scan: StackedScan, precision: Precision) -> Scanned:
    def weighing(finer: Responses) -> Mass:
        return scan.mass_of(finer).under(precision.residuals)

    return Scanned(waves.responses, scan, weighing)


def _base_mass(responses: Responses) -> Mass:
    return Mass.of(responses.base_weight, responses.interviewed)


def answers_of(source: Source) -> Responses | Scan | StackedScan:
    """Return the answers of a source, wherever they lie."""
    if isinstance(source, Weights | Waves) and source.scan is not None:
        return source.scan
    return source if isinstance(source, Responses | Scan) else source.responses


def tallied_for(source: Source, names: Iterable[str], where: Condition | None = None) -> Counted:
    """Return a source in which some variables, and those of a condition, are counted together.

    It is the source itself, unless its answers lie elsewhere. Names that are no variable are left
    to whoever uses them, who knows where they were given.

    Raises
    ------
    CombinationsError
        Answers that differ too much.
    """
    used = [*names, *(() if where is None else questions_of(where))]
    if isinstance(source, Scan):
        return source.tally(_variables(source, used))
    if isinstance(source, Weights) and source.scan is not None:
        return source.tally(_variables(source.scan, used))
    return source


def _variables(scan: Scan, names: Iterable[str]) -> list[str]:
    known = {*scan.questionnaire.names}
    return [one for one in names if one in known]


def responses_of(source: Counted) -> Responses:
    """Return the answers of a source, or their combinations."""
    return source if isinstance(source, Responses) else source.responses


def uncertainty_of(source: Source, engine: Rows) -> Uncertainty:
    """Return where the variances of a source come from."""
    if isinstance(source, Replicates):
        return Replication(engine, source)
    return Linearisation(engine)


def is_known(responses: Responses, precision: Precision) -> bool:
    """Say whether figures have a precision: of probability samples, or by a model if asked."""
    sampling = responses.design.sampling
    return sampling == "probability" or precision.by_model(sampling)
