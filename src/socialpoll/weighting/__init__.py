"""Who counts how much: targets, recipes, weights."""

from socialpoll.weighting.benchmarks import APART
from socialpoll.weighting.made_elsewhere import weights_from
from socialpoll.weighting.margin import Margin
from socialpoll.weighting.reading import recipe_from
from socialpoll.weighting.recipe import PostStratify, Rake, Recipe
from socialpoll.weighting.stacking import stack
from socialpoll.weighting.targets import Targets
from socialpoll.weighting.waves import WAVE, Waves
from socialpoll.weighting.weighing import poststratify, rake, weigh
from socialpoll.weighting.weights import Weights

__all__ = [
    "APART",
    "WAVE",
    "Margin",
    "PostStratify",
    "Rake",
    "Recipe",
    "Targets",
    "Waves",
    "Weights",
    "poststratify",
    "rake",
    "recipe_from",
    "stack",
    "weigh",
    "weights_from",
]
