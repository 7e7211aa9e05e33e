"""The table ``[outreach]``: what it declares, and every mistake at its place."""

from __future__ import annotations

import json
import tomllib

import jsonschema
import pytest

import socialpoll as sp
from socialpoll.audience import Outreach
from socialpoll.errors import PollFileError
from socialpoll.poll import PollOutreach
from socialpoll.poll.json_schema import json_schema_of
from tests.poll.outreach_polls import OUTREACH, write_outreach
from tests.poll.polls import POLL, changed
from tests.poll.wave_polls import write_waves

NO_MEANING = ('if_not_asked = "none"\n', "")
SCHEMA = jsonschema.Draft202012Validator(json_schema_of("poll"))


def outreach_of(tmp_path, outreach: str = OUTREACH, *changes) -> PollOutreach | None:
    return sp.Poll.load(write_outreach(tmp_path, outreach, *changes)).outreach


def problems(tmp_path, outreach: str, *changes) -> dict[str, object]:
    """Return the problems of a poll file with this table, by their place in it."""
    with pytest.raises(PollFileError) as caught:
        outreach_of(tmp_path, outreach, *changes)
    return {one.where.removeprefix("poll.toml, "): one for one in caught.value.problems}


def rewritten(tmp_path, *changes, outreach: str = OUTREACH):
    """Write the poll with some of its questionnaire replaced."""
    file = write_outreach(tmp_path, outreach)
    questionnaire = file.with_name("questionnaire.toml")
    text = changed(*changes, text=questionnaire.read_text(encoding="utf-8"))
    questionnaire.write_text(text, encoding="utf-8")
    return file


def test_the_table_is_read_as_python_would_write_it(tmp_path):
    assert outreach_of(tmp_path) == PollOutreach(
        platforms="platforms",
        audiences=("sex",),
        base="all",
        size=2,
        times="busiest",
        times_by_platform="by_platform",
        formats="formats",
        minimum_base=20,
    )


def test_a_poll_without_the_table_plans_nothing(poll_file):
    assert sp.Poll.load(poll_file).outreach is None


def test_audiences_are_those_of_the_publication_where_it_names_none(tmp_path):
    read = outreach_of(
        tmp_path,
        '[outreach]\nplatforms = "platforms"\nsize = 1',
        ('by = ["sex"]\nrelease', 'by = ["sex", ["sex", "use"], ["use"]]\nrelease'),
    )

    assert read.audiences == ("sex", ("sex", "use"), "use")
    assert read.minimum_base == Outreach(reach="any").minimum_base


def test_reach_is_of_all_only_where_the_questionnaire_says_what_not_being_asked_means(tmp_path):
    said = outreach_of(tmp_path / "said")
    unsaid = sp.Poll.load(rewritten(tmp_path / "unsaid", NO_MEANING)).outreach
    told = OUTREACH.replace("size = 2", 'size = 2\nbase = "asked"')

    assert (said.base, unsaid.base) == ("all", "answered")
    assert outreach_of(tmp_path / "told", told).base == "asked"


def test_costs_and_options_have_the_codes_of_the_questionnaire(tmp_path):
    kind = 'name = "platforms"\nkind = "multiple"\n'
    codes = enumerate(("whatsapp", "youtube", "x", "radio", "none"), start=1)
    numbers = [
        (kind, f'{kind}code_type = "integer"\n'),
        *((f'code = "{name}"', f"code = {code}") for code, name in codes),
        ('if_not_asked = "none"', "if_not_asked = 5"),
        ('codes = ["youtube", "x"]', "codes = [2, 3]"),
        ('codes = ["whatsapp", "radio"]', "codes = [1, 4]"),
    ]
    table = '[outreach]\nplatforms = "platforms"\nbudget = 4\namong = [1, 3]\n[outreach.costs]'
    file = rewritten(tmp_path, *numbers, outreach=f"\n{table}\n1 = 3\n3 = 1.5\n")

    read = sp.Poll.load(file).outreach

    assert read.among == (1, 3)
    assert read.costs == {1: 3.0, 3: 1.5}
    assert read.budget == 4


def test_nets_can_stand_for_platforms(tmp_path):
    assert outreach_of(tmp_path, '[outreach]\nplatforms = "screens"\nsize = 1').base == "all"


def test_an_item_of_a_grid_can_be_asked_for_times(tmp_path):
    table = OUTREACH.replace('times = "busiest"', 'times = "by_platform_youtube"')

    assert outreach_of(tmp_path, table).lines["times"] == "by_platform_youtube"


WRONG = """
[outreach]
platfroms = "platforms"
platforms = "platforms"
audiences = ["sax", ["sex", "us"]]
base = "everybody"
among = ["whatsap", "none", "x", "x"]
size = 9
reach = 1.5
budget = 1
times = "hours"
days = "busyest"
times_by_day = "busiest"
times_by_platform = "by_platfrom"
formats = "by_platform"
languages = "language"
minimum_base = 0
[outreach.costs]
whatsapp = -3
youtube = 2
tiktok = 1
"""


