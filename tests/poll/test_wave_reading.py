"""Every mistake in the waves of a poll file is told, in a sentence and at its place."""

from __future__ import annotations

import json
import tomllib

import jsonschema
import pytest

import socialpoll as sp
from socialpoll.errors import PollFileError
from socialpoll.poll.json_schema import json_schema_of
from tests.poll.polls import QUESTIONNAIRE
from tests.poll.wave_polls import WAVES, write_waves

FIRST = 'responses = "answers-2019.csv"\n'
BREAK = '\n[[breaks]]\nquestion = "{}"\nfrom = "{}"\nreason = "{}"\n'


def with_first(*lines: str) -> str:
    return WAVES.replace(FIRST, FIRST + "\n".join(lines) + "\n")


def problems_in(folder, *changes, waves=WAVES, own=None) -> dict[str, object]:
    file = write_waves(folder, *changes, waves=waves)
    if own is not None:
        (folder / "own.toml").write_text(own, encoding="utf-8")
    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(file)
    return {one.where.removeprefix("poll.toml, "): one for one in caught.value.problems}


@pytest.mark.parametrize(
    ("waves", "where", "what"),
    [
        (WAVES.replace("2021", "2019"), "waves[2].name", "several waves have this name"),
        (WAVES.replace('"2019"', '"a|b"'), "waves[1].name", "a name that is not plain"),
        (WAVES.replace('name = "2019"', ""), "waves[1].name", "the key 'name' is missing"),
        (WAVES.replace("answers-2019", "lost"), "waves[1].responses", "the answers are not there"),
        (WAVES.replace("answers-2019", "../x"), "waves[1].responses", "a file outside the folder"),
        (with_first('reder = "csv"'), "waves[1].reder", "unknown key 'reder'"),
        (with_first('questionnaire = "q.toml"'), "waves[1].questionnaire", "there is no such file"),
        (
            with_first("fieldwork_start = 2019-03-02", "fieldwork_end = 2019-03-01"),
            "waves[1].fieldwork_end",
            "it ends before it starts",
        ),
        (with_first("time = 2019"), "waves", "some waves have a time"),
        (
            with_first("time = 3").replace('name = "2021"', 'name = "2021"\ntime = 2'),
            "waves",
            "waves that are not in their order in time",
        ),
        (
            with_first('columns = { q7 = "acount" }'),
            "waves[1].columns.q7",
            "the poll has no question or column of the design 'acount'",
        ),
        (
            with_first('columns = { q7 = "account", q8 = "account" }'),
            "waves[1].columns.q8",
            "'q7' is 'account' already",
        ),
        (
            with_first('codes.acount = { 1 = "yes" }'),
            "waves[1].codes.acount",
            "the poll has no question 'acount'",
        ),
        (
            with_first('codes.account = { 1 = "yess" }'),
            "waves[1].codes.account.1",
            "question 'account' of the poll has no code 'yess'",
        ),
        (
            WAVES.replace(', ar = "الجولة الأولى"', ""),
            "waves[1].label",
            "no words in ar",
        ),
        (
            f"{WAVES}{BREAK.format('account', '2021', 'x')}".replace('"x"', '{ en = "x" }'),
            "breaks[1].reason",
            "no words in ar",
        ),
        (
            with_first('not_offered = { account = ["maybe"] }'),
            "waves[1].not_offered.account",
            "question 'account' has no option 'maybe'",
        ),
        (
            with_first('not_offered = { hours = ["maybe"] }'),
            "waves[1].not_offered.hours",
            "the poll has no question of codes 'hours'",
        ),
        (
            with_first('not_offered = { account = ["no"] }', 'codes.account = { 2 = "no" }'),
            "waves[1].not_offered.account",
            "option 'no' was there, or a code was mapped to it",
        ),
        (
            with_first('not_offered = { account = ["no"] }').partition("\n\n[[waves]]")[0],
            "waves[1].not_offered",
            "there is only one wave",
        ),
        (
            with_first('codes.use = { 1 = "light" }'),
            "waves[1].codes.use",
            "the poll has no question 'use'",
        ),
        (
            with_first('reader = "kobo"', 'codes.account = { 1 = "yes" }'),
            "waves[1].reader",
            "submissions to a form have the names and codes of their questionnaire",
        ),
        (
            with_first('design = { lonely = "skip" }'),
            "waves[1].design.lonely",
            "no such choice",
        ),
        (
            with_first('design = { sampling = "opt_in" }'),
            "waves",
            "the designs of the waves differ in 'sampling'",
        ),
        (
            with_first('weighting = { steps = [{ step = "rak" }] }'),
            "waves[1].weighting.steps[1].step",
            "no such",
        ),
        (
            f"{WAVES}{BREAK.format('acount', '2021', 'x')}",
            "breaks[1].question",
            "there is no question or derived variable 'acount'",
        ),
        (
            f"{WAVES}{BREAK.format('account', '2020', 'x')}",
            "breaks[1].from",
            "there is no wave '2020'",
        ),
        (
            f"{WAVES}{BREAK.format('account', '2019', 'x')}",
            "breaks[1].from",
            "before the first wave there is nothing to compare with",
        ),
        (
            f"{WAVES}{BREAK.format('account', '2021', ' ')}",
            "breaks[1].reason",
            "a text without words",
        ),
        (
            f"{WAVES}{BREAK.format('account', '2021', 'x')}".replace("from =", "since ="),
            "breaks[1].since",
            "unknown key 'since'",
        ),
    ],
)
def test_a_mistake_is_told_at_its_place(tmp_path, waves, where, what):
    found = problems_in(tmp_path, waves=waves)

    assert where in found, list(found)
    assert what in found[where].what


