"""Combinations of answers, bound in place of the cases that gave them, say the same of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import polars as pl
import pytest
from pandas.testing import assert_frame_equal

from socialpoll.errors import BindingError, DesignError, UnknownNameError
from socialpoll.responses import (
    Clock,
    Numeric,
    SampleDesign,
    Ticks,
    bind,
    response_rates,
    state_of,
    tally,
)
from socialpoll.schema import Band, Bands, Is, Order
from tests.responses.asking import asking, clock, multiple, number, single
from tests.responses.scans.elsewhere import ENGINES, laid

NAMES = ("platforms", "age_group", "busiest", "trust")


@pytest.fixture(scope="module")
def sources(answers, tmp_path_factory):
    with laid(answers, tmp_path_factory.mktemp("tallying")) as sources:
        yield sources


@pytest.fixture(scope="module")
def whole(poll, answers):
    return bind(answers, poll.questionnaire, poll.design)


def said(column):
    """Return all that a column says of each case: its state, and the answer itself."""
    match column:
        case Ticks(ticked=answer) | Clock(minutes=answer) | Numeric(values=answer):
            return np.column_stack([state_of(column), answer]).astype(float)
    return state_of(column)[:, None].astype(float)


def distribution(responses, name, added):
    """Return the distinct answers to a variable, and what is added up for each."""
    found, place = np.unique(said(responses.columns[name]), axis=0, return_inverse=True)
    return found, np.bincount(place.ravel(), weights=added)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_poll_is_tallied_alike_wherever_it_lies(poll, sources, whole, engine):
    tallied = tally(sources[engine], poll.questionnaire, poll.design, names=NAMES)
    first = tally(sources["pandas"], poll.questionnaire, poll.design, names=NAMES)

    assert_frame_equal(tallied.frame, first.frame)
    assert tallied.repeats.times.tolist() == first.repeats.times.tolist()
    assert tallied.repeats.times.sum() == len(whole)
    assert np.allclose(tallied.base_weight, first.base_weight, rtol=1e-14)


def test_every_variable_is_distributed_as_among_the_cases(poll, sources, whole):
    for name in poll.questionnaire.names:
        tallied = tally(sources["polars"], poll.questionnaire, poll.design, names=[name])

        for of_rows, of_combinations in (
            (np.ones(len(whole)), tallied.repeats.times),
            (whole.base_weight, tallied.base_weight),
            (whole.base_weight**2, tallied.repeats.squared(tallied.base_weight)),
        ):
            expected = distribution(whole, name, of_rows)
            found = distribution(tallied, name, of_combinations)
            assert np.array_equal(found[0], expected[0]), name
            assert np.allclose(found[1], expected[1], rtol=1e-13), name


def test_only_what_is_needed_is_bound_and_few_combinations_stand_for_many_cases(poll, sources):
    tallied = tally(sources["polars"], poll.questionnaire, poll.design, names=["account", "sex"])

    assert [*tallied.columns] == ["sex", "account"]
    told_apart = tallied.frame.assign(stratum=tallied.stages[0].stratum, outcome=tallied.outcome)
    assert len(tallied) == len(told_apart.drop_duplicates()) < 100


def test_the_method_counts_cases_and_not_combinations(poll, sources, whole):
    tallied = tally(sources["polars"], poll.questionnaire, poll.design, names=["sex"])

    for name in ("cases", "design"):
        expected = whole.methodology.fact("responses", name)
        assert tallied.methodology.fact("responses", name) == expected


def test_they_say_how_many_cases_they_stand_for():
    frame = pd.DataFrame({"q": ["a", "b", "b"]})

    counted = tally(frame, asking(single("a", "b")), names=["q"])

    assert repr(counted) == "<Responses of 2 combinations of answers of 3 cases, variables: 1>"


@pytest.mark.parametrize("weighted", [False, True])
def test_response_rates_are_those_of_the_cases(poll, sources, whole, weighted):
    tallied = tally(sources["polars"], poll.questionnaire, poll.design, names=["governorate"])

    found, expected = (
        response_rates(one, by="governorate", weighted=weighted).frame for one in (tallied, whole)
    )

    assert_frame_equal(found, expected, rtol=1e-12)


def mistaken() -> tuple[object, pd.DataFrame]:
    """Make answers with a mistake of every kind that binding tells of."""
    asked = asking(
        single("yes", "no", name="account"),
        multiple("a", "b", name="apps", layout="cell", asked_if=Is("account", "yes")),
        number("age", minimum=10, maximum=99),
        number("years"),
        clock("online"),
        derived=(
            Bands(
                name="ages",
                of="age",
                label="Age",
                bands=(Band(code="young", label="Young", maximum=40),),
            ),
        ),
    )
    asked = replace(asked, constraints=(Order(of=("years", "age"), message="as old"),))
    size = 180
    frame = pd.DataFrame(
        {
            "account": np.resize(["yes", "no", "perhaps", None], size),
            "apps": np.resize(["a", "a b", "a c", "x", None], size),
            "age": np.resize([5.0, 20.0, 50.0, 60.0, 120.0, np.nan], size),
            "years": np.resize([30.0, 55.0], size),
            "online": np.resize(["21:00", "noon", "06:30"], size),
        }
    )
    return asked, frame


def test_findings_count_the_cases_that_they_are_true_of():
    asked, frame = mistaken()
    keys = ["severity", "question", "rule", "what"]

    tallied = tally(pl.from_pandas(frame).lazy(), asked, names=asked.names)

    whole = bind(frame, asked).findings
    assert set(whole["rule"]) == {
        "undeclared", "left_out", "out_of_range", "constraint", "asked_blank",
        "not_asked_answered",
    }  # fmt: skip
    told = [
        one.groupby([*keys, one["value"].where(one["rule"].isin(["undeclared", "left_out"]), "")])[
            "count"
        ].sum()
        for one in (whole, tallied.findings)
    ]
    assert told[0].to_dict() == told[1].to_dict()
    assert len(tallied) < len(frame)


def test_constraints_of_variables_that_are_not_all_read_say_nothing():
    asked, frame = mistaken()

    tallied = tally(frame, asked, names=["years"])

    assert tallied.findings.empty


def test_sampling_fractions_are_those_of_the_cases():
    frame = pd.DataFrame({"q": ["x", "x", "y", "x"], "s": ["a", "a", "a", "b"], "N": [6, 6, 6, 4]})
    design = SampleDesign(strata="s", fpc="N", fpc_as="count")
    asked = asking(single("x", "y"))

    tallied = tally(frame, asked, design, names=["q"])

    assert tallied.repeats.times.tolist() == [2, 1, 1]
    assert tallied.stages[0].fraction.tolist() == [0.5, 0.25, 0.5]
    assert tallied.stages[0].stratum.tolist() == [0, 1, 0]


def refused(frame, design=None, names=("q",), **more):
    return tally(frame, asking(single("x", "y")), design, names=names, **more)


def test_what_cannot_be_tallied_is_refused_and_says_in_how_many_rows():
    weighted = pl.LazyFrame({"q": ["x", "x", "y"], "w": [1.0, None, None], "s": ["a", None, None]})

    with pytest.raises(DesignError, match="2 row\\(s\\) have no cluster"):
        refused(weighted, SampleDesign(clusters="s"))
    with pytest.raises(DesignError) as told:
        refused(weighted, SampleDesign(weight="w", strata="s"))
    assert [one.what for one in told.value.problems] == [
        "2 row(s) have no stratum",
        "2 row(s) have no base weight, or one that is no number",
    ]
    assert all("first in row" not in one.found for one in told.value.problems)
    with pytest.raises(BindingError, match="there is no column 'q'"):
        refused(weighted.select("w"))
    with pytest.raises(BindingError, match="not one row of answers"):
        refused(weighted.head(0))
    with pytest.raises(UnknownNameError, match="'p'"):
        refused(weighted, names=["p"])
    with pytest.raises(BindingError, match="name of the wave is not plain"):
        refused(weighted, wave="_T")


def test_what_weights_are_changes_the_digest():
    frame = pl.LazyFrame({"q": ["x", "x", "y"], "w": [1.0, 3.0, 2.0]})
    even = pl.LazyFrame({"q": ["x", "x", "y"], "w": [2.0, 2.0, 2.0]})
    design = SampleDesign(weight="w")

    assert refused(frame, design).digest == refused(frame, design).digest
    assert refused(frame, design).digest != refused(even, design).digest
