from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import PollFileError
from tests.poll.polls import changed, write_poll

ENGINE = ("wave =", 'engine = "duckdb"\nwave =')
CASES = (
    ("seed = 7", 'seed = 7\nreader = "csv"'),
    (
        "[[weighting.steps]]",
        """[checks]
id = "id"
item_nonresponse = 0.1

[checks.severity]
undeclared = "warning"
duplicate_answers = "note"
speeding = "off"

[weighting.replicates]
method = "bootstrap"
replicates = 20
seed = 1

[[weighting.steps]]
step = "calibrate"
margins = [{ of = "sex", targets = { male = 0.5, female = 0.5 } }]
equal_within = "home"

[[weighting.steps]]""",
    ),
    ('mean = "hours"', 'quantile = "hours"\np = 0.5\nrule = "hf7"'),
)


def problems(folder, *changes):
    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(write_poll(folder, changed(*changes)))
    return {one.where.removeprefix("poll.toml, "): one for one in caught.value.problems}


def test_all_that_needs_single_cases_is_refused_at_once_before_anything_is_read(tmp_path):
    found = problems(tmp_path, ENGINE, *CASES)

    assert [*found] == [
        "reader",
        "checks.id",
        "checks.item_nonresponse",
        "checks.severity.duplicate_answers",
        "weighting.steps[1].equal_within",
        "weighting.replicates",
        "indicators[2].rule",
    ]
    for one in found.values():
        assert "leave 'engine' out, for the answers to be read into memory" in one.advice


def test_a_second_stage_that_adds_to_variances_is_refused_with_its_place(tmp_path):
    stages = 'clusters = ["district", "home"]\nfpc = ["districts", "homes"]\nfpc_as = "count"'

    found = problems(tmp_path, ENGINE, ('weight = "base"', f'weight = "base"\n{stages}'))

    assert [*found] == ["design.fpc"]
    assert "the first stage alone can have a finite population" in found["design.fpc"].what


def test_what_needs_single_cases_is_no_matter_where_these_are_in_memory(tmp_path):
    poll = sp.Poll.load(write_poll(tmp_path, changed(*CASES)))

    assert poll.engine is None


def test_rules_of_reading_may_be_more_or_less_severe_wherever_answers_lie(tmp_path):
    severity = '[checks.severity]\nundeclared = "note"\nspeeding = "off"\n\n[[weighting.steps]]'

    poll = sp.Poll.load(write_poll(tmp_path, changed(ENGINE, ("[[weighting.steps]]", severity))))

    assert poll.checks.severity == {"undeclared": "note", "speeding": "off"}


def test_what_waves_have_of_their_own_is_refused_with_its_place(tmp_path):
    wave = """[[waves]]
name = "w1"
responses = "answers.csv"
reader = "csv"

[[waves.weighting.steps]]
step = "calibrate"
margins = [{ of = "sex", targets = { male = 0.5, female = 0.5 } }]
equal_within = "home"

[[exports]]"""
    found = problems(
        tmp_path,
        (
            'responses = "answers.csv"\nwave = "2019-03"',
            'engine = "polars"\nrespondent_id = "person"',
        ),
        ("[[exports]]", wave),
    )

    assert [*found] == [
        "respondent_id",
        "waves[1].reader",
        "waves[1].weighting.steps[1].equal_within",
    ]
