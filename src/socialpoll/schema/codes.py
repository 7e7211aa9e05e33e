"""Answers that can be given: codes, typed missing codes and clock bands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from socialpoll.schema.border import BORDER, settle
from socialpoll.schema.texts import Text

__all__ = [
    "NOT_APPLICABLE",
    "TOTAL",
    "ClockBand",
    "Code",
    "CodeType",
    "CodeValue",
    "Missing",
    "MissingReason",
    "Shown",
    "scored",
]

CodeValue: TypeAlias = str | int
Shown: TypeAlias = Literal["listed", "random", "rotated", "reversed"]
"""In which order respondents met options or items: as listed, shuffled, begun anywhere, or for half
of them the other way round."""
CodeType: TypeAlias = Literal["integer", "string"]
MissingReason: TypeAlias = Literal[
    "dont_know", "refused", "no_answer", "not_asked", "not_applicable", "other"
]

TOTAL = "_T"
"""The domain of everybody, as SDMX writes it."""
NOT_APPLICABLE = "_Z"
"""A dimension that does not apply to a figure, as SDMX writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One answer that can be chosen.

    Parameters
    ----------
    code : str or int
        As it stands in the data, of the question's ``code_type``.
    label : Text
        Words for people.
    score : float, optional
        Of a point on a scale; mean scores use it.
    exclusive : bool
        In a multiple-response question: may not be chosen with any other ("none of these").
    fixed : bool
        Kept in its place where the order of the options varies.
    """

    code: CodeValue
    label: Text
    score: float | None = None
    exclusive: bool = False
    fixed: bool = False

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("label",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A code that stands for the lack of an answer, and of which kind.

    Parameters
    ----------
    code : str or int
        As it stands in the data.
    label : Text
        Words for people.
    reason : str
        ``dont_know``, ``refused``, ``no_answer``, ``not_asked``, ``not_applicable`` or ``other``.
    in_base : bool
        Whether such a respondent counts in the base ``answered``. It then has a row of its own.
        There is no default: a don't-know on an opinion is usually in, a refusal is usually out.
    """

    code: CodeValue
    label: Text
    reason: MissingReason
    in_base: bool

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("label",))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockBand:
    """A stretch of the day, ``start`` to before ``end``; it may cross midnight.

    Parameters
    ----------
    code : str
        Name of the band in results.
    label : Text
        Words for people.
    start, end : str
        ``"20:00"``, ``"24:00"``; 24-hour clock.
    """

    code: str
    label: Text
    start: str
    end: str

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("label",))


def scored(options: tuple[Code, ...]) -> tuple[Code, ...]:
    """Return the points of a scale with their scores, by default their places from 1."""
    return tuple(
        one if one.score is not None else replace(one, score=float(place))
        for place, one in enumerate(options, start=1)
    )
