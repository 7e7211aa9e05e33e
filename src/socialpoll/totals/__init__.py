"""Sums over rows and sampling units, and their covariance: the only reader of columns."""

from socialpoll.totals.answers import in_base_codes
from socialpoll.totals.basis import (
    Alike,
    Amounts,
    AtMost,
    Base,
    Basis,
    Categories,
    Directions,
    Equations,
    Exactly,
    Factor,
    Information,
    Measure,
    Mentions,
    Model,
    Options,
    Pairs,
    Present,
    Products,
    Spans,
    Squares,
    Unions,
    Values,
    names_of,
)
from socialpoll.totals.cells import Cells, cells_of, summed
from socialpoll.totals.circular import (
    NOWHERE,
    TURN,
    MeanDirection,
    MeanVector,
    ResultantLength,
)
from socialpoll.totals.clock import clock
from socialpoll.totals.clustered import alone, in_pairs
from socialpoll.totals.domains import codes_of
from socialpoll.totals.level import Level
from socialpoll.totals.mass import INTERVIEWED, CellStep, Convention, Mass, interviews_only
from socialpoll.totals.ordered import Ordered
from socialpoll.totals.overlap import Overlap
from socialpoll.totals.patterns import Patterns, combinations_of, exactly
from socialpoll.totals.protocol import Engine, Moment
from socialpoll.totals.replication import ReplicateBlock, ReplicateWeights, Replication
from socialpoll.totals.rows import Rows
from socialpoll.totals.scanned import Scanned
from socialpoll.totals.scores import FIXED, Linearisation
from socialpoll.totals.stacked import stacked_mass, stacked_stages
from socialpoll.totals.statistic import Ratios, Shares, Spread, Statistic, Sums, slopes_of
from socialpoll.totals.sweep import Sweep
from socialpoll.totals.tallied import Tallied, rows_of, units_of
from socialpoll.totals.threads import one_thread
from socialpoll.totals.uncertainty import Function, Smooth, Uncertainty, Variances
from socialpoll.totals.units import PairsOf, Units, of_differences

__all__ = [
    "FIXED",
    "INTERVIEWED",
    "NOWHERE",
    "TURN",
    "Alike",
    "Amounts",
    "AtMost",
    "Base",
    "Basis",
    "Categories",
    "CellStep",
    "Cells",
    "Convention",
    "Directions",
    "Engine",
    "Equations",
    "Exactly",
    "Factor",
    "Function",
    "Information",
    "Level",
    "Linearisation",
    "Mass",
    "MeanDirection",
    "MeanVector",
    "Measure",
    "Mentions",
    "Model",
    "Moment",
    "Options",
    "Ordered",
    "Overlap",
    "Pairs",
    "PairsOf",
    "Patterns",
    "Present",
    "Products",
    "Ratios",
    "ReplicateBlock",
    "ReplicateWeights",
    "Replication",
    "ResultantLength",
    "Rows",
    "Scanned",
    "Shares",
    "Smooth",
    "Spans",
    "Spread",
    "Squares",
    "Statistic",
    "Sums",
    "Sweep",
    "Tallied",
    "Uncertainty",
    "Unions",
    "Units",
    "Values",
    "Variances",
    "alone",
    "cells_of",
    "clock",
    "codes_of",
    "combinations_of",
    "exactly",
    "in_base_codes",
    "in_pairs",
    "interviews_only",
    "names_of",
    "of_differences",
    "one_thread",
    "rows_of",
    "slopes_of",
    "stacked_mass",
    "stacked_stages",
    "summed",
    "units_of",
]
