"""The names that the results of indicators have."""

from __future__ import annotations

from socialpoll.indicators import (
    AnyIndicator,
    CircularMean,
    Mean,
    Profile,
    Quantile,
    Ratio,
    Reach,
    Share,
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
        case _:
            return "_".join(filter(None, (indicator.question, _ending(indicator, questionnaire))))


def _ending(indicator: AnyIndicator, questionnaire: Questionnaire) -> str:
    """Return what follows the name of the question in that of an indicator; mostly its kind."""
    match indicator:
        case Share(of=of):
            return "" if of == "respondents" else f"of_{of}"
        case Mean(question=question) if _is_number(question, questionnaire):
            return ""
        case Reach(time=str()):
            return "reach_of_time"
        case Quantile():
            return indicator.statistic
        case CircularMean():
            return "circular_mean"
        case _:
            return type(indicator).__name__.lower()


def _is_number(name: str, questionnaire: Questionnaire) -> bool:
    return any(
        one.name == name and isinstance(one, Number | Duration) for one in questionnaire.asked
    )
