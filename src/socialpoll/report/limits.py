"""Clauses about limits of weights: in calibration, and where weights are trimmed."""

from __future__ import annotations

from collections.abc import Mapping

from socialpoll.report.blocks import Figure, Message, Phrase, Value
from socialpoll.report.facts import names, number, plain, whole
from socialpoll.report.wording import Wording
from socialpoll.schema import FactValue

__all__ = ["of_calibration", "of_trimming", "weight"]

WHOLE_FROM, ONE_DECIMAL_FROM = 100.0, 10.0


def weight(value: float) -> Figure:
    """Return a weight or factor: of three digits or a little more."""
    decimals = 0 if value >= WHOLE_FROM else 1 if value >= ONE_DECIMAL_FROM else 2
    return plain(value, decimals)


def of_calibration(values: Mapping[str, FactValue]) -> list[Phrase]:
    """Say by which distance weights were calibrated, and within which bounds."""
    distances = {
        "linear": Message("distance: linear"),
        "raking": Message("distance: multiplicative"),
        "logit": Message("distance: logit"),
        "truncated": Message("distance: truncated linear"),
    }
    distance = str(values.get("distance"))
    said: list[Phrase] = [distances[distance]] if distance in distances else []
    low, high = number(values, "low"), number(values, "high")
    if low is not None and high is not None:
        ends: dict[str, Value] = {"low": plain(low), "high": plain(high)}
        if values.get("bounds_on") == "weight":
            said.append(Message("weights were held between {low} and {high}", ends))
        else:
            said.append(Message("factors were held between {low} and {high}", ends))
    if values.get("equal_within"):
        said.append(Message("members of one household or cluster have equal weights"))
    return said


def of_trimming(values: Mapping[str, FactValue], wording: Wording) -> list[Phrase]:
    """Say at which limits weights were held, how many were beyond, and who got the difference."""
    said = [_held(values), *_rules(values)]
    said.append(
        Message(
            "{number} weight was beyond a limit",
            {"number": whole(values, "trimmed")},
            "{number} weights were beyond a limit",
            "number",
        )
    )
    sharing = {
        "proportional": Message(
            "the difference was shared out among the others in proportion to their weights, until "
            "no weight was beyond a limit"
        ),
        "additive": Message("the difference was shared out among the others in equal parts"),
        "additive_strict": Message(
            "the difference was shared out among the others in equal parts, until no weight was "
            "beyond a limit"
        ),
        "none": Message("the difference was not shared out"),
    }
    way = str(values.get("sharing"))
    said += [sharing[way]] if way in sharing else []
    within = tuple(wording.heading(one) for one in names(values, "variables"))
    if within and way != "none":
        said.append(
            Message("it was shared out within classes by {variables}", {"variables": within})
        )
    return said


def _held(values: Mapping[str, FactValue]) -> Phrase:
    ends: dict[str, Value] = {}
    for name, side in (("high", "upper"), ("low", "lower")):
        declared, resolved = number(values, side), number(values, f"{side}_weight")
        if values.get("rule") == "weight" and declared is not None:
            ends[name] = plain(declared)
        elif resolved is not None:
            ends[name] = weight(resolved)
    if len(ends) > 1:
        return Message("Weights above {high} were trimmed, and weights below {low} raised", ends)
    if "low" in ends:
        return Message("Weights below {low} were raised", ends)
    if "high" in ends:
        return Message("Weights above {high} were trimmed", ends)
    return Message("Weights were trimmed")


def _rules(values: Mapping[str, FactValue]) -> list[Phrase]:
    """Say how limits that are no weights were found."""
    high, low = number(values, "upper"), number(values, "lower")
    above: dict[str, Value] = {} if high is None else {"limit": plain(high)}
    below: dict[str, Value] = {} if low is None else {"limit": plain(low)}
    rules: dict[str, tuple[Phrase, Phrase]] = {
        "median_iqr": (
            Message(
                "upper limit: the median of the weights plus {limit} × their interquartile range",
                above,
            ),
            Message(
                "lower limit: the median of the weights minus {limit} × their interquartile range",
                below,
            ),
        ),
        "percentile": (
            Message("upper limit: percentile {limit} of the weights", above),
            Message("lower limit: percentile {limit} of the weights", below),
        ),
        "ratio_to_mean": (
            Message("upper limit: {limit} × the mean weight", above),
            Message("lower limit: {limit} × the mean weight", below),
        ),
    }
    upper, lower = rules.get(str(values.get("rule")), (None, None))
    said = [upper if above else None, lower if below else None]
    return [one for one in said if one is not None]
