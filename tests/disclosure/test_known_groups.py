"""Weights made to reach what a few respondents stand for are not released under ``cells``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import socialpoll as sp
from socialpoll.cli import main
from socialpoll.errors import ReleaseError, SmallGroupsError
from tests.disclosure.handmade import codes, filled
from tests.disclosure.small_poll import POLL, write_small_poll

COUNTS = {("a", "y"): 3, ("b", "n"): 4, ("b", "y"): 30, ("c", "n"): 50, ("c", "y"): 9}
AREAS = {"a": 0.1, "b": 0.4, "c": 0.5}
ANSWERS = {"y": 0.5, "n": 0.5}
KEPT = sp.MinBase(0, 0)


def responses() -> sp.Responses:
    questions = (
        sp.Single(name="area", text="area", options=codes("abc")),
        sp.Single(name="q", text="q", options=codes("yn")),
    )
    asked = sp.Questionnaire(title="t", questions=questions)
    return sp.bind(filled(COUNTS, ("area", "q")), asked)


def cells(threshold: int) -> sp.Policy:
    return sp.Policy(name="cells", threshold=threshold)


def estimated(*steps: object) -> sp.Estimates:
    return sp.estimate(sp.weigh(responses(), sp.Recipe(steps)), ["q"], by="area")


def rake(*margins: sp.Margin) -> sp.Rake:
    return sp.Rake(margins, total=1000.0)


@pytest.mark.parametrize("asked", [sp.release, sp.audit, sp.verdicts])
def test_all_small_groups_of_all_margins_are_named_and_none_is_counted(asked):
    crossed = dict.fromkeys(COUNTS, 0.2)
    estimates = estimated(
        rake(sp.Margin("area", AREAS), sp.Margin("q", ANSWERS)),
        sp.PostStratify(("area", "q"), crossed),
    )
    with pytest.raises(SmallGroupsError) as caught:
        asked(estimates, KEPT, policy=cells(5))
    error = caught.value

    assert isinstance(error, ReleaseError)
    assert [(one.where, one.found) for one in error.problems] == [
        ("step 1 (rake), margin area", "a"),
        ("step 2 (poststratify), margin area|q", "a|y, b|n"),
    ]
    assert {one.allowed for one in error.problems} == {"groups of at least 5 respondents"}
    assert "merge" in error.advice
    assert "socialpoll.lint" in str(error)
    assert str(error).startswith("2 problems in the weights")


def test_a_group_of_as_many_as_the_threshold_is_no_small_one():
    estimates = estimated(rake(sp.Margin("area", AREAS)))

    assert len(sp.release(estimates, KEPT, policy=cells(3)).figures)
    with pytest.raises(SmallGroupsError):
        sp.release(estimates, KEPT, policy=cells(4))


def test_merged_groups_are_counted_together():
    merged = sp.Margin("area", AREAS, merge={"a or b": ["a", "b"]})

    assert len(sp.release(estimated(rake(merged)), KEPT, policy=cells(10)).figures)


def test_a_small_group_is_hidden_with_those_it_was_merged_with_for_all_of_them_weigh_is_known():
    merged = sp.Margin("area", AREAS, merge={"a or c": ["a", "c"]})

    def hidden(estimates: sp.Estimates) -> set[str]:
        figures = sp.release(estimates, KEPT, policy=cells(4)).figures
        return set(figures.loc[figures["flag"] == "suppressed", "domain"]) - {"_T"}

    # Nothing is known of b but what is shown, until the weights are made to reach it.
    assert hidden(sp.estimate(responses(), ["q"], by="area")) == {"a", "b"}
    assert hidden(estimated(rake(merged))) >= {"a", "c"}


def test_the_policy_base_counts_bases_and_lets_small_margins_pass():
    release = sp.release(estimated(rake(sp.Margin("area", AREAS))), KEPT)

    assert len(release.figures)


def test_one_of_several_estimates_is_enough():
    small = estimated(rake(sp.Margin("area", AREAS)))
    plain = sp.estimate(responses(), [sp.Share("q", name="plain")])

    with pytest.raises(SmallGroupsError, match="margin area"):
        sp.release([plain, small], KEPT, policy=cells(5))
    assert len(sp.release(plain, KEPT, policy=cells(5)).figures)


def test_the_wave_of_a_small_group_is_named():
    weights = sp.rake(responses(), {"area": AREAS}, total=1000)
    stacked = sp.stack({"one": responses(), "two": weights})

    with pytest.raises(SmallGroupsError, match=r"wave 'two', step 1 \(rake\), margin area"):
        sp.release(sp.estimate(stacked, ["q"]), KEPT, policy=cells(5))


@pytest.fixture
def lacking(tmp_path: Path) -> Path:
    """A poll raked to sex, of which fewer than the threshold are women."""
    poll = POLL.replace("threshold = 5", "threshold = 90")
    return write_small_poll(tmp_path / "poll", poll)


def test_a_look_at_a_poll_finds_its_small_groups(lacking):
    errors = [one for one in sp.Poll.load(lacking).findings().remarks if one.severity == "error"]

    assert [(one.where, one.found) for one in errors] == [("step 2 (rake), margin sex", "female")]


@pytest.mark.parametrize(("command", "more"), [("run", []), ("tables", []), ("export", ["csv"])])
def test_whoever_runs_a_poll_is_told_before_anything_is_written(
    command, more, lacking, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, [command, str(lacking), *more])

    assert result.exit_code == 1
    assert "Error: 1 problem in the weights" in result.output
    assert "step 2 (rake), margin sex" in result.output
    assert isinstance(result.exception, SystemExit)
    assert [one.name for one in tmp_path.iterdir()] == ["poll"]
