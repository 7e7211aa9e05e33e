"""Which question answers for a column of R."""

from __future__ import annotations

from tests.golden.folder import Dataset

__all__ = ["EVERYBODY", "category", "is_factor", "named", "twin"]

EVERYBODY = "all-cases"
"""A question that every case answers alike: it tells of a domain what no missing answer changes."""


def named(column: str) -> str:
    """Return the name of the question that holds a column of R (whose names know no hyphen)."""
    plain = "".join(one if one.isalnum() or one in "._" else f"-{ord(one):x}-" for one in column)
    return f"-{plain}" if plain.startswith("_") else plain


def twin(column: str) -> str:
    """Return the name of the question that holds a column of numbers as categories."""
    return f"{named(column)}-code"


def is_factor(data: Dataset, column: str) -> bool:
    """Tell whether R takes a column for a factor: declared, or made of strings."""
    return data.types.get(column) in {"factor", "string"}


def category(data: Dataset, column: str) -> str:
    """Return the name of the question that holds a column as categories."""
    return named(column) if is_factor(data, column) or column not in data.types else twin(column)
