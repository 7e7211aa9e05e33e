"""What is to be estimated: one frozen definition an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from socialpoll.schema import Text
from socialpoll.totals import Base

__all__ = ["AnyIndicator", "Indicator", "Mean", "Profile", "Ratio", "Share", "Total"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    name: str | None = None
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class Share(_Named):
    """Shares of the categories of a question, or of the options of a multiple-response question.

    Parameters
    ----------
    question : str
        A ``single``, ``scale``, ``multiple`` or ``time_of_day`` question, or a derived variable.
    base : {"answered", "asked", "all"}
        Of whom: those with an answer (and the missing codes that count), those asked, or everybody.
    name : str, optional
        Name in results; the question's where absent.
    title : Text, optional
        Words for people; the question's where absent.
    """

    question: str
    base: Base = "answered"


@dataclass(frozen=True, slots=True)
class Mean(_Named):
    """The mean of a number, a duration, or the scores of a scale, among those who gave one."""

    question: str


@dataclass(frozen=True, slots=True)
class Total(_Named):
    """The population total of a number, or the number of persons in each category.

    The total of a number is of those who gave one; other bases are for categories.
    """

    question: str
    base: Base = "answered"


@dataclass(frozen=True, slots=True)
class Ratio(_Named):
    """The total of one number over the total of another, among those who gave both."""

    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class Profile(_Named):
    """Who they are: shares of ``question`` among those who chose each category of ``among``.

    ``Profile("age_group", among="platforms")``: of WhatsApp users, how many are 18–29. The rows are
    those of ``Share(question)`` broken down by ``among``, and no others.
    """

    question: str
    among: str


AnyIndicator: TypeAlias = Share | Mean | Total | Ratio | Profile
Indicator: TypeAlias = AnyIndicator | str
"""A definition, or the name of a question: its share, or its mean where it is a number."""
