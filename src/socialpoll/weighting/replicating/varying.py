"""The first-stage units that vary from sample to sample, stratum by stratum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.errors import DesignError, Problem
from socialpoll.responses import LonelyPolicy
from socialpoll.schema import FactValue
from socialpoll.totals import Units

__all__ = ["Varying", "listed_strata"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
LISTED = 10


@dataclass(frozen=True, eq=False)
class Varying:
    """First-stage units of the strata that were not taken completely; H strata, A units.

    Attributes
    ----------
    clusters : int
        All first-stage units, those that do not vary as well.
    strata : int
        All strata.
    number : int array (H,)
        Number of each stratum that varies, among all.
    count : float64 array (H,)
        Units of each, two at least.
    left : float64 array (H,)
        What is left of the variance, 1 - f_h; times H / (H - lonely) where the design takes the
        average for lonely units.
    unit : int array (A,)
        The units, stratum after stratum, in their order among all.
    stratum : int array (A,)
        Place of each one's stratum in ``number``.
    first : int array (H,)
        Place in ``unit`` of each stratum's first.
    """

    clusters: int
    strata: int
    number: Places
    count: Floats
    left: Floats
    unit: Places
    stratum: Places
    first: Places

    @classmethod
    def of(
        cls,
        units: Units,
        lonely: LonelyPolicy,
        labels: Sequence[str] = (),
        *,
        carries_average: bool = False,
    ) -> Varying:
        """Return the units that vary; the scale of a level is (1 - f) n / (n - 1).

        Parameters
        ----------
        units : Units
        lonely : LonelyPolicy
            The policy with which they were made.
        labels : sequence of str
            Of the first-stage strata, for messages.
        carries_average : bool
            Whether the method can let other strata count for lonely ones.

        Raises
        ------
        DesignError
            A lonely unit, and a policy that no replicate can follow; or nothing varies.
        """
        level = units.levels[-1]
        if units.lonely:
            _require_policy(lonely, labels, units.lonely, carries_average=carries_average)
        varies = level.scale > 0
        if not varies.any():
            what = "no stratum varies: each was taken completely, or has one unit"
            raise DesignError("the sample design", [Problem(what, "replication")])
        order = np.argsort(units.stratum, kind="stable")
        unit = order[varies[units.stratum[order]]]
        number = np.flatnonzero(varies)
        place = np.cumsum(varies) - 1
        count = level.count[number]
        return cls(
            clusters=int(units.stratum.size),
            strata=int(varies.size),
            number=number,
            count=count,
            left=level.scale[number] * (count - 1) / count,
            unit=unit,
            stratum=place[units.stratum[unit]],
            first=(np.cumsum(count) - count).astype(np.intp),
        )

    def facts(self, units: Units) -> dict[str, FactValue]:
        """Return what the account of the method says of them: strata, units, stages left out."""
        return {
            "strata": int(self.count.size),
            "units": int(self.unit.size),
            "stages_left_out": len(units.levels) - 1,
        }

    @property
    def slope(self) -> Floats:
        """√(1 - f_h) of each unit, float64 array (A,): what deviations of copies from 1 keep."""
        return np.asarray(np.sqrt(self.left)[self.stratum])


def listed_strata(numbers: Sequence[int] | Places, labels: Sequence[str], strata: int) -> str:
    """Name strata by their labels, where every stratum has one, else by their numbers."""
    named = [labels[one] if len(labels) == strata else str(one) for one in numbers[:LISTED]]
    return ", ".join(named) + (" …" if len(numbers) > LISTED else "")


def _require_policy(
    lonely: LonelyPolicy,
    labels: Sequence[str],
    alone: tuple[int, ...],
    *,
    carries_average: bool,
) -> None:
    reasons = {
        "error": "the design does not say what they contribute",
        "centered": "replicates cannot compare them with units of other strata",
        "average": "only a jackknife without groups can let other strata count for them",
    }
    if lonely not in reasons or (lonely == "average" and carries_average):
        return
    named = [labels[one] if one < len(labels) else str(one) for one in alone[:LISTED]]
    count = "1 stratum has" if len(alone) == 1 else f"{len(alone)} strata have"
    problem = Problem(
        what=f"{count} one sampling unit, and {reasons[lonely]}",
        where=f"lonely = {lonely!r}",
        found=", ".join(named) + (" …" if len(alone) > LISTED else ""),
        allowed="lonely = 'certainty' (no replicate), 'collapse' (join similar strata)"
        + ("" if not carries_average else ", 'average' (as the others vary)"),
    )
    raise DesignError("the sample design", [problem])
