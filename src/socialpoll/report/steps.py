"""Sentences of the weighting steps, one a step, in the order of the recipe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from socialpoll.report import limits
from socialpoll.report.blocks import Message, Phrase, Value
from socialpoll.report.facts import crossing, days, names, number, plain, small_share, whole
from socialpoll.report.instrument import chain
from socialpoll.report.wording import Wording
from socialpoll.schema import Fact, FactValue

__all__ = ["STEPS", "sentence"]

Values: TypeAlias = Mapping[str, FactValue]
Maker: TypeAlias = Callable[[Values, Wording], list[Phrase]]
EXACT = 1e-9
"""Relative error of post-stratification that is of rounding."""


def sentence(fact: Fact, wording: Wording, respondents: float | None) -> Phrase | None:
    """Say what a step did.

    Parameters
    ----------
    fact : Fact
        Of the stage ``weighting``.
    wording : Wording
    respondents : float or None
        Cases of positive weight: weights that were scaled to that sum count respondents.

    Returns
    -------
    Phrase or None
        None where the fact is of no step.
    """
    if fact.name == "rescale":
        return _ended([_rescaled(fact.values, respondents)])
    make = STEPS.get(fact.name)
    return None if make is None else _ended(make(fact.values, wording))


def _ended(clauses: list[Phrase]) -> Phrase:
    return Message("{sentence}.", {"sentence": chain(clauses)})


def _selection(values: Values, wording: Wording) -> list[Phrase]:
    variables = names(values, "variables")
    of: dict[str, Value] = {"variables": tuple(wording.heading(one) for one in variables)}
    if values.get("way") == "sizes":
        return [
            Message(
                "In each stratum of {variables}, weights were multiplied by the number of "
                "population units over the number of sampled cases",
                of,
            )
        ]
    most = number(values, "at_most")
    if most is not None:
        of = {"variables": Message("{variables}, at most {most}", {**of, "most": plain(most)})}
    if values.get("way") == "probability":
        return [Message("Weights were divided by the probability of selection ({variables})", of)]
    if values.get("way") == "chances":
        return [
            Message("Weights were divided by the number of chances of selection ({variables})", of)
        ]
    return [
        Message(
            "Weights were multiplied by the number of persons of whom one was selected "
            "({variables})",
            of,
        )
    ]


def _unknown(values: Values, wording: Wording) -> list[Phrase]:
    if not names(values, "variables"):
        said = Message(
            "The weight of cases of unknown eligibility was given to all cases of known eligibility"
        )
    else:
        said = Message(
            "The weight of cases of unknown eligibility was given to cases of known eligibility "
            "within {number} class by {variables}",
            _classes(values, wording),
            "The weight of cases of unknown eligibility was given to cases of known eligibility "
            "within {number} classes by {variables}",
            "number",
        )
    return [said, *_largest(values)]


def _nonresponse(values: Values, wording: Wording) -> list[Phrase]:
    if not names(values, "variables"):
        said = Message(
            "The weight of eligible cases without an interview was given to all interviews"
        )
    else:
        said = Message(
            "The weight of eligible cases without an interview was given to interviews within "
            "{number} class by {variables}",
            _classes(values, wording),
            "The weight of eligible cases without an interview was given to interviews within "
            "{number} classes by {variables}",
            "number",
        )
    return [said, *_largest(values)]


def _classes(values: Values, wording: Wording) -> dict[str, Value]:
    variables = tuple(wording.heading(one) for one in names(values, "variables"))
    return {"number": whole(values, "classes"), "variables": variables}


def _largest(values: Values) -> list[Phrase]:
    factor = number(values, "largest_factor")
    if factor is None:
        return []
    return [Message("the largest factor is {factor}", {"factor": limits.weight(factor)})]


def _propensity(values: Values, wording: Wording) -> list[Phrase]:
    of = _classes(values, wording)
    if not of["number"]:
        said = Message(
            "Interviews were weighted by the inverse of their probability to respond, estimated by "
            "a logistic regression on {variables}",
            {"variables": of["variables"]},
        )
    else:
        said = Message(
            "The weight of eligible cases without an interview was given to interviews within "
            "{number} class of the probability to respond, estimated by a logistic regression on "
            "{variables}",
            of,
            "The weight of eligible cases without an interview was given to interviews within "
            "{number} classes of the probability to respond, estimated by a logistic regression on "
            "{variables}",
            "number",
        )
    low, high = number(values, "smallest"), number(values, "largest")
    if low is None or high is None:
        return [said]
    ends: dict[str, Value] = {"low": small_share(low), "high": small_share(high)}
    return [said, Message("estimated probabilities lie between {low} and {high}", ends)]


def _reference(values: Values, wording: Wording) -> list[Phrase]:
    of: dict[str, Value] = {
        "variables": tuple(wording.heading(one) for one in names(values, "variables")),
        "persons": whole(values, "persons"),
    }
    return [
        Message(
            "Participants were weighted by the inverse of their probability to take part, "
            "estimated by a logistic model on {variables} against a reference that stands for a "
            "population of {persons}",
            of,
        )
    ]


def _raked(values: Values, wording: Wording) -> list[Phrase]:
    said = Message(
        "Weights were raked to population figures by {variables}", _margins(values, wording)
    )
    return [said, *_targets(values, wording)]


def _poststratified(values: Values, wording: Wording) -> list[Phrase]:
    said = Message(
        "Weights were post-stratified to population figures by {variables}",
        _margins(values, wording),
    )
    return [said, *_targets(values, wording)]


def _calibrated(values: Values, wording: Wording) -> list[Phrase]:
    of = _margins(values, wording)
    numbers = tuple(wording.heading(one) for one in names(values, "numbers"))
    if not numbers:
        said = Message("Weights were calibrated to population figures by {variables}", of)
    elif not of["variables"]:
        said = Message(
            "Weights were calibrated to population totals or means of {numbers}",
            {"numbers": numbers},
        )
    else:
        said = Message(
            "Weights were calibrated to population figures by {variables} and to population "
            "totals or means of {numbers}",
            {**of, "numbers": numbers},
        )
    return [said, *limits.of_calibration(values), *_targets(values, wording)]


def _margins(values: Values, wording: Wording) -> dict[str, Value]:
    return {"variables": tuple(crossing(wording, one) for one in names(values, "variables"))}


def _targets(values: Values, wording: Wording) -> list[Phrase]:
    """Say of when the targets are, what was done to them, and whether they were reached."""
    said: list[Phrase] = []
    dates = days(values, "dates")
    if dates:
        said.append(Message("the population figures date from {dates}", {"dates": dates}))
    rescaled = tuple(crossing(wording, one) for one in names(values, "rescaled"))
    if rescaled:
        said.append(
            Message("figures by {variables} were scaled to the same total", {"variables": rescaled})
        )
    error = number(values, "largest_error") or 0.0
    if error > (number(values, "tolerance") or EXACT):
        said.append(
            Message(
                "the largest relative deviation from the population figures is {error}",
                {"error": small_share(error)},
            )
        )
    return said


def _rescaled(values: Values, respondents: float | None) -> Phrase:
    total = number(values, "total")
    if total is None or total == respondents:
        return Message("Weights were scaled to sum to the number of respondents")
    return Message("Weights were scaled to sum to {total}", {"total": plain(total)})


def _required(values: Values, _: Wording) -> list[Phrase]:
    made: list[Phrase] = []
    deff, effective, ratio, error = (
        number(values, name) for name in ("max_deff", "min_effective", "max_ratio", "margin_error")
    )
    if deff is not None:
        of = _met(deff, values, "deff")
        made.append(Message("design effect of the weights at most {limit} (found: {found})", of))
    if effective is not None:
        of = _met(effective, values, "n_effective", 0)
        made.append(Message("effective sample size at least {limit} (found: {found})", of))
    if ratio is not None:
        of = _met(ratio, values, "ratio")
        made.append(Message("largest over smallest weight at most {limit} (found: {found})", of))
    if error is not None:
        found = number(values, "largest_error") or 0.0
        of = {"limit": small_share(error), "found": small_share(found)}
        made.append(
            Message(
                "relative deviation from the population figures at most {limit} (found: {found})",
                of,
            )
        )
    return [Message("Requirements checked: {requirements}", {"requirements": chain(made)})]


def _met(limit: float, values: Values, name: str, decimals: int = 2) -> dict[str, Value]:
    return {"limit": plain(limit), "found": plain(number(values, name) or 0.0, decimals)}


STEPS: Mapping[str, Maker] = {
    "selection": _selection,
    "unknown_eligibility": _unknown,
    "nonresponse": _nonresponse,
    "propensity": _propensity,
    "reference_propensity": _reference,
    "rake": _raked,
    "poststratify": _poststratified,
    "calibrate": _calibrated,
    "trim": limits.of_trimming,
    "require": _required,
}
"""What is said of each step but rescaling, which needs to know how many respondents there are."""
