"""What weights must be like for the recipe to go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from socialpoll.errors import WeightingError
from socialpoll.weighting.declared.requirements import require_number
from socialpoll.weighting.margin import Margin

__all__ = ["Require"]


@dataclass(frozen=True)
class Require:
    """Refuse weights that are worse than declared; changes none.

    Parameters
    ----------
    max_deff : float, optional
        Largest design effect of weighting, 1 + CV² (Kish 1992).
    min_effective : float, optional
        Smallest effective sample size, n over that design effect.
    max_ratio : float, optional
        Largest weight over smallest weight.
    margin_error : float, optional
        Largest relative error of any margin of the earlier steps under the weights as they are now.

    Raises
    ------
    WeightingError
        Nothing is required.
    """

    step: ClassVar[Literal["require"]] = "require"
    margins: ClassVar[tuple[Margin, ...]] = ()
    max_deff: float | None = None
    min_effective: float | None = None
    max_ratio: float | None = None
    margin_error: float | None = None

    def __post_init__(self) -> None:
        require_number("max_deff", self.max_deff, where="require", above=1.0)
        require_number("min_effective", self.min_effective, where="require")
        require_number("max_ratio", self.max_ratio, where="require", above=1.0)
        require_number("margin_error", self.margin_error, where="require", most=1.0)
        given = (self.max_deff, self.min_effective, self.max_ratio, self.margin_error)
        if all(one is None for one in given):
            raise WeightingError(
                "nothing is required",
                where="require",
                allowed="max_deff, min_effective, max_ratio, margin_error",
            )
