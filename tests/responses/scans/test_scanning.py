"""Answers are bound where they lie; what is said of them does not depend on what counts them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import polars as pl
import pytest

from socialpoll.errors import (
    BindingError,
    CombinationsError,
    DesignError,
    UncleanError,
    UnknownNameError,
)
from socialpoll.responses import Numeric, SampleDesign, Scan, bind, scan, state_of
from socialpoll.responses.scans import looking_through
from socialpoll.schema import Band, Bands, Date, FreeText, Is, Order, Questionnaire
from tests.responses.asking import asking, missing, multiple, number, single


@pytest.fixture(scope="module")
def scanned(poll, answers):
    return scan(answers, poll.questionnaire, poll.design)


@pytest.fixture
def asked():
    questions = (
        single(1, 2, name="sex"),
        multiple("a", "b", name="apps", layout="columns", asked_if=Is("sex", 2)),
        number("hours", minimum=0, maximum=24),
        number("rooms"),
    )
    return replace(
        asking(*questions),
        constraints=(Order(of=("rooms", "hours"), message="More rooms than hours."),),
    )


@pytest.fixture
def dirty():
    return pd.DataFrame(
        {
            "sex": [1, 2, 2, 7, 1, 2] * 5,
            "apps_a": [None, 1, 0, None, 1, 1] * 5,
            "apps_b": [None, 1, 9, None, 0, 0] * 5,
            "hours": [3, 4, 30, 5, 6, None] * 5,
            "rooms": [1, 9, 2, 3, 4, 5] * 5,
            "w": np.arange(1.0, 31.0),
        }
    )


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_a_file_is_scanned_as_what_it_holds(asked, dirty, engine, tmp_path):
    dirty.to_csv(tmp_path / "answers.csv", index=False)
    dirty.to_parquet(tmp_path / "answers.parquet", index=False)
    for rooms, part in dirty.groupby("rooms"):
        folder = tmp_path / "parts" / f"rooms={rooms}"
        folder.mkdir(parents=True)
        part.drop(columns="rooms").to_parquet(folder / "part.parquet", index=False)
    design = SampleDesign(strata="rooms", weight="w")
    expected = scan(dirty, asked, design).digest

    for name in ("answers.csv", "answers.parquet", "answers.p*", "parts", "parts/*/*.parquet"):
        found = scan(str(tmp_path / name), asked, design, engine=engine)

        assert len(found) == len(dirty)
        assert found.digest == expected


def test_nothing_is_read_before_it_is_needed(poll, answers):
    read = []

    def note(frame):
        read.append(len(frame))
        return frame

    source = pl.from_pandas(answers).lazy().map_batches(note)

    found = scan(source, poll.questionnaire, poll.design)

    assert repr(found) == "<Scan, variables: 18>"
    assert list(found.columns) == list(poll.questionnaire.names)
    assert isinstance(found.columns["hours"], Numeric)
    assert state_of(found.columns["hours"]).size == 0
    assert read == []
    assert read == [len(found)]


def test_the_methodology_is_that_of_the_cases(poll, answers, scanned):
    expected = bind(answers, poll.questionnaire, poll.design).methodology

    assert scanned.methodology == expected


def test_the_digest_tells_other_answers_and_no_other_order(asked, dirty):
    design = SampleDesign(weight="w")
    digest = scan(dirty, asked, design).digest

    assert scan(dirty.iloc[::-1], asked, design).digest == digest
    assert scan(dirty.astype({"sex": str, "rooms": float}), asked, design).digest == digest
    assert scan(dirty, asked).digest != digest
    assert scan(dirty, asked, design, wave="1").digest != digest
    for column, value in (("sex", 2), ("hours", 4.0), ("w", 31.0), ("apps_a", 1.0)):
        changed = dirty.copy()
        changed.loc[0, column] = value
        assert scan(changed, asked, design).digest != digest


def test_what_does_not_fit_is_told_as_of_cases_without_their_places(asked, dirty):
    found = scan(dirty, asked, SampleDesign(weight="w"))
    expected = bind(dirty, asked, SampleDesign(weight="w")).findings

    told = expected.drop(columns=["row", "what"]).sort_values(["question", "rule", "value"])
    same = found.findings.drop(columns="what").sort_values(["question", "rule", "value"])

    assert len(expected) > 4
    assert found.findings["severity"].is_monotonic_increasing
    assert same.to_numpy().tolist() == told.to_numpy().tolist()
    with pytest.raises(UncleanError, match=r"5 row\(s\)") as refused:
        found.require_clean()
    assert len(refused.value.problems) == (expected["severity"] == "error").sum()


def test_answers_without_a_fault_are_clean(scanned):
    assert scanned.require_clean() is scanned
    assert len(scanned.findings) == 0


def test_what_was_tallied_serves_all_that_it_holds(poll, answers):
    found = scan(answers, poll.questionnaire, poll.design)

    both = found.tally(["sex", "account"])

    assert found.tally(["account"]) is both
    assert found.tally(["age_group"]) is not both


def test_too_many_combinations_are_refused_and_it_is_said_what_makes_them(poll, answers):
    found = scan(answers, poll.questionnaire, poll.design)

    assert not found.is_few(["age", "hours"], 500)
    with pytest.raises(CombinationsError, match=r"'age' has 7\d") as refused:
        found.tally(["sex", "age", "hours"], most=500)
    assert "bands" in refused.value.problems[0].advice
    assert len(found.tally(["sex"], most=500)) < 500


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_files_that_are_none_are_refused(asked, tmp_path, engine):
    (tmp_path / "twice.csv").write_text("sex,apps_a,apps_b,hours,rooms,sex\n1,1,1,1,1,2\n")
    (tmp_path / "answers.xlsx").write_text("")
    (tmp_path / "damaged.parquet").write_text("none")
    (tmp_path / "empty").mkdir()

    for name, what in (
        ("twice.csv", "column 'sex' is there 2 times"),
        ("answers.xlsx", "in Parquet or in CSV files"),
        ("damaged.parquet", "the file cannot be read"),
        ("absent.parquet", "there are no answers"),
        ("*.sav", "there are no answers"),
        ("empty", "there are no answers"),
    ):
        with pytest.raises(BindingError, match=what):
            scan(tmp_path / name, asked, engine=engine)


def test_what_cannot_be_bound_is_refused_before_anything_is_read(asked, dirty):
    for source, options, what in (
        (dirty.drop(columns=["sex", "rooms"]), {}, "there is no column 'rooms'"),
        (pd.concat([dirty, dirty[["sex"]]], axis=1), {}, "'sex'"),
        ([1, 2], {}, "no frame of answers"),
        (dirty, {"wave": "a b|"}, "wave"),
        (dirty, {"engine": "sqlite"}, "no such engine"),
    ):
        with pytest.raises(BindingError, match=what):
            scan(source, asked, **options)
    with pytest.raises(DesignError, match="no strata that could be joined"):
        scan(dirty, asked, SampleDesign(clusters="rooms", lonely="collapse"))
    with pytest.raises(UnknownNameError, match="'sexes'"):
        scan(dirty, asked).tally(["sexes"])
    with pytest.raises(BindingError, match="not one row"):
        len(scan(dirty.iloc[:0], asked))


def test_weights_in_a_file_that_are_no_numbers_are_a_contradiction_of_the_design(tmp_path):
    frame = pd.DataFrame({"sex": ["m", "f", "m"], "w": ["1.5", "none", "2"]})
    frame.to_csv(tmp_path / "answers.csv", index=False)
    asked = Questionnaire.infer(frame, exclude=["w"])

    for engine in ("duckdb", "polars"):
        found = scan(tmp_path / "answers.csv", asked, SampleDesign(weight="w"), engine=engine)
        with pytest.raises(DesignError, match="weight"):
            found.tally(["sex"])


def test_questions_of_very_many_answers_are_said_not_to_be_looked_through(
    asked, dirty, monkeypatch
):
    monkeypatch.setattr(looking_through, "MOST", 15)
    answers = dirty.assign(hours=[f"{one % 24},5" for one in range(30)])
    found = scan(answers, asked)

    warned = found.findings.query("rule == 'not_looked_through'")

    assert warned["question"].tolist() == ["hours", "rooms, hours"]
    assert "undeclared" in found.findings["rule"].tolist()
    assert found.digest != scan(dirty, asked).digest


def test_of_very_many_numbers_those_are_told_that_fit_nowhere(monkeypatch):
    question = number("income", minimum=0, maximum=1_000, missing=(missing(0), missing(-9)))
    bands = Bands(
        name="band", label="?", of="income", bands=(Band(code="a", label="A", minimum=9),)
    )
    income = pd.Series([0, -9, -2, -1, 2_000, np.nan, np.inf, 7, *np.linspace(1, 999, 90)])
    frame = pd.DataFrame({"income": income, "w": 1.0})
    monkeypatch.setattr(looking_through, "MOST", 20)

    for derived in ((), (bands,)):
        asked = asking(question, derived=derived)
        whole = bind(frame, asked).findings.drop(columns=["what", "row"])
        lazy = pl.from_pandas(frame, nan_to_null=True).lazy()
        for source in (frame, lazy, lazy.cast({"income": pl.String})):
            told = scan(source, asked).findings.drop(columns="what")
            assert sorted(told.to_numpy().tolist()) == sorted(whole.to_numpy().tolist())
        assert whole["rule"].value_counts()["out_of_range"] == 3
        assert ("left_out" in whole["rule"].tolist()) == bool(derived)


def test_the_digest_counts_which_of_very_many_numbers_fit(monkeypatch):
    monkeypatch.setattr(looking_through, "MOST", 20)
    frame = pd.DataFrame({"income": np.arange(50.0)})
    asked = asking(number("income", minimum=5, maximum=100))
    digest = scan(frame, asked).digest

    assert scan(frame.iloc[::-1], asked).digest == digest
    assert scan(frame.assign(income=frame["income"] + 1), asked).digest != digest


def test_questions_of_few_answers_are_counted_together(poll, answers, monkeypatch):
    asked_for = []
    plain = Scan.tally

    def tally(self, names, *, most):
        asked_for.append(tuple(names))
        return plain(self, names, most=most)

    one_by_one = scan(answers, poll.questionnaire, poll.design)
    monkeypatch.setattr(looking_through, "AT_ONCE", 0)
    digest, findings = one_by_one.digest, one_by_one.findings
    monkeypatch.undo()
    monkeypatch.setattr(Scan, "tally", tally)
    together = scan(answers, poll.questionnaire, poll.design)

    assert together.digest == digest
    assert together.findings.equals(findings)
    assert max(map(len, asked_for)) > 3


def test_days_and_free_texts_are_scanned():
    questions = (
        Date(name="born", text="Q?"),
        FreeText(name="why", text="Q?"),
        single("yes", "no", name="uses"),
    )
    frame = pd.DataFrame(
        {
            "born": ["1990-01-02", "1990-01-02", "2001-05-06", None],
            "why": ["so", "because", None, "thus"],
            "uses": ["yes", "no", "no", "yes"],
        }
    )
    found = scan(frame, asking(*questions))

    assert found.digest != scan(frame.assign(born="1990-01-02"), asking(*questions)).digest
    assert found.digest == scan(frame.assign(why="so"), asking(*questions)).digest
    assert len(found.tally(["born"])) == 3
    assert set(found.findings["question"]) == {"born"}


def test_files_of_several_kinds_and_damaged_tables_are_refused(asked, dirty, tmp_path):
    dirty.to_parquet(tmp_path / "a.parquet")
    (tmp_path / "a.csv").write_bytes(b"")

    with pytest.raises(BindingError, match="in Parquet or in CSV files"):
        scan(tmp_path / "a.*", asked)
    for engine in ("duckdb", "polars"):
        with pytest.raises(BindingError):
            scan(tmp_path / "a.csv", asked, engine=engine)
