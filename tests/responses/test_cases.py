from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialpoll.errors import DesignError
from socialpoll.responses import SampleDesign, bind
from tests.responses.asking import asking, single

Q = asking(single("a"))


def bound(design, **columns):
    return bind(pd.DataFrame(columns).assign(q="a"), Q, design)


def problem_of(design, **columns):
    with pytest.raises(DesignError) as raised:
        bound(design, **columns)
    (problem,) = raised.value.problems
    return problem


@pytest.mark.parametrize("values", [[0, 2.5], ["0", "2.5"], pd.array([0, 2.5], dtype="Float64")])
def test_base_weights_are_read_from_every_type_of_column_and_may_be_zero(values):
    responses = bound(SampleDesign(weight="w"), w=values)

    assert responses.base_weight.tolist() == [0, 2.5]
    assert responses.base_weight.dtype == np.float64


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ([1, np.nan, None], "2 row(s) have no base weight, or one that is no number"),
        ([1, 1, "heavy"], "1 row(s) have no base weight, or one that is no number"),
        ([1, -1, -2], "2 row(s) have a base weight below 0"),
        ([1, 1, np.inf], "1 row(s) have an infinite base weight"),
        ([0, 0, 0], "every base weight is 0"),
    ],
)
def test_base_weights_that_are_none_are_an_error_with_their_count(values, what):
    assert problem_of(SampleDesign(weight="w"), w=values).what == what


def test_interviews_are_the_cases_of_the_dispositions_named():
    design = SampleDesign(disposition="d", interviewed=(1, "2"))

    responses = bound(design, d=[1.0, 2.0, 3.0])

    assert responses.interviewed.tolist() == [True, True, False]


def test_a_case_without_disposition_is_an_error():
    design = SampleDesign(disposition="d", interviewed=("done",))

    assert problem_of(design, d=["done", None]).what == "1 row(s) have no disposition"


def test_a_disposition_that_no_case_has_is_told_with_the_nearest():
    design = SampleDesign(disposition="d", interviewed=("interview",))

    problem = problem_of(design, d=["interviewed", "refused"])

    assert problem.what == "no case is an interview"
    assert problem.allowed.startswith("did you mean 'interviewed'?")


def test_the_methodology_tells_cases_interviews_and_dispositions():
    design = SampleDesign(disposition="d", interviewed=("done",))

    fact = bound(design, d=["done", "refused", "done"]).methodology.fact("responses", "cases")

    assert fact == {
        "cases": 3,
        "interviews": 2,
        "wave": None,
        "dispositions": ("done", "refused"),
        "disposition_counts": ("2", "1"),
        "outcomes": (),
        "outcome_counts": (),
    }


def test_the_methodology_tells_the_design():
    design = SampleDesign(strata="h", clusters="c", weight="w", lonely="centered")

    responses = bound(design, h=["a", "b", "b"], c=[1, 2, 3], w=[1, 1, 1])

    assert responses.methodology.fact("responses", "design") == {
        "sampling": "probability",
        "stages": 1,
        "stratified": True,
        "strata": 2,
        "strata_columns": ("h",),
        "clustered": True,
        "units": 3,
        "cluster_columns": ("c",),
        "fpc": None,
        "lonely": "centered",
        "similarity": None,
        "weight": "w",
    }


def test_what_the_makers_declare_stays_in_the_methodology():
    assert bound(SampleDesign(), h=["a"]).methodology.declared == Q.methodology
