"""Response rates of bound cases: frames, groups, weights, and what cannot be had."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import DesignError, UnknownNameError
from socialpoll.responses import SampleDesign, bind
from socialpoll.responses.dispositions import LETTERS, OUTCOMES
from socialpoll.responses.outcome_rates import RATES
from tests.responses.asking import asking, number, single

CODES = dict(zip(LETTERS, OUTCOMES, strict=True))
DESIGN = SampleDesign(disposition="d", outcomes=CODES)
ASKED = asking(
    single("a"), single("land", "mobile", "web", name="drawn"), single("m", "f", name="sex")
)
LAND = {"I": 300, "P": 20, "R": 150, "NC": 80, "O": 50, "UH": 400, "UO": 100, "NE": 400}
MOBILE = {"I": 200, "P": 0, "R": 180, "NC": 15, "O": 5, "UH": 100, "UO": 100, "NE": 100}
# Land: 600 eligible, 400 not, so e = 0.6, and of 500 unknown cases 300 are taken for eligible.
# Mobile: 400 eligible, 100 not, so e = 0.8, and of 200 unknown cases 160 are.


def cases(counts, **columns):
    letters = [letter for letter, count in counts.items() for _ in range(count)]
    return pd.DataFrame({"d": letters, "q": "a", "drawn": "land", "sex": "m"}).assign(**columns)


def both(**columns):
    parts = [cases(LAND, drawn="land"), cases(MOBILE, drawn="mobile")]
    return pd.concat(parts, ignore_index=True).assign(**columns)


def rates(frame, design=DESIGN, **asked):
    return sp.response_rates(bind(frame, ASKED, design), **asked)


def values(found, **where):
    frame = found.frame
    for column, value in where.items():
        frame = frame[frame[column] == value]
    return frame.set_index("rate")["value"]


def told(found):
    return dict(found.fact().values)  # a fact, no frame


def problems_of(frame, design=DESIGN, **asked):
    with pytest.raises(DesignError) as raised:
        rates(frame, design, **asked)
    return raised.value.problems


def test_rates_of_one_frame_are_those_worked_by_hand():
    # 600 + 50 + 200 + 100 + 20 = 970 eligible, 120 unknown; e = 970 / (970 + 150) = 970 / 1120.
    counts = {"I": 600, "P": 50, "R": 200, "NC": 100, "O": 20, "UH": 80, "UO": 40, "NE": 150}

    found = rates(cases(counts))

    assert found["RR1"] == 600 / 1090
    assert found["RR3"] == pytest.approx(600 / (970 + 120 * 970 / 1120), rel=1e-15)
    assert found["RR6"] == 650 / 970
    assert found["COOP3"] == 600 / 850
    assert found["REF2"] == pytest.approx(200 / (970 + 120 * 970 / 1120), rel=1e-15)
    assert found["CON1"] == 870 / 1090
    assert list(found.frame["rate"]) == list(RATES)
    assert dict(zip(found.counts["letter"], found.counts["count"], strict=True)) == counts


def test_where_e_is_not_given_it_is_that_of_the_cases_and_the_result_says_so():
    frame = rates(cases(LAND)).frame.set_index("rate")

    needs_e = frame["e_from"] != ""
    assert list(frame.index[needs_e]) == ["RR3", "RR4", "REF2", "CON2"]
    assert set(frame.loc[needs_e, "e_from"]) == {"cases"}
    assert frame.loc[needs_e, ["e_household", "e_other"]].eq(0.6).all(axis=None)
    assert frame.loc[~needs_e, ["e_household", "e_other"]].isna().all(axis=None)
    assert rates(cases(LAND), e="cases").frame.equals(rates(cases(LAND)).frame)


def test_an_e_that_is_given_is_taken():
    found = rates(cases(LAND), e=(0.5, 0.25))

    # 600 + 0.5 * 400 + 0.25 * 100 = 825
    assert found["RR3"] == 300 / 825
    line = found.frame.set_index("rate").loc["RR3"]
    assert (line["e_household"], line["e_other"], line["e_from"]) == (0.5, 0.25, "given")
    assert line["formula"] == "I / (I + P + R + NC + O + e1 UH + e2 UO)"


@pytest.mark.parametrize(("e", "same_as"), [(0, "RR5"), (1, "RR1")])
def test_response_rate_3_is_5_where_nobody_unknown_is_eligible_and_1_where_all_are(e, same_as):
    found = rates(cases(LAND), e=e)

    assert found["RR3"] == found[same_as]


def test_each_frame_has_its_own_e_and_all_cases_the_sums_over_frames():
    found = rates(both(), frames="drawn")

    # Land 300 / (600 + 300), mobile 200 / (400 + 160), together 500 / (900 + 560).
    assert values(found, frame="land")["RR3"] == pytest.approx(300 / 900, rel=1e-15)
    assert values(found, frame="mobile")["RR3"] == pytest.approx(200 / 560, rel=1e-15)
    assert found["RR3"] == pytest.approx(500 / 1460, rel=1e-15)
    assert list(found.frame["frame"].unique()) == ["_T", "land", "mobile"]
    # As if all were one frame: 1000 / 1500 of 700, not 460.
    assert rates(both())["RR3"] == pytest.approx(500 / (1000 + 700 * 2 / 3), rel=1e-15)
    # The e of all is what the frames come to: UH (0.6 * 400 + 0.8 * 100) / 500.
    line = found.frame.query("frame == '_T' and rate == 'RR3'").iloc[0]
    assert line["e_household"] == pytest.approx(0.64, rel=1e-15)
    assert line["e_other"] == pytest.approx(0.7, rel=1e-15)


def test_rates_that_need_no_e_do_not_depend_on_frames():
    whole, parted = rates(both()), rates(both(), frames="drawn")

    for name in RATES:
        if name not in {"RR3", "RR4", "REF2", "CON2"}:
            assert whole[name] == parted[name]


def test_e_may_be_given_for_each_frame():
    found = rates(both(), frames="drawn", e={"land": 0.5, "mobile": "cases"})

    # Land 600 + 250, mobile 400 + 160.
    assert found["RR3"] == pytest.approx(500 / 1410, rel=1e-15)
    from_ = found.frame.query("rate == 'RR3'").set_index("frame")["e_from"].to_dict()
    assert from_ == {"_T": "cases, given", "land": "given", "mobile": "cases"}


def test_the_first_strata_may_be_the_frames():
    design = SampleDesign(disposition="d", outcomes=CODES, strata="frame")
    frame = both().assign(frame=both()["drawn"], drawn=None)

    found, by_question = rates(frame, design, frames="frame"), rates(both(), frames="drawn")

    pd.testing.assert_frame_equal(found.frame, by_question.frame)


def test_groups_have_the_e_of_their_frame():
    halves = both(sex=np.where(np.arange(2200) % 2 == 0, "m", "f"))
    found = rates(halves, frames="drawn", by="sex")

    assert set(found.frame["domain"]) == {"_T", "m", "f"}
    land = found.frame.query("frame == 'land' and rate == 'RR3'")
    assert land["e_household"].tolist() == [0.6] * 3
    assert land["breakdown"].tolist() == ["_T", "sex", "sex"]
    whole = found.frame.query("domain == '_T'").reset_index(drop=True)
    pd.testing.assert_frame_equal(whole, rates(halves, frames="drawn").frame)
    parts = found.frame.query("frame == 'land' and rate == 'RR3' and domain != '_T'")
    assert parts["numerator"].sum() == 300
    assert parts["denominator"].sum() == pytest.approx(900)


def test_cases_may_be_counted_with_their_base_weights():
    design = SampleDesign(disposition="d", outcomes=CODES, weight="w")
    frame = cases({"I": 2, "R": 3, "UH": 4, "NE": 1}).assign(
        w=[2.0] * 2 + [1] * 3 + [0.5] * 4 + [7]
    )

    found = rates(frame, design, weighted=True)

    # I 4, R 3, UH 2, NE 7: RR1 = 4 / 9; e = 7 / 14, and RR3 = 4 / (7 + 1).
    assert found["RR1"] == pytest.approx(4 / 9)
    assert found["RR3"] == pytest.approx(4 / 8)
    assert rates(frame, design)["RR1"] == 2 / 9
    assert found.weighted


def test_rates_do_not_depend_on_the_scale_of_the_weights():
    design = SampleDesign(disposition="d", outcomes=CODES, weight="w")
    weight = np.random.default_rng(5).uniform(0.5, 2, 2200)

    small, large = (
        rates(both(w=weight * scale), design, weighted=True, frames="drawn").frame["value"]
        for scale in (1, 1e6)
    )

    np.testing.assert_allclose(small, large, rtol=1e-12)


def test_equal_weights_change_no_rate():
    design = SampleDesign(disposition="d", outcomes=CODES, weight="w")

    weighted = rates(both(w=4.0), design, weighted=True, frames="drawn").frame["value"]

    np.testing.assert_allclose(weighted, rates(both(), frames="drawn").frame["value"], rtol=1e-15)


def test_rates_do_not_depend_on_the_order_of_rows():
    shuffled = both().sample(frac=1, random_state=3)

    pd.testing.assert_frame_equal(
        rates(shuffled, frames="drawn").frame, rates(both(), frames="drawn").frame
    )


def test_codes_of_aapor_give_the_same_rates_as_declared_outcomes():
    code = {"I": "1.1", "P": "1.2", "R": "2.112", "NC": 220, "O": "2.3", "UH": "3.11", "UO": 390}
    frame = both().assign(d=both()["d"].map(code | {"NE": "4.7"}))

    found = rates(frame, SampleDesign(disposition="d", outcomes="aapor"))

    pd.testing.assert_frame_equal(found.frame, rates(both()).frame)


def test_partial_interviews_count_in_the_rates_though_they_are_no_interviews_of_the_poll():
    strict = SampleDesign(disposition="d", outcomes=CODES, interviewed="I")

    pd.testing.assert_frame_equal(rates(both(), strict).frame, rates(both()).frame)


def test_where_no_case_counts_there_is_no_rate_and_it_is_said_why():
    found = rates(both(sex=["m"] * 2100 + ["f"] * 100), by="sex")  # the last 100 are ineligible

    lines = found.frame.query("domain == 'f'")
    assert lines["value"].isna().all()
    assert set(lines["note"]) == {"no case counts in the denominator"}
    assert set(found.frame.query("domain == 'm'")["note"]) == {""}


def test_a_frame_of_unknown_cases_only_has_no_e_and_it_is_said_why():
    unknown = cases({"UO": 10}, drawn="web")
    found = rates(pd.concat([both(), unknown], ignore_index=True), frames="drawn")

    notes = found.frame.query("frame == 'web'").set_index("rate")["note"]
    assert notes["RR1"] == ""
    assert notes["RR3"] == "e is not known: there is no case of known eligibility"
    assert notes["RR5"] == "no case counts in the denominator"
    assert values(found, frame="web")["RR1"] == 0
    assert np.isnan(found["RR3"])
    assert found["RR1"] == 500 / (1000 + 700 + 10)


def test_without_outcomes_it_is_told_what_to_declare():
    design = SampleDesign(disposition="d", interviewed="I")

    (problem,) = problems_of(cases(LAND), design)

    assert problem.what == "it is not declared what became of the sampled cases"
    assert "SampleDesign(disposition=" in problem.advice
    assert "unknown_household" in problem.allowed


def test_what_is_no_responses_is_refused():
    with pytest.raises(DesignError, match="these are no responses; found DataFrame"):
        sp.response_rates(cases(LAND))


def test_a_frame_must_be_known_of_every_case():
    (problem,) = problems_of(both(drawn=["land"] * 2190 + [None] * 10), frames="drawn")

    assert problem.what == "10 sampled case(s) have no valid value of it"
    assert problem.found == "first in row 2190"


def test_all_that_is_wrong_with_columns_is_told_at_once():
    asked = asking(single("a"), number("age"), single("m", "f", name="sex"))
    responses = bind(cases(LAND).assign(age=3, sex=None), asked, DESIGN)

    with pytest.raises(DesignError) as raised:
        sp.response_rates(responses, {"x": 0.5}, frames="age", by="sex")

    wheres = [one.where for one in raised.value.problems]
    assert wheres == ["frames = 'age'", "by = 'sex'"]


def test_an_e_by_frame_needs_frames():
    (problem,) = problems_of(both(), e={"land": 0.5})

    assert problem.what == "e is given by frame, but no frames are named"


def test_an_e_that_is_no_part_is_refused():
    (problem,) = problems_of(both(), e=60)

    assert (problem.where, problem.found) == ("e", "60")


def test_names_that_are_not_there_are_told_with_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean 'drawn'"):
        rates(both(), frames="drawm")
    with pytest.raises(UnknownNameError, match="did you mean 'COOP4'"):
        rates(both())["COOP"]


def test_the_fact_for_the_methodology_has_every_rate_and_the_e_that_was_taken():
    found = rates(both(), frames="drawn")
    fact = told(found)

    assert (found.fact().stage, found.fact().name) == ("responses", "rates")
    assert fact["RR1"] == 500 / 1700
    assert fact["e"] == pytest.approx(460 / 700)
    assert {name: fact[name] for name in ("e_from", "unknown", "weighted", "frames")} == {
        "e_from": "cases",
        "unknown": True,
        "weighted": False,
        "frames": ("land", "mobile"),
    }
    assert set(RATES) <= set(fact)


def test_the_fact_has_none_for_what_cannot_be_had():
    certain = told(rates(cases({"I": 3, "R": 1})))
    parts = pd.concat([cases({"I": 3}), cases({"UO": 2}, drawn="web")])
    unknown = told(rates(parts, frames="drawn"))

    assert (certain["unknown"], certain["e"], certain["RR3"]) == (False, None, 0.75)
    assert (unknown["unknown"], unknown["e"], unknown["RR3"]) == (True, None, None)


def test_the_result_shows_its_two_best_known_rates():
    assert repr(rates(cases(LAND))) == "<ResponseRates RR1 27.3%, RR3 33.3%>"
