from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.errors import BindingError, DesignError
from socialpoll.responses import SampleDesign, bind
from tests.responses.asking import asking, single

Q = asking(single("a"))


def staged(design, **columns):
    frame = pd.DataFrame(columns)
    return bind(frame.assign(q="a"), Q, design)


def problems_of(design, **columns):
    with pytest.raises(DesignError) as raised:
        staged(design, **columns)
    return raised.value.problems


def problem_of(design, **columns):
    problems = problems_of(design, **columns)
    assert len(problems) == 1, problems
    return problems[0]


def test_without_a_design_the_cases_are_sampled_from_one_stratum():
    responses = bind(pd.DataFrame({"q": ["a", "a", "a"]}), Q)

    (stage,) = responses.stages
    assert stage.stratum.tolist() == [0, 0, 0]
    assert stage.unit.tolist() == [0, 1, 2]
    assert stage.fraction is None
    assert responses.strata_labels == ("_T",)
    assert responses.base_weight.tolist() == [1, 1, 1]
    assert responses.interviewed.all()


def test_strata_are_numbered_in_the_order_of_their_labels_whatever_the_rows():
    responses = staged(SampleDesign(strata="h"), h=["south", "10", "9", "north", "10"])

    assert responses.strata_labels == ("9", "10", "north", "south")
    assert responses.stages[0].stratum.tolist() == [3, 1, 0, 2, 1]


@pytest.mark.parametrize("kind", [int, float, str, "category", object, "Int64"])
def test_strata_and_clusters_are_the_same_in_every_type_of_column(kind):
    columns = {"h": [10, 9, 10, 10], "c": [3, 1, 20, 3]}
    frame = pd.DataFrame(columns).astype(kind).assign(q="a")

    responses = bind(frame, Q, SampleDesign(strata="h", clusters="c"))

    (stage,) = responses.stages
    assert responses.strata_labels == ("9", "10")
    assert stage.stratum.tolist() == [1, 0, 1, 1]
    assert stage.unit.tolist() == [1, 0, 2, 1]


def test_nested_cluster_numbers_start_again_in_every_stratum():
    columns = {"h": ["a", "a", "b", "b"], "c": [1, 2, 1, 1]}

    (stage,) = staged(SampleDesign(strata="h", clusters="c", nested=True), **columns).stages

    assert stage.unit.tolist() == [0, 1, 2, 2]


def test_a_cluster_number_in_two_strata_is_an_error_unless_nested():
    columns = {"h": ["a", "a", "b", "b"], "c": [1, 2, 1, 3]}

    problem = problem_of(SampleDesign(strata="h", clusters="c"), **columns)

    assert problem.found == "'1' in 'a', 'b'"
    assert "nested = true" in problem.advice


def test_later_units_are_numbered_within_those_above():
    columns = {"c": [1, 1, 2, 2, 2], "d": [1, 2, 1, 1, 2]}

    first, second = staged(SampleDesign(clusters=("c", "d")), **columns).stages

    assert first.unit.tolist() == [0, 0, 1, 1, 1]
    assert second.unit.tolist() == [0, 1, 2, 2, 3]
    assert second.stratum.tolist() == first.unit.tolist()


def test_later_strata_are_numbered_within_the_units_above():
    columns = {"c": [1, 1, 2, 2], "k": ["x", "y", "x", "x"]}
    design = SampleDesign(strata=(None, "k"), clusters="c")

    first, second = staged(design, **columns).stages

    assert first.stratum.tolist() == [0, 0, 0, 0]
    assert second.stratum.tolist() == [0, 1, 2, 2]
    assert second.unit.tolist() == [0, 1, 2, 3]


def test_cases_are_the_last_units_of_a_design_with_more_stages_than_clusters():
    design = SampleDesign(clusters="c", fpc=("n", "m"), fpc_as="count")

    first, second = staged(design, c=[1, 1, 2], n=[10, 10, 10], m=[4, 4, 2]).stages

    assert first.fraction.tolist() == [0.2, 0.2, 0.2]
    assert second.unit.tolist() == [0, 1, 2]
    assert second.fraction.tolist() == [0.5, 0.5, 0.5]