def test_every_mistake_is_told_at_once_with_what_it_might_have_been(tmp_path):
    with pytest.raises(PollFileError) as caught:
        outreach_of(tmp_path, WRONG)

    told = [(one.where.removeprefix("poll.toml, outreach."), one) for one in caught.value.problems]
    assert [place for place, _ in told if place != "costs.tiktok"] == [
        "base",
        "reach",
        "costs.whatsapp",
        "minimum_base",
        "platfroms",
        "audiences",
        "audiences",
        "times",
        "days",
        "formats",
        "languages",
        "times_by_day",
        "times_by_platform",
        "among",
        "among",
        "among",
        "size",
    ]
    found = dict(told)
    assert "did you mean 'platforms'?" in found["platfroms"].allowed
    assert "did you mean 'use'?" in found["audiences"].allowed
    assert found["times"].found == "number"
    assert "did you mean 'busiest'?" in found["days"].allowed
    assert found["formats"].what == "'by_platform' is a grid"
    assert found["times_by_day"].allowed == "by_platform"
    assert found["size"].allowed == "1 to 4"
    assert found["costs.tiktok"].allowed == "whatsapp, youtube, x, radio"


@pytest.mark.parametrize(
    ("table", "where", "found", "told"),
    [
        ('platforms = "platforms"', "outreach", "", "size, reach, budget"),
        ("size = 1", "outreach.platforms", "", "is missing"),
        ('platforms = "sex"\nsize = 1', "outreach.platforms", "single", "platforms, formats"),
        ('platforms = "platform"\nsize = 1', "outreach.platforms", "", "mean 'platforms'?"),
        ('platforms = "platforms"\nbudget = 3', "outreach.budget", "3", "[outreach.costs]"),
        (
            'platforms = "screens"\nbudget = 3\ncosts.screen = 4\ncosts.voice = 5',
            "outreach.budget",
            "3",
            "4 or more, the cost of 'screen'",
        ),
        (
            'platforms = "platforms"\nsize = 1\namong = ["x"]\ncosts.x = 1\ncosts.radio = 1',
            "outreach.costs.radio",
            "",
            "not in 'among'",
        ),
        (
            'platforms = "platforms"\nreach = 0.9\ncosts.x = 1\ncosts.radio = 0',
            "outreach.costs",
            "'whatsapp', 'youtube'",
            "0 where it costs nothing",
        ),
        ('platforms = "screens"\nsize = 3', "outreach.size", "3", "1 to 2"),
        (
            'platforms = "platforms"\nsize = 1\ntimes = "by_platform"',
            "outreach.times",
            "",
            "the grid under times_by_day or times_by_platform",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path, table, where, found, told):
    ((place, problem),) = problems(tmp_path, f"[outreach]\n{table}").items()

    assert place == where
    assert problem.found == found
    assert told in str(problem)


def test_items_of_times_by_platform_are_platforms(tmp_path):
    table = OUTREACH.replace('"platforms"', '"formats"').replace("size = 2", "size = 1")
    with pytest.raises(PollFileError) as caught:
        outreach_of(tmp_path, table)

    assert [one.what for one in caught.value.problems] == [
        "item 'whatsapp' is no option of 'formats'",
        "item 'youtube' is no option of 'formats'",
    ]


def test_base_all_needs_to_know_what_not_being_asked_means(tmp_path):
    file = rewritten(tmp_path, NO_MEANING, outreach=OUTREACH.replace("size", 'base = "all"\nsize'))
    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(file)

    assert caught.value.where == "poll.toml, outreach.base"
    assert "if_not_asked" in caught.value.advice


def test_names_of_its_indicators_are_refused_to_others(tmp_path):
    named = ('mean = "hours"', 'mean = "hours"\nname = "outreach_times"')

    assert list(problems(tmp_path, OUTREACH, named)) == ["indicators[2].name"]
    assert outreach_of(tmp_path / "without", "", named) is None


def test_draws_do_not_start_from_a_number_below_0(tmp_path):
    assert list(problems(tmp_path, OUTREACH, ("seed = 7", "seed = -7"))) == ["seed"]
    assert outreach_of(tmp_path / "without", "", ("seed = 7", "seed = -7")) is None


def test_several_waves_have_no_plan(tmp_path):
    table = '[outreach]\nplatforms = "account"\nsize = 1\n\n[publication]'
    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(write_waves(tmp_path, ("[publication]", table)))

    (problem,) = (one for one in caught.value.problems if one.where == "poll.toml, outreach")
    assert problem.what == "a plan is made of one wave"
    assert "last wave alone" in problem.advice


def test_a_table_of_the_wrong_kind_is_told_once(tmp_path):
    assert list(problems(tmp_path, "[[outreach]]\nsize = 1")) == ["outreach"]


@pytest.mark.parametrize("table", [OUTREACH, OUTREACH.replace("size = 2", "reach = 1")])
def test_the_schema_allows_what_the_reader_reads(tmp_path, table):
    written = tomllib.loads(write_outreach(tmp_path, table).read_text(encoding="utf-8"))

    assert list(SCHEMA.iter_errors(json.loads(json.dumps(written, default=str)))) == []


def test_the_schema_refuses_what_the_reader_refuses_by_its_shape(tmp_path):
    written = tomllib.loads(f"{POLL}{WRONG}")
    found = SCHEMA.iter_errors(json.loads(json.dumps(written, default=str)))

    assert {tuple(one.absolute_path) for one in found} == {
        ("outreach",),
        ("outreach", "base"),
        ("outreach", "reach"),
        ("outreach", "minimum_base"),
        ("outreach", "costs", "whatsapp"),
    }
