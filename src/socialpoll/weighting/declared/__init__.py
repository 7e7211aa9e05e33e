"""The steps of a recipe, as they are declared: inert, the same words in Python and in files."""

from socialpoll.weighting.declared.adjusting import (
    LARGEST_TOLERANCE,
    MAX_ITERATIONS,
    TOLERANCE,
    Adjusting,
    Calibrate,
    OnMiss,
    PostStratify,
    Rake,
)
from socialpoll.weighting.declared.opting_in import ReferencePropensity
from socialpoll.weighting.declared.requiring import Require
from socialpoll.weighting.declared.responding import NonResponse, Propensity, UnknownEligibility
from socialpoll.weighting.declared.selecting import Selection
from socialpoll.weighting.declared.trimming import Rescale, Trim

__all__ = [
    "LARGEST_TOLERANCE",
    "MAX_ITERATIONS",
    "TOLERANCE",
    "Adjusting",
    "Calibrate",
    "NonResponse",
    "OnMiss",
    "PostStratify",
    "Propensity",
    "Rake",
    "ReferencePropensity",
    "Require",
    "Rescale",
    "Selection",
    "Trim",
    "UnknownEligibility",
]
