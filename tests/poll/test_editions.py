from __future__ import annotations

import hashlib
import json

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import ExportError, PluginError, PollFileError, ReleaseError
from socialpoll.poll.editions import published_before
from tests.disclosure.test_serial import same
from tests.poll.polls import changed, write_poll

RULES = "flag_below = 10\n"
DATE = "release_date = 2019-04-01\n"
SECOND = f"""{DATE}edition = "2"
status = "revised"
supersedes = "first.json"
correction = {{ en = "An error was corrected.", ar = "صُحّح خطأ." }}
"""


def with_rules(folder, *names: str) -> sp.Poll:
    return sp.Poll.load(write_poll(folder, changed((RULES, f"{RULES}rules = {list(names)!r}\n"))))


def correct(folder) -> None:
    """Correct the answer of one man, in the answers of the poll."""
    file = folder / "answers.csv"
    text = file.read_text(encoding="utf-8")
    assert "north,1.5,male,yes,0" in text
    file.write_text(
        text.replace("north,1.5,male,yes,0", "north,1.5,male,no,0", 1), encoding="utf-8"
    )


@pytest.fixture
def second(tmp_path) -> sp.Poll:
    """Return the second edition of a poll, one answer corrected."""
    sp.Poll.load(write_poll(tmp_path)).run(tmp_path / "out")
    (tmp_path / "out" / "release.json").rename(tmp_path / "first.json")
    poll = sp.Poll.load(write_poll(tmp_path, changed((DATE, SECOND))))
    correct(tmp_path)
    return poll


def test_a_run_keeps_its_release_and_says_so_in_the_manifest(tmp_path):
    poll = sp.Poll.load(write_poll(tmp_path))

    run = poll.run(tmp_path / "out")
    content = (tmp_path / "out" / "release.json").read_bytes()

    same(sp.Release.load(tmp_path / "out" / "release.json"), run.release)
    assert run.manifest["release"] == {
        "name": "release.json",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "media_type": "application/json",
    }
    assert run.release.edition == "1"
    assert run.release.release_date.isoformat() == "2019-04-01"


def test_another_edition_marks_what_it_revises(second, tmp_path):
    run = second.run(tmp_path / "out")

    revised = run.release.figures.query("revision == 'revised'")
    assert "hours" not in set(revised["indicator"])
    assert {"_T", "male"} <= set(revised["domain"])
    assert run.release.revision.reason["en"] == "An error was corrected."
    assert run.report.life_cycle.supersedes == "1"
    assert run.report.life_cycle.edition == "2"


def test_the_feed_of_another_edition_has_the_marks(second, tmp_path):
    run = second.run(tmp_path / "out")

    feed = pd.read_csv(tmp_path / "out" / "accounts.csv", keep_default_na=False)
    assert list(feed["REVISION"]) == list(run.release.figures["revision"])
    assert set(feed["SUPERSEDES"].astype(str)) == {"1"}


def test_the_manifest_has_the_hash_of_the_release_that_is_superseded(second, tmp_path):
    inputs = second.run(tmp_path / "out").manifest["inputs"]

    expected = hashlib.sha256((tmp_path / "first.json").read_bytes()).hexdigest()
    assert inputs["first.json"] == expected


def test_a_release_that_is_to_be_compared_with_is_not_written_over(second, tmp_path):
    target = tmp_path / "release.json"
    (tmp_path / "first.json").rename(target)
    before = target.read_bytes()
    text = (tmp_path / "poll.toml").read_text(encoding="utf-8")
    (tmp_path / "poll.toml").write_text(
        text.replace("first.json", "release.json"), encoding="utf-8"
    )

    with pytest.raises(ExportError, match="written over"):
        sp.Poll.load(tmp_path / "poll.toml").run(tmp_path)

    assert target.read_bytes() == before


def test_a_damaged_release_is_told_by_check(second, tmp_path):
    (tmp_path / "first.json").write_text("{", encoding="utf-8")

    with pytest.raises(ReleaseError, match="damaged"):
        second.release()
    errors = second.check().query("severity == 'error'")
    assert list(errors["what"]) == ["the release is damaged: this is no JSON"]


def test_words_say_what_is_superseded_where_there_is_no_file(tmp_path):
    words = f'{DATE}supersedes = "the edition on paper"\n'
    poll = sp.Poll.load(write_poll(tmp_path, changed((DATE, words))))

    assert poll.publication.supersedes is None
    assert poll.report().life_cycle.supersedes == "the edition on paper"
    assert poll.release().revision is None