def test_counts_become_fractions_of_units_over_all_rows():
    columns = {"h": ["a", "a", "a", "b"], "c": [1, 1, 2, 3], "n": [8, 8, 8, 4], "w": [1, 0, 0, 2]}
    design = SampleDesign(strata="h", clusters="c", fpc="n", fpc_as="count", weight="w")

    (stage,) = staged(design, **columns).stages

    assert stage.fraction.tolist() == [0.25, 0.25, 0.25, 0.25]


def test_fractions_are_taken_as_they_are():
    design = SampleDesign(strata="h", fpc="f", fpc_as="fraction")

    (stage,) = staged(design, h=["a", "b", "a"], f=[0.5, 1, 0.5]).stages

    assert stage.fraction.tolist() == [0.5, 1, 0.5]


def test_stages_without_a_correction_have_no_fraction():
    design = SampleDesign(clusters=("c", "d"), fpc="n", fpc_as="count")

    first, second = staged(design, c=[1, 2], d=[1, 1], n=[4, 4]).stages

    assert first.fraction.tolist() == [0.5, 0.5]
    assert second.fraction is None


@pytest.mark.parametrize(
    ("fpc_as", "values", "what"),
    [
        ("count", [4, 5, 4], "not the same throughout a stratum"),
        ("count", [2, 2, 2], "more sampled units than its population count"),
        ("count", [4, None, 4], "no number in 1 row, first in row 1"),
        ("count", [4, np.inf, 4], "no number in 1 row"),
        ("count", ["4", "four", "4"], "no number in 1 row"),
        ("fraction", [0.0, 0.0, 0.0], "not above 0 and at most 1"),
        ("fraction", [1.5, 1.5, 1.5], "not above 0 and at most 1"),
        ("fraction", [0.5, 0.4, 0.5], "not the same throughout a stratum"),
    ],
)
def test_a_correction_that_contradicts_the_sample_is_an_error(fpc_as, values, what):
    problem = problem_of(SampleDesign(fpc="f", fpc_as=fpc_as), f=values)

    assert what in problem.what
    assert problem.where == "fpc = 'f'"


def test_an_error_of_a_correction_lists_the_strata():
    design = SampleDesign(strata="h", fpc="f", fpc_as="count")

    problem = problem_of(design, h=["a", "b", "b"], f=[1, 1, 1])

    assert problem.found == "stratum 'b' (sampled 2) = 1"


def test_a_correction_of_a_later_stage_is_constant_within_the_unit_above():
    design = SampleDesign(clusters="c", fpc=("n", "m"), fpc_as="count")

    problem = problem_of(design, c=[1, 1, 2, 2], n=[4] * 4, m=[5, 5, 5, 6])

    assert problem.found == "the stratum of row 2"


@pytest.mark.parametrize("column", ["h", "c"])
def test_a_case_without_stratum_or_cluster_is_an_error(column):
    columns = {"h": ["a", "b"], "c": [1, 2]} | {column: [1, None]}

    problem = problem_of(SampleDesign(strata="h", clusters="c"), **columns)

    assert problem.where == f"column {column!r}"
    assert problem.found == "a blank, first in row 1"


def test_blank_strata_alone_are_told_and_nothing_is_made_of_them():
    problem = problem_of(SampleDesign(strata="h"), h=[None, " "])

    assert problem.what == "2 row(s) have no stratum"


def test_a_case_without_a_unit_of_a_later_stage_is_an_error():
    design = SampleDesign(clusters=("c", "d"), fpc=("n", "n"), fpc_as="count")

    problem = problem_of(design, c=[1, 1], d=[1, None], n=[4, 4])

    assert problem.what == "1 row(s) have no cluster"


