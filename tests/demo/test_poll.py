from __future__ import annotations

import json
import shutil

import pytest

import socialpoll as sp
from socialpoll.demo import POLL_FILE
from socialpoll.errors import PollFileError


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
    feeds = {"social-media-2019.csv", "social-media-2019-outreach.csv"}
    assert {path.name for path in tmp_path.iterdir()} == {*feeds, "release.json", "manifest.json"}
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["inputs"]


MISTAKES = (
    ("total = 1_560_260", 'total = "many"'),
    ("targets/sex.csv", "../../elsewhere.csv"),
    ("compare = true", "compar = true"),
    ('share = "trust"', 'share = "trut"'),
    ("release_date = 2019-04-28", 'release_date = "soon"'),
    ("minimum_base = 30", "minimum_base = -3"),
    ('languages = ["ar", "en"]\nby', 'languages = ["ar", "fr"]\nby'),
    ('lonely = "error"', 'lonely = "sideways"'),
    ('mean = "hours"', 'mean = "hours"\ntotal = "hours"'),
    ('name = "social-media-2019"', 'name = "social media"'),
    ('contact = "polls@example.org"', "contact = 7"),
)


def test_a_poll_file_with_ten_mistakes_and_one_more_tells_them_all_at_once(tmp_path):
    shutil.copytree(POLL_FILE.parent, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / "poll.toml").read_text(encoding="utf-8")
    text = text.replace("[design]", '[design]\nlonely = "error"')
    for right, wrong in MISTAKES:
        assert right in text
        text = text.replace(right, wrong, 1)
    (tmp_path / "poll.toml").write_text(text, encoding="utf-8")

    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(tmp_path / "poll.toml")

    told = {one.where.removeprefix("poll.toml, ") for one in caught.value.problems}
    assert told >= {
        "name",
        "design.lonely",
        "weighting.steps[2].total",
        "weighting.steps[2].margins[2].targets",
        "indicators[1].compar",
        "indicators[7]",
        "indicators[11].share",
        "publication.release_date",
        "publication.languages",
        "publication.publisher.contact",
        "publication.reliability.minimum_base",
    }
