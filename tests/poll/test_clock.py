"""A poll that asks for a time of day, from its file to what it publishes."""

from __future__ import annotations

import csv

import pytest

import socialpoll as sp
from socialpoll.errors import PollFileError
from socialpoll.poll import Wanted
from tests.poll.polls import QUESTIONNAIRE, answers, changed, said, write_poll

ASKED = """
[[questions]]
name = "online"
kind = "time_of_day"
text = { en = "When are you online?", ar = "متى تكون متصلاً؟" }
label = { en = "Time online", ar = "وقت الاتصال" }
bands = [
    { code = "day", label = { en = "Day", ar = "النهار" }, start = "06:00", end = "18:00" },
    { code = "night", label = { en = "Night", ar = "الليل" }, start = "18:00", end = "06:00" },
]

[[derived]]"""
WANTED = """circular_mean = "online"
compare = true

[[indicators]]
concentration = "online"

[[indicators]]
windows = "online"
between = [["21:00", "02:00"], ["18:00", "24:00"]]
compare = true

[[indicators]]
windows = "online"
name = "late"
between = ["23:00", "01:00"]
base = "asked"

[[indicators]]
mean = "hours\""""


def write(folder, wanted: str = WANTED):
    """Write the poll; men are online about 22:30, women about half past midnight."""
    asked = QUESTIONNAIRE.replace("\n[[derived]]", ASKED, 1)
    file = write_poll(folder, changed(('mean = "hours"', wanted)), asked)
    head, *lines = answers().splitlines()
    times = [f"{(22, 0)[case % 2]:02}:{20 + case % 7 * 3}" for case in range(len(lines))]
    rows = [f"{line},{time}" for line, time in zip(lines, times, strict=True)]
    (folder / "answers.csv").write_text("\n".join([f"{head},online", *rows, ""]), encoding="utf-8")
    return file


def test_every_indicator_of_a_time_of_day_can_be_declared(tmp_path):
    _, mean, length, windows, late, *_ = sp.Poll.load(write(tmp_path)).indicators

    assert mean == Wanted(indicator=sp.CircularMean("online"), compare=True)
    assert length == Wanted(indicator=sp.Concentration("online"))
    assert windows.indicator == sp.Windows("online", (("21:00", "02:00"), ("18:00", "24:00")))
    assert late.indicator == sp.Windows("online", (("23:00", "01:00"),), "asked", name="late")


def test_a_poll_with_times_of_day_is_published(tmp_path):
    poll = sp.Poll.load(write(tmp_path))
    assert set(poll.check()["severity"]) <= {"warning"}
    run = poll.run(tmp_path / "out")

    feed = next(path for path in run.paths if path.suffix == ".csv")
    with feed.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["QUESTION"] == "online"]
    means = {row["DOMAIN"]: row for row in rows if row["STATISTIC"] == "circular_mean"}
    assert means["male"]["OBS_VALUE"] == "1349.0"
    assert means["female"]["OBS_VALUE"] == "29.0"
    assert means["_T"]["UNIT_MEASURE"] == "minutes after midnight"
    assert means["_T"]["CAVEAT"] == ""
    shares = [row for row in rows if row["STATISTIC"] == "share"]
    assert {row["ITEM"] for row in shares} == {"21:00-02:00", "18:00-24:00", "23:00-01:00"}
    for language, later in (("en", "later for Females (00:29)"), ("ar", "«الإناث» (00:29)")):
        assert any(later in one for one in said(run.report, language))


@pytest.mark.parametrize(
    ("wanted", "where", "allowed"),
    [
        ('windows = "online"', "between", ""),
        ('windows = "online"\nbetween = []', "between", "at least one value"),
        ('windows = "online"\nbetween = [["21:00"]]', "between[1][2]", ""),
        ('windows = "online"\nbetween = ["21:00", "21:00"]', "between", "pairs of two different"),
        ('windows = "online"\nbetween = [["9", "10"]]', "between", "pairs of two different"),
        ('windows = "onlin"\nbetween = ["21:00", "02:00"]', "windows", "online"),
        ('circular_mean = "onlin"', "circular_mean", "online"),
        ('concentration = "onlin"', "concentration", "online"),
    ],
)
def test_mistakes_are_told_where_they_stand(tmp_path, wanted, where, allowed):
    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(write(tmp_path, wanted))
    (problem,) = caught.value.problems

    assert problem.where == f"poll.toml, indicators[2].{where}"
    assert allowed in problem.allowed


@pytest.mark.parametrize("kind", ["circular_mean", "concentration", "windows"])
def test_two_indicators_of_a_kind_need_names(tmp_path, kind):
    table = f'{kind} = "online"' + ('\nbetween = ["21:00", "02:00"]' if kind == "windows" else "")
    with pytest.raises(PollFileError, match=f"online_{kind}"):
        sp.Poll.load(write(tmp_path, f"{table}\n\n[[indicators]]\n{table}"))


def test_a_question_that_asks_for_no_time_is_found_before_the_poll_is_run(tmp_path):
    found = sp.Poll.load(write(tmp_path, 'circular_mean = "hours"')).check()

    assert found["severity"].tolist() == ["error", "warning"]
    assert "time of day" in found["what"][0]
