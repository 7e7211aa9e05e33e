"""How weights are to be made: inert steps, the same words in Python and in a poll file."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from socialpoll.errors import WeightingError
from socialpoll.weighting.margin import Margin, canonical_margin, margin_table, require_word
from socialpoll.weighting.targets import Targets

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["OnMiss", "PostStratify", "Rake", "Recipe", "Step"]

OnMiss: TypeAlias = Literal["raise", "warn"]
TOLERANCE = 1e-8
MAX_ITERATIONS = 1000
LARGEST_TOLERANCE = 0.05


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
        _require_total(self.total, "rake")
        if not 0 < self.tolerance <= LARGEST_TOLERANCE:
            raise WeightingError(
                "a tolerance that is not a small positive number",
                where="rake, tolerance",
                found=f"{self.tolerance:g}",
                allowed=f"above 0, at most {LARGEST_TOLERANCE:g}",
            )
        if self.max_iterations < 1:
            raise WeightingError(
                "raking that may not begin",
                where="rake, max_iterations",
                found=str(self.max_iterations),
                allowed="1 or more",
            )
        require_word("on_miss", self.on_miss, ("raise", "warn"), where="rake")


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
    """

    step: ClassVar[Literal["poststratify"]] = "poststratify"
    of: tuple[str, ...]
    targets: Targets
    total: float | None = None
    margins: tuple[Margin, ...] = field(init=False, repr=False, compare=False)

    def __init__(
        self,
        of: str | tuple[str, ...] | list[str],
        targets: Targets | Mapping[Any, float] | pd.DataFrame,
        *,
        total: float | None = None,
    ) -> None:
        margin = Margin(of, targets)
        object.__setattr__(self, "of", margin.of)
        object.__setattr__(self, "targets", margin.targets)
        object.__setattr__(self, "total", total)
        object.__setattr__(self, "margins", (margin,))
        _require_total(total, "poststratify")


Step: TypeAlias = Rake | PostStratify
"""What a recipe is made of; each class has its word in ``step``."""


@dataclass(frozen=True)
class Recipe:
    """Steps that turn base weights into weights, in order.

    Parameters
    ----------
    steps : tuple of Rake or PostStratify
        None leave the base weights as they are.

    Examples
    --------
    >>> recipe = Recipe((PostStratify("sex", {"male": 0.5, "female": 0.5}),))
    >>> recipe.to_tables()
    [{'step': 'poststratify', 'of': 'sex', 'targets': {'male': 0.5, 'female': 0.5}}]
    """

    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", tuple(self.steps))
        for number, step in enumerate(self.steps, start=1):
            if not isinstance(step, Rake | PostStratify):
                raise WeightingError(
                    "something that is no weighting step",
                    where=f"step {number}",
                    found=type(step).__name__,
                    allowed="Rake, PostStratify",
                )

    def to_tables(self) -> list[dict[str, Any]]:
        """Return the steps as plain tables, as ``[[weighting.steps]]`` of a poll file holds them.

        Returns
        -------
        list of dict
            Strings, numbers, dates, lists and dicts; what has its default is left out.
        """
        return [_table(step) for step in self.steps]

    @property
    def canonical(self) -> str:
        """The recipe as JSON, the same for every way of writing codes or ordering targets."""
        return json.dumps([_canonical(step) for step in self.steps], ensure_ascii=False)


def _require_total(total: float | None, where: str) -> None:
    if total is not None and not (math.isfinite(total) and total > 0):
        raise WeightingError(
            "a population total that is no positive number",
            where=f"{where}, total",
            found=str(total),
            advice="give the number of persons, or leave it out",
        )


def _table(step: Step) -> dict[str, Any]:
    if isinstance(step, PostStratify):
        table = {"step": step.step, **margin_table(step.margins[0])}
        return table if step.total is None else {**table, "total": step.total}
    table = {"step": step.step, "margins": [margin_table(one) for one in step.margins]}
    defaults = Rake(step.margins)
    for name in ("total", "tolerance", "max_iterations", "on_miss"):
        value = getattr(step, name)
        if value != getattr(defaults, name):
            table[name] = value
    return table


def _canonical(step: Step) -> dict[str, Any]:
    table = _table(step)
    table.update(margins=[canonical_margin(one) for one in step.margins])
    return {
        key: table[key] for key in sorted(table) if key not in {"of", "targets", "source", "date"}
    }
