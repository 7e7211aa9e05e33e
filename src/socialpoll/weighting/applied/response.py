"""Unknown eligibility and non-response, shared out within classes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem
from socialpoll.responses import Responses
from socialpoll.responses.dispositions import OUTCOMES
from socialpoll.schema import Fact, FactValue
from socialpoll.weighting.applied.classes import Shared, classes_of
from socialpoll.weighting.applied.known import known_of_all
from socialpoll.weighting.applied.running import Applied, Entering
from socialpoll.weighting.declared import NonResponse, UnknownEligibility
from socialpoll.weighting.findings import WeightingFinding

__all__ = ["eligible_of", "share_nonresponse", "share_unknown", "took_all_as_eligible"]

Truths = npt.NDArray[np.bool_]
UNKNOWN = ("unknown_household", "unknown_other")
INELIGIBLE = ("ineligible",)


def share_unknown(step: UnknownEligibility, entering: Entering) -> Applied:
    """Give the weight of cases of unknown eligibility to the known ones of their class."""
    responses = entering.responses
    if responses.outcome is None:
        entering.require([_no_outcomes(entering.where)])
    unknown = _any_of(responses, UNKNOWN)
    return _shared(step.within, entering, ~unknown, unknown)


def share_nonresponse(step: NonResponse, entering: Entering) -> Applied:
    """Give the weight of eligible cases without an interview to the interviews of their class."""
    interviewed = entering.responses.interviewed
    gives = eligible_of(entering) & ~interviewed
    made = _shared(step.within, entering, interviewed, gives)
    return made._replace(findings=took_all_as_eligible(entering))


def eligible_of(entering: Entering) -> Truths:
    """Return the cases known to be eligible; refuse cases of unknown eligibility with weight."""
    responses = entering.responses
    if responses.outcome is None:
        return np.ones(len(responses), dtype=np.bool_)
    unknown = _any_of(responses, UNKNOWN) & (entering.weights > 0) & ~responses.interviewed
    if unknown.any():
        counting = entering.counting
        what = f"{counting.number(unknown)} cases of unknown eligibility still have weight"
        found = counting.told(unknown)
        advice = "put a step unknown_eligibility before this one"
        entering.require([Problem(what, entering.where, found, advice=advice)])
    return ~_any_of(responses, INELIGIBLE) | responses.interviewed


def took_all_as_eligible(entering: Entering) -> tuple[WeightingFinding, ...]:
    """Say that every case counted as eligible, where no outcomes are declared."""
    responses = entering.responses
    if responses.outcome is not None:
        return ()
    without = entering.counting.number(~responses.interviewed)
    return (
        WeightingFinding(
            severity="note",
            step=entering.number,
            margin="",
            value=str(without),
            what="every case without an interview counted as an eligible one that did not respond",
            advice="declare the outcomes of dispositions in the design where some were not",
        ),
    )


def _shared(within: tuple[str, ...], entering: Entering, keeps: Truths, gives: Truths) -> Applied:
    scope = (keeps | gives) & (entering.weights > 0)
    entering.require(known_of_all(entering.responses, within, scope, entering.where))
    classes = classes_of(entering.rows, within, scope)
    size = len(classes.labels)
    shared = Shared.of(classes.of_row, size, keeps & scope, gives & scope)
    entering.require(shared.lonely(entering.weights, classes.labels, entering.where))
    step = shared.step(entering.word, entering.weights)
    counting = entering.counting
    kept = step.factor[np.unique(shared.cell[keeps & scope])]
    values: dict[str, FactValue] = {
        "variables": within,
        "classes": size,
        "kept": counting.number(keeps & scope),
        "given": counting.number(gives & scope),
        "largest_factor": float(kept.max(initial=1.0)),
    }
    return Applied((step,), Fact("weighting", entering.word, values), shared.again)


def _any_of(responses: Responses, outcomes: tuple[str, ...]) -> Truths:
    if responses.outcome is None:
        return np.zeros(len(responses), dtype=np.bool_)
    places = [place for place, one in enumerate(OUTCOMES) if one in outcomes]
    return np.isin(responses.outcome, places)


def _no_outcomes(where: str) -> Problem:
    return Problem(
        "which cases are of unknown eligibility is not said",
        where=where,
        found="no outcomes in the design",
        advice="declare what each disposition means: outcomes = 'aapor', or a table of outcomes",
    )
