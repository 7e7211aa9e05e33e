"""What is summed, and for whom: declared, so that any engine can sum it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from socialpoll.schema import Condition

__all__ = ["Base", "Basis", "Categories", "Measure", "Options", "Present", "Products", "Values"]

Base: TypeAlias = Literal["answered", "asked", "all"]


@dataclass(frozen=True, slots=True)
class Categories:
    """A column a category: 1 where a case is in it; the last column is the rest of the base.

    Cases in the base without a category (asked, but no answer) are in the rest.
    """

    question: str
    base: Base = "answered"


@dataclass(frozen=True, slots=True)
class Options:
    """A column an option of a multiple response: 1 where chosen; the last column is the base."""

    question: str
    base: Base = "answered"


@dataclass(frozen=True, slots=True)
class Values:
    """A column a number, and last a column of ones; over cases where every number is valid."""

    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Products:
    """A column a pair of numbers, first slowest: their product; where every number is valid."""

    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """One column of ones over the base of every question; ``valid`` admits no missing code."""

    questions: tuple[str, ...]
    base: Base | Literal["valid"] = "answered"


Measure: TypeAlias = Categories | Options | Values | Products | Present


@dataclass(frozen=True, slots=True)
class Basis:
    """A measure within the domains of a breakdown.

    Parameters
    ----------
    measure : Measure
        What is summed: K columns.
    breakdown : tuple of str
        Variables whose categories, crossed, are the domains; empty for everybody. The options of a
        multiple-response question overlap.
    where : Condition, optional
        A further condition on every domain.
    """

    measure: Measure
    breakdown: tuple[str, ...] = ()
    where: Condition | None = None
