"""What every indicator may have: a name in results, and words for people."""

from __future__ import annotations

from dataclasses import dataclass

from socialpoll.schema import Text

__all__ = ["Named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An indicator's own name and title; those of its question where absent.

    Parameters
    ----------
    name : str, optional
        Name in results.
    title : Text, optional
        Words for people.
    """

    name: str | None = None
    title: Text | None = None
