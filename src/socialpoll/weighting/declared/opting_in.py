"""Weights of people who chose themselves, against a reference of the population."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from socialpoll.weighting.margin import Margin
from socialpoll.weighting.targeting.targets import Targets

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ReferencePropensity"]


@dataclass(frozen=True)
class ReferencePropensity:
    """Weight an opt-in sample by one over its propensity to take part.

    The propensity π is logistic in indicators of the categories of ``of``, and solves
    Σ_opt-in x = Σ_reference d π x (Chen, Li & Wu 2020, eq. 6): the reference, a probability sample
    or a register, enters as the weighted counts of a crossing. What follows is usually calibration.
    That people who take part and people who do not are alike within these categories is an
    assumption that no formula can test.

    Parameters
    ----------
    of : str or tuple of str
        Variables known of both.
    targets : Targets, mapping or pandas.DataFrame
        Persons of the reference by their crossing, in counts: :meth:`Targets.from_weights` makes
        them from a reference sample.
    """

    step: ClassVar[Literal["reference_propensity"]] = "reference_propensity"
    of: tuple[str, ...]
    targets: Targets

    def __init__(
        self,
        of: str | Sequence[str],
        targets: Targets | Mapping[Any, float] | pd.DataFrame,
    ) -> None:
        margin = Margin((of,) if isinstance(of, str) else tuple(of), targets)
        object.__setattr__(self, "of", margin.of)
        object.__setattr__(self, "targets", margin.targets)

    @property
    def margins(self) -> tuple[Margin, ...]:
        """The reference as a margin."""
        return (Margin(self.of, self.targets),)
