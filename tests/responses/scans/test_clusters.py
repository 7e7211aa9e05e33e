"""Clusters are counted where they lie, and contradict a design as they do in memory."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pandas as pd
import polars as pl
import pytest

from socialpoll.errors import BindingError, DesignError
from socialpoll.responses import SampleDesign, bind, scan, tally
from tests.responses.asking import asking, single

ASKED = asking(single("x", "y"))
DESIGN = SampleDesign(strata="s", clusters="c", weight="w")
ENGINES = {
    "polars": lambda frame: pl.from_pandas(frame).lazy(),
    "duckdb": lambda frame: duckdb.connect().from_df(frame),
    "pandas": lambda frame: frame,
}


def sample():
    """Return twelve cases in five clusters of two strata; a cluster weighs nothing."""
    return pd.DataFrame(
        {
            "q": ["x", "y"] * 6,
            "s": ["a"] * 7 + ["b"] * 5,
            "c": [1, 1, 2, 2, 3, 3, 3, 11, 11, 11, 12, 12],
            "block": [1, 2] * 6,
            "w": [1.0, 2.0, 0.0, 0.0, 1.0, 1.0, 3.0, 1.0, 1.0, 2.0, 1.0, 1.0],
            "N": [6] * 7 + [5] * 5,
            "M": [9] * 12,
        }
    )


def changed(**values):
    """Return the sample with other values in some rows of a column."""
    frame = sample()
    for name, those in values.items():
        column = frame[name].astype(object)
        for row, value in those.items():
            column[row] = value
        frame[name] = column.infer_objects()
    return frame


@pytest.mark.parametrize("engine", ENGINES)
def test_the_design_has_as_many_clusters_as_in_memory(engine):
    finite = replace(DESIGN, fpc="N", fpc_as="count")
    several = replace(DESIGN, clusters=("c", "block"))
    alone = replace(DESIGN, strata=None)
    for design in (DESIGN, finite, several, alone):
        counted = tally(ENGINES[engine](sample()), ASKED, design, names=["q"])
        cases = bind(sample(), ASKED, design)

        facts = [one.methodology.fact("responses", "design") for one in (counted, cases)]
        assert facts[0] == facts[1]
        assert facts[0]["units"] == 5
        assert counted.repeats.clusters.number.sum() == 5
    fractions = dict(zip(*(getattr(cases_of(finite), one) for one in ("stratum", "fraction"))))  # noqa: B905
    stage = tally(ENGINES[engine](sample()), ASKED, finite, names=["q"]).stages[0]
    assert [fractions[one] for one in stage.stratum] == stage.fraction.tolist()


def cases_of(design):
    return bind(sample(), ASKED, design).stages[0]


CONTRADICTIONS = {
    "clusters that are blank": (changed(c={1: None, 5: None}), DESIGN),
    "strata that are blank": (changed(s={1: None}), DESIGN),
    "words that are blank": (changed(c=dict(enumerate("u vvww"))), DESIGN),
    "clusters of two strata": (changed(c={11: 1, 10: 2}), DESIGN),
    "more clusters than there are": (
        changed(N=dict.fromkeys(range(7), 2)), replace(DESIGN, fpc="N", fpc_as="count"),
    ),
    "corrections that differ": (changed(N={0: 9}), replace(DESIGN, fpc="N", fpc_as="count")),
    "no fractions": (sample(), replace(DESIGN, fpc="N", fpc_as="fraction")),
    "blanks of a later stage": (
        changed(block={3: None}), replace(DESIGN, clusters=("c", "block")),
    ),
}  # fmt: skip


def problems_of(make):
    with pytest.raises(DesignError) as raised:
        make()
    # Where answers lie elsewhere, no row is the first.
    return [replace(one, found=one.found.partition(", first in row")[0])
            for one in raised.value.problems]  # fmt: skip


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_what_contradicts_the_design_is_told_as_in_memory(engine, what):
    frame, design = CONTRADICTIONS[what]
    if frame["c"].dtype == object:
        frame = frame.assign(c=frame["c"].map(str, na_action="ignore"))

    found = problems_of(lambda: scan(ENGINES[engine](frame), ASKED, design).tally(["q"]))

    assert found == problems_of(lambda: bind(frame, ASKED, design))


def test_of_many_clusters_in_several_strata_some_are_named_and_all_are_counted():
    frame = pd.DataFrame({"q": "x", "s": [1, 2] * 20, "c": [n // 2 for n in range(40)], "w": 1.0})

    (problem,) = problems_of(lambda: tally(frame, ASKED, DESIGN, names=["q"]))

    assert problem.what == "20 cluster number(s) stand in more than one stratum"
    assert problem.found.startswith("'0' in '1', '2', '1' in ")
    assert problem.found.endswith("and 15 more")


def test_a_second_stage_that_adds_to_variances_is_refused_with_what_to_do():
    design = replace(DESIGN, clusters=("c", "block"), fpc=("N", "M"), fpc_as="count")

    (problem,) = problems_of(lambda: tally(sample(), ASKED, design, names=["q"]))

    assert problem.found == "'M'"
    assert "leave out the corrections of later stages" in problem.advice


def test_blanks_around_the_words_for_clusters_do_not_count():
    frame = sample().assign(c=["k ", "k", "l", " l", *"mmmoooop"])
    cases = bind(frame, ASKED, DESIGN)

    for engine in ENGINES.values():
        found = tally(engine(frame), ASKED, DESIGN, names=["q"])
        fact = found.methodology.fact("responses", "design")
        assert fact == cases.methodology.fact("responses", "design")


def test_strata_that_came_after_clusters_were_counted_are_told():
    clusters = tally(sample(), ASKED, DESIGN, names=["q"]).repeats.clusters

    assert clusters.numbers_of(["b", "a"]).tolist() == [2, 3]
    with pytest.raises(BindingError, match="answers again"):
        clusters.numbers_of(["a", "z"])


def test_the_digest_of_a_tally_knows_how_many_clusters_there_are():
    joined = sample().replace({"c": {2: 1}})

    found = {tally(one, ASKED, DESIGN, names=["q"]).digest for one in (sample(), joined)}
    scans = {scan(one, ASKED, DESIGN).digest for one in (sample(), joined)}

    assert len(found) == len(scans) == 2
