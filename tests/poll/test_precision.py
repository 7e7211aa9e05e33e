from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import PollFileError
from tests.poll.polls import changed, write_poll

OPT_IN = ('weight = "base"', 'weight = "base"\nsampling = "opt_in"')
UNTESTED = ("compare = true\n", "")


def figures(folder, *tables: str, opt_in: bool = False):
    design = [OPT_IN, UNTESTED] if opt_in else []
    stated = ("[[weighting.steps]]", "\n".join(["[precision]", *tables, "", "[[weighting.steps]]"]))
    poll = sp.Poll.load(write_poll(folder, changed(*design, *([stated] if tables else []))))
    return poll.estimates()[0].frame


def test_a_level_of_the_poll_file_is_that_of_its_intervals(tmp_path):
    usual, wider = figures(tmp_path / "a"), figures(tmp_path / "b", "level = 0.99")

    assert set(usual["ci_level"]) == {0.95}
    assert set(wider["ci_level"]) == {0.99}
    assert (wider["ci_low"] < usual["ci_low"]).all()


def test_an_opt_in_sample_has_no_precision_unless_the_poll_file_asks_for_that_of_a_model(tmp_path):
    without = figures(tmp_path / "a", opt_in=True)
    by_model = figures(tmp_path / "b", 'opt_in = "model"', opt_in=True)

    assert without[["se", "ci_low", "ci_high", "moe"]].isna().all(axis=None)
    assert by_model["se"].notna().all()
    assert by_model["caveat"].str.contains("model-based").all()


def test_every_mistake_in_the_precision_is_told(tmp_path):
    wrong = (
        '[precision]\nlevel = 95\ndf = 0\ninterval = "exact"\nopt_in = true\n\n[[weighting.steps]]'
    )

    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(write_poll(tmp_path, changed(("[[weighting.steps]]", wrong))))

    places = {one.where.partition("precision.")[2].split("[")[0] for one in caught.value.problems}
    assert places == {"level", "df", "interval", "opt_in"}
