"""What was estimated: indicators, their estimates with precision, and comparisons."""

from socialpoll.indicators.adjusting import Adjustment
from socialpoll.indicators.agreeing import Agreement, check_agreement
from socialpoll.indicators.associating import association
from socialpoll.indicators.associations import Association
from socialpoll.indicators.best_reaching import best_reach
from socialpoll.indicators.busy import busiest
from socialpoll.indicators.changing import change, trend
from socialpoll.indicators.choices import CHOICE_COLUMNS, no_choices
from socialpoll.indicators.choosing import choose
from socialpoll.indicators.comparing import Compared, compare
from socialpoll.indicators.contrasts import Contrast
from socialpoll.indicators.definitions import (
    AnyIndicator,
    Indicator,
    Mean,
    Profile,
    Quantile,
    Ratio,
    Share,
    ShareOf,
    Total,
    Variance,
)
from socialpoll.indicators.duplicating import duplication
from socialpoll.indicators.effect_sizes import EffectSizes
from socialpoll.indicators.estimates import COLUMNS, COMPARISON_COLUMNS, KEYS, Estimates
from socialpoll.indicators.estimating import Breakdown, estimate
from socialpoll.indicators.goals import BestReach, Goal
from socialpoll.indicators.headline import joint_precision
from socialpoll.indicators.leading import lead
from socialpoll.indicators.pairing import REST, Against
from socialpoll.indicators.precision import IntervalMethod, Precision, ShareInterval
from socialpoll.indicators.ranking import QuantileCentre, QuantileRule
from socialpoll.indicators.reaching import OptionSet, Reach
from socialpoll.indicators.regressing import Family, Regression, regress
from socialpoll.indicators.sampled import TestConvention
from socialpoll.indicators.t_tests import TTest, t_test
from socialpoll.indicators.terms import Outcome, Term
from socialpoll.indicators.times import CircularMean, Concentration, Window, Windows
from socialpoll.indicators.wald import WaldTest

__all__ = [
    "CHOICE_COLUMNS",
    "COLUMNS",
    "COMPARISON_COLUMNS",
    "KEYS",
    "REST",
    "Adjustment",
    "Against",
    "Agreement",
    "AnyIndicator",
    "Association",
    "BestReach",
    "Breakdown",
    "CircularMean",
    "Compared",
    "Concentration",
    "Contrast",
    "EffectSizes",
    "Estimates",
    "Family",
    "Goal",
    "Indicator",
    "IntervalMethod",
    "Mean",
    "OptionSet",
    "Outcome",
    "Precision",
    "Profile",
    "Quantile",
    "QuantileCentre",
    "QuantileRule",
    "Ratio",
    "Reach",
    "Regression",
    "Share",
    "ShareInterval",
    "ShareOf",
    "TTest",
    "Term",
    "TestConvention",
    "Total",
    "Variance",
    "WaldTest",
    "Window",
    "Windows",
    "association",
    "best_reach",
    "busiest",
    "change",
    "check_agreement",
    "choose",
    "compare",
    "duplication",
    "estimate",
    "joint_precision",
    "lead",
    "no_choices",
    "regress",
    "t_test",
    "trend",
]
