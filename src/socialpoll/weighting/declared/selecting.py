"""Weights by the chance of selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from socialpoll.errors import WeightingError
from socialpoll.weighting.declared.requirements import require_number
from socialpoll.weighting.margin import Margin
from socialpoll.weighting.targeting.targets import Targets

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Selection"]

WAYS = ("sizes", "probability", "one_of", "chances")


@dataclass(frozen=True)
class Selection:
    """Weight every sampled case by one over its chance of selection.

    Exactly one of ``sizes``, ``probability``, ``one_of`` and ``chances`` is given; several stages
    of selection are several steps, and their factors multiply (Horvitz & Thompson 1952; Lohr 2019,
    §2.4 and §7.1). The factors are of the design, not of the sample that came of it: they add
    nothing to the variance.

    Parameters
    ----------
    sizes : Targets, mapping or pandas.DataFrame, optional
        N_h, population units by the categories of ``of``; the factor is N_h / n_h over all sampled
        cases, interviewed or not.
    of : str or tuple of str, optional
        The strata that ``sizes`` are of.
    probability : str, optional
        A number question: the probability of selection, as of sampling proportional to size;
        the factor is one over it.
    one_of : str, optional
        How many persons were eligible where one was chosen, as adults in a household; the factor
        is that number. A number question, or one with whole numbers as codes.
    chances : str, optional
        How many ways there were to select the person, as SIM cards or lines; the factor is one
        over that number. A question as of ``one_of``.
    at_most : float, optional
        Limit on the number of ``one_of`` or ``chances``; larger ones count as this.

    Raises
    ------
    WeightingError
        None or several of the four, ``sizes`` without ``of``, a limit where there is nothing to
        limit.

    Examples
    --------
    >>> Selection(one_of="adults", at_most=4).way
    'one_of'
    """

    step: ClassVar[Literal["selection"]] = "selection"
    margins: ClassVar[tuple[Margin, ...]] = ()
    of: tuple[str, ...] | None = None
    sizes: Targets | None = None
    probability: str | None = None
    one_of: str | None = None
    chances: str | None = None
    at_most: float | None = None

    def __init__(
        self,
        of: str | Sequence[str] | None = None,
        sizes: Targets | Mapping[Any, float] | pd.DataFrame | None = None,
        *,
        probability: str | None = None,
        one_of: str | None = None,
        chances: str | None = None,
        at_most: float | None = None,
    ) -> None:
        if (of is None) != (sizes is None):
            raise WeightingError(
                "'of' and 'sizes' belong together",
                where="selection",
                advice="name the strata and give the number of population units in each",
            )
        margin = None if of is None or sizes is None else Margin(_several(of), sizes)
        object.__setattr__(self, "of", None if margin is None else margin.of)
        object.__setattr__(self, "sizes", None if margin is None else margin.targets)
        object.__setattr__(self, "probability", probability)
        object.__setattr__(self, "one_of", one_of)
        object.__setattr__(self, "chances", chances)
        object.__setattr__(self, "at_most", at_most)
        given = [name for name in WAYS if getattr(self, name) is not None]
        if len(given) != 1:
            raise WeightingError(
                "a selection step says one way in which cases were selected",
                where="selection",
                found=", ".join(given) or "none",
                allowed="one of " + ", ".join(WAYS),
                advice="give each stage of selection a step of its own",
            )
        require_number("at_most", at_most, where="selection")
        if at_most is not None and self.way not in ("one_of", "chances"):
            raise WeightingError(
                "'at_most' limits the number of persons or of chances",
                where="selection, at_most",
                found=f"at_most with {self.way}",
                allowed="at_most with one_of or chances",
            )

    @property
    def way(self) -> str:
        """Which of the four is given."""
        return next(name for name in WAYS if getattr(self, name) is not None)

    @property
    def margin(self) -> Margin | None:
        """The strata with their sizes, as a margin."""
        return None if self.of is None or self.sizes is None else Margin(self.of, self.sizes)


def _several(of: str | Sequence[str]) -> tuple[str, ...]:
    return (of,) if isinstance(of, str) else tuple(of)
