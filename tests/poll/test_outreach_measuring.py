"""The plan of a poll: from its answers to its documents, without a change to anything else."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.audience import Outreach
from socialpoll.errors import EstimationError
from socialpoll.indicators import BestReach, Goal
from socialpoll.poll.outreach_measuring import plan_of
from tests.poll.outreach_polls import OUTREACH, write_outreach

OWN = ["outreach_reach", "outreach_times", "outreach_formats", "outreach_times_by_platform"]
EACH = '[[exports]]\nexporter = "json"\nfor_each = "sex"\n\n[[exports]]'
MORE = ("[[exports]]", f'[[banners]]\nname = "everything"\n\n{EACH}')


@pytest.fixture(scope="module")
def poll(tmp_path_factory):
    file = write_outreach(tmp_path_factory.mktemp("with"), OUTREACH, MORE)
    return sp.Poll.load(file)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return sp.Poll.load(write_outreach(tmp_path_factory.mktemp("plain"), "", MORE))


@pytest.fixture(scope="module")
def run(poll, tmp_path_factory):
    return poll.run(tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="module")
def plain_run(plain, tmp_path_factory):
    return plain.run(tmp_path_factory.mktemp("out"), only="csv")


@pytest.fixture(scope="module")
def plan(poll, run):
    return plan_of(poll, run.release)


def sections_of(report: sp.Report, role: str) -> list[str]:
    return [one.name for one in report.sections if one.role == role]


def others(figures: pd.DataFrame) -> pd.DataFrame:
    return figures[~figures["indicator"].isin(OWN)].reset_index(drop=True)


def test_the_indicators_of_a_plan_come_after_all_others(run):
    names = run.release.figures["indicator"].drop_duplicates()

    assert names.tolist() == ["account", "hours", "use", *OWN]


def test_the_plan_is_the_one_that_python_makes_step_by_step(poll):
    weights = poll.weights()
    best = BestReach("platforms", Goal(size=2), base="all", name="reach")
    reached = sp.choose(weights, best, by=["sex"], seed=7)
    asked_for = [
        sp.Share("busiest", name="times"),
        sp.Share("by_platform", name="by_platform"),
        sp.Share("formats", name="formats"),
    ]
    shares = sp.lead(sp.estimate(weights, asked_for, by=["sex"]))
    outreach = Outreach(
        reach="reach",
        times="times",
        times_by_platform="by_platform",
        formats="formats",
        minimum_base=20,
    )

    found = sp.plan(sp.release([reached, shares], sp.MinBase(5, 10)), outreach)

    pd.testing.assert_frame_equal(poll.plan().frame, found.frame)


def test_everybody_comes_first_and_then_the_audiences(plan):
    told = [(one.breakdown, one.domain) for one in plan.audiences]

    assert told == [("_T", "_T"), ("sex", "male"), ("sex", "female")]


def test_a_poll_without_the_table_has_no_plan(plain):
    assert plain.plan() is None


def test_nothing_else_changes_for_it(run, plain_run):
    pd.testing.assert_frame_equal(others(run.release.figures), plain_run.release.figures)
    pd.testing.assert_frame_equal(run.release.comparisons, plain_run.release.comparisons)
    for role in ("indicator", "banner"):
        kept = [one for one in run.report.sections if one.role == role]
        assert kept == [one for one in plain_run.report.sections if one.role == role]


def test_the_report_has_a_section_of_it_and_none_of_its_indicators(run, plain_run):
    assert sections_of(run.report, "outreach") == ["outreach"]
    assert sections_of(plain_run.report, "outreach") == []
    assert sections_of(run.report, "indicator") == ["account", "hours", "use"]


def test_the_report_of_each_group_has_its_section_too(run):
    (file,) = (one for one in run.paths if one.name.endswith("sex-female.json"))

    report = sp.report_from_json(file.read_text(encoding="utf-8"))

    assert report.group == "sex-female"
    assert sections_of(report, "outreach") == ["outreach"]


def test_tables_of_everything_leave_it_out(poll, plain_run):
    (table,) = poll.tables().tables
    without = sp.tabulate(plain_run.release, poll.banners[0])

    pd.testing.assert_frame_equal(table.frame, without.frame)
    assert table.text(width=120) == without.text(width=120)


def test_the_manifest_tells_what_the_plan_was_made_from(run, plain_run):
    assert "outreach" not in plain_run.manifest
    assert run.manifest["outreach"] == {
        "platforms": "platforms",
        "audiences": ["sex"],
        "base": "all",
        "among": None,
        "size": 2,
        "reach": None,
        "budget": None,
        "costs": {},
        "times": "busiest",
        "days": None,
        "times_by_day": None,
        "times_by_platform": "by_platform",
        "formats": "formats",
        "languages": None,
        "minimum_base": 20,
    }
    assert json.loads(run.paths[-1].read_text(encoding="utf-8"))["outreach"]["size"] == 2


def test_what_may_be_told_of_choices_is_kept_with_the_release(run):
    (file,) = (one for one in run.paths if one.name == "release.json")

    kept = sp.Release.load(file)

    pd.testing.assert_frame_equal(kept.choices, run.release.choices)
    assert set(kept.choices["indicator"]) == set(OWN)


def test_a_goal_with_costs_is_kept_to(tmp_path):
    table = '[outreach]\nplatforms = "platforms"\nbudget = 3\ncosts.whatsapp = 4\ncosts.x = 1\n'
    more = "costs.youtube = 2\ncosts.radio = 2\nminimum_base = 20\n"
    file = write_outreach(tmp_path, f"{table}{more}")
    found = sp.Poll.load(file).plan()

    assert found.purpose.budget == 3
    assert {one.chosen.options for one in found.audiences if one.chosen} == {("youtube", "x")}
    assert all(one.chosen.cost <= 3 for one in found.audiences if one.chosen)


def test_precision_of_a_plan_comes_from_replicates_where_the_poll_declares_some(tmp_path):
    first = '[[indicators]]\nshare = "account"'
    method = '[weighting.replicates]\nmethod = "jackknife"\ngroups = 9\nseed = 1\n\n'
    file = write_outreach(tmp_path, OUTREACH, (first, f"{method}{first}"))
    poll = sp.Poll.load(file)
    own = poll.estimates()[-2].frame

    replicated = sp.replicate(poll.weights(), poll.replication)
    share = sp.estimate(replicated, sp.Reach("platforms", ("whatsapp", "youtube"), "all")).frame

    row = own[(own["item"] == "whatsapp|youtube") & (own["domain"] == "_T")]
    assert row["se"].item() == pytest.approx(share["se"].item())


def test_a_plan_of_people_who_chose_themselves_claims_nothing(tmp_path):
    opt_in = ('weight = "base"', 'weight = "base"\nsampling = "opt_in"')
    file = write_outreach(tmp_path, OUTREACH, opt_in, ("compare = true\n", ""))

    for one in sp.Poll.load(file).plan().audiences:
        assert one.first is None
        assert {step.tells for step in one.steps} <= {None}


def test_check_finds_nothing_in_a_sound_plan(poll):
    found = poll.check()

    assert not (found["severity"] == "error").any()


def test_a_question_of_one_answer_that_python_gives_for_platforms_is_refused(poll):
    odd = replace(poll, outreach=replace(poll.outreach, platforms="hours"))
    with pytest.raises(EstimationError, match="several answers"):
        odd.plan()
