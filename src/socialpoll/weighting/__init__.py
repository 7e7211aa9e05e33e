"""Who counts how much: targets, recipes, weights."""

from socialpoll.weighting.benchmarks import APART
from socialpoll.weighting.breaks import Break, break_problems
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
from socialpoll.weighting.known_sums import KnownSum, known_sums
from socialpoll.weighting.linting.lint import Lint, lint
from socialpoll.weighting.made_elsewhere import weights_from
from socialpoll.weighting.margin import Margin
from socialpoll.weighting.reading import recipe_from
from socialpoll.weighting.recipe import Recipe
from socialpoll.weighting.replicating.reading import replication_from
from socialpoll.weighting.replicating.replicates import Replicated, Replicates, replicate
from socialpoll.weighting.replicating.replication import (
    BalancedRepeated,
    Bootstrap,
    Jackknife,
    Replication,
    SuccessiveDifference,
)
from socialpoll.weighting.replicating.supplied import GivenReplicates
from socialpoll.weighting.stacked_scan import StackedScan
from socialpoll.weighting.stacking import stack
from socialpoll.weighting.targeting.targets import Targets
from socialpoll.weighting.targeting.template import write_targets_template
from socialpoll.weighting.waves import WAVE, Waves
from socialpoll.weighting.weighing import poststratify, rake, weigh
from socialpoll.weighting.weights import Weights

__all__ = [
    "APART",
    "WAVE",
    "BalancedRepeated",
    "Bootstrap",
    "Break",
    "Calibrate",
    "GivenReplicates",
    "Jackknife",
    "KnownSum",
    "Lint",
    "Margin",
    "NonResponse",
    "PostStratify",
    "Propensity",
    "Rake",
    "Recipe",
    "ReferencePropensity",
    "Replicated",
    "Replicates",
    "Replication",
    "Require",
    "Rescale",
    "Selection",
    "StackedScan",
    "SuccessiveDifference",
    "Targets",
    "Trim",
    "UnknownEligibility",
    "Waves",
    "Weights",
    "break_problems",
    "known_sums",
    "lint",
    "poststratify",
    "rake",
    "recipe_from",
    "replicate",
    "replication_from",
    "stack",
    "weigh",
    "weights_from",
    "write_targets_template",
]
