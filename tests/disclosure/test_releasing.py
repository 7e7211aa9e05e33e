from __future__ import annotations

import io
import pickle
import struct
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

import socialpoll as sp
from socialpoll.disclosure import (
    CONF_STATUS,
    FOOTNOTE,
    OBS_STATUS,
    PROSE,
    REVISION,
    round_half_away,
)
from socialpoll.disclosure.screening import rounded, with_prose
from socialpoll.errors import ReleaseError
from socialpoll.indicators import COLUMNS, KEYS

STATUS = ["flag", "obs_status", "conf_status"]
SIZES = {"north": 200, "south": 60, "east": 20}


def questionnaire(**changes) -> sp.Questionnaire:
    def single(name, codes, **others):
        options = tuple(sp.Code(code=code, label=code) for code in codes)
        return sp.Single(name=name, text=name, options=options, **others)

    return sp.Questionnaire(
        title="a poll",
        questions=(
            single("region", [*SIZES, "west"]),
            single("sex", ["male", "female"]),
            single("use", ["yes", "no"], **changes),
            sp.Number(name="hours", text="hours", unit="hours"),
        ),
    )


def answers(seed: int = 7) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    n = sum(SIZES.values())
    return pd.DataFrame(
        {
            "region": np.repeat(list(SIZES), list(SIZES.values())),
            "sex": random.choice(["male", "female"], n),
            "use": random.choice(["yes", "no"], n, p=[0.6, 0.4]),
            "hours": random.uniform(0, 9, n),
            "weight": random.uniform(50, 150, n),
        }
    )


def bound(frame: pd.DataFrame | None = None, **changes) -> sp.Responses:
    frame = answers() if frame is None else frame
    return sp.bind(frame, questionnaire(**changes), sp.SampleDesign(weight="weight"))


def estimated(source=None, indicators=("use", "hours"), by=("region",)) -> sp.Estimates:
    return sp.estimate(bound() if source is None else source, list(indicators), by=list(by))


@cache
def same_every_time() -> sp.Estimates:
    return estimated()


def rows(frame: pd.DataFrame, **keys) -> pd.DataFrame:
    kept = np.ones(len(frame), dtype=bool)
    for name, value in keys.items():
        kept &= (frame[name] == value).to_numpy()
    return frame[kept]


def test_a_domain_is_suppressed_below_30_respondents_and_flagged_below_100():
    figures = sp.release(estimated()).figures

    flags = figures.groupby("domain", sort=False)["flag"].unique().map(list).to_dict()
    assert flags == {
        "_T": [""],
        "north": [""],
        "south": ["low reliability"],
        "east": ["suppressed"],
        "west": [""],
    }


def test_a_suppressed_row_keeps_its_keys_and_its_status_and_nothing_else():
    figures = sp.release(estimated()).figures

    hidden = rows(figures, domain="east")
    assert (hidden[STATUS] == ["suppressed", "Q", "A"]).all(axis=None)
    assert (hidden[list(KEYS)] != "").all(axis=None)
    rest = hidden.drop(columns=[*KEYS, *STATUS])
    assert (rest.isna() | (rest == "")).all(axis=None)
    assert len(hidden) == 3


def test_statuses_are_codes_of_the_official_lists():
    figures = sp.release(estimated()).figures

    assert set(figures["obs_status"]) <= set(OBS_STATUS)
    assert set(figures["conf_status"]) <= set(CONF_STATUS)


def test_an_empty_base_is_not_available_which_is_not_suppressed():
    figures = sp.release(estimated()).figures

    empty = rows(figures, domain="west")
    assert (empty[STATUS] == ["", "O", "F"]).all(axis=None)
    assert empty["estimate"].isna().all()
    assert empty["n_asked"].isna().all()
    assert (empty["caveat"] == "empty base").all()


def test_a_usual_row_is_free_to_publish():
    total = rows(sp.release(estimated()).figures, domain="_T")

    assert (total[STATUS] == ["", "A", "F"]).all(axis=None)


def test_the_columns_are_those_of_the_estimates():
    added = [PROSE, FOOTNOTE, REVISION]
    assert list(sp.release(estimated()).figures.columns) == [*COLUMNS, *added]


def test_the_figures_of_sentences_are_rounded_once_and_not_from_rounded_figures():
    estimates = estimated()
    raw = estimates.frame["estimate"]
    released = sp.release(estimates).figures
    shown = released[released["estimate"].notna() & (released["unit"] == "share")].index
    once = round_half_away(raw[shown], 2)
    assert released.loc[shown, PROSE].tolist() == once.tolist()
    hidden = released["flag"] == "suppressed"
    assert released.loc[hidden, PROSE].isna().all()


