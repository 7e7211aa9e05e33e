"""The names that the results of indicators have."""

from __future__ import annotations

from socialpoll.indicators import (
    AnyIndicator,
    CircularMean,
    Concentration,
    Mean,
    Profile,
    Quantile,
    Ratio,
    Total,
    Variance,
    Windows,
)
from socialpoll.schema import Duration, Number, Questionnaire

__all__ = ["name_of"]


def name_of(indicator: AnyIndicator, questionnaire: Questionnaire) -> str:
    """Return the name that the results of an indicator have."""
    if indicator.name is not None:
        return indicator.name
    match indicator:
        case Ratio(numerator=above, denominator=below):
            return f"{above}_per_{below}"
        case Profile(question=question, among=among):
            return f"{question}_among_{among}"
        case Total() | Quantile() | Variance() | CircularMean() | Concentration() | Windows():
            return f"{indicator.question}_{_ending(indicator)}"
        case Mean(question=question) if not _is_number(question, questionnaire):
            return f"{question}_mean"
        case _:
            return indicator.question


def _ending(
    indicator: Total | Quantile | Variance | CircularMean | Concentration | Windows,
) -> str:
    if isinstance(indicator, Quantile):
        return indicator.statistic
    if isinstance(indicator, CircularMean):
        return "circular_mean"
    return type(indicator).__name__.lower()


def _is_number(name: str, questionnaire: Questionnaire) -> bool:
    return any(
        one.name == name and isinstance(one, Number | Duration) for one in questionnaire.asked
    )
