"""Times of day on the circle: closed forms, invariances, and what cannot be known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import EstimationError, UnknownNameError
from tests.indicators.polls import (
    CLUSTERED,
    ELEMENTS,
    answers,
    bands,
    bound,
    questionnaire,
)

MEAN, LENGTH = sp.CircularMean("online"), sp.Concentration("online")
TURN = 1440 / (2 * np.pi)
UNSETTLED = "no preferred time established"
PRECISION = ["estimate", "se", "df", "deff", "moe"]
SEX = {"m": 900.0, "f": 1100.0}


def written(minutes) -> list[str]:
    return [f"{int(one) // 60 % 24:02}:{int(one) % 60:02}" for one in minutes]


def polled(times, weight=None, sex=None, sampling="probability") -> sp.Responses:
    """Return a simple random sample of times; the sexes take turns where nothing else is said."""
    size = len(times)
    data = pd.DataFrame(
        {
            "online": list(times),
            "weight": np.ones(size) if weight is None else weight,
            "sex": np.resize(["m", "f"], size) if sex is None else sex,
        }
    )
    asked = sp.Questionnaire(
        title={"und": "times"},
        questions=(
            questionnaire()["sex"],
            sp.TimeOfDay(name="online", text={"und": "online"}, bands=bands()),
        ),
    )
    return sp.bind(data, asked, sp.SampleDesign(weight="weight", sampling=sampling))


def only(responses, indicator, **options) -> pd.Series:
    return sp.estimate(responses, indicator, **options).frame.iloc[0]


def sorted_out(frame: pd.DataFrame, *names: str) -> pd.DataFrame:
    return frame[list(names)].reset_index(drop=True)


# Closed forms


def test_two_times_as_far_from_midnight_have_midnight_as_their_mean():
    found = only(polled(["21:00", "03:00"] * 20), MEAN)

    # Angles of -45 and 45 degrees: R̄² = 1/2 and mean sin² = 1/2, so v = 1 / (n - 1) radians².
    assert min(found["estimate"], 1440 - found["estimate"]) == pytest.approx(0, abs=1e-9)
    assert found["se"] == pytest.approx(TURN / np.sqrt(39))
    assert found["deff"] == pytest.approx(1)
    half = np.arcsin(2.0226909 / np.sqrt(39)) * TURN  # t of 39 degrees of freedom
    assert (found["ci_low"], found["ci_high"]) == pytest.approx((1440 - half, half))
    assert (found["ci_method"], found["caveat"]) == ("arc", "interval crosses midnight")
    assert found["moe"] == pytest.approx(2.0226909 * found["se"])
    assert np.isnan(found["cv"])


def test_times_that_oppose_each_other_shorten_the_mean_vector():
    found = only(polled(["06:00", "06:00", "06:00", "18:00"] * 25), LENGTH)

    # cos is 1 for three quarters and -1 for the others: R̄ = 1/2, S² = 1 - 1/4.
    assert found["estimate"] == pytest.approx(0.5)
    assert found["se"] == pytest.approx(np.sqrt(0.75 / 99))
    margin = 1.9842169 * found["se"] / 0.75
    limits = np.tanh(np.arctanh(0.5) + np.array([-margin, margin]))
    assert (found["ci_low"], found["ci_high"]) == pytest.approx(tuple(limits))
    assert (found["ci_method"], found["caveat"]) == ("artanh", "")
    assert found["cv"] == pytest.approx(found["se"] / 0.5)


def test_rows_say_what_they_are():
    frame = sp.estimate(bound(1), [MEAN, LENGTH]).frame
    keys = ["indicator", "question", "item", "category", "statistic", "unit", "base"]

    assert frame[keys].to_numpy().tolist() == [
        [
            "online_circular_mean",
            "online",
            "_Z",
            "_Z",
            "circular_mean",
            "minutes after midnight",
            "answered",
        ],
        ["online_concentration", "online", "_Z", "_Z", "concentration", "_Z", "answered"],
    ]
    assert frame["n_category"].isna().all()
    gave_one = answers(1)["online"].str.contains(":")
    interviewed = answers(1)["disposition"] == "in"
    assert frame["n_base"].tolist() == [(gave_one & interviewed).sum()] * 2


# Two ways that must agree


@pytest.mark.parametrize("raked", [False, True], ids=["base weights", "raked"])
def test_mean_and_length_are_functions_of_mean_cosine_and_mean_sine(raked):
    data, asked = answers(5, 120), questionnaire()
    hours = pd.to_timedelta(data["online"].where(data["online"].str.contains(":")) + ":00")
    angle = hours.dt.total_seconds() / 86400 * 2 * np.pi
    data["cosine"], data["sine"] = np.cos(angle), np.sin(angle)
    numbers = tuple(
        sp.Number(name=name, text={"und": name}, unit={"en": "1"}) for name in ("cosine", "sine")
    )
    responses = sp.bind(
        data,
        sp.Questionnaire(title={"und": "t"}, questions=(*asked.questions, *numbers)),
        CLUSTERED,
    )
    source = sp.rake(responses, {"sex": SEX}) if raked else responses
    wanted = [sp.Mean("cosine"), sp.Mean("sine"), MEAN, LENGTH]
    estimates = sp.estimate(source, wanted, by="area")
    frame = estimates.frame

    for domain in frame["domain"].unique():
        rows = frame.index[frame["domain"] == domain].tolist()
        mean = estimates.function(lambda b: float(np.arctan2(b[1], b[0]) * TURN), rows[:2])
        length = estimates.function(lambda b: float(np.hypot(*b)), rows[:2])
        assert mean.estimate % 1440 == pytest.approx(frame["estimate"][rows[2]])
        assert mean.se == pytest.approx(frame["se"][rows[2]], rel=1e-6)
        assert length.estimate == pytest.approx(frame["estimate"][rows[3]])
        assert length.se == pytest.approx(frame["se"][rows[3]], rel=1e-6)
        joint = estimates.covariance(rows)
        assert joint[2, 2] == pytest.approx(frame["se"][rows[2]] ** 2)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), minutes=st.integers(1, 1439))
def test_later_answers_turn_the_mean_and_leave_its_precision(seed, minutes):
    data = answers(seed, 90)
    timed = data["online"].str.contains(":")
    later = data.copy()
    clock = data.loc[timed, "online"].str.split(":", expand=True).astype(int)
    later.loc[timed, "online"] = written(clock[0] * 60 + clock[1] + minutes)
    first, second = (
        sp.estimate(sp.bind(one, questionnaire(), CLUSTERED), [MEAN, LENGTH], by="sex").frame
        for one in (data, later)
    )
    times = first["statistic"] == "circular_mean"
    for name in ("estimate", "ci_low", "ci_high"):
        turned = (second[name] - first[name])[times].to_numpy(dtype=float)
        known = np.isfinite(turned)
        apart = (turned[known] - minutes + 720) % 1440 - 720
        assert np.abs(apart).max(initial=0) < 1e-7
        assert np.allclose(
            first[name][~times].to_numpy(float),
            second[name][~times].to_numpy(float),
            equal_nan=True,
        )
    assert np.allclose(first["se"], second["se"], rtol=1e-8, equal_nan=True)
    assert np.allclose(first["deff"], second["deff"], rtol=1e-7, equal_nan=True)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_neither_the_order_of_rows_nor_the_scale_of_weights_changes_a_figure(seed):
    data = answers(seed)
    shuffled = data.sample(frac=1, random_state=seed).assign(weight=lambda one: one["weight"] * 7e4)
    windows = sp.Windows("online", (("21:00", "02:00"), ("00:00", "06:00")))
    first, second = (
        sp.estimate(sp.bind(one, questionnaire(), CLUSTERED), [MEAN, LENGTH, windows], by="sex")
        for one in (data, shuffled)
    )
    columns = [*PRECISION, "ci_low", "ci_high", "caveat"]
    pd.testing.assert_frame_equal(first.frame[columns], second.frame[columns], rtol=1e-7, atol=1e-9)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_domain_is_the_condition_that_says_who_is_in_it(seed):
    responses = bound(seed)
    indicators = [MEAN, LENGTH, sp.Windows("online", ("21:00", "02:00"))]
    by_domain = sp.estimate(responses, indicators, by="sex").frame
    domain = by_domain[by_domain["domain"] == "f"]
    other = sp.estimate(responses, indicators, where=sp.Is("sex", "f")).frame
    columns = [*PRECISION, "ci_low", "ci_high", "n_base"]
    pd.testing.assert_frame_equal(
        sorted_out(domain, *columns), sorted_out(other, *columns), rtol=1e-12
    )


@pytest.mark.parametrize("indicator", [MEAN, LENGTH], ids=["mean", "concentration"])
def test_replicates_go_round_midnight_and_agree_with_linearisation(indicator):
    random = np.random.default_rng(6)
    off = random.integers(-90, 91, 80)
    night, noon = (
        only(sp.replicate(polled(written((about + off) % 1440)), sp.Jackknife()), indicator)
        for about in (0, 720)
    )
    linear = only(polled(written(off % 1440)), indicator)

    assert night["estimate"] == pytest.approx(linear["estimate"])
    assert night["se"] == pytest.approx(noon["se"], rel=1e-9)
    assert night["se"] == pytest.approx(linear["se"], rel=0.02)
    assert (night["caveat"], noon["caveat"]) == (linear["caveat"], "")


# Windows


def test_the_share_of_a_window_is_that_of_the_band_it_covers():
    covered = tuple((one.start, one.end) for one in bands())
    windows = sp.Windows("online", covered)
    estimates = sp.estimate(bound(4, size=120), [sp.Share("online"), windows], by=["sex", "area"])
    frame = estimates.frame
    band, window = (frame[frame["indicator"] == one] for one in ("online", "online_windows"))
    columns = [*PRECISION, "ci_low", "ci_high", "ci_method", "n_base", "n_category", "caveat", "cv"]

    pd.testing.assert_frame_equal(
        sorted_out(band, *columns), sorted_out(window, *columns), rtol=1e-10
    )
    assert window["item"].tolist() == band["category"].tolist()
    assert set(window["statistic"]) == set(window["unit"]) == {"share"}


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), start=st.integers(0, 1439), length=st.integers(1, 1439))
def test_a_window_and_the_rest_of_the_day_are_everybody_who_gave_a_time(seed, start, length):
    one, other = written([start, start + length])
    windows = sp.Windows("online", ((one, other), (other, one), ("00:00", "24:00")))
    estimates = sp.estimate(bound(seed), windows)
    window, rest, day, unsure = estimates.frame["estimate"]

    assert window + rest == pytest.approx(day)
    assert day + unsure == pytest.approx(1)
    assert estimates.contrast({0: 1.0, 1: 1.0, 2: -1.0}).se == 0


def test_windows_may_cross_midnight_and_begin_and_end_to_the_minute():
    times = ["21:59", "22:00", "23:59", "00:00", "01:59", "02:00"]
    windows = sp.Windows("online", (("22:00", "02:00"), ("22:00", "24:00"), ("00:00", "02:00")))
    frame = sp.estimate(polled(times), windows).frame

    assert frame["item"].tolist() == ["22:00-02:00", "22:00-24:00", "00:00-02:00"]
    assert frame["n_category"].tolist() == [4, 2, 2]


def test_the_base_asked_puts_who_gave_no_time_into_no_window():
    answered, asked = (
        sp.estimate(bound(2), sp.Windows("online", ("21:00", "02:00"), base)).frame.iloc[0]
        for base in ("answered", "asked")
    )

    assert asked["n_category"] == answered["n_category"]
    assert asked["n_base"] > answered["n_base"]
    assert asked["estimate"] < answered["estimate"]


@pytest.mark.parametrize(
    ("between", "found"),
    [
        (("21:00", "25:00"), "('21:00', '25:00')"),
        (("21:00", "21:00"), "('21:00', '21:00')"),
        (("24:00", "00:00"), "('24:00', '00:00')"),
        (("21:00:30", "22:00"), "('21:00:30', '22:00')"),
        ((("21:00", "22:00"), ("nine", "ten")), "('nine', 'ten')"),
        ((("21:00", "00:00"), ("21:00", "24:00")), "21:00-24:00 twice"),
        ((("01:00", "02:00", "03:00"),), "('01:00', '02:00', '03:00')"),
        ((), "()"),
        (21, "21"),
        ("21:00", "'21:00'"),
    ],
)
def test_what_is_no_window_is_refused_with_what_was_found(between, found):
    with pytest.raises(EstimationError, match="which windows") as caught:
        sp.Windows("online", between)

    assert caught.value.found == found
    assert caught.value.where == "Windows.between"
    assert "02:00 of the next day" in caught.value.allowed


def test_the_base_of_windows_is_answered_or_asked():
    with pytest.raises(EstimationError, match="base") as caught:
        sp.Windows("online", ("21:00", "02:00"), "all")

    assert (caught.value.found, caught.value.allowed) == ("'all'", "answered, asked")


@pytest.mark.parametrize(
    ("question", "kind"),
    [("hours", "a number"), ("apps", "a multiple-response question"), ("sex", "categories")],
)
@pytest.mark.parametrize("make", [sp.CircularMean, sp.Concentration, None])
def test_only_a_time_of_day_has_a_place_on_the_clock(question, kind, make):
    wanted = sp.Windows(question, ("21:00", "02:00")) if make is None else make(question)
    with pytest.raises(EstimationError, match="time of day") as caught:
        sp.estimate(bound(1), wanted)

    assert caught.value.where == question
    assert kind in caught.value.found
    assert "time_of_day" in caught.value.allowed


def test_an_unknown_question_is_told_with_the_nearest():
    with pytest.raises(UnknownNameError) as caught:
        sp.estimate(bound(1), sp.CircularMean("onlin"))

    assert "online" in caught.value.allowed


# What cannot be known


def test_times_that_cancel_out_have_no_mean_and_no_concentration():
    frame = sp.estimate(polled(["03:20", "15:20"] * 10), [MEAN, LENGTH]).frame

    assert np.isnan(frame["estimate"][0])
    assert frame["estimate"][1] == 0
    assert frame[["se", "ci_low", "ci_high"]].isna().all(axis=None)
    assert frame["caveat"].tolist() == [UNSETTLED] * 2


@pytest.mark.parametrize("time", ["00:00", "00:01", "13:37", "23:59"])
def test_one_time_of_all_has_full_concentration_and_no_interval(time):
    weight = np.linspace(0.3, 17, 23)
    frame = sp.estimate(polled([time] * 23, weight), [MEAN, LENGTH]).frame
    hours, minutes = map(int, time.split(":"))

    assert frame["estimate"].to_numpy() == pytest.approx([60 * hours + minutes, 1])
    assert frame["se"].tolist() == [0, 0]
    assert frame[["ci_low", "ci_high", "deff"]].isna().all(axis=None)
    assert frame["caveat"].tolist() == ["no variation"] * 2


def test_one_respondent_has_a_time_without_precision_and_nobody_has_none():
    sex = ["m"] * 9 + ["f"]
    data = polled(written(range(1200, 1300, 10)), sex=sex)
    alone = sp.estimate(data, [MEAN, LENGTH], by="sex").frame.set_index("domain").loc["f"]
    nobody = sp.estimate(data, [MEAN, LENGTH], where=sp.Is("online", "02:00-09:00")).frame

    assert alone["estimate"].to_numpy() == pytest.approx([1290, 1])
    assert alone[["se", "ci_low", "ci_high"]].isna().all(axis=None)
    assert alone["caveat"].str.startswith("one case").all()
    assert nobody[["estimate", "se", "ci_low", "ci_high"]].isna().all(axis=None)
    assert nobody["caveat"].str.startswith("empty base").all()


def test_times_over_the_whole_day_have_a_mean_without_an_interval():
    frame = sp.estimate(polled(written([*range(0, 1440, 30), 600])), [MEAN, LENGTH]).frame
    mean, length = frame.iloc[0], frame.iloc[1]

    assert mean["estimate"] == pytest.approx(600)
    assert np.isnan([mean["se"], mean["ci_low"], mean["ci_high"], mean["moe"]]).all()
    assert length["estimate"] == pytest.approx(1 / 49)
    assert length["ci_low"] == 0
    assert 0 < length["ci_high"] < 1
    assert frame["caveat"].tolist() == [UNSETTLED] * 2


def test_an_opt_in_sample_has_mean_times_without_precision():
    frame = sp.estimate(polled(["21:00", "23:00"] * 9, sampling="opt_in"), [MEAN, LENGTH]).frame

    assert frame["estimate"][0] == pytest.approx(1320)
    assert frame[["se", "ci_low", "ci_high"]].isna().all(axis=None)
    assert frame["caveat"].tolist() == ["opt-in sample"] * 2


def test_weights_that_fix_the_times_fix_their_mean():
    weights = sp.poststratify(
        polled(["06:00", "06:00", "12:00", "20:00"] * 6),
        "online",
        {"02:00-09:00": 5.0, "09:00-17:00": 3.0, "17:00-22:00": 2.0, "22:00-02:00": 0.0},
    )
    frame = sp.estimate(weights, [MEAN, LENGTH]).frame

    assert frame["se"].tolist() == [0, 0]
    assert frame[["ci_low", "ci_high"]].isna().all(axis=None)
    assert frame["caveat"].tolist() == ["fixed by weighting"] * 2


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(12, 40))
def test_no_figure_lacks_precision_without_a_caveat_and_no_interval_has_no_width(seed, size):
    data = answers(seed, size)
    frame = sp.estimate(
        sp.bind(data, questionnaire(), ELEMENTS), [MEAN, LENGTH], by=["area", ("sex", "area")]
    ).frame
    without = frame[["estimate", "se", "ci_low", "ci_high"]].isna().any(axis=1)
    assert (frame[without]["caveat"] != "").all()
    times = frame["statistic"] == "circular_mean"
    low, high = (frame[one].to_numpy(float) for one in ("ci_low", "ci_high"))
    width = np.where(times, (high - low) % 1440, high - low)
    assert (width[~np.isnan(width)] > 0).all()
    known = frame[times & frame["ci_low"].notna()]
    to_low, to_high = known["estimate"] - known["ci_low"], known["ci_high"] - known["estimate"]
    assert np.allclose(to_low % 1440, to_high % 1440)
    assert ((low[times] >= 0) | np.isnan(low[times])).all()
    assert ((high[times] < 1440) | np.isnan(high[times])).all()
    assert ((low[~times] >= 0) | np.isnan(low[~times])).all()
    assert ((high[~times] <= 1) | np.isnan(high[~times])).all()


def test_evenly_spread_times_seldom_pass_for_preferred_ones():
    random = np.random.default_rng(1)
    runs = 200
    established = sum(
        only(polled(written(random.integers(0, 1440, 60))), LENGTH)["caveat"] == ""
        for _ in range(runs)
    )

    # One in twenty, give or take three standard errors.
    assert 0.004 * runs < established < 0.096 * runs


def test_intervals_hold_the_mean_and_the_concentration_about_as_often_as_they_say():
    random = np.random.default_rng(2)
    runs, kappa = 200, 2.0
    length = 0.6977746579640078  # I₁(2) / I₀(2)
    held = np.zeros(2)
    for _ in range(runs):
        angles = random.vonmises(np.pi / 8, kappa, 80)
        frame = sp.estimate(polled(written(angles * TURN % 1440)), [MEAN, LENGTH]).frame
        low, high = frame["ci_low"], frame["ci_high"]
        # Times are cut off to the minute, so their mean is half a minute earlier.
        held[0] += (89.5 - low[0]) % 1440 <= (high[0] - low[0]) % 1440
        held[1] += low[1] <= length <= high[1]

    assert (held / runs > 0.90).all()
    assert (held / runs < 0.996).all()


# Differences


def late_and_early() -> sp.Responses:
    """Return women who are online two hours after men, across midnight."""
    random = np.random.default_rng(3)
    sex = np.resize(["m", "f"], 80)
    about = np.where(sex == "m", 1380, 1500) + random.integers(-60, 61, 80)
    return polled(written(about % 1440), sex=sex)


def test_times_differ_by_the_shorter_way_round_the_clock():
    estimates = sp.compare(sp.estimate(late_and_early(), MEAN, by="sex"))
    found = estimates.comparisons.iloc[0]
    men, women = (estimates.frame["estimate"][place] for place in (1, 2))

    assert men > 1320
    assert women < 120
    assert (found["domain_a"], found["domain_b"]) == ("m", "f")
    assert found["difference"] == pytest.approx(men - women - 1440)
    assert -150 < found["difference"] < -90
    assert found["ci_low"] < found["difference"] < found["ci_high"] < 0
    assert found["p"] < 1e-6
    contrast = estimates.contrast({1: 1, 2: -1})
    assert (contrast.estimate, contrast.se) == pytest.approx((found["difference"], found["se"]))
    assert estimates.contrast({2: -0.5, 1: 0.5}).estimate == pytest.approx(contrast.estimate / 2)


def test_times_have_no_sum_and_a_lone_time_is_no_contrast():
    estimates = sp.estimate(late_and_early(), [MEAN, LENGTH], by="sex")
    for coefficients in ({1: 1.0}, {1: 0.5, 2: 0.5}, {1: 1.0, 2: -0.5, 4: 1.0}):
        with pytest.raises(EstimationError, match="no sums") as caught:
            estimates.contrast(coefficients)
        assert "sum to 0" in caught.value.allowed
    assert estimates.contrast({4: 0.5, 5: 0.5}).estimate == pytest.approx(
        estimates.frame["estimate"][4:6].mean()
    )


def test_a_difference_of_differences_does_not_depend_on_where_the_day_begins():
    sex = np.resize(["m", "f"], 120)
    about = np.where(sex == "m", 1300, 1500)
    about[60:] += np.where(sex[60:] == "m", 0, 90)
    where = np.repeat(["2020", "2021"], 60)
    found = []
    for turn in (0, 200, 777):
        times = np.array(written((about + turn) % 1440))
        stacked = sp.stack(
            {one: polled(times[where == one], sex=sex[where == one]) for one in where}
        )
        estimates = sp.estimate(stacked, MEAN, by="sex")
        place = estimates.frame.reset_index().set_index(["wave", "domain"])["index"]
        men, women = place[:, "m"], place[:, "f"]
        found.append(
            estimates.contrast(
                {women["2021"]: 1.0, men["2021"]: -1.0, women["2020"]: -1.0, men["2020"]: 1.0}
            ).estimate
        )

    assert found == pytest.approx([90] * 3)


def waves(*hours: float) -> sp.Waves:
    """Return a stack of waves, each with times about another hour."""
    random = np.random.default_rng(5)
    off = random.integers(-40, 41, 50)
    return sp.stack(
        {
            str(year): polled(written((60 * hour + off) % 1440))
            for year, hour in enumerate(hours, start=2019)
        }
    )


def test_a_time_changes_by_the_shorter_way_from_wave_to_wave():
    estimates = sp.estimate(waves(23.5, 0.5, 9), MEAN)
    previous, first = sp.change(estimates), sp.change(estimates, against="first")

    assert previous["change"].to_numpy() == pytest.approx([60, 510])
    assert first["change"].to_numpy() == pytest.approx([60, 570])
    assert previous["estimate_a"].to_numpy() == pytest.approx(estimates.frame["estimate"][:2])
    assert previous["se"].iloc[0] == pytest.approx(np.hypot(*estimates.frame["se"].to_numpy()[:2]))
    assert (previous["p"] < 0.001).all()


def test_the_trend_of_a_time_goes_on_past_midnight():
    found = sp.trend(sp.estimate(waves(18, 23, 4), [MEAN, LENGTH]))

    assert found["slope"].to_numpy() == pytest.approx([300, 0], abs=1e-9)


def test_a_mean_time_that_is_not_established_enters_no_difference():
    times = [*written(np.linspace(0, 1430, 40)), *written(np.linspace(1200, 1300, 40))]
    estimates = sp.estimate(polled(times, sex=["m"] * 40 + ["f"] * 40), MEAN, by="sex")

    assert sp.compare(estimates).comparisons.empty
    assert np.isnan(estimates.contrast({1: 1, 2: -1}).se)


# In R


def test_windows_have_a_translation_to_r_and_mean_times_have_none(tmp_path):
    responses = bound(1)
    windows = sp.Windows("online", (("21:00", "02:00"), ("00:00", "06:00")))
    estimates = sp.estimate(responses, windows, by="sex")
    data, script = estimates.to_r(tmp_path)
    written_out = pd.read_csv(data)
    first = estimates.frame.iloc[0]
    member = written_out["member0_0"] == 1
    share = np.average(written_out["y0_0"][member], weights=written_out["base_weight"][member])

    assert share == pytest.approx(first["estimate"])
    assert "svymean(~y0_0 + y0_1 + y0_2" in script.read_text(encoding="utf-8")
    for one in (MEAN, LENGTH):
        with pytest.raises(EstimationError, match="no translation"):
            sp.estimate(responses, one).to_r(tmp_path)


# Replicates


@pytest.mark.parametrize("method", [sp.Jackknife(), sp.Bootstrap(400, seed=1)], ids=["jk", "boot"])
def test_replicates_of_times_about_midnight_vary_the_short_way_round(method):
    random = np.random.default_rng(6)
    responses = polled(written(random.normal(0, 120, 60).round() % 1440))
    linear, replicated = (
        sp.estimate(one, [MEAN, LENGTH]).frame
        for one in (responses, sp.replicate(responses, method))
    )

    pd.testing.assert_series_equal(linear["estimate"], replicated["estimate"])
    assert replicated["se"].to_numpy() == pytest.approx(linear["se"].to_numpy(), rel=0.12)
