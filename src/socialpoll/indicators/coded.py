"""Answers that figures can be made of: codes and numbers, never days or words."""

from __future__ import annotations

from typing import TypeAlias

from socialpoll.errors import EstimationError
from socialpoll.responses import Categorical, Days, Numeric, Responses, Ticks, Words

__all__ = ["Coded", "codes_or_numbers"]

Coded: TypeAlias = Categorical | Ticks | Numeric


def codes_or_numbers(responses: Responses, name: str, where: str) -> Coded:
    """Return the answers to a question; EstimationError where they are dates or free text."""
    column = responses.columns[name]
    if not isinstance(column, Days | Words):
        return column
    kind = "a date" if isinstance(column, Days) else "a free text"
    message = f"{name!r} is {kind}; no figure is made of it"
    raise EstimationError(
        message,
        where=where,
        found=kind,
        allowed="a question of codes or numbers",
        advice="code the answers into a question of their own, and estimate that",
    )
