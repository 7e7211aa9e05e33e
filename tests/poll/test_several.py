"""A poll with parts of all answers and reach, from its file to what it publishes."""

from __future__ import annotations

import csv

import pytest

import socialpoll as sp
from socialpoll.errors import PollFileError
from socialpoll.poll import Wanted
from tests.poll.polls import QUESTIONNAIRE, answers, changed, said, write_poll

ASKED = """
[[questions]]
name = "platforms"
kind = "multiple"
text = { en = "Which do you use?", ar = "أيها تستخدم؟" }
label = { en = "Platforms", ar = "المنصات" }
layout = "cell"
options = [
    { code = "whatsapp", label = { en = "WhatsApp", ar = "واتساب" } },
    { code = "x", label = { en = "X", ar = "إكس" } },
    { code = "none", label = { en = "None", ar = "لا شيء" }, exclusive = true },
]

[[derived]]
name = "number"
kind = "bands"
of = "platforms"
label = { en = "Number of platforms", ar = "عدد المنصات" }
bands = [
    { code = "none", label = { en = "None", ar = "لا شيء" }, maximum = 0 },
    { code = "some", label = { en = "One or more", ar = "منصة فأكثر" }, minimum = 1 },
]

[[derived]]"""
WANTED = """share = "platforms"
of = "responses"
compare = true

[[indicators]]
reach = "platforms"
of = [["whatsapp"], ["x", "whatsapp"]]
compare = true

[[indicators]]
reach = "platforms"
name = "either"
of = ["whatsapp", "x"]

[[indicators]]
reach = "platforms"
of = [["whatsapp"], ["x", "whatsapp"]]
time = "hours"

[[indicators]]
share = "number"

[[indicators]]
mean = "hours\""""
CHOSEN = ("whatsapp", "whatsapp x", "none", "x whatsapp", "x", "whatsapp")


def write(folder, wanted: str = WANTED):
    """Write the poll; of six answers in turn, four have WhatsApp, three X, one neither."""
    asked = QUESTIONNAIRE.replace("\n[[derived]]", ASKED, 1)
    file = write_poll(folder, changed(('mean = "hours"', wanted)), asked)
    head, *lines = answers().splitlines()
    rows = [f"{line},{CHOSEN[case % 6]}" for case, line in enumerate(lines)]
    written = "\n".join([f"{head},platforms", *rows, ""])
    (folder / "answers.csv").write_text(written, encoding="utf-8")
    return file


def test_parts_of_all_answers_and_reach_can_be_declared(tmp_path):
    _, parts, reach, either, spent, *_ = sp.Poll.load(write(tmp_path)).indicators

    assert parts == Wanted(indicator=sp.Share("platforms", of="responses"), compare=True)
    assert reach.indicator == sp.Reach("platforms", (("whatsapp",), ("x", "whatsapp")))
    assert either.indicator == sp.Reach("platforms", (("whatsapp", "x"),), name="either")
    assert spent.indicator == sp.Reach("platforms", reach.indicator.of, time="hours")


def test_a_poll_with_several_answers_is_published(tmp_path):
    poll = sp.Poll.load(write(tmp_path))
    assert set(poll.check()["severity"]) <= {"warning"}
    run = poll.run(tmp_path / "out")

    feed = next(path for path in run.paths if path.suffix == ".csv")
    with feed.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["DOMAIN"] == "_T"]
    parts = [row for row in rows if row["STATISTIC"] == "share_of_responses"]
    reach = [row for row in rows if row["INDICATOR"] == "platforms_reach"]
    number = [row for row in rows if row["INDICATOR"] == "number"]
    assert [row["ITEM"] for row in parts] == ["whatsapp", "x"]
    assert sum(float(row["OBS_VALUE"]) for row in parts) == pytest.approx(1, abs=0.002)
    assert {row["UNIT_MEASURE"] for row in parts} == {"share"}
    assert [row["ITEM"] for row in reach] == ["whatsapp", "whatsapp|x"]
    spent = [row for row in rows if row["INDICATOR"] == "platforms_reach_of_time"]
    assert [(row["ITEM"], row["STATISTIC"]) for row in spent] == [
        ("whatsapp", "share_of_time"),
        ("whatsapp|x", "share_of_time"),
    ]
    assert float(spent[0]["OBS_VALUE"]) < float(spent[1]["OBS_VALUE"]) < 1
    assert reach[1]["OBS_VALUE"] == number[1]["OBS_VALUE"]
    for language, words in (("en", "WhatsApp or X"), ("ar", "واتساب أو إكس")):
        assert any(words in one for one in said(run.report, language))


@pytest.mark.parametrize(
    ("wanted", "where", "allowed"),
    [
        ('share = "platforms"\nof = "answers"', ".of", "'responses'"),
        ('share = "platforms"\nof = "responses"\nbase = "all"', "", "'answered'"),
        ('reach = "platforms"', ".of", ""),
        ('reach = "platforms"\nof = []', ".of", "at least one value"),
        ('reach = "platforms"\nof = [[]]', ".of", "sets of different options"),
        ('reach = "platforms"\nof = [["x", "x"]]', ".of", "sets of different options"),
        ('reach = "platform"\nof = ["x"]', ".reach", "platforms"),
        ('reach = "platforms"\nof = ["x"]\ntime = "hour"', ".time", "hours"),
        ('reach = "platforms"\nof = ["x"]\ntime = "hours"\nbase = "all"', "", "'answered'"),
    ],
)
def test_mistakes_are_told_where_they_stand(tmp_path, wanted, where, allowed):
    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(write(tmp_path, wanted))
    (problem,) = caught.value.problems

    assert problem.where == f"poll.toml, indicators[2]{where}"
    assert allowed in problem.allowed


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ('reach = "platforms"\nof = ["x"]', "platforms_reach"),
        ('reach = "platforms"\nof = ["x"]\ntime = "hours"', "platforms_reach_of_time"),
        ('share = "platforms"\nof = "responses"', "platforms_of_responses"),
    ],
)
def test_two_indicators_of_a_kind_need_names(tmp_path, table, name):
    with pytest.raises(PollFileError, match=name):
        sp.Poll.load(write(tmp_path, f"{table}\n\n[[indicators]]\n{table}"))


@pytest.mark.parametrize(
    ("wanted", "what"),
    [
        ('of = ["whatsap"]', "no option 'whatsap'"),
        ('of = ["whatsapp"]\ntime = "sex"', "'sex' is no time"),
    ],
)
def test_what_is_not_there_is_found_before_the_poll_is_run(tmp_path, wanted, what):
    found = sp.Poll.load(write(tmp_path, f'reach = "platforms"\n{wanted}')).check()

    assert found["severity"].tolist() == ["error", "warning"]
    assert what in found["what"][0]
