"""Data and script for R: run where R is, the figures are the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import EstimationError
from tests.indicators.polls import CLUSTERED, ELEMENTS, TWO_STAGES, bound

RSCRIPT = shutil.which("Rscript")
HALVES = {"m": 0.5, "f": 0.5}
AREA = {"x": 500.0, "y": 300.0, "z": 200.0}
INDICATORS = [
    "trust",
    "apps",
    "hours",
    sp.Total("area"),
    sp.Ratio("hours", "rooms"),
    sp.Share("apps", of="responses"),
    sp.Reach("apps", (("a", "b"), ("b", "c"))),
    sp.Reach("apps", (("a",), ("b", "c")), time="hours"),
]
SOURCES = {
    "base weights": lambda: bound(4, ELEMENTS),
    "one stage": lambda: bound(4, CLUSTERED),
    "two stages": lambda: bound(5, TWO_STAGES),
    "raked": lambda: sp.rake(bound(4), {"sex": HALVES, "area": AREA}),
    "post-stratified": lambda: sp.poststratify(bound(4, TWO_STAGES), "area", AREA),
    "waves": lambda: sp.stack({"a": sp.poststratify(bound(4), "area", AREA), "b": bound(5)}),
}


def has(package: str) -> bool:
    command = [str(RSCRIPT), "-e", f"library({package})"]
    return RSCRIPT is not None and not subprocess.run(command, capture_output=True).returncode  # noqa: PLW1510


@pytest.mark.parametrize("name", SOURCES)
def test_r_survey_makes_the_same_figures(name, tmp_path: Path):
    if not has("survey"):
        pytest.skip("R with its package survey is not on this machine")
    if name == "raked" and not has("MASS"):
        pytest.skip("R's calibrate(calfun = 'raking') needs its package MASS, which is not here")
    estimates = sp.estimate(SOURCES[name](), INDICATORS, by=["sex", "apps"])
    _, script = estimates.to_r(tmp_path)
    subprocess.run([str(RSCRIPT), script.name], cwd=tmp_path, check=True, capture_output=True)
    theirs = pd.read_csv(tmp_path / "estimates_r.csv").set_index("row")
    ours = estimates.frame.loc[theirs.index]
    known = ours["se"].notna()
    assert known.sum() > 30
    assert ours["estimate"].tolist() == pytest.approx(theirs["estimate"].tolist(), rel=1e-6)
    assert ours["se"][known].tolist() == pytest.approx(
        theirs["se"][known].tolist(), rel=1e-6, abs=1e-6
    )


def test_the_script_says_which_row_is_which_figure(tmp_path: Path):
    data, script = sp.estimate(bound(1), "hours", by="sex").to_r(tmp_path / "new")
    assert len(pd.read_csv(data)) == 60
    assert "# row 1: hours, hours, mean, hours, sex, m" in script.read_text(encoding="utf-8")


def test_a_design_that_r_does_not_have_is_refused(tmp_path: Path):
    mixed = sp.estimate(sp.stack({"a": bound(1), "b": bound(2, ELEMENTS)}), "hours")
    with pytest.raises(EstimationError, match="no such design"):
        mixed.to_r(tmp_path)
    assert not list(tmp_path.iterdir())
