"""Replicates as R `survey` makes them: their weights, factors, and what they estimate."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from socialpoll.totals import Units
from socialpoll.weighting.replicating.copies import copies_of
from socialpoll.weighting.replicating.replicated import variance
from socialpoll.weighting.replicating.replication import Jackknife
from socialpoll.weighting.replicating.supplied import GivenReplicates
from tests.golden.designs import bound
from tests.golden.folder import Folder

CASES = Path(__file__).parents[2] / "golden" / "cases"
FOLDER = Folder(CASES)
JACKKNIVES = ("jk1_clus1", "jkn_strat", "jkn_poll", "jkn_pollf", "jk1m_clus")


def method_of(name):
    if name in JACKKNIVES:
        return Jackknife(mse=FOLDER.designs[name]["mse"])
    design = FOLDER.designs[name]
    weights = written(name).iloc[:, 1:]
    return GivenReplicates(weights, design["scale"], design["rscales"], mse=design["mse"])


def written(name):
    return pd.read_csv(CASES / "results" / f"repweights_{name}.csv")


@cache
def replicated(name):
    """Return the frame, the base weights, the copies, and the copies of cases."""
    translated = bound(FOLDER, FOLDER.designs[FOLDER.designs[name]["base"]], {})
    responses = translated.responses()
    base = responses.base_weight
    units = Units.of(responses.stages, responses.design.lonely, responses.strata_labels)
    copies = copies_of(method_of(name), units, base=base)
    rows = copies.rows(0, copies.replicates, units.cluster[units.of_row])
    return translated.data.frame, base, copies, rows


def sorted_columns(weights, *below):
    table = np.vstack([weights, *below])
    return table[:, np.lexsort(np.round(weights, 6))]


@pytest.mark.parametrize("name", ["jk1_clus1", "jkn_poll"])
def test_the_weights_of_the_replicates_are_those_of_r(name):
    _, base, copies, rows = replicated(name)
    weights = written(name)

    found = sorted_columns(rows * base[:, None], copies.rscales)
    expected = sorted_columns(weights.iloc[:, 1:].to_numpy(), FOLDER.designs[name]["rscales"])

    assert base == pytest.approx(weights["base_w"].to_numpy(), rel=1e-12)
    assert found == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("name", JACKKNIVES)
def test_the_factors_of_the_squared_deviations_are_those_of_r(name):
    _, _, copies, _ = replicated(name)
    design = FOLDER.designs[name]

    assert copies.scale == pytest.approx(design["scale"], rel=1e-12)
    assert np.sort(copies.rscales) == pytest.approx(np.sort(design["rscales"]), rel=1e-12)
    assert copies.replicates == design["nrep"]


def standard_errors(name, numerators, denominator=None):
    """Of totals, or of ratios where there is a denominator."""
    frame, base, copies, rows = replicated(name)
    frame = frame.assign(one=1.0)
    weights = np.column_stack([base, base[:, None] * rows])
    totals = weights.T @ frame[numerators].to_numpy(dtype=float)
    if denominator is not None:
        totals /= weights.T @ frame[[denominator]].to_numpy(dtype=float)
    return np.sqrt(np.diag(variance(totals[1:], totals[0], copies)))


@pytest.mark.parametrize(
    ("name", "numerators", "denominator", "expected"),
    [
        ("jk1_clus1", ["api00", "meals"], "one", [26.3293605895276, 7.0099290106442]),
        ("jk1_clus1", ["enroll"], None, [932235.027041214]),
        ("jkn_strat", ["api00"], "one", [9.4089408027845]),
        ("jkn_poll", ["turnout", "income"], "one", [0.023285072067086, 1321.46416089145]),
        ("jkn_pollf", ["turnout", "income"], "one", [0.0207655496061031, 1174.93745753917]),
        ("jkn_pollf", ["turnout"], None, [2009.87466826736]),
        ("jk1m_clus", ["api00"], "api99", [0.00643887819454988]),
        ("boot_poll", ["turnout", "income"], "one", [0.0238302557559177, 1190.47173600707]),
        ("boot_poll", ["income"], "hhsize", [397.497190297471]),
        ("cd_clus", ["api00"], "one", [24.541948747977]),
    ],
)
def test_standard_errors_are_those_of_r(name, numerators, denominator, expected):
    found = standard_errors(name, numerators, denominator)

    assert found == pytest.approx(expected, rel=1e-8)
