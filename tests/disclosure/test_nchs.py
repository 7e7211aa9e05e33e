from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st
from scipy import special

import socialpoll as sp
from socialpoll.disclosure.nchs import _effective, _figures_of, _width
from socialpoll.errors import ReleaseError
from socialpoll.indicators.intervals import share_limits, student

LENIENT = {"minimum": 0, "minimum_df": 0}
# p, se, n, df; then limits and df-adjusted effective size, as `kg_nchs` (Ward 2019, Stata Journal
# 19) and `svyciprop(method = "beta")` of R survey 4.4-2 gave them for one sample of 922.
WORKED = [
    (0.507348258357226, 0.0192309892530454, 922, 921, 0.468954757876348, 0.545677337133621, 675.84),
    (0.507348258357226, 0.0167712595840644, 922, 56, 0.473233376535445, 0.541412207644769, 852.88),
    (0.471999767708621, 0.0348828290040279, 276, 56, 0.400786658613709, 0.544064683764286, 197.79),
    (0.501335861736522, 0.0438888962101757, 167, 52, 0.410824184861583, 0.5917831333426, 125.64),
]


def share(p, se, n, df=math.inf, kish=None, **others):
    return {
        "statistic": "share",
        "unit": "share",
        "base": "answered",
        "estimate": p,
        "se": se,
        "n_base": n,
        "df": df,
        "n_effective": float(n) if kish is None else kish,
        **others,
    }


def simple(p, n, df=None):
    """Return a share of a simple random sample of n."""
    return share(p, math.sqrt(p * (1 - p) / n), n, n - 1 if df is None else df)


def clopper_pearson(hits, n):
    low = special.betaincinv(hits, n - hits + 1, 0.025) if hits else 0.0
    high = special.betaincinv(hits + 1, n - hits, 0.975) if hits < n else 1.0
    return low, high


@pytest.mark.parametrize(("p", "se", "n", "df", "low", "high", "effective"), WORKED)
def test_the_interval_is_that_of_published_programs(p, se, n, df, low, high, effective):
    row = share(p, se, n, df)
    figures = _figures_of(row, p)
    limits = share_limits(figures, 0.95, "nchs")
    adjusted = (
        _effective(figures) * (student(np.array([n - 1.0]), 0.95) / student(figures.df, 0.95)) ** 2
    )

    assert (limits.low[0], limits.high[0]) == pytest.approx((low, high), abs=1e-7)
    assert adjusted[0] == pytest.approx(effective, abs=0.005)
    assert _width(figures) == pytest.approx(high - low, abs=1e-7)
    assert sp.Nchs2017()(row).verdict == "publish"


def test_a_share_of_one_has_the_limit_of_the_published_program():
    # Ward (2019), 10 units in 5 strata, 100 respondents: 0.9400 to 1, effective size 59.58.
    row = share(1.0, 0.0, 100, 5)

    assert _width(_figures_of(row, 1.0)) == pytest.approx(0.06, abs=5e-5)
    assert sp.Nchs2017()(row) == sp.Ruling("flag", ("review",))


@pytest.mark.parametrize(("hits", "n"), [(1, 40), (12, 40), (20, 41), (39, 40), (300, 1000)])
def test_of_a_simple_sample_the_interval_is_exact(hits, n):
    low, high = clopper_pearson(hits, n)

    assert _width(_figures_of(simple(hits / n, n), hits / n)) == pytest.approx(high - low)


def test_fewer_than_30_respondents_are_suppressed_however_narrow_the_interval():
    rule = sp.Nchs2017(max_width=1, max_relative_width=99)

    assert [rule(simple(0.5, n)).verdict for n in (29, 30)] == ["suppress", "publish"]


def test_fewer_than_30_effective_respondents_are_suppressed():
    rule = sp.Nchs2017(max_width=1, max_relative_width=99)
    of_29, of_30 = (share(0.5, math.sqrt(0.25 / n), 400, 399) for n in (29.9, 30.0))

    assert [rule(one).verdict for one in (of_29, of_30)] == ["suppress", "publish"]


def test_a_share_of_zero_has_the_effective_respondents_of_its_weights():
    rule = sp.Nchs2017(max_width=1)

    assert rule(share(0.0, 0.0, 400, 399, kish=29.9)).verdict == "suppress"
    assert rule(share(0.0, 0.0, 400, 399, kish=30.0)) == sp.Ruling("flag", ("review",))