def test_a_share_of_36_46_per_cent_is_36_in_a_sentence_though_36_5_in_a_table():
    frame = pd.DataFrame({"statistic": ["share"], "unit": ["share"], "estimate": [0.3646]})
    assert with_prose(frame)[PROSE].tolist() == [0.36]
    assert rounded(frame)["estimate"].tolist() == [0.365]


def test_nothing_suppressed_and_no_answer_travels_further_not_even_in_a_pickle():
    frame = answers()
    frame.loc[3, "hours"] = 4.123456789012345
    frame.loc[270, "hours"] = 5.987654321098765
    estimates = sp.compare(estimated(bound(frame)))
    release = sp.release(estimates, policy=sp.Policy(full_precision=True))

    packed = pickle.dumps(release)
    before = estimates.frame
    hidden = rows(before, domain="east")[["estimate", "se", "population", "cv"]].to_numpy().ravel()
    sentinels = [4.123456789012345, 5.987654321098765, *frame["weight"][:5], *hidden]
    assert len(sentinels) > 15
    for value in sentinels:
        assert struct.pack("<d", value) not in packed
        assert struct.pack(">d", value) not in packed
        assert repr(float(value)).encode() not in packed
    shown = rows(before, domain="north")["estimate"].iloc[0]
    assert struct.pack("<d", shown) in packed or struct.pack(">d", shown) in packed


def test_a_release_holds_nothing_from_which_the_answers_can_be_reached():
    class Watching(pickle.Pickler):
        seen: list[str] = []  # noqa: RUF012

        def reducer_override(self, obj):
            self.seen.append(type(obj).__module__)
            return NotImplemented

    watching = Watching(io.BytesIO())
    watching.dump(sp.release(estimated()))

    rooms = {name.split(".")[1] for name in watching.seen if name.startswith("socialpoll.")}
    assert rooms <= {"disclosure", "schema"}


def test_a_release_survives_a_pickle_whole():
    release = sp.release(sp.compare(estimated()))

    again = pickle.loads(pickle.dumps(release))  # noqa: S301
    pd.testing.assert_frame_equal(again.figures, release.figures)
    pd.testing.assert_frame_equal(again.comparisons, release.comparisons)
    assert again.questionnaire == release.questionnaire
    assert again.methodology == release.methodology


def test_nobody_can_change_a_release_through_its_frames():
    release = sp.release(sp.compare(estimated()))

    mine, compared = release.figures, release.comparisons
    mine["estimate"] = 99.0
    compared["p"] = 0.0

    assert release.figures.loc[0, "estimate"] < 1
    assert (release.comparisons["p"] > 0).all()


def test_a_comparison_with_a_hidden_figure_goes_too():
    estimates = sp.compare(estimated(), minimum_base=1)
    release = sp.release(estimates)

    sides = {*release.comparisons["domain_a"], *release.comparisons["domain_b"]}
    assert sides == {"north", "south"}
    assert {"east"} <= {*estimates.comparisons["domain_a"], *estimates.comparisons["domain_b"]}
    fact = release.methodology.fact("disclosure", "policy")
    removed = len(estimates.comparisons) - len(release.comparisons)
    assert fact["comparisons_removed"] == removed > 0


def test_shares_have_three_decimals_and_other_figures_one():
    estimates = estimated()
    figures = sp.release(estimates).figures

    exact = estimates.frame
    for statistic, decimals in (("share", 3), ("mean", 1)):
        released = rows(figures, statistic=statistic, domain="north")
        unrounded = rows(exact, statistic=statistic, domain="north")
        for column in ("estimate", "se", "ci_low", "ci_high", "moe"):
            assert released[column].tolist() == pytest.approx(
                unrounded[column].tolist(), abs=0.5 * 10**-decimals
            )
            assert released[column].tolist() == [round(x, decimals) for x in released[column]]


def test_counts_and_totals_of_persons_are_whole_numbers():
    estimates = estimated(indicators=[sp.Total("use"), sp.Total("hours")])
    figures = sp.release(estimates).figures

    persons = rows(figures, unit="persons", domain="_T")
    assert (persons["estimate"] % 1 == 0).all()
    assert (figures["population"].dropna() % 1 == 0).all()
    assert figures["n_answered"].dtype == "Int64"
    north = [rows(one, unit="hours", domain="north") for one in (figures, estimates.frame)]
    assert north[0]["estimate"].iloc[0] == round(north[1]["estimate"].iloc[0], 1)


def test_full_precision_releases_what_was_computed():
    estimates = estimated()
    figures = sp.release(estimates, policy=sp.Policy(full_precision=True)).figures

    shown = figures["estimate"].notna()
    exact = estimates.frame["estimate"][shown]
    assert figures["estimate"][shown].tolist() == exact.tolist()


