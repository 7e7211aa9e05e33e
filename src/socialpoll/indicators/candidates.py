"""Which options are taken together: those of a question of several answers, or some of them."""

from __future__ import annotations

from collections.abc import Sequence

from socialpoll.errors import EstimationError, UnknownNameError, nearest
from socialpoll.indicators.mentioning import places_of, several_answers
from socialpoll.indicators.sources import Counted, responses_of
from socialpoll.responses import Ticks
from socialpoll.schema import CodeValue
from socialpoll.weighting import Waves

__all__ = ["candidates_of"]


def candidates_of(
    source: Counted, question: str, among: Sequence[CodeValue] | None
) -> tuple[Ticks, tuple[int, ...]]:
    """Return the answers to a question, and the places of the options to choose from.

    Raises
    ------
    UnknownNameError
        No such question.
    EstimationError
        Stacked waves, a question of another kind, options that it does not have.
    """
    if isinstance(source, Waves):
        raise EstimationError(
            "options are taken together in one wave",
            where="source",
            found="stacked waves",
            allowed="Weights, Replicates, Responses or Scan",
            advice="take a wave by itself; Reach of sets and Profile of options go over all waves",
        )
    responses = responses_of(source)
    known = responses.questionnaire.names
    if question not in known:
        message = f"there is no question or derived variable {question!r}"
        allowed = nearest(question, known)
        raise UnknownNameError(message, where="question", found=repr(question), allowed=allowed)
    column = several_answers(responses, question)
    if among is None:
        _refuse_exclusive_ones_alone(column, question)
        return column, column.mentions
    if isinstance(among, str) or not among or len(set(map(str, among))) < len(among):
        message = "among does not say which options to choose from"
        allowed = "a list of different codes"
        raise EstimationError(message, where="among", found=repr(among), allowed=allowed)
    return column, places_of(column, question, among)


def _refuse_exclusive_ones_alone(column: Ticks, question: str) -> None:
    if not column.mentions:
        raise EstimationError(
            f"all options of {question!r} are exclusive, and reach nobody",
            where=question,
            found=", ".join(repr(one.code) for one in column.options),
            allowed="a question with options that are not exclusive",
        )