@pytest.mark.parametrize(
    ("written", "where", "what"),
    [
        ('supersedes = "none.json"', "publication.supersedes", "there is no such file"),
        ('supersedes = "../first.json"', "publication.supersedes", "outside the folder"),
        ('already_published = ["a.json"]', "publication.already_published", "no such file"),
        ('correction = "an error"', "publication.correction", "no release is corrected"),
    ],
)
def test_earlier_releases_that_are_not_there_are_told(tmp_path, written, where, what):
    file = write_poll(tmp_path, changed((DATE, f"{DATE}{written}\n")))

    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(file)

    [problem] = caught.value.problems
    assert where in problem.where
    assert what in problem.what


def test_earlier_releases_are_found_beside_the_poll_file(second, tmp_path):
    names = 'already_published = ["first.json"]\n'
    poll = sp.Poll.load(write_poll(tmp_path, changed((DATE, f"{DATE}{names}"))))

    assert poll.publication.already_published == (tmp_path / "first.json",)
    assert "first.json" in poll.inputs
    [release] = published_before(poll)
    assert release.edition == "1"


def test_an_earlier_release_that_is_damaged_is_refused(second, tmp_path):
    names = 'already_published = ["first.json"]\n'
    poll = sp.Poll.load(write_poll(tmp_path, changed((DATE, f"{DATE}{names}"))))
    (tmp_path / "first.json").write_text("{}", encoding="utf-8")

    with pytest.raises(ReleaseError, match="not a release that this version can read"):
        published_before(poll)


def test_a_correction_lacks_a_language_like_any_other_text(second, tmp_path):
    poll = changed((DATE, SECOND.replace(', ar = "صُحّح خطأ."', "")))

    with pytest.raises(PollFileError, match="no words in ar"):
        sp.Poll.load(write_poll(tmp_path, poll))


def test_built_in_rules_are_had_by_their_names(tmp_path):
    release = with_rules(tmp_path, "nchs2017", "statcan").release()

    fact = release.methodology.fact("disclosure", "policy")
    assert fact["rules"] == ("min_base", "nchs2017", "statcan")


def test_a_rule_of_a_plugin_stands_beside_the_built_in_and_has_its_footnotes(tmp_path, install):
    install(
        "rules",
        """
from socialpoll.disclosure import Ruling
from socialpoll.hooks import hookimpl

class TheirOwn:
    name = "their_own"
    footnotes = {"means": {"en": "a mean", "ar": "متوسط"}}
    def __call__(self, row):
        return Ruling("flag", ("means",)) if row["statistic"] == "mean" else "publish"

@hookimpl
def socialpoll_reliability_rules():
    return [TheirOwn()]
""",
    )

    release = with_rules(tmp_path, "nchs2017", "their_own").release()

    told = release.figures.query("footnote == 'their_own.means'")
    assert set(told["statistic"]) == {"mean"}
    assert set(told["flag"]) == {"low reliability"}
    assert release.footnotes["their_own.means"] == {"en": "a mean", "ar": "متوسط"}


def test_a_rule_that_nobody_offers_is_told_with_the_nearest_name(tmp_path):
    poll = with_rules(tmp_path, "nchs2018")

    with pytest.raises(PluginError, match="no rule 'nchs2018'") as caught:
        poll.release()

    assert "did you mean 'nchs2017'?" in caught.value.allowed
    assert "there is no rule 'nchs2018'" in set(poll.check()["what"])


@pytest.mark.parametrize(
    ("names", "what"),
    [(["min_base"], "always there"), (["statcan", "statcan"], "there twice")],
)
def test_a_rule_stands_in_the_list_once(tmp_path, names, what):
    with pytest.raises(PollFileError, match=what) as caught:
        with_rules(tmp_path, *names)

    assert "publication.reliability.rules" in caught.value.problems[0].where


def test_the_release_is_kept_whatever_documents_are_made(tmp_path):
    run = sp.Poll.load(write_poll(tmp_path)).run(tmp_path / "out", only="csv")

    assert json.loads(run.paths[-1].read_bytes())["release"]["name"] == "release.json"
    assert [one.name for one in run.paths[-2:]] == ["release.json", "manifest.json"]