def test_p_values_are_not_rounded():
    estimates = sp.compare(estimated())
    release = sp.release(estimates)

    assert set(release.comparisons["p"]) <= set(estimates.comparisons["p"])


def test_a_figure_fixed_by_weighting_is_judged_by_no_rule_but_protected_by_the_policy():
    targets = {"north": 700, "south": 200, "east": 100}
    few = questionnaire()
    region = replace(few.questions[0], options=few.questions[0].options[:3])
    frame = answers()
    responses = sp.bind(frame, replace(few, questions=(region, *few.questions[1:])))
    weights = sp.poststratify(responses, "region", targets)

    figures = sp.release(
        sp.estimate(weights, ["region"], by=["region"]), sp.MinBase(30, flag_below=1000)
    ).figures
    total = rows(figures, domain="_T")
    assert (total["caveat"] == "fixed by weighting").all()
    assert (total["flag"] == "").all()
    assert total["estimate"].tolist() == [0.7, 0.2, 0.1]
    assert (rows(figures, domain="east")["flag"] == "suppressed").all()


def test_the_strictest_rule_holds():
    class Named:
        def __init__(self, verdict):
            self.name, self.verdict = verdict, verdict

        def __call__(self, row):
            return self.verdict if row["domain"] == "north" else "publish"

    figures = sp.release(estimated(), Named("flag"), Named("suppress"), Named("publish")).figures

    north = rows(figures, domain="north")
    assert (north[STATUS] == ["suppressed", "Q", "N"]).all(axis=None)
    assert (rows(figures, domain="south")["flag"] == "").all()
    assert (rows(figures, domain="east")["flag"] == "suppressed").all()


def test_a_rule_sees_plain_values_in_the_columns_of_the_estimates():
    seen = []

    class Curious:
        name = "curious"

        def __call__(self, row):
            seen.append(row)
            return "publish"

    sp.release(estimated(), Curious())

    assert all(set(row) == set(COLUMNS) for row in seen)
    kinds = {type(value) for row in seen for value in row.values()}
    assert kinds == {str, int, float, type(None)}


@pytest.mark.parametrize(
    ("rule", "what"),
    [(lambda row: "publish", "not a reliability rule"), (30, "not a reliability rule")],
)
def test_what_has_no_name_or_cannot_be_called_is_no_rule(rule, what):
    with pytest.raises(ReleaseError, match=what):
        sp.release(estimated(), rule)


def test_a_rule_that_answers_nonsense_is_named():
    class Wrong:
        name = "wrong"

        def __call__(self, row):
            return True

    with pytest.raises(ReleaseError, match="answer that is none") as caught:
        sp.release(estimated(), Wrong())
    assert caught.value.where == "wrong"
    assert "'suppress'" in caught.value.allowed


def test_a_larger_minimum_of_the_policy_holds_for_every_domain():
    figures = sp.release(estimated(), policy=sp.Policy(minimum_base=100)).figures

    flags = figures.groupby("domain")["flag"].first().to_dict()
    assert flags["south"] == flags["east"] == "suppressed"
    assert flags["north"] == ""


@given(st.integers(0, 300))
def test_no_released_figure_rests_on_fewer_respondents_than_the_minimum(minimum):
    release = sp.release(same_every_time(), sp.MinBase(minimum, flag_below=400))

    figures = release.figures
    shown = figures[figures["estimate"].notna()]
    assert (shown["n_base"] >= minimum).all()
    assert (figures["flag"] == "suppressed").sum() == release.methodology.fact(
        "disclosure", "policy"
    )["suppressed"]


def test_the_methodology_records_what_was_done():
    release = sp.release(estimated())

    assert dict(release.methodology.facts[-1].values) == {
        "policy": "base",
        "rules": ("min_base",),
        "minimum_base": 30,
        "flag_below": 100,
        "rows": 15,
        "suppressed": 3,
        "flagged": 3,
        "comparisons_removed": 0,
        "complementary": False,
        "rounding": "half away from zero",
        "share_decimals": 3,
        "other_decimals": 1,
    }


def test_a_release_tells_from_which_answers_and_weights_it_was_made():
    responses = bound()
    estimates = estimated(responses)

    hashes = sp.release(estimates).hashes
    assert hashes["answers"] == responses.digest
    assert hashes["weights"] == estimates.weights_id


