"""How precision is to be stated: level, interval, degrees of freedom, design effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from socialpoll.errors import EstimationError
from socialpoll.totals import Convention

__all__ = ["MODEL_BASED", "IntervalMethod", "Precision", "ShareInterval"]

IntervalMethod: TypeAlias = Literal["auto", "logit", "wald", "wilson", "beta", "arcsine", "nchs"]
ShareInterval: TypeAlias = Literal["logit", "wald", "wilson", "beta", "arcsine", "nchs"]
MODEL_BASED = "model-based"
"""The caveat of figures of samples that are not random, whose precision is that of a model."""
METHODS = ("auto", "logit", "wald", "wilson", "beta", "arcsine", "nchs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """Conventions of standard errors and intervals.

    Parameters
    ----------
    level : float
        Confidence level, between 0 and 1.
    interval : str
        For shares. ``auto``: ``logit``, but ``nchs`` where the share is 0 or 1 or rests on few
        effective cases. Means, totals and ratios always take t intervals (``wald``).
    df : {"domain", "design"} or float
        ``domain``: clusters less strata with respondents in the domain (R ``survey``); ``design``:
        of the whole design (SUDAAN); a number; ``inf`` gives the normal distribution.
    deff : {"replace", "without"}
        Against simple random sampling with, or without, replacement.
    residuals : {"entering", "derivative"}
        With which weights the regressions of calibrations are fitted: those that enter the step
        (Deville & Särndal 1992, and R ``survey``), or those that make scores the exact derivative.
        They differ only for distances other than the linear one, and less the larger the sample.
        Trimming afterwards counts as fixed with ``entering``, as in R.
    opt_in : {"none", "model"}
        Opt-in samples have no precision, and tests of them are refused; ``model`` asks for what a
        sample drawn as declared would have, under the model that weighting supposes. Every figure
        then says that it is model-based.

    Raises
    ------
    EstimationError
        A value that is not allowed.
    """

    level: float = 0.95
    interval: IntervalMethod = "auto"
    df: Literal["domain", "design"] | float = "domain"
    deff: Literal["replace", "without"] = "replace"
    residuals: Convention = "entering"
    opt_in: Literal["none", "model"] = "none"

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            self._refuse("level", self.level, "a number between 0 and 1, for example 0.95")
        if self.interval not in METHODS:
            self._refuse("interval", self.interval, ", ".join(METHODS))
        if isinstance(self.df, str) and self.df not in ("domain", "design"):
            self._refuse("df", self.df, "domain, design, or a positive number")
        if not isinstance(self.df, str) and not self.df > 0:
            self._refuse("df", self.df, "domain, design, or a positive number")
        if self.deff not in ("replace", "without"):
            self._refuse("deff", self.deff, "replace, without")
        if self.residuals not in ("entering", "derivative"):
            self._refuse("residuals", self.residuals, "entering, derivative")
        if self.opt_in not in ("none", "model"):
            self._refuse("opt_in", self.opt_in, "none, model")

    def by_model(self, sampling: str) -> bool:
        """Say whether figures of a sample have a precision by the model of its weights only.

        Parameters
        ----------
        sampling : {"probability", "opt_in"}
            As of :class:`SampleDesign`.
        """
        return sampling != "probability" and self.opt_in == "model"

    def _refuse(self, name: str, found: object, allowed: str) -> None:
        message = f"{name} is not a way to state precision"
        raise EstimationError(
            message, where=f"Precision.{name}", found=repr(found), allowed=allowed
        )
