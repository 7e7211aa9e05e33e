"""Levels taken together because the recipe says so, in sample and targets alike."""

from __future__ import annotations

import tomllib

import numpy as np
import pytest
from hypothesis import given, strategies as st

import socialpoll as sp
from socialpoll.errors import TargetError
from socialpoll.weighting.merges import combined, merge_text
from tests.weighting.polls import CROSSED, REGION, SEX, answers, bound, share

WEST = {"west": [2, 3]}


def refused(make):
    with pytest.raises(TargetError) as raised:
        make()
    return [str(one) for one in raised.value.problems]


def raked(*margins, frame=None):
    return sp.weigh(bound(frame), sp.Recipe((sp.Rake(margins),)))


def test_codes_that_are_merged_are_one_level_of_sample_and_targets():
    weights = raked(sp.Margin("region", REGION, merge=WEST))

    margins = weights.margins
    assert margins["level"].tolist() == ["1", "west"]
    assert margins["n"].tolist() == [120, 120]
    regions = answers()["region"].to_numpy()
    assert share(weights, regions != 1) == pytest.approx(0.5)
    before = answers()["base"]
    assert share(weights, regions == 2) == pytest.approx(
        0.5 * before[regions == 2].sum() / before[regions != 1].sum()
    )


def test_targets_can_be_of_the_merged_level_or_of_its_codes():
    of_codes = raked(sp.Margin("region", REGION, merge=WEST))
    of_level = raked(sp.Margin("region", {1: 0.5, "west": 0.5}, merge=WEST))

    np.testing.assert_allclose(of_codes.values, of_level.values, rtol=1e-12)


def test_a_level_without_respondents_can_be_merged_away():
    frame = answers()
    frame = frame[frame["region"] != 2].reset_index(drop=True)

    weights = raked(sp.Margin("region", REGION, merge=WEST), frame=frame)

    assert share(weights, frame["region"].to_numpy() == 3) == pytest.approx(0.5)


def test_a_crossing_merges_by_variable():
    weights = raked(sp.Margin(("sex", "region"), CROSSED, merge={"region": WEST}))

    assert weights.margins["level"].tolist() == ["male|1", "male|west", "female|1", "female|west"]
    assert weights.margins["target"].sum() == pytest.approx(answers()["base"].sum())


def test_targets_of_a_crossing_can_mix_merged_levels_and_codes():
    mixed = {("male", 1): 0.25, ("male", "west"): 0.25, ("female", 1): 0.25}
    mixed |= {("female", 2): 0.15, ("female", 3): 0.1}

    of_codes = raked(sp.Margin(("sex", "region"), CROSSED, merge={"region": WEST}))
    of_both = raked(sp.Margin(("sex", "region"), mixed, merge={"region": WEST}))

    np.testing.assert_allclose(of_codes.values, of_both.values, rtol=1e-12)


def test_margins_may_merge_a_shared_variable_in_different_ways():
    crossed = {(sex, "west" if region > 1 else 1): 0.25 for sex in SEX for region in REGION}

    weights = raked(
        sp.Margin("region", REGION),
        sp.Margin(("sex", "region"), crossed, merge={"region": WEST}),
    )

    assert weights.margins["relative_error"].max() <= 1e-8


def test_margins_that_disagree_about_merged_levels_are_refused():
    crossed = {(sex, "west" if region > 1 else 1): 0.25 for sex in SEX for region in REGION}
    apart = {1: 0.4, 2: 0.4, 3: 0.2}

    (problem,) = refused(
        lambda: raked(
            sp.Margin("region", apart),
            sp.Margin(("sex", "region"), crossed, merge={"region": WEST}),
        )
    )

    assert "found 1: 40 %" in problem
    assert "20 % apart" in problem


def test_a_merged_level_may_not_have_targets_for_itself_and_for_its_codes():
    targets = {1: 0.5, "west": 0.4, 2: 0.1}

    (problem, *_) = refused(lambda: raked(sp.Margin("region", targets, merge=WEST)))

    assert "two targets for one level; found 2" in problem
    assert "a merged level has either its own target or those of its codes" in problem