def test_the_nearest_name_is_told(tmp_path):
    wrong = with_first('columns = { q7 = "acount" }', 'codes.account = { 1 = "yess" }')
    found = problems_in(tmp_path, waves=f"{wrong}{BREAK.format('account', '201', 'x')}")

    assert {where: one.allowed.partition("(")[0].strip() for where, one in found.items()} == {
        "waves[1].columns.q7": "did you mean 'account'?",
        "waves[1].codes.account.1": "did you mean 'yes'?",
        "breaks[1].from": "did you mean '2021'?",
    }


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        (("seed = 7", 'wave = "2019"'), "wave", "a poll with waves has none of its own"),
        (("seed = 7", 'responses = "a.csv"'), "responses", "a poll with waves has none"),
        (
            (
                "[[weighting.steps]]",
                '[weighting.replicates]\nmethod = "jackknife"\n[[weighting.steps]]',
            ),
            "weighting.replicates",
            "stacked waves have no replicates",
        ),
        (
            ("[design]\n", '[design]\nclusters = "region"\n'),
            "respondent_id",
            "units in common are respondents, but the design samples clusters",
        ),
        (
            ('mean = "hours"\nchange = true', 'mean = "hours"\nagainst = "first"'),
            "indicators[2].against",
            "nothing is compared between waves",
        ),
    ],
)
def test_what_contradicts_waves_in_the_rest_of_the_file_is_told(tmp_path, change, where, what):
    changes = [change]
    if where == "respondent_id":
        changes.append(("seed = 7", 'respondent_id = "person"'))

    assert what in problems_in(tmp_path, *changes)[where].what


def test_clusters_of_a_waves_own_design_are_no_respondents_either(tmp_path):
    waves = with_first('design = { clusters = "region" }')
    found = problems_in(tmp_path, ("seed = 7", 'respondent_id = "person"'), waves=waves)

    [(where, one)] = found.items()
    assert where == "waves[1].design.clusters"
    assert one.what.startswith("units in common are respondents")


def test_a_mistake_in_a_wave_is_not_told_again_as_one_of_its_break(tmp_path):
    waves = WAVES.replace("answers-2021.csv", "lost.csv").replace("label", "lable", 1)
    found = problems_in(tmp_path, waves=f"{waves}{BREAK.format('account', '2021', 'x')}")

    assert set(found) == {"waves[1].lable", "waves[2].responses"}


def test_kept_clusters_are_units_in_common(tmp_path):
    clustered = ('strata = "region"', 'clusters = "region"')
    panel = ("seed = 7", 'respondent_id = "region"')
    poll = sp.Poll.load(write_waves(tmp_path, clustered, panel))

    stacked = poll.weights()

    assert stacked.overlap is not None
    assert poll.waves[0].harmony.respondent is None
    assert stacked.responses.stages[0].unit.max() == 3


def test_without_waves_nothing_can_be_followed_and_answers_are_needed(tmp_path):
    found = problems_in(tmp_path, ("seed = 7", 'respondent_id = "person"'), waves="")

    assert {where: one.what for where, one in found.items()} == {
        "responses": "the key 'responses' is missing",
        "respondent_id": "there are no waves",
        "indicators[1].change": "there are no waves to follow",
        "indicators[2].change": "there are no waves to follow",
        "indicators[2].trend": "there are no waves to follow",
    }


OWN = QUESTIONNAIRE.replace('code = "no"', 'code = "never"')
WITH_OWN = ('questionnaire = "own.toml"',)


def test_a_code_of_a_waves_own_questionnaire_that_is_nowhere_in_the_poll_is_refused(tmp_path):
    found = problems_in(tmp_path, waves=with_first(*WITH_OWN), own=OWN)

    one = found["waves[1].codes.account"]
    assert one.what == "code 'never' of the wave is none of the poll's options"
    assert one.advice == "say which code of the poll it is"


