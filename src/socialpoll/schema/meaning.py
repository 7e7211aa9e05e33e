"""What not being asked means, for a question and for what is derived from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from socialpoll.schema.codes import CodeType, CodeValue
from socialpoll.schema.derived import (
    AnyDerived,
    Band,
    Bands,
    Derived,
    Grouping,
    MadeMissing,
    Nets,
    Together,
)
from socialpoll.schema.keys import key_of, number_of
from socialpoll.schema.questions import Multiple
from socialpoll.schema.spelling import spelt_out

if TYPE_CHECKING:
    from socialpoll.schema.questionnaire import Questionnaire
    from socialpoll.schema.questions import AnyQuestion

__all__ = ["if_not_asked"]


def if_not_asked(questionnaire: Questionnaire, name: str) -> tuple[CodeValue, ...] | None:
    """Return the codes that being routed out means.

    Parameters
    ----------
    questionnaire : Questionnaire
    name : str
        Of a question or derived variable.

    Returns
    -------
    tuple of (str or int), or None
        None where nobody declared it for the question. A derived variable has its band, group or
        missing code, or all nets, with what was declared; there may be none.
    """
    variable = questionnaire[name]
    source = questionnaire.source_of(variable) if isinstance(variable, Derived) else variable
    meant = source.if_not_asked
    if meant is None or not isinstance(variable, Derived):
        return None if meant is None else (meant,)
    return tuple(_holding(variable, source, meant))


def _holding(derived: AnyDerived, source: AnyQuestion, code: CodeValue) -> Iterator[CodeValue]:
    """Yield the codes of a derived variable that hold an answer to its question."""
    code_type: CodeType = getattr(source, "code_type", "string")
    key = key_of(code, code_type)
    made = spelt_out(derived, source)
    several: tuple[Together | MadeMissing, ...] = ()
    match made:
        case Bands(bands=bands):
            number = _number_meant(source, code)
            yield from (one.code for one in bands if _is_in(one, number))
        case Grouping(groups=groups, missing=missing):
            several = (*groups, *missing)
        case Nets(nets=nets):
            several = nets
    for one in several:
        if key in {key_of(own, code_type) for own in one.codes}:
            yield one.code


def _number_meant(source: AnyQuestion, code: CodeValue) -> float | str | None:
    """Return the number that an answer is; of an option, how many were chosen with it alone."""
    if not isinstance(source, Multiple):
        return number_of(code)
    key = key_of(code, source.code_type)
    exclusive = {key_of(one.code, source.code_type) for one in source.options if one.exclusive}
    return 0.0 if key in exclusive else 1.0


def _is_in(band: Band, number: float | str | None) -> bool:
    if not isinstance(number, float):
        return False
    low, high = band.minimum, band.maximum
    return (low is None or number >= low) and (high is None or number <= high)
