"""Who counts how much: targets, recipes, weights."""

from socialpoll.weighting.benchmarks import APART
from socialpoll.weighting.reading import recipe_from
from socialpoll.weighting.recipe import Margin, PostStratify, Rake, Recipe
from socialpoll.weighting.targets import Targets
from socialpoll.weighting.weighing import poststratify, rake, weigh
from socialpoll.weighting.weights import Weights

__all__ = [
    "APART",
    "Margin",
    "PostStratify",
    "Rake",
    "Recipe",
    "Targets",
    "Weights",
    "poststratify",
    "rake",
    "recipe_from",
    "weigh",
]
