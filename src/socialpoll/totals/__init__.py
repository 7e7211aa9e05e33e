"""Sums over rows and sampling units, and their covariance: the only reader of columns."""

from socialpoll.totals.basis import (
    Base,
    Basis,
    Categories,
    Measure,
    Options,
    Present,
    Products,
    Values,
)
from socialpoll.totals.cells import Cells, cells_of, summed
from socialpoll.totals.domains import codes_of
from socialpoll.totals.entries import in_base_codes
from socialpoll.totals.mass import INTERVIEWED, CellStep, Convention, Mass
from socialpoll.totals.protocol import Engine, Moment
from socialpoll.totals.rows import Rows
from socialpoll.totals.scores import FIXED, Linearisation, Variances
from socialpoll.totals.statistic import Ratios, Shares, Statistic, Sums
from socialpoll.totals.sweep import Sweep
from socialpoll.totals.units import Level, Units

__all__ = [
    "FIXED",
    "INTERVIEWED",
    "Base",
    "Basis",
    "Categories",
    "CellStep",
    "Cells",
    "Convention",
    "Engine",
    "Level",
    "Linearisation",
    "Mass",
    "Measure",
    "Moment",
    "Options",
    "Present",
    "Products",
    "Ratios",
    "Rows",
    "Shares",
    "Statistic",
    "Sums",
    "Sweep",
    "Units",
    "Values",
    "Variances",
    "cells_of",
    "codes_of",
    "in_base_codes",
    "summed",
]