def test_a_code_that_the_waves_own_questionnaire_does_not_have_is_refused(tmp_path):
    waves = with_first(*WITH_OWN, 'codes.account = { never = "no", nver = "no" }')

    found = problems_in(tmp_path, waves=waves, own=OWN)

    assert found["waves[1].codes.account.nver"].what == "the wave's question has no code 'nver'"


def test_a_question_that_is_not_in_the_waves_own_questionnaire_is_refused(tmp_path):
    waves = with_first(*WITH_OWN, 'columns = { q7 = "account" }', 'codes.account = { a = "no" }')
    own = QUESTIONNAIRE.replace('name = "account"', 'name = "q8"')

    found = problems_in(tmp_path, waves=waves, own=own)

    assert found["waves[1].columns.q7"].what == "the wave's questionnaire has no question 'q7'"
    assert "has no question that is 'account'" in found["waves[1].codes.account"].what
    assert "it is not in wave '2019'" in found["indicators[1].share"].found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Do you have an account?", "Any account?", "its wording"),
        ('"Yes"', '"Often"', "its codes"),
    ],
)
def test_what_is_estimated_must_be_the_same_in_all_waves(tmp_path, old, new, told):
    own = QUESTIONNAIRE.replace(old, new)
    assert own != QUESTIONNAIRE
    found = problems_in(tmp_path / "a", waves=with_first(*WITH_OWN), own=own)

    assert set(found) == {"indicators[1].share", "indicators[3].by"}
    assert found["indicators[1].share"].found.startswith(told)

    file = write_waves(
        tmp_path / "b", waves=with_first(*WITH_OWN) + BREAK.format("account", "2021", "new words")
    )
    (tmp_path / "b/own.toml").write_text(own, encoding="utf-8")
    assert sp.Poll.load(file).breaks[0].reason == {"und": "new words"}


def test_codes_that_are_said_to_be_the_same_need_not_have_the_same_label(tmp_path):
    waves = with_first(*WITH_OWN, 'codes.account = { yes = "yes" }')
    file = write_waves(tmp_path, waves=waves)
    own = QUESTIONNAIRE.replace('"Yes"', '"Often"')
    (tmp_path / "own.toml").write_text(own, encoding="utf-8")

    assert sp.Poll.load(file).waves[0].questionnaire == sp.Poll.load(file).questionnaire


def test_all_mistakes_of_the_file_are_told_at_once(tmp_path):
    waves = with_first('codes.acount = { 1 = "yes" }', 'columns = { q7 = "acount" }')
    found = problems_in(
        tmp_path,
        ("seed = 7", 'seed = "7"'),
        waves=f"{waves.replace('2021.csv', '2022.csv')}{BREAK.format('account', '2022', 'x')}",
    )

    assert set(found) == {
        "seed",
        "waves[1].codes.acount",
        "waves[1].columns.q7",
        "waves[2].responses",
        "breaks[1].from",
    }


def test_the_files_of_every_wave_are_inputs_of_the_poll(tmp_path):
    poll = sp.Poll.load(write_waves(tmp_path))

    assert poll.inputs == (
        "poll.toml",
        "questionnaire.toml",
        "targets/sex.csv",
        "answers-2019.csv",
        "answers-2021.csv",
    )
    assert poll.source.name == "answers-2021.csv"
    assert [one.name for one in poll.waves] == ["2019", "2021"]


def test_the_dates_of_a_wave_are_those_of_its_questionnaire(tmp_path):
    waves = with_first("fieldwork_start = 2019-03-01", "fieldwork_end = 2019-03-20")
    first, second = sp.Poll.load(write_waves(tmp_path, waves=waves)).waves

    assert first.questionnaire.methodology.fieldwork_end.isoformat() == "2019-03-20"
    assert second.questionnaire.methodology.fieldwork_end is None


def schema_mistakes(file) -> list[object]:
    written = json.loads(json.dumps(tomllib.loads(file.read_text("utf-8")), default=str))
    return list(jsonschema.Draft202012Validator(json_schema_of("poll")).iter_errors(written))


def test_the_json_schema_knows_waves_and_breaks(tmp_path):
    waves = with_first('columns = { q7 = "account" }', 'codes.account = { 1 = "yes" }')
    good = f"{waves}{BREAK.format('account', '2021', 'x')}"

    assert schema_mistakes(write_waves(tmp_path, waves=good)) == []
    for old, new in (("from =", "since ="), ("columns =", "colums ="), ("[[waves]]", "[[wave]]")):
        assert schema_mistakes(write_waves(tmp_path, waves=good.replace(old, new, 1)))
    assert schema_mistakes(write_waves(tmp_path, waves="")), "neither answers nor waves"
