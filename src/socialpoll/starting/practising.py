"""Drawing practice answers to a questionnaire: along its routing, from supposed frequencies."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

from socialpoll.schema import (
    All,
    Answered,
    Any,
    Chosen,
    Condition,
    Dated,
    Is,
    Multiple,
    Not,
    OneAnswer,
    Questionnaire,
    Within,
)
from socialpoll.starting.supposed import Supposed

__all__ = ["Respondent", "Uniform", "practise"]

Uniform: TypeAlias = Callable[[], float]
"""Gives the next uniform number from 0 to before 1."""


@dataclass(frozen=True, slots=True)
class Respondent:
    """Whom answers are drawn for.

    Attributes
    ----------
    known : mapping of str to str
        Answers that are given already, by question: sex, age and the like.
    young, taught : bool
        Under 30; with more than secondary education.
    mood : float
        How contented, from −1 to 1; no question asks it.
    """

    known: Mapping[str, str]
    young: bool
    taught: bool
    mood: float


def practise(
    asked: Questionnaire,
    supposed: Mapping[str, Supposed],
    respondent: Respondent,
    uniform: Uniform,
) -> dict[str, str]:
    """Draw the answers of one respondent.

    Parameters
    ----------
    asked : Questionnaire
        Its multiple-response questions in one cell, as here nothing else is drawn.
    supposed : mapping of str to Supposed
        By question; one that is not here has the answer that is known, or none.
    respondent : Respondent
    uniform : callable
        Where the random numbers come from.

    Returns
    -------
    dict of str to str
        Cells of the file of answers; a question that is not asked has none.
    """
    answers: dict[str, str] = {}
    for question in asked.asked:
        if question.asked_if is not None and not _holds(question.asked_if, answers):
            continue
        if question.name in respondent.known:
            answers[question.name] = respondent.known[question.name]
        elif question.name in supposed:
            chances = _chances(question, supposed[question.name], respondent)
            drawn = _several if isinstance(question, Multiple) else _one
            answers[question.name] = drawn(question, chances, uniform)
    return answers


def _chances(question: OneAnswer, supposed: Supposed, respondent: Respondent) -> dict[str, float]:
    """Multiply what is supposed by what this respondent is like."""
    missing = {str(one.code) for one in question.missing}
    valid = [code for code in supposed.often if code not in missing]
    middle = (len(valid) - 1) / 2
    chances = {}
    for code, often in supposed.often.items():
        factor = supposed.young.get(code, 1.0) if respondent.young else 1.0
        factor *= supposed.taught.get(code, 1.0) if respondent.taught else 1.0
        if code not in missing:
            factor *= math.exp(supposed.mood * respondent.mood * (valid.index(code) - middle))
        chances[code] = often * factor
    return chances


def _one(_question: OneAnswer, chances: Mapping[str, float], uniform: Uniform) -> str:
    limits: Sequence[float] = list(accumulate(chances.values()))
    drawn = uniform() * limits[-1]
    return next(code for code, limit in zip(chances, limits, strict=True) if drawn < limit)


def _several(question: OneAnswer, chances: Mapping[str, float], uniform: Uniform) -> str:
    """Tick each option by its chance; a missing code stands alone, as the exclusive option does."""
    ticked = [code for code, chance in chances.items() if uniform() < chance]
    missing = {str(one.code) for one in question.missing}
    lacking = [code for code in ticked if code in missing]
    if lacking:
        return lacking[0]
    return " ".join(ticked or [_otherwise(question, chances)])


def _otherwise(question: OneAnswer, chances: Mapping[str, float]) -> str:
    """Return what somebody answers to whom no option applies."""
    options = question.options if isinstance(question, Multiple) else ()
    exclusive = [str(one.code) for one in options if one.exclusive]
    return exclusive[0] if exclusive else max(chances, key=lambda code: chances[code])


def _holds(condition: Condition, answers: Mapping[str, str]) -> bool:
    """Say whether a condition is true of the answers given so far."""
    match condition:
        case Is(question=name, codes=codes):
            return not {str(one) for one in codes}.isdisjoint(answers.get(name, "").split())
        case Not(condition=inner):
            return not _holds(inner, answers)
        case All(conditions=several):
            return all(_holds(one, answers) for one in several)
        case Any(conditions=several):
            return any(_holds(one, answers) for one in several)
        case Within() | Dated() | Chosen() | Answered():
            message = f"no practice answers are drawn by a condition such as {condition}"
            raise ValueError(message)
