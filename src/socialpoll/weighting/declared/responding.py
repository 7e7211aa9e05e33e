"""Adjustments for cases of which nothing, or no interview, came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from socialpoll.errors import WeightingError
from socialpoll.weighting.declared.requirements import names_of, require_number
from socialpoll.weighting.margin import Margin

__all__ = ["NonResponse", "Propensity", "UnknownEligibility"]

MOST_CLASSES = 50


@dataclass(frozen=True)
class UnknownEligibility:
    """Give the weight of cases of unknown eligibility to those whose eligibility is known.

    In each class the factor of known cases is the weight of all over the weight of the known, that
    of the unknown is 0 (Valliant, Dever & Kreuter 2018, §13.3). Needs the outcomes of dispositions.

    Parameters
    ----------
    within : str or tuple of str
        Variables known of every sampled case whose crossing makes the classes; none is one class.
    """

    step: ClassVar[Literal["unknown_eligibility"]] = "unknown_eligibility"
    margins: ClassVar[tuple[Margin, ...]] = ()
    within: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "within", names_of(self.within))


@dataclass(frozen=True)
class NonResponse:
    """Give the weight of eligible cases without an interview to interviews of the same class.

    In each class the factor of interviews is the weight of eligible cases over the weight of
    interviews (Oh & Scheuren 1983; Valliant, Dever & Kreuter 2018, §13.5). Ineligible cases leave,
    and take their weight with them. Where no outcomes of dispositions are declared, every case
    counts as eligible.

    Parameters
    ----------
    within : str or tuple of str
        Variables known of every sampled case whose crossing makes the classes; none is one class.
    """

    step: ClassVar[Literal["nonresponse"]] = "nonresponse"
    margins: ClassVar[tuple[Margin, ...]] = ()
    within: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "within", names_of(self.within))


@dataclass(frozen=True)
class Propensity:
    """Weight interviews by one over their propensity to respond.

    A logistic regression of responding on variables known of every eligible case, with the weights
    that enter the step (Rosenbaum & Rubin 1983; Kim & Kim 2007). Its own sampling error is in the
    variance: the score term of Binder (1983).

    Parameters
    ----------
    on : str or tuple of str
        Questions and derived variables; categories enter as indicators, numbers as they are.
    classes : int, optional
        Number of classes of equal size by propensity, in which the adjustment is that of
        :class:`NonResponse` (Little 1986): steadier than the inverse. Classes that the data formed
        count as fixed in the linearised variance; replicates form them again.
    """

    step: ClassVar[Literal["propensity"]] = "propensity"
    margins: ClassVar[tuple[Margin, ...]] = ()
    on: tuple[str, ...]
    classes: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "on", names_of(self.on))
        _require_several(self.on, "propensity")
        require_number("classes", self.classes, where="propensity", above=1, most=MOST_CLASSES,
                       whole=True)  # fmt: skip


def _require_several(names: Sequence[str], where: str) -> None:
    if not names:
        raise WeightingError("a propensity on no variables", where=where, advice="name some")
    if len(set(names)) < len(names):
        raise WeightingError("a variable is named twice", where=where, found=", ".join(names))
