"""Which columns of a frame are no questions: weights, strata, clusters, identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialpoll.schema.keys import number_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Roles", "is_identifier", "roles_of"]

WEIGHTS = re.compile(r"(?:.*_)?(?:p?weights?|wgts?|wts?|wtss\w*|wtssall|وزن|الوزن)(?:_?\d+|_.*)?")
STRATA = re.compile(r"(?:.*_)?v?strat(?:a|um)?(?:_?\d+|_.*)?")
CLUSTERS = re.compile(r"(?:.*_)?(?:v?psu|clusters?|v?ea)(?:_?\d+|_id)?")
IDENTIFIERS = re.compile(
    r"_.*|(?:.*_)?(?:id|uuid|guid|key|serial|case|caseid|respid|instanceid|respondent)(?:_?no|_id)?"
)
FEWEST_DISTINCT = 30
"""Rows from which a column of nothing but different words is an identifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Columns taken for parts of the sample design.

    Attributes
    ----------
    weight, strata, clusters : str or None
    nested : bool
        Whether clusters of one number are in several strata.
    lonely : bool
        Whether a stratum has but one cluster.
    others : tuple of str
        Columns that look like a further weight, stratum or cluster, and are not used.
    """

    weight: str | None = None
    strata: str | None = None
    clusters: str | None = None
    nested: bool = False
    lonely: bool = False
    others: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them."""
        used = (self.weight, self.strata, self.clusters)
        return (*(one for one in used if one is not None), *self.others)


def roles_of(frame: pd.DataFrame) -> Roles:
    """Guess the parts of a sample design from the names of columns, and see that they can be it."""
    weights = [one for one in _named(frame, WEIGHTS) if _weighs(frame[one])]
    strata = [one for one in _named(frame, STRATA) if frame[one].notna().all()]
    clusters = [one for one in _named(frame, CLUSTERS) if frame[one].notna().all()]
    first = [next(iter(names), None) for names in (weights, strata, clusters)]
    return Roles(
        weight=first[0],
        strata=first[1],
        clusters=first[2],
        nested=_nested(frame, first[1], first[2]),
        lonely=_lonely(frame, first[1], first[2]),
        others=(*weights[1:], *strata[1:], *clusters[1:]),
    )


def is_identifier(name: str, present: pd.Series) -> bool:
    """Say whether a column tells cases apart rather than answers."""
    distinct = present.nunique() == len(present)
    if IDENTIFIERS.fullmatch(name.lower()):
        return distinct
    words = all(isinstance(one, str) for one in present)
    return distinct and words and len(present) >= FEWEST_DISTINCT


def _named(frame: pd.DataFrame, names: re.Pattern[str]) -> Iterator[str]:
    return (str(one) for one in frame.columns if names.fullmatch(str(one).lower()))


def _weighs(column: pd.Series) -> bool:
    numbers = [number_of(one) for one in column]
    return all(isinstance(one, float) and one >= 0 for one in numbers) and any(numbers)


def _nested(frame: pd.DataFrame, strata: str | None, clusters: str | None) -> bool:
    if strata is None or clusters is None:
        return False
    return bool(frame.groupby(clusters, observed=True)[strata].nunique().max() > 1)


def _lonely(frame: pd.DataFrame, strata: str | None, clusters: str | None) -> bool:
    if strata is None:
        return False
    groups = frame.groupby(strata, observed=True)
    units = groups.size() if clusters is None else groups[clusters].nunique()
    return bool((units == 1).any())
