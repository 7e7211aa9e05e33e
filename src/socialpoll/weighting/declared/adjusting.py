"""Adjusting weights to what is known of the population."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, get_args

from socialpoll.errors import WeightingError
from socialpoll.weighting.declared.requirements import require_word
from socialpoll.weighting.margin import Margin, MissingPolicy
from socialpoll.weighting.merges import Merges
from socialpoll.weighting.targeting.targets import Targets

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "LARGEST_TOLERANCE",
    "MAX_ITERATIONS",
    "TOLERANCE",
    "Adjusting",
    "Calibrate",
    "DistanceName",
    "OnMiss",
    "PostStratify",
    "Rake",
]

OnMiss: TypeAlias = Literal["raise", "warn"]
DistanceName: TypeAlias = Literal["linear", "raking", "logit", "truncated"]
TOLERANCE = 1e-8
MAX_ITERATIONS = 1000
LARGEST_TOLERANCE = 0.05
BOUNDED = ("logit", "truncated")
CLASSED = ("raise", "own_class")
"""What calibration may make of interviews without a value."""


@dataclass(frozen=True)
class Rake:
    """Adjust to several margins in turn until all are reached (Deming & Stephan 1940).

    It is calibration with the multiplicative distance (Deville & Särndal 1992, §2, case 2).

    Parameters
    ----------
    margins : tuple of Margin
        At least one.
    total : float, optional
        Number of persons N that the weights shall sum to. Where absent: the total of the first
        margin in counts; where all are shares, the sum of the weights that enter the step.
    tolerance : float
        Largest relative error of a margin that counts as reached.
    max_iterations : int
        Rounds over all margins after which to give up.
    on_miss : {"raise", "warn"}
        Whether margins that are not reached are an error, or a finding of the weights.

    Raises
    ------
    WeightingError
        No margins.
    """

    step: ClassVar[Literal["rake"]] = "rake"
    margins: tuple[Margin, ...]
    total: float | None = None
    tolerance: float = TOLERANCE
    max_iterations: int = MAX_ITERATIONS
    on_miss: OnMiss = "raise"

    def __post_init__(self) -> None:
        object.__setattr__(self, "margins", tuple(self.margins))
        if not self.margins:
            raise WeightingError("raking to no margins", where="rake", advice="give margins")
        _require_solvable(self)


@dataclass(frozen=True)
class PostStratify:
    """Adjust every cell of one crossing to its target (Holt & Smith 1979).

    Parameters
    ----------
    of : str or tuple of str
        A question or derived variable with categories; several are a crossing.
    targets : Targets, mapping or pandas.DataFrame
        As of :class:`Margin`.
    total : float, optional
        As of :class:`Rake`.
    missing, merge
        As of :class:`Margin`.
    """

    step: ClassVar[Literal["poststratify"]] = "poststratify"
    of: tuple[str, ...]
    targets: Targets
    total: float | None = None
    missing: MissingPolicy = "raise"
    merge: Merges = field(default_factory=dict)
    margins: tuple[Margin, ...] = field(init=False, repr=False, compare=False)

    def __init__(
        self,
        of: str | tuple[str, ...] | list[str],
        targets: Targets | Mapping[Any, float] | pd.DataFrame,
        *,
        total: float | None = None,
        missing: MissingPolicy = "raise",
        merge: Mapping[str, Any] | None = None,
    ) -> None:
        margin = Margin(of, targets, missing=missing, merge=merge)
        object.__setattr__(self, "of", margin.of)
        object.__setattr__(self, "targets", margin.targets)
        object.__setattr__(self, "total", total)
        object.__setattr__(self, "missing", margin.missing)
        object.__setattr__(self, "merge", margin.merge)
        object.__setattr__(self, "margins", (margin,))
        _require_total(total, "poststratify")


@dataclass(frozen=True)
class Calibrate:
    """Change weights as little as a distance allows so that totals are reached.

    Deville & Särndal (1992): the factor of a case is F(x'λ). Margins that are all crossed with one
    variable, a region, come to calibrating every region by itself. Without margins the weights sum
    to N.

    Parameters
    ----------
    margins : tuple of Margin
        Counts or shares of categories and crossings. Interviews without a value are refused, or a
        class of their own: ``missing`` is ``raise`` or ``own_class``.
    totals : mapping of str to float, optional
        Population totals of number questions, in their units.
    means : mapping of str to float, optional
        Population means of number questions; times N they are totals.
    distance : {"linear", "raking", "logit", "truncated"}
        ``linear``: F = 1 + u, weights may become negative, which is refused. ``raking``: F =
        exp(u). ``logit`` and ``truncated`` (linear) keep factors between bounds.
    bounds : (float, float), optional
        Limits of ``logit`` and ``truncated``: below and above 1 where they are of factors.
    bounds_on : {"factor", "weight"}
        ``weight``: the limits are weights, one factor a case: trimming inside calibration. Only
        with ``truncated``.
    scale_first : bool
        Whether weights are scaled to N before a step with bounds, so that bounds of factors are
        about the adjustment alone. R's ``calibrate`` does not.
    equal_within : str, optional
        A cluster column of the design, such as the household: its members get equal weights
        (Lemaître & Dufour 1987).
    total : float, optional
        As of :class:`Rake`.
    tolerance, max_iterations, on_miss
        As of :class:`Rake`.

    Raises
    ------
    WeightingError
        Nothing to calibrate to, numbers that are missing or infinite, bounds that the distance does
        not have or that cannot hold, margins with a policy for missing values that is of raking.

    Examples
    --------
    >>> step = Calibrate((Margin("sex", {"male": 510, "female": 490}),), means={"age": 38.2})
    >>> step.distance
    'linear'
    """

    step: ClassVar[Literal["calibrate"]] = "calibrate"
    margins: tuple[Margin, ...] = ()
    totals: Mapping[str, float] = field(default_factory=dict)
    means: Mapping[str, float] = field(default_factory=dict)
    distance: DistanceName = "linear"
    bounds: tuple[float, float] | None = None
    bounds_on: Literal["factor", "weight"] = "factor"
    scale_first: bool = True
    equal_within: str | None = None
    total: float | None = None
    tolerance: float = TOLERANCE
    max_iterations: int = 100
    on_miss: OnMiss = "raise"

    def __post_init__(self) -> None:
        object.__setattr__(self, "margins", tuple(self.margins))
        object.__setattr__(self, "totals", dict(self.totals))
        object.__setattr__(self, "means", dict(self.means))
        if not (self.margins or self.totals or self.means):
            raise WeightingError(
                "calibration to nothing",
                where="calibrate",
                advice="give margins, totals or means",
            )
        both = sorted(set(self.totals) & set(self.means))
        if both:
            raise WeightingError(
                "a number has a total and a mean", where="calibrate", found=", ".join(both)
            )
        require_word("distance", self.distance, get_args(DistanceName), where="calibrate")
        require_word("bounds_on", self.bounds_on, ("factor", "weight"), where="calibrate")
        self._require_known()
        self._require_bounds()
        _require_solvable(self)

    def _require_known(self) -> None:
        numbers = {**self.totals, **self.means}
        unknown = [name for name, one in numbers.items() if not math.isfinite(one)]
        if unknown:
            raise WeightingError(
                "totals or means that are no finite numbers",
                where="calibrate",
                found=", ".join(f"{name} = {numbers[name]}" for name in unknown),
            )
        for margin in self.margins:
            if margin.missing not in CLASSED:
                raise WeightingError(
                    "a policy for interviews without a value that only raking has",
                    where=f"calibrate, margin {margin.name}, missing",
                    found=repr(margin.missing),
                    allowed=", ".join(map(repr, CLASSED)),
                    advice="rake to the margins, or let interviews without a value be a class of "
                    "their own",
                )

    def _require_bounds(self) -> None:
        if self.bounds is not None:
            object.__setattr__(self, "bounds", tuple(self.bounds))
        allowed = "a pair of numbers, low < high"
        wrong = ""
        if (self.bounds is None) == (self.distance in BOUNDED):
            wrong = f"the distance {self.distance!r} {'needs' if self.bounds is None else 'has no'}"
            wrong += " bounds"
        elif self.bounds is None:
            if self.bounds_on == "weight":
                wrong, allowed = "there are no bounds that could be on weights", "bounds"
        elif len(self.bounds) != len(("low", "high")) or not self.bounds[0] < self.bounds[1]:
            wrong = "the bounds are no pair of a lower and a higher number"
        elif self.bounds_on == "weight" and self.bounds[0] < 0:
            wrong, allowed = "bounds of weights must not be negative", "0 <= low < high"
        elif self.bounds_on == "weight" and self.distance != "truncated":
            wrong, allowed = "bounds on weights need the truncated distance", "'truncated'"
        elif self.bounds_on == "factor" and not 0 <= self.bounds[0] < 1 < self.bounds[1]:
            wrong, allowed = "bounds of factors must lie on both sides of 1", "0 <= low < 1 < high"
        if wrong:
            found = repr(self.bounds)
            raise WeightingError(wrong, where="calibrate, bounds", found=found, allowed=allowed)


Adjusting: TypeAlias = Rake | PostStratify | Calibrate
"""Steps that reach margins."""


def _require_solvable(step: Rake | Calibrate) -> None:
    """Check what steps that are solved by iteration have in common."""
    _require_total(step.total, step.step)
    if not 0 < step.tolerance <= LARGEST_TOLERANCE:
        raise WeightingError(
            "a tolerance that is not a small positive number",
            where=f"{step.step}, tolerance",
            found=f"{step.tolerance:g}",
            allowed=f"above 0, at most {LARGEST_TOLERANCE:g}",
        )
    if step.max_iterations < 1:
        raise WeightingError(
            "a step that may not begin",
            where=f"{step.step}, max_iterations",
            found=str(step.max_iterations),
            allowed="1 or more",
        )
    require_word("on_miss", step.on_miss, ("raise", "warn"), where=step.step)


def _require_total(total: float | None, where: str) -> None:
    if total is not None and not (math.isfinite(total) and total > 0):
        raise WeightingError(
            "a population total that is no positive number",
            where=f"{where}, total",
            found=str(total),
            advice="give the number of persons, or leave it out",
        )
