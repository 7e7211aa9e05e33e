"""What comes first in each domain: every answer beside the one that most gave."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.indicators import CHOICE_COLUMNS
from tests.indicators.polls import CLUSTERED, answers, bound, questionnaire
from tests.indicators.test_clock import polled as timed
from tests.indicators.test_mentioning import polled

LINES = ["wave", "indicator", "breakdown", "domain"]
PRECISE = ["se", "ci_low", "ci_high", "p", "p_adjusted"]


def lines(estimates: sp.Estimates) -> pd.DataFrame:
    """Return the lines of estimates, and that they have all columns and no other role."""
    found = sp.lead(estimates).choices
    assert tuple(found.columns) == CHOICE_COLUMNS
    assert set(found["role"]) <= {"line"}
    return found


def single(cells, **more) -> sp.Responses:
    """Return a simple random sample of answers to one question, of options a, b and c."""
    unsure = sp.Missing(code="dk", label="?", reason="dont_know", in_base=True)
    options = tuple(sp.Code(code=one, label=one) for one in "abc")
    asked = sp.Single(name="q", text="?", options=options, missing=(unsure,))
    data = pd.DataFrame({"q": list(cells)})
    design = sp.SampleDesign(**more) if more else sp.SampleDesign()
    return sp.bind(data, sp.Questionnaire(title="t", questions=(asked,)), design)


def test_answers_differ_from_the_first_as_the_categories_of_a_simple_random_sample():
    found = lines(sp.estimate(single("a" * 40 + "b" * 30 + "c" * 10), "q"))
    p, q = 0.5, 0.375

    assert found["category"].tolist() == ["a", "b", "c"]
    assert found["against_category"].tolist() == ["", "a", "a"]
    assert found["against_item"].tolist() == ["", "_Z", "_Z"]
    assert found["difference"].tolist() == pytest.approx([0, -0.125, -0.375])
    assert found["se"][1] == pytest.approx(np.sqrt((p + q - (p - q) ** 2) / 79))
    t79 = 1.9904502
    assert found["ci_low"][1] == pytest.approx(-0.125 - t79 * found["se"][1])
    assert found["ci_high"][1] == pytest.approx(-0.125 + t79 * found["se"][1])
    assert found["alike"].tolist() == [pd.NA, True, False]
    assert found.loc[0, [*PRECISE, "df"]].isna().all()
    assert found[["size", "optimism", "cost", "at_most"]].isna().all(axis=None)


@pytest.mark.parametrize(
    "source",
    [
        lambda: bound(4, size=90),
        lambda: sp.rake(bound(4, size=90), {"sex": {"m": 900.0, "f": 1100.0}}),
        lambda: sp.replicate(bound(4, size=90), sp.Jackknife()),
        lambda: sp.stack({"a": bound(4, size=90), "b": bound(5, size=90)}),
    ],
    ids=["base weights", "raked", "replicates", "waves"],
)
def test_every_difference_is_the_contrast_of_the_two_figures(source):
    several = ["trust", "apps", sp.Windows("online", (("18:00", "22:00"), ("22:00", "02:00")))]
    estimates = sp.estimate(source(), [*several, sp.Profile("area", "apps"), "hours"], by="sex")
    found, frame = lines(estimates), estimates.frame
    place = frame.reset_index().set_index([*LINES, "item", "category"])["index"]

    assert set(found["indicator"]) == {"trust", "apps", "online_windows", "area_among_apps"}
    compared = found[found["against_item"] != ""]
    assert len(compared) >= 18
    for one in compared.itertuples():
        domain = tuple(getattr(one, name) for name in LINES)
        own, first = (
            int(place[*domain, *keys])
            for keys in ((one.item, one.category), (one.against_item, one.against_category))
        )
        contrast = estimates.contrast({own: 1, first: -1})
        assert one.difference == pytest.approx(contrast.estimate, abs=1e-12)
        assert one.difference <= 0
        for name in ("se", "df", "p", "ci_low", "ci_high"):
            assert getattr(one, name) == pytest.approx(getattr(contrast, name), rel=1e-6)


def test_p_values_of_a_domain_are_adjusted_together_after_holm():
    found = lines(sp.estimate(bound(3, size=200), ["trust", "apps"], by=["sex", "area"]))

    for _, group in found.groupby(LINES):
        p = group["p"].dropna()
        by_hand = [
            max(min(1, (p.size - place) * one) for place, one in enumerate(np.sort(p)[: rank + 1]))
            for rank in range(p.size)
        ]
        assert np.sort(group["p_adjusted"].dropna()) == pytest.approx(by_hand)
        told_apart = group["p_adjusted"].dropna() <= 0.05
        assert (group["alike"].dropna() != told_apart).all()


def test_windows_are_compared_as_the_busiest_hours_are():
    responses = bound(4, size=160)
    ranked = sp.busiest(responses, "online", 240, by="sex").set_index(["domain", "window"])
    windows = tuple(tuple(one.split("-")) for one in ranked.loc["_T"].index)
    found = lines(sp.estimate(responses, sp.Windows("online", windows), by="sex"))
    others = found[found["against_item"] != ""].set_index(["domain", "item"])
    ranked = ranked.loc[others.index]

    for ours, theirs in (
        ("difference", "difference"),
        ("se", "difference_se"),
        ("p", "p"),
        ("p_adjusted", "p_adjusted"),
        ("alike", "among_busiest"),
    ):
        pd.testing.assert_series_equal(others[ours], ranked[theirs], check_names=False)


def test_what_is_no_answer_does_not_come_first():
    cells = ["none"] * 20 + ["dk"] * 20 + ["a b"] * 5 + ["b"] * 4 + ["", "a"]
    found = lines(sp.estimate(polled(cells), ["q", "nets", sp.Reach("q", (("a",), ("a", "b")))]))
    unsure = lines(sp.estimate(single(["a", "dk", "dk", "b", "a"]), "q"))

    assert found[["indicator", "item"]].to_numpy().tolist() == [
        ["q", "a"],
        ["q", "b"],
        ["q", "c"],
        ["nets", "any"],
        ["nets", "ab"],
    ]
    assert found["against_item"].tolist()[:3] == ["b", "", "b"]
    assert unsure["category"].tolist() == ["a", "b", "c"]


def test_each_item_of_a_grid_has_a_first_of_its_own():
    options = tuple(sp.Code(code=one, label=one) for one in ("day", "night"))
    items = tuple(sp.Item(code=one, label=one) for one in ("x", "y"))
    grid = sp.Grid(name="when", text="?", options=options, items=items)
    data = pd.DataFrame(
        {
            "when_x": ["day"] * 7 + ["night"] * 3,
            "when_y": ["day", "night", "night", "night", "day"] * 2,
        }
    )
    responses = sp.bind(data, sp.Questionnaire(title="t", questions=(grid,)))
    found = lines(sp.estimate(responses, "when"))

    first = found[found["against_item"] == ""]
    assert first[["item", "category"]].to_numpy().tolist() == [["x", "day"], ["y", "night"]]
    others = found[found["against_item"] != ""]
    assert others["against_item"].tolist() == others["item"].tolist()
    assert others["difference"].tolist() == pytest.approx([-0.4, -0.2])


def test_of_level_answers_the_first_in_the_questionnaire_is_the_first_of_all():
    found = lines(sp.estimate(single("b" * 20 + "c" * 20 + "a" * 5), "q"))

    assert found["against_category"].tolist() == ["b", "", "b"]
    assert found["difference"].tolist() == pytest.approx([-1 / 3, 0, 0])
    assert found["p"][2] == 1
    assert found["alike"].tolist() == [False, pd.NA, True]


def test_options_that_the_same_people_chose_cannot_differ_and_are_alike():
    found = lines(sp.estimate(polled(["a b"] * 12 + ["c", "a b c"] * 4), "q"))

    assert found["se"][1] == 0
    assert np.isnan(found["p"][1])
    assert found["alike"].tolist() == [pd.NA, True, False]
    assert found["p_adjusted"][2] == found["p"][2]


def test_shares_fixed_by_weighting_differ_without_a_test():
    source = sp.rake(bound(3, size=120), {"sex": {"m": 0.45, "f": 0.55}})
    found = lines(sp.estimate(source, "sex"))

    assert found["against_category"].tolist() == ["f", ""]
    assert found["difference"][0] == pytest.approx(-0.1)
    assert found["se"][0] == 0
    assert found.loc[0, ["ci_low", "ci_high", "p", "p_adjusted"]].isna().all()
    assert not bool(found["alike"][0])


def test_there_is_no_first_where_nobody_answered_or_nobody_gave_an_answer():
    cells = ["none", "a b", "dk", "b"] * 6
    estimates = sp.estimate(polled(cells), "q", by="sex")
    found = lines(estimates)

    assert set(found["domain"]) == {"_T", "f"}
    nobody = sp.estimate(polled(cells), "q", where=sp.Is("sex", "m"))
    assert len(lines(nobody)) == 0
    empty = sp.estimate(polled(cells), "q", where=sp.All(sp.Is("sex", "m"), sp.Is("sex", "f")))
    assert len(lines(empty)) == 0


def test_a_profile_says_who_most_of_them_are_and_nothing_of_its_own_options():
    wanted = [sp.Profile("sex", "q"), sp.Profile("q", "q")]
    responses = polled(["a", "b", "a b", "b c"] * 5 + ["a"])
    found = lines(sp.estimate(responses, wanted))

    first = found[found["against_category"] == ""].set_index("domain")
    assert set(found["indicator"]) == {"sex_among_q"}
    assert set(lines(sp.estimate(responses, "q", by=["q", ("sex", "q")]))["breakdown"]) == {"_T"}
    assert first["category"].to_dict() == {"a": "m", "b": "f", "c": "f"}


def test_numbers_means_quantiles_and_parts_of_responses_have_no_first():
    wanted = ["hours", sp.Quantile("hours"), sp.Total("area"), sp.Share("apps", of="responses")]

    assert len(lines(sp.estimate(bound(1), wanted))) == 0


def test_an_opt_in_sample_has_a_first_without_a_test():
    found = lines(sp.estimate(single("aab" * 9, sampling="opt_in"), "q"))

    assert found["difference"].tolist() == pytest.approx([0, -1 / 3, -2 / 3])
    assert found[[*PRECISE, "df"]].isna().all(axis=None)
    assert found["alike"].isna().all()


def test_without_a_degree_of_freedom_nothing_is_tested():
    data = answers(2).assign(cluster=0, stratum="s")
    design = sp.SampleDesign(clusters="cluster", lonely="certainty", weight="weight")
    found = lines(sp.estimate(sp.bind(data, questionnaire(), design), "area"))

    assert (found["difference"] <= 0).all()
    assert found["alike"].isna().all()
    assert found["p"].isna().all()


def test_answers_that_a_wave_did_not_offer_have_no_row_in_it():
    stacked = sp.stack(
        {"1": single("ab" * 10 + "a"), "2": single("c" * 9 + "ab")},
        not_offered={"1": {"q": ["c"]}},
    )
    found = lines(sp.estimate(stacked, "q"))

    assert found[["wave", "category", "against_category"]].to_numpy().tolist() == [
        ["1", "a", ""],
        ["1", "b", "a"],
        ["2", "a", "c"],
        ["2", "b", "c"],
        ["2", "c", ""],
    ]


def test_lines_are_made_again_and_choices_of_other_roles_stay():
    estimates = sp.lead(sp.estimate(single("aab" * 9), "q"))
    other = estimates.choices.head(1).assign(role="best", size=1)
    again = sp.lead(estimates.with_choices(pd.concat([estimates.choices, other])))

    assert again.choices["role"].tolist() == ["best", "line", "line", "line"]
    pd.testing.assert_frame_equal(again.choices.iloc[1:].reset_index(drop=True), estimates.choices)
    pd.testing.assert_frame_equal(again.frame, estimates.frame)
    assert again.methodology == estimates.methodology
    assert again.methodology.fact("indicators", "lines") == {"adjust": "holm", "level": 0.95}


def test_what_is_held_at_once_does_not_matter(monkeypatch):
    estimates = sp.estimate(bound(4, size=90), "apps", by=["area", "apps"])
    found = lines(estimates)
    monkeypatch.setattr("socialpoll.indicators.joint.AT_ONCE", 1)

    pd.testing.assert_frame_equal(lines(estimates), found)


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 999))
def test_the_order_of_rows_the_scale_of_weights_and_names_of_codes_do_not_matter(seed):
    data, names = answers(seed, 60), {"x": "north", "y": "south", "z": "west"}
    turned = data.sample(frac=1, random_state=seed).assign(
        weight=lambda one: one["weight"] * 1000, area=lambda one: one["area"].map(names)
    )
    own = questionnaire()
    area = sp.Single(
        name="area", text="?", options=tuple(sp.Code(code=one, label=one) for one in names.values())
    )
    renamed = sp.Questionnaire(
        title="t", questions=tuple(area if one.name == "area" else one for one in own.questions)
    )
    found, again = (
        lines(sp.estimate(sp.bind(frame, asked, CLUSTERED), ["area", "apps"], by="sex"))
        for frame, asked in ((data, own), (turned, renamed))
    )
    spelt = found.replace(dict.fromkeys(("category", "against_category"), names))

    pd.testing.assert_frame_equal(spelt, again)


def test_a_clock_of_one_time_leaves_no_other_band_alike():
    found = lines(sp.estimate(timed(["21:30"] * 30), "online"))

    assert found["alike"].sum() == 0
    assert found["alike"].notna().sum() == len(found) - 1
    assert found["p"].isna().all()
