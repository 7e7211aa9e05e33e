"""The steps of a recipe, applied to cases: one module a kind of step."""

from __future__ import annotations

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
    Reference,
    Require,
    Scale,
    Selection,
    Trim,
    UnknownEligibility,
)
from socialpoll.weighting.recipe import Step

__all__ = ["Again", "Applied", "Entering", "Rerun", "apply"]


def apply(step: Step, entering: Entering) -> Applied:
    """Apply a step to the weights that enter it.

    Raises
    ------
    TargetError, StepError, ConvergenceError
        As :func:`socialpoll.weigh`.
    """
    match step:
        case Selection():
            return select(step, entering)
        case UnknownEligibility():
            return share_unknown(step, entering)
        case NonResponse():
            return share_nonresponse(step, entering)
        case Propensity():
            return weight_by_propensity(step, entering)
        case Reference():
            return weight_by_reference(step, entering)
        case Rake() | PostStratify():
            return rake_to_margins(step, entering)
        case Calibrate():
            return calibrate(step, entering)
        case Trim():
            return trim(step, entering)
        case Scale():
            return scale(step, entering)
        case Require():
            return require(step, entering)
