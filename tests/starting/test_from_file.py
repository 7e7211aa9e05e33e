from __future__ import annotations

import random
import shutil
import tomllib
from dataclasses import replace

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import PollFileError, StartError
from socialpoll.hooks import Reader, Source
from socialpoll.starting import start_from_file
from socialpoll.starting.annotating import MARK, annotated
from socialpoll.starting.guessing import Guess
from socialpoll.starting.roles import roles_of
from tests.starting.switched_on import style_once_switched_on

DRAW = random.Random(7)  # noqa: S311 - answers for a test
ROWS = [
    {
        "id": f"r{number}",
        "base_weight": 1.5 + number % 3,
        "sex": DRAW.choice(["male", "female"]),
        "How often?": DRAW.choice(["1", "2", "3", "98"]),
        "age": 18 + number % 60 if number % 7 else 999,
        "uses_whatsapp": DRAW.choice([0, 1]),
        "uses_youtube": DRAW.choice([0, 1]),
        "why": DRAW.choice(["news", "work", "news work"]),
        "postcode": f"0{DRAW.randint(1, 4)}",
        "when": f"2026-03-{1 + number % 28:02}",
        "at": f"{number % 24:02}:30",
        "comment": f"In my view, number {number} is right",
        "nothing": None,
    }
    for number in range(200)
]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("answers") / "Answers of March.csv"
    pd.DataFrame(ROWS).to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def started(file, tmp_path_factory):
    return start_from_file(tmp_path_factory.mktemp("poll") / "new poll", file)


@pytest.fixture(scope="module")
def questions(started):
    poll = sp.Poll.load(started.poll_file)
    return {one.name: one for one in poll.questionnaire.questions}


def comments(file, key: str) -> list[str]:
    lines = file.read_text("utf-8").splitlines()
    return [one.partition("# ")[2] for one in lines if one.startswith(f"{key} = ") and "# " in one]


def test_a_poll_from_answers_runs_at_once(started):
    poll = sp.Poll.load(started.poll_file)

    assert "error" not in set(poll.check()["severity"])
    run = poll.run(started.folder / "out", only="csv")
    assert run.failures == ()


def test_the_answers_are_copied_so_that_the_folder_can_move(started, file, tmp_path):
    moved = started.folder.rename(tmp_path / "elsewhere")
    try:
        assert (moved / file.name).read_bytes() == file.read_bytes()
        assert sp.Poll.load(moved / "poll.toml").responses().frame.shape[0] == len(ROWS)
    finally:
        moved.rename(started.folder)


def test_the_kind_of_each_column_is_guessed_from_its_answers(questions):
    assert {name: one.kind for name, one in questions.items()} == {
        "sex": "single",
        "How_often": "single",
        "age": "number",
        "uses": "multiple",
        "why": "multiple",
        "postcode": "single",
    }


def test_a_column_whose_name_is_not_plain_gets_one_and_is_still_found(questions):
    question = questions["How_often"]

    assert (question.column, question.text["und"]) == ("How often?", "How often?")


def test_words_that_are_numbers_are_whole_codes_unless_they_begin_with_a_zero(questions):
    assert questions["How_often"].code_type == "integer"
    assert [one.code for one in questions["postcode"].options] == ["01", "02", "03", "04"]


def test_usual_codes_of_no_answer_are_missing_codes_and_marked(questions, started):
    (missing,) = questions["How_often"].missing
    text = (started.folder / "questionnaire.toml").read_text("utf-8")

    assert (missing.code, missing.reason, missing.in_base) == (98, "dont_know", False)
    assert f"] # {MARK} 98 taken for no answer, and out of the base" in text


def test_numbers_show_their_range_where_they_may_hold_codes_of_no_answer(started):
    (said,) = [
        one for one in comments(started.folder / "questionnaire.toml", "kind") if "numbers" in one
    ]

    assert said.startswith(f"{MARK} numbers from 18 to 999;")


def test_every_guessed_kind_is_marked_where_it_stands(started, questions):
    marked = comments(started.folder / "questionnaire.toml", "kind")

    assert len(marked) == len(questions)
    assert all(one.startswith(MARK) for one in marked)


def test_columns_that_are_no_questions_are_named_with_the_reason(started):
    head = (started.folder / "questionnaire.toml").read_text("utf-8").partition("\n\n")[0]

    for line in (
        "base_weight: part of the sample design",
        "id: another in every row",
        "when: dates",
        "at: times of day",
        "comment: another in every row",
        "nothing: no answers in it",
    ):
        assert f"#   {line}" in head


def test_the_weight_is_found_by_its_name_and_marked(started):
    assert sp.Poll.load(started.poll_file).design.weight == "base_weight"
    (said,) = comments(started.poll_file, "weight")
    assert said.startswith(MARK)


def test_the_house_style_that_is_offered_is_the_usual_one(started, tmp_path):
    folder = tmp_path / "poll"
    shutil.copytree(started.folder, folder)

    style = style_once_switched_on(folder / started.poll_file.name)

    assert replace(style, logo=None) == sp.HouseStyle()
    assert style.logo is not None


def test_the_number_of_marked_places_is_told(started):
    texts = [started.poll_file, started.folder / "questionnaire.toml"]

    assert started.guesses == sum(one.read_text("utf-8").count(MARK) for one in texts) - 2


