"""Which record is of whom, in pseudonyms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LINKED", "Links"]

LINKED = ("match", "duplicate")
"""Roles of records of which it is known whose they are."""


@dataclass(frozen=True, eq=False)
class Links:
    """Which record of an agency is of which person of the reference.

    Attributes
    ----------
    frame : pandas.DataFrame
        A row a record: ``source``; ``record`` and ``person``, pseudonyms of the kinds
        ``record:SOURCE`` and ``person``; ``role``: ``match``, ``duplicate`` (a second record of
        the same source), ``review`` (people decide) or ``none``; ``by``: ``identifier``,
        ``likeness``, ``decision`` or nothing; ``weight``, the logarithm to base 2 of the odds, and
        ``probability``, both missing where an identifier tells. Ordered by source and pseudonym.
    worth : pandas.DataFrame
        What agreement is worth: ``source``, ``attribute``, ``level``, ``m`` and ``u``, the
        probabilities of the level among pairs of one person and of two, and ``weight``.
    """

    frame: pd.DataFrame = field(repr=False)
    worth: pd.DataFrame = field(repr=False)

    @property
    def counts(self) -> pd.DataFrame:
        """How many records of each source have each role, by what."""
        counted = self.frame.groupby(["source", "role", "by"], observed=True).size()
        return counted.rename("records").reset_index()
