"""The steps of a recipe, applied to cases: one module a kind of step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from socialpoll.weighting.applied.agreeing import problems_of_alike
from socialpoll.weighting.applied.calibration import calibrate
from socialpoll.weighting.applied.margins import rake_to_margins
from socialpoll.weighting.applied.propensity import weight_by_propensity
from socialpoll.weighting.applied.reference import weight_by_reference
from socialpoll.weighting.applied.requirements import require
from socialpoll.weighting.applied.response import share_nonresponse, share_unknown
from socialpoll.weighting.applied.running import Again, Applied, Entering, Rerun
from socialpoll.weighting.applied.scaling import scale
from socialpoll.weighting.applied.selection import select
from socialpoll.weighting.applied.trimming import trim
from socialpoll.weighting.declared import (
    Calibrate,
    NonResponse,
    PostStratify,
    Propensity,
    Rake,
    ReferencePropensity,
    Require,
    Rescale,
    Selection,
    Trim,
    UnknownEligibility,
)
from socialpoll.weighting.recipe import Step

__all__ = ["Again", "Applied", "Entering", "Rerun", "apply"]

APPLIED: Mapping[type[Step], Callable[[Any, Entering], Applied]] = {
    Selection: select,
    UnknownEligibility: share_unknown,
    NonResponse: share_nonresponse,
    Propensity: weight_by_propensity,
    ReferencePropensity: weight_by_reference,
    Rake: rake_to_margins,
    PostStratify: rake_to_margins,
    Calibrate: calibrate,
    Trim: trim,
    Rescale: scale,
    Require: require,
}
"""What each kind of step does."""


def apply(step: Step, entering: Entering) -> Applied:
    """Apply a step to the weights that enter it.

    Raises
    ------
    TargetError, StepError, ConvergenceError
        As :func:`socialpoll.weigh`.
    """
    entering.require(problems_of_alike(step, entering))
    return APPLIED[type(step)](step, entering)
