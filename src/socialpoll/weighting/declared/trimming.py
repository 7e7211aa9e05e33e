"""Limits on weights, and their sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias, get_args

from socialpoll.errors import WeightingError
from socialpoll.weighting.declared.requirements import names_of, require_number, require_word
from socialpoll.weighting.margin import Margin

__all__ = ["Rescale", "Sharing", "Trim", "TrimRule"]

TrimRule: TypeAlias = Literal["weight", "median_iqr", "percentile", "ratio_to_mean"]
Sharing: TypeAlias = Literal["proportional", "additive", "additive_strict", "none"]
INTERVIEWS = "interviews"


@dataclass(frozen=True)
class Trim:
    """Hold weights at limits and share out what was cut off.

    Prefer limits inside :class:`Calibrate`: trimming afterwards moves the margins away from their
    targets, which is reported.

    Parameters
    ----------
    upper, lower : float, optional
        The limits, in the terms of the rule; at least one.
    rule : {"weight", "median_iqr", "percentile", "ratio_to_mean"}
        ``weight``: the limits are weights. ``median_iqr``: median ± limit × interquartile range of
        the weights (Chowdhury, Khare & Wolter 2007). ``percentile``: limits between 0 and 100.
        ``ratio_to_mean``: limits times the mean weight.
    sharing : {"proportional", "additive", "additive_strict", "none"}
        Who gets what was cut off: the others in proportion to their weights, again until nobody is
        beyond a limit (Potter 1990); the others in equal parts, once, as R's ``trimWeights``, or,
        ``strict``, again until nobody is beyond; or nobody.
    within : str or tuple of str
        Classes within which it is shared out, so that their sums of weights stay.

    Raises
    ------
    WeightingError
        No limit, or limits that the rule does not have.

    Examples
    --------
    >>> Trim(upper=5, rule="ratio_to_mean").sharing
    'proportional'
    """

    step: ClassVar[Literal["trim"]] = "trim"
    margins: ClassVar[tuple[Margin, ...]] = ()
    upper: float | None = None
    lower: float | None = None
    rule: TrimRule = "weight"
    sharing: Sharing = "proportional"
    within: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "within", names_of(self.within))
        require_word("rule", self.rule, get_args(TrimRule), where="trim")
        require_word("sharing", self.sharing, get_args(Sharing), where="trim")
        if self.upper is None and self.lower is None:
            raise WeightingError(
                "trimming without a limit", where="trim", advice="give upper, lower, or both"
            )
        most = 100.0 if self.rule == "percentile" else float("inf")
        for name in ("upper", "lower"):
            require_number(name, getattr(self, name), where="trim", above=0.0, most=most)
        ordered = self.rule in ("weight", "percentile", "ratio_to_mean")
        if ordered and not (self.lower or 0.0) < (self.upper or float("inf")):
            raise WeightingError(
                "the lower limit is not below the upper one",
                where="trim",
                found=f"lower = {self.lower:g}, upper = {self.upper:g}",
            )


@dataclass(frozen=True)
class Rescale:
    """Multiply all weights by one number, so that they have a given sum.

    Parameters
    ----------
    to : float or "interviews"
        The sum: a number of persons, or the number of interviews.
    """

    step: ClassVar[Literal["rescale"]] = "rescale"
    margins: ClassVar[tuple[Margin, ...]] = ()
    to: float | str

    def __post_init__(self) -> None:
        if isinstance(self.to, str):
            require_word("to", self.to, (INTERVIEWS,), where="rescale")
        else:
            require_number("to", self.to, where="rescale")


def limits_in_words(limits: Sequence[tuple[str, float | None]]) -> str:
    """Write the limits that are given, as ``upper 5, lower 0.2``."""
    return ", ".join(f"{name} {value:g}" for name, value in limits if value is not None)
