from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from pandas.testing import assert_frame_equal

import socialpoll as sp
from socialpoll.errors import BindingError, ReaderError, UncleanError
from socialpoll.poll import scanned
from socialpoll.poll.gathering import answers_of as gathered
from socialpoll.responses.scans import looking_through
from tests.poll.polls import answers, changed, write_poll
from tests.poll.test_waves import HARMONISED, recoded
from tests.poll.wave_polls import answers_of, write_waves

ENGINE = ("wave =", 'engine = "polars"\nwave =')
WAVES_COUNTED = ("seed = 7", 'seed = 7\nengine = "duckdb"')
CELLS = ("[publication]\n", '[publication]\npolicy = "cells"\nthreshold = 15\n')


def lying(folder, *changes):
    return sp.Poll.load(write_poll(folder, changed(ENGINE, *changes)))


def test_release_check_and_codebook_are_those_of_answers_in_memory(tmp_path):
    polls = lying(tmp_path, CELLS), sp.Poll.load(write_poll(tmp_path / "m", changed(CELLS)))

    releases = [one.release().figures.drop(columns="weights_id") for one in polls]

    assert releases[1]["estimate"].isna().any()
    assert_frame_equal(*releases, rtol=1e-9)
    assert_frame_equal(*(one.codebook().frame for one in polls))
    assert_frame_equal(*(one.check() for one in polls))


def test_the_answers_are_had_as_a_scan_and_not_as_cases(tmp_path, poll_file):
    poll = lying(tmp_path)

    assert len(poll.scan()) == 60
    assert poll.weights().scan is not None
    with pytest.raises(BindingError, match=r"take Poll\.scan\(\), or leave 'engine' out of"):
        replace(poll, source=tmp_path / "nowhere.csv").responses()
    with pytest.raises(BindingError, match="the poll names no engine"):
        sp.Poll.load(poll_file).scan()


def test_a_run_tells_the_digest_of_every_file_and_of_what_was_counted(tmp_path):
    poll = lying(tmp_path)

    manifest = poll.run(tmp_path / "out").manifest

    content = (tmp_path / "answers.csv").read_bytes()
    assert manifest["inputs"]["answers.csv"] == hashlib.sha256(content).hexdigest()
    assert manifest["hashes"]["answers"] == poll.scan().digest
    assert manifest["engine"] == "polars"


def test_answers_that_do_not_fit_are_counted_and_stop_a_run(tmp_path):
    poll = lying(tmp_path)
    wrong = answers().replace(",yes,1", ",maybe,1").replace(",no,4", ",perhaps,4")
    (tmp_path / "answers.csv").write_text(wrong, encoding="utf-8")

    found = poll.check()

    errors = found[found["severity"] == "error"]
    assert errors["rule"].tolist() == ["undeclared", "undeclared"]
    assert errors["where"].tolist() == ["question account"] * 2
    counts = [wrong.count(one) for one in ("maybe", "perhaps")]
    assert dict(zip(errors["found"], errors["count"], strict=True)) == dict(
        zip(("maybe", "perhaps"), counts, strict=True)
    )
    assert poll.findings().cases == {}
    with pytest.raises(UncleanError, match="maybe"):
        poll.run(tmp_path / "out")


def test_what_the_poll_says_is_no_error_is_none(tmp_path):
    severity = '[checks.severity]\nundeclared = "note"\n\n[[weighting.steps]]'
    poll = lying(tmp_path, ("[[weighting.steps]]", severity))
    (tmp_path / "answers.csv").write_text(answers().replace(",yes,1", ",maybe,1"))

    found = poll.check()

    assert found.loc[found["rule"] == "undeclared", "severity"].tolist() == ["note"]
    assert poll.findings().cases == {"undeclared": found["count"].max()}
    assert len(poll.scan()) == 60


def test_answers_that_differ_too_much_are_told_to_be_unread(tmp_path, monkeypatch):
    poll = lying(tmp_path)
    monkeypatch.setattr(looking_through, "MOST", 2)

    found = poll.findings()

    unread = [one for one in found.remarks if "to be looked through" in one.what]
    assert [one.question for one in unread] == ["sex", "account", "use"]
    assert {(one.severity, one.rule, one.row) for one in unread} == {("warning", "", None)}
    assert found.cases == {}
    assert len(found.report.sections) > 1


def test_a_wave_has_the_columns_and_codes_of_the_poll_where_it_lies(tmp_path):
    foreign = recoded(answers_of(2019))
    poll = sp.Poll.load(write_waves(tmp_path, WAVES_COUNTED, waves=HARMONISED, y2019=foreign))

    waves = gathered(poll, sp.PluginHost())

    assert waves["2019"].said == (
        "codes '2', '3' of question 'account' are taken together as 'no'",
    )
    assert [len(one.responses) for one in waves.values()] == [120, 120]
    assert set(waves["2019"].responses.questionnaire.names) == {"sex", "account", "hours", "use"}


def test_changes_between_waves_are_those_of_waves_in_memory(tmp_path):
    foreign = recoded(answers_of(2019))
    polls = [
        sp.Poll.load(write_waves(tmp_path / str(place), *changes, waves=HARMONISED, y2019=foreign))
        for place, changes in enumerate([(), (WAVES_COUNTED,)])
    ]

    runs = [one.run(tmp_path / f"out-{one.engine}") for one in polls]

    assert_frame_equal(*(one.changes for one in runs), rtol=1e-9)
    assert_frame_equal(*(one.trends for one in runs), rtol=1e-9)
    figures = [one.release.figures.drop(columns="weights_id") for one in runs]
    assert_frame_equal(*figures, rtol=1e-9)
    told = runs[1].manifest["waves"]
    assert [[*one["inputs"]] for one in told] == [["answers-2019.csv"], ["answers-2021.csv"]]
    assert len({one["hashes"]["answers"] for one in told}) == len(told)
    with pytest.raises(BindingError, match=r"take Poll\.weights\(\)"):
        polls[1].scan()


def test_an_engine_that_is_not_installed_is_named_with_how_to_install_it(tmp_path, monkeypatch):
    poll = lying(tmp_path)
    monkeypatch.setattr(scanned, "unmet", lambda names: dict.fromkeys(names, ""))

    with pytest.raises(ReaderError, match=r"'polars' is not installed.*socialpoll\[engines\]"):
        poll.release()
