from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import PollFileError
from socialpoll.indicators import Compared
from socialpoll.indicators.adjusting import adjusted
from tests.poll.polls import changed, write_poll

OPT_IN = ('weight = "base"', 'weight = "base"\nsampling = "opt_in"')
EVERY = ('by = ["sex", "account", ["sex", "account"]]', 'by = ["sex", "account"]\ncompare = true')


def polled(tmp_path, table: str, *changes):
    text = f"{table}\n\n[publication]"
    return sp.Poll.load(write_poll(tmp_path, changed(("[publication]", text), *changes)))


def problems(tmp_path, table: str, *changes) -> dict[str, object]:
    with pytest.raises(PollFileError) as caught:
        polled(tmp_path, table, *changes)
    return {one.where.removeprefix("poll.toml, "): one for one in caught.value.problems}


def comparisons(poll) -> pd.DataFrame:
    return pd.concat([one.comparisons for one in poll.estimates()], ignore_index=True)


def test_without_the_table_groups_are_compared_in_pairs(poll_file):
    poll = sp.Poll.load(poll_file)
    (first, *_) = poll.estimates()

    assert poll.comparisons == Compared()
    pd.testing.assert_frame_equal(first.comparisons, sp.compare(first).comparisons)


def test_the_table_says_how_to_compare(tmp_path):
    poll = polled(
        tmp_path,
        '[comparisons]\nagainst = "rest"\nadjust = "bh"\nfamily = "question"\nminimum_base = 10',
    )

    assert poll.comparisons == Compared(
        against="rest", adjust="bh", family="question", minimum_base=10
    )
    assert set(comparisons(poll)["domain_b"]) == {"_R"}


@pytest.mark.parametrize("family", ["breakdown", "table"])
def test_a_family_reaches_over_indicators_that_are_estimated_apart(tmp_path, family):
    """Both are compared, with the figures of others between them in the file."""
    table = f'[comparisons]\nadjust = "bonferroni"\nfamily = "{family}"\nminimum_base = 1'
    poll = polled(tmp_path, table, EVERY)
    assert len(poll.estimates()) == 3

    found = comparisons(poll)

    keys = found["breakdown"] if family == "breakdown" else pd.Series("all", found.index)
    count = keys.groupby(keys).transform("size")
    np.testing.assert_allclose(found["p_adjusted"], np.minimum(found["p"] * count, 1))
    assert count.max() > found.groupby("indicator").size().max() or family == "breakdown"


def test_a_family_of_a_row_stays_within_its_indicator(tmp_path):
    poll = polled(tmp_path, "[comparisons]\nminimum_base = 1", EVERY)

    for estimates in poll.estimates():
        found = estimates.comparisons
        rows = ["indicator", "category", "breakdown"]
        family = found.groupby(rows).ngroup().to_numpy(np.intp)
        expected = adjusted(found["p"].to_numpy(), "holm", family)
        np.testing.assert_allclose(found["p_adjusted"], expected)


def test_the_manifest_tells_how_figures_were_compared(tmp_path):
    run = polled(tmp_path, '[comparisons]\nagainst = "total"').run(tmp_path / "out")

    assert run.manifest["comparisons"] == {
        "against": "total",
        "adjust": None,
        "family": "row",
        "method": "linearised",
        "minimum_base": 30,
    }


def test_a_manifest_of_a_poll_that_compares_nothing_says_so(tmp_path):
    poll = polled(tmp_path, "", ("compare = true", "compare = false"))

    assert poll.run(tmp_path / "out").manifest["comparisons"] is None


@pytest.mark.parametrize(
    ("table", "where"),
    [
        ('against = "others"', "comparisons.against"),
        ('adjust = "fdr"', "comparisons.adjust"),
        ('family = "all"', "comparisons.family"),
        ('method = "t"', "comparisons.method"),
        ("minimum_base = 0", "comparisons.minimum_base"),
        ('agianst = "rest"', "comparisons.agianst"),
        ('method = "effective-base"\nagainst = "total"', "comparisons.against"),
    ],
)
def test_a_mistake_in_the_table_is_told_with_its_place(tmp_path, table, where):
    assert list(problems(tmp_path, f"[comparisons]\n{table}")) == [where]


@pytest.mark.parametrize("against", ["waves", "previous"])
def test_waves_are_not_compared_where_there_is_only_one(tmp_path, against):
    found = problems(tmp_path, f'[comparisons]\nagainst = "{against}"')

    assert found["comparisons.against"].what == "there is only one wave"


def test_a_table_for_comparisons_that_nobody_asks_for_is_refused(tmp_path):
    found = problems(tmp_path, "[comparisons]", ("compare = true", "compare = false"))

    assert "compare = true" in found["comparisons"].advice


def test_comparisons_of_people_who_chose_themselves_are_refused_before_anything_is_made(tmp_path):
    ((where, problem),) = problems(tmp_path, "", OPT_IN).items()

    assert where == "indicators[1].compare"
    assert "not drawn at random" in problem.what
    assert 'opt_in = "model"' in problem.advice


def test_a_model_lets_them_be_compared(tmp_path):
    poll = polled(
        tmp_path, '[precision]\nopt_in = "model"\n[comparisons]\nminimum_base = 1', OPT_IN
    )

    assert len(comparisons(poll)) > 0