def test_a_file_from_which_nothing_can_be_made_is_refused_and_writes_nothing(tmp_path):
    file = tmp_path / "notes.csv"
    pd.DataFrame({"note": [f"row {one}" for one in range(100)]}).to_csv(file, index=False)

    with pytest.raises(StartError, match="no column of the file can be a question"):
        start_from_file(tmp_path / "new", file)

    assert not (tmp_path / "new").exists()


def test_an_existing_poll_is_not_overwritten_from_a_file(started, file):
    before = started.poll_file.read_bytes()

    with pytest.raises(StartError, match="overwrites nothing"):
        start_from_file(started.folder, file)

    assert started.poll_file.read_bytes() == before


def test_a_questionnaire_alone_makes_a_poll_whose_answers_are_still_to_come(tmp_path, form):
    started = start_from_file(tmp_path / "new", form(languages=("en", "ar")), host=form.host)

    assert not started.answered
    assert {one.name for one in started.paths} == {"README.md", "poll.toml", "questionnaire.toml"}
    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(started.poll_file)
    (problem,) = caught.value.problems
    assert problem.what == "the answers are not there yet"


def test_a_poll_whose_answers_came_later_runs(tmp_path, form):
    started = start_from_file(tmp_path / "new", form(languages=("en", "ar")), host=form.host)
    answers = pd.DataFrame({"sex": ["m", "f"] * 60})
    answers.to_csv(started.folder / "responses.csv", index=False)

    poll = sp.Poll.load(started.poll_file)

    assert poll.publication.languages == ("en", "ar")
    assert "error" not in set(poll.check()["severity"])


def test_languages_that_no_report_is_written_in_are_marked(tmp_path, form):
    started = start_from_file(tmp_path / "new", form(languages=("fr",)), host=form.host)
    (started.folder / "responses.csv").write_text("sex\nm\nf\n", encoding="utf-8")

    poll = sp.Poll.load(started.poll_file)
    assert poll.publication.languages == ("en",)
    (said,) = comments(started.folder / "questionnaire.toml", "title")
    assert said.startswith(f"{MARK} texts are in fr")


@pytest.fixture
def form(tmp_path):
    """Return a file that a reader of the test's own finds a questionnaire in."""

    class Host:
        def __init__(self) -> None:
            self.asked = None

        def reader(self, _file):
            return Reader(
                name="form", title="", suffixes=(), read=lambda _: Source(self.asked, None)
            )

    class Form:
        host = Host()

        def __call__(self, languages: tuple[str, ...]):
            words = dict.fromkeys(languages, "Sex")
            options = tuple(sp.Code(code=one, label=words) for one in "mf")
            question = sp.Single(name="sex", text=words, options=options)
            self.host.asked = sp.Questionnaire(
                title=words, languages=languages, questions=(question,)
            )
            file = tmp_path / "form.xlsx"
            file.write_bytes(b"")
            return file

    return Form()


@pytest.mark.parametrize(
    "words", ["plain", "two\nlines", 'quotes " and \\ marks', "nul \x00 and \x1b", "عربي", "a # b"]
)
def test_whatever_a_comment_says_the_questionnaire_stays_the_same(words):
    question = sp.Single(name="q", text="Q", options=(sp.Code(code="a", label="A"),))
    asked = sp.Questionnaire(title="T", questions=(question,))
    guesses = [Guess("q", "kind", words), Guess("q", "options", words), Guess("", "", words)]

    text = annotated(asked, guesses, {words: words})

    assert sp.Questionnaire.loads(text) == asked
    assert tomllib.loads(text)


def test_cluster_numbers_that_start_again_in_every_stratum_are_seen():
    frame = pd.DataFrame({"vstrat": [1, 1, 2, 2, 3], "vpsu": [1, 2, 1, 2, 1], "wtssall": [1.0] * 5})

    roles = roles_of(frame)

    assert (roles.strata, roles.clusters, roles.weight) == ("vstrat", "vpsu", "wtssall")
    assert roles.nested
    assert roles.lonely


@pytest.mark.parametrize("column", [[1.0, None], [-1.0, 2.0], ["a", "b"], [0.0, 0.0]])
def test_a_column_that_cannot_weight_is_no_weight_whatever_its_name(column):
    assert roles_of(pd.DataFrame({"weight": column})).weight is None


def test_no_figure_is_made_of_numbers_that_tell_cases_apart_or_are_all_alike(tmp_path):
    number = sp.Number(name="id", text="Number of the respondent", unit="units")
    asked = sp.Questionnaire(
        title="poll", questions=(number, replace(number, name="year"), replace(number, name="age"))
    )
    frame = pd.DataFrame(
        {"id": [1, 2, 3, 4], "year": [2016] * 4, "age": [30, 41, 30, 55]}, dtype="object"
    )
    file = tmp_path / "poll.made"
    file.write_text("made", encoding="utf-8")

    class Host:
        def reader(self, _file):
            return Reader(name="made", title="", suffixes=(), read=lambda _: Source(asked, frame))

    started = start_from_file(tmp_path / "poll", file, host=Host())
    measured = tomllib.loads(started.poll_file.read_text("utf-8"))["indicators"]

    assert measured == [{"mean": "age"}]