def test_several_estimates_are_released_together():
    responses = bound()
    by_region = estimated(responses, indicators=["use"])
    by_sex = estimated(responses, indicators=["use", "hours"], by=["sex"])

    figures = sp.release([by_region, by_sex]).figures
    assert not figures.duplicated(list(KEYS)).any()
    assert len(figures) == len(by_region) + len(by_sex) - 2
    assert set(figures["breakdown"]) == {"_T", "region", "sex"}


@pytest.mark.parametrize(("moved", "refused"), [(1e-13, False), (1e-6, True)])
def test_one_figure_is_the_same_up_to_the_order_of_its_sum(moved, refused):
    one = estimated(bound(), indicators=["use"])
    frame = one.frame.assign(se=one.frame["se"] * (1 + moved))
    other = replace(one, _frame=frame)

    if refused:
        with pytest.raises(ReleaseError, match="two values"):
            sp.release([one, other])
    else:
        assert len(sp.release([one, other]).figures) == len(one)


def test_one_figure_with_two_values_is_refused():
    responses = bound()
    only_north = sp.estimate(responses, ["use"], where=sp.Is("region", "north"))

    with pytest.raises(ReleaseError, match="two values") as caught:
        sp.release([sp.estimate(responses, ["use"]), only_north])
    assert "use" in caught.value.found


def test_estimates_of_different_questionnaires_are_refused():
    other = estimated(bound(if_not_asked="no"))

    with pytest.raises(ReleaseError, match="different questionnaires"):
        sp.release([estimated(), other])


@pytest.mark.parametrize("nothing", [[], ["figures"]])
def test_what_is_no_estimate_is_refused(nothing):
    with pytest.raises(ReleaseError, match="nothing to release"):
        sp.release(nothing)


@pytest.mark.parametrize(
    ("indicators", "by"),
    [(["use"], []), (["hours"], ["use"]), (["hours"], [("region", "use")])],
)
def test_sensitive_questions_are_refused_by_name_in_rows_and_in_breakdowns(indicators, by):
    estimates = sp.estimate(bound(sensitive=True), indicators, by=by)

    with pytest.raises(ReleaseError, match="sensitive") as caught:
        sp.release(estimates)
    assert caught.value.found == "use"


def test_sensitive_questions_are_refused_in_conditions_too():
    condition = sp.All(sp.Is("region", "north"), sp.Not(sp.Is("use", "yes")))
    estimates = sp.estimate(bound(sensitive=True), ["hours"], where=condition)

    with pytest.raises(ReleaseError, match="sensitive") as caught:
        sp.release(estimates)
    assert caught.value.found == "use"


def test_sensitive_questions_that_are_left_out_are_no_hindrance():
    release = sp.release(estimated(bound(sensitive=True), indicators=["hours"]))

    assert set(release.figures["question"]) == {"hours"}


@pytest.mark.parametrize(
    ("terms", "where", "allowed"),
    [
        ({"name": "none"}, "policy", "'base' or 'cells'"),
        ({"threshold": 0}, "policy.threshold", "a whole number, 1 or more"),
        ({"threshold": 2.5}, "policy.threshold", "a whole number, 1 or more"),
        ({"zeros": "keep"}, "policy.zeros", "'show' or 'hide'"),
        ({"harm": "none"}, "policy.harm", "'respondents' or 'cells' or 'log'"),
        ({"already_published": ("edition 1",)}, "policy.already_published", "a tuple of Release"),
    ],
)
def test_a_policy_that_is_not_there_is_refused(terms, where, allowed):
    with pytest.raises(ReleaseError) as caught:
        sp.Policy(**terms)
    assert (caught.value.where, caught.value.allowed) == (where, allowed)


def test_a_negative_minimum_is_refused():
    with pytest.raises(ReleaseError, match="negative"):
        sp.Policy(minimum_base=-1)


def test_the_headline_margin_of_several_estimates_is_that_of_all_their_shares():
    responses = bound()
    parts = [sp.estimate(responses, one) for one in ("sex", "use")]
    together = sp.estimate(responses, ["sex", "use"]).methodology.fact("indicators", "precision")
    released = sp.release(parts).methodology.fact("indicators", "precision")
    assert released == together
    assert released != parts[-1].methodology.fact("indicators", "precision")


def test_under_cells_the_account_of_weights_tells_of_no_single_case():
    weights = sp.rake(bound(), {"sex": {"male": 0.4, "female": 0.6}})
    estimates = sp.estimate(weights, ["use"], by="region")

    def told(policy: sp.Policy) -> set[str]:
        account = sp.release(estimates, policy=policy).methodology
        return set(account.fact("weighting", "diagnostics"))

    base, cells = told(sp.Policy()), told(sp.Policy(name="cells"))
    assert base - cells == {"smallest", "largest"}
    assert {"n_effective", "deff"} <= cells