def test_an_interval_as_wide_as_the_limit_is_suppressed_and_a_narrower_one_is_not():
    row = simple(0.5, 60)
    width = _width(_figures_of(row, 0.5))

    assert sp.Nchs2017(max_width=width)(row).verdict == "suppress"
    assert sp.Nchs2017(max_width=math.nextafter(width, 1))(row).verdict == "publish"


def test_an_interval_more_than_130_per_cent_of_its_share_is_suppressed_unless_it_is_narrow():
    row = simple(0.1, 100)
    width = _width(_figures_of(row, 0.1))
    relative = width / 0.1

    assert sp.Nchs2017(max_relative_width=relative * (1 + 1e-9))(row).verdict == "publish"
    assert sp.Nchs2017(max_relative_width=relative * (1 - 1e-9))(row).verdict == "suppress"
    assert sp.Nchs2017(max_relative_width=0.1, narrow=width)(row).footnotes == ()


def test_the_standard_has_the_limits_of_its_authors():
    # 0.30 and 130 %, from the exact interval of a simple sample.
    for hits, n in [(3, 100), (5, 100), (8, 100), (20, 40), (24, 48), (3, 400)]:
        low, high = clopper_pearson(hits, n)
        width = high - low
        refused = width >= 0.30 or (width > 0.05 and width / (hits / n) > 1.30)

        assert (sp.Nchs2017()(simple(hits / n, n)).verdict == "suppress") == refused, (hits, n)


@given(st.integers(30, 600), st.data())
def test_a_share_whose_complement_is_refused_for_its_size_says_so(n, data):
    hits = data.draw(st.integers(1, n - 1))
    rule = sp.Nchs2017()
    one, other = rule(simple(hits / n, n)), rule(simple((n - hits) / n, n))
    assume(one.verdict != "suppress")

    assert ("complement" in one.footnotes) == (other.verdict == "suppress")


@given(st.floats(0.01, 0.99), st.floats(0.005, 0.2), st.integers(30, 900), st.floats(1, 60))
def test_the_interval_of_the_complement_is_its_mirror(p, se, n, df):
    one, other = (_width(_figures_of(share(q, se, n, df), q)) for q in (p, 1 - p))

    assert one == pytest.approx(other, rel=1e-6)


def test_few_degrees_of_freedom_are_for_a_statistician_to_review():
    row = share(0.5, 0.02, 900, 7)

    assert sp.Nchs2017()(row) == sp.Ruling("flag", ("review",))
    assert sp.Nchs2017()({**row, "df": 8}) == sp.Ruling("publish")


@pytest.mark.parametrize("p", [0.0, 1.0, 1 - 1e-16, 1e-16])
def test_a_share_of_nobody_or_everybody_is_for_a_statistician_to_review(p):
    assert sp.Nchs2017()(share(p, 0.0, 900, 899)) == sp.Ruling("flag", ("review",))


@pytest.mark.parametrize("missing", [{"se": None}, {"df": None}, {"df": 0.5}])
def test_a_share_without_precision_is_flagged_where_there_are_respondents_enough(missing):
    rule = sp.Nchs2017()

    assert rule({**share(0.5, 0.02, 900, 40), **missing}) == sp.Ruling("flag", ("review",))
    assert rule({**share(0.5, 0.02, 29, 28), **missing}).verdict == "suppress"


@pytest.mark.parametrize("statistic", ["mean", "total", "ratio", "median", "circular_mean"])
def test_what_is_no_share_is_not_judged(statistic):
    assert sp.Nchs2017()(share(0.5, 9.0, 2, statistic=statistic)) == sp.Ruling("publish")


@given(st.integers(30, 400), st.integers(1, 29), st.integers(0, 300))
def test_more_respondents_of_the_same_share_are_never_judged_more_strictly(n, percent, more):
    order = ["suppress", "flag", "publish"]
    one, larger = (sp.Nchs2017(**LENIENT)(simple(percent / 100, size)) for size in (n, n + more))

    assert order.index(larger.verdict) >= order.index(one.verdict)


@pytest.mark.parametrize("limits", [{"minimum": -1}, {"narrow": 0.4}, {"minimum_df": -1}])
def test_limits_that_contradict_each_other_are_refused(limits):
    with pytest.raises(ReleaseError, match="contradict") as caught:
        sp.Nchs2017(**limits)

    assert str(next(iter(limits.values()))) in caught.value.found
