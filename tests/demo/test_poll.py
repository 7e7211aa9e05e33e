from __future__ import annotations

import json

import pytest

import socialpoll as sp
from socialpoll.demo import POLL_FILE


@pytest.fixture(scope="module")
def poll() -> sp.Poll:
    return sp.Poll.load(POLL_FILE)


def test_nothing_is_the_matter_with_the_bundled_poll(poll):
    assert poll.check().to_dict("records") == []


def test_both_languages_are_exported_to_word_csv_and_charts(poll):
    made = {one.exporter: set(one.languages) for one in poll.exports}

    assert made == {name: {"ar", "en"} for name in ("word", "csv", "chart")}


def test_the_poll_measures_shares_means_totals_and_profiles_of_users_and_of_citizens(poll):
    definitions = [one.indicator for one in poll.indicators]

    assert {type(one) for one in definitions} == {sp.Share, sp.Mean, sp.Total, sp.Profile}
    assert {one.base for one in definitions if isinstance(one, sp.Share)} == {"answered", "all"}


def test_the_feed_suppresses_a_small_group_and_says_that_the_data_are_synthetic(poll, tmp_path):
    run = poll.run(tmp_path, only="csv")
    figures = run.release.figures
    suppressed = figures.loc[figures["flag"] == "suppressed", "domain"]

    assert set(suppressed) == {"none", "50+|above_secondary"}
    assert run.report.synthetic
    assert run.failures == ()
    assert {path.name for path in tmp_path.iterdir()} == {"social-media-2019.csv", "manifest.json"}
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["inputs"]