def test_a_code_with_respondents_may_not_be_left_out_of_the_targets_of_its_merged_level():
    targets = {1: 0.5, 2: 0.5}

    (problem,) = refused(lambda: raked(sp.Margin("region", targets, merge=WEST)))

    assert "no target for some of the codes that are merged; found west (n = 120)" in problem
    assert "give targets for all codes of a merged level, or one for the level itself" in problem


@pytest.mark.parametrize(
    ("merge", "said"),
    [
        ({"west": [2, 4]}, "a merge of a code that 'region' does not have; found 4; allowed: 1, 2"),
        ({"1": [2, 3]}, "a merged level has the name of a code of 'region'; found '1'"),
        ({"west": [2, "2"]}, "a code is merged twice; found again in west"),
        ({"west": [2, 3], "east": [1, "3"]}, "a code is merged twice; found again in east"),
    ],
)
def test_merges_that_do_not_fit_the_questionnaire_are_refused(merge, said):
    problems = refused(lambda: raked(sp.Margin("region", REGION, merge=merge)))

    assert any(said in one for one in problems)
    assert all("margin region, merge of region" in one for one in problems if said in one)


@pytest.mark.parametrize(
    ("of", "merge", "said"),
    [
        ("region", {"west": [2]}, "at least two codes together; found west: [2]"),
        ("region", {"west": "23"}, "at least two codes together; found west: '23'"),
        ("region", {"west": [2, 3], "east": [1, 3]}, "a code is merged twice; found 3"),
        ("region", {"_west": [2, 3]}, "whose name cannot stand in results; found '_west'"),
        ("region", {"sex": {"all": ["male", "female"]}}, "a variable that the margin does not"),
        ("region", 3, "merges of the wrong kind; found 3"),
        (("sex", "region"), {"west": [2, 3]}, "a variable that the margin does not have"),
        (("sex", "region"), {"region": [2, 3]}, "a table by variable (sex, region)"),
    ],
)
def test_merges_of_the_wrong_form_are_refused_when_they_are_declared(of, merge, said):
    targets = REGION if of == "region" else CROSSED

    assert said in "; ".join(refused(lambda: sp.Margin(of, targets, merge=merge)))


def test_merges_are_written_in_the_tables_of_a_recipe():
    one = sp.Margin("region", REGION, merge=WEST)
    two = sp.Margin(("sex", "region"), CROSSED, merge={"region": WEST})

    tables = sp.Recipe((sp.Rake((one, two)),)).to_tables()[0]["margins"]

    assert [table["merge"] for table in tables] == [WEST, {"region": WEST}]


def test_a_recipe_with_merges_is_another_recipe():
    plain, merged = (sp.Margin("region", REGION, merge=one) for one in (None, WEST))
    turned = sp.Margin("region", REGION, merge={"west": [3, 2]})

    canonical = [sp.Recipe((sp.Rake((one,)),)).canonical for one in (plain, merged, turned)]

    assert canonical[0] != canonical[1] == canonical[2]


@given(
    st.dictionaries(
        st.text(min_size=1),
        st.lists(st.one_of(st.integers(), st.text()), min_size=2, unique=True).map(tuple),
        min_size=1,
    )
)
def test_the_line_that_is_proposed_says_in_toml_what_was_meant(merge):
    read = tomllib.loads(merge_text(("age",), {"age": merge}))["merge"]
    crossed = tomllib.loads(merge_text(("sex", "age"), {"age": merge}))["merge"]

    assert {new: tuple(codes) for new, codes in read.items()} == merge
    assert crossed == {"age": read}


def test_levels_that_were_merged_are_opened_where_they_are_merged_again():
    once = combined({}, ("b", "c"))
    twice = combined(once, ("a", "b or c"))

    assert twice == {"a or b or c": ("a", "b", "c")}