def test_a_great_many_strata_and_clusters_are_paired_like_a_few():
    size = 3000
    columns = {"h": np.arange(size), "c": np.arange(size)[::-1]}

    (stage,) = staged(SampleDesign(strata="h", clusters="c", nested=True), **columns).stages

    assert stage.unit.tolist() == list(range(size))


@pytest.mark.parametrize(
    ("design", "where"),
    [
        (SampleDesign(fpc="f"), "fpc_as"),
        (SampleDesign(lonely="collapse"), "lonely"),
        (SampleDesign(lonely="eror"), "lonely"),
        (SampleDesign(strata="h", similarity="f"), "similarity"),
        (SampleDesign(sampling="quota"), "sampling"),
        (SampleDesign(fpc="f", fpc_as="counts"), "fpc_as"),
        (SampleDesign(strata=("h", "h", "h"), clusters="c"), "clusters"),
        (SampleDesign(clusters=("c", "", "c")), "clusters"),
        (SampleDesign(disposition="h"), "disposition"),
        (SampleDesign(interviewed=("x",)), "disposition"),
    ],
)
def test_a_design_that_contradicts_itself_is_an_error(design, where):
    problem = problem_of(design, f=[4, 4], h=["a", "a"], c=[1, 2])

    assert problem.where == where


@pytest.mark.parametrize("lonely", ["error", "certainty", "centered", "collapse", "average"])
def test_policies_for_lonely_clusters_are_kept_for_those_who_apply_them(lonely):
    assert staged(SampleDesign(strata="h", lonely=lonely), h=["a"]).design.lonely == lonely


def test_everything_wrong_with_a_design_is_told_at_once():
    design = SampleDesign(strata="h", clusters="c", fpc="f", weight="w", lonely="eror")
    columns = {"h": ["a", "b"], "c": [1, 1], "f": [1, 1], "w": [-1, 1]}

    assert len(problems_of(design, **columns)) == 4


def test_lists_of_a_poll_file_serve_as_tuples():
    design = SampleDesign(strata=["", "k"], clusters=["c"], interviewed=["done"], disposition="d")

    assert design.strata == (None, "k")
    assert design.interviewed == ("done",)
    assert SampleDesign(interviewed="done", disposition="d").interviewed == ("done",)


def test_a_column_that_the_design_names_must_be_there():
    with pytest.raises(BindingError) as raised:
        staged(SampleDesign(strata="hh", weight="w"), h=["a"])

    assert [problem.where for problem in raised.value.problems] == [
        "design, strata",
        "design, weight",
    ]


def test_the_arrays_of_stages_are_small_and_read_only():
    (stage,) = staged(SampleDesign(strata="h"), h=["a"]).stages

    assert stage.stratum.dtype == stage.unit.dtype == np.int32
    with pytest.raises(ValueError, match="read-only"):
        stage.unit[0] = 1


rows = st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=1, max_size=30)


@settings(max_examples=30)
@given(rows, st.randoms(use_true_random=False))
def test_stages_do_not_depend_on_the_order_of_rows(cases, random):
    frame = pd.DataFrame(cases, columns=["h", "c", "d"]).assign(q="a")
    design = SampleDesign(strata="h", clusters=("c", "d"), nested=True)
    order = random.sample(range(len(frame)), len(frame))

    straight = bind(frame, Q, design).stages
    shuffled = bind(frame.iloc[order], Q, design).stages

    for one, other in zip(straight, shuffled, strict=True):
        assert one.stratum[order].tolist() == other.stratum.tolist()
        assert one.unit[order].tolist() == other.unit.tolist()


@settings(max_examples=30)
@given(rows)
def test_units_are_the_distinct_paths_to_them(cases):
    frame = pd.DataFrame(cases, columns=["h", "c", "d"])
    design = SampleDesign(strata="h", clusters=("c", "d"), nested=True)

    first, second = bind(frame.assign(q="a"), Q, design).stages

    assert first.unit.tolist() == frame.groupby(["h", "c"]).ngroup().tolist()
    assert second.unit.tolist() == frame.groupby(["h", "c", "d"]).ngroup().tolist()
