from __future__ import annotations

import csv
import re
import shutil
from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.demo import FOLDER as DEMO
from socialpoll.schema import Multiple, TimeOfDay, questions_of
from socialpoll.starting import start_from_template, templates
from socialpoll.starting.synthesise import SAMPLES, synthesise
from tests.starting.switched_on import style_once_switched_on, switched_on

NAMES = [one.name for one in templates()]
GOVERNORATES = 11
LEGAL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@pytest.fixture(scope="module", params=NAMES)
def started(request, tmp_path_factory):
    return start_from_template(tmp_path_factory.mktemp("poll") / "new", request.param)


@pytest.fixture(scope="module")
def poll(started):
    return sp.Poll.load(started.poll_file)


def asked(template: str) -> sp.Questionnaire:
    (folder,) = (one.folder for one in templates() if one.name == template)
    return sp.Questionnaire.load(folder / "questionnaire.toml")


def test_a_check_of_a_new_poll_finds_no_error_and_no_warning(poll):
    assert set(poll.check()["severity"]) <= {"note"}


def test_every_file_of_a_new_poll_is_explained_in_its_readme(started):
    readme = (started.folder / "README.md").read_text("utf-8")
    names = {path.relative_to(started.folder).as_posix() for path in started.paths}
    explained = {re.sub(r"targets/\w+\.csv", "targets/*.csv", name) for name in names}

    assert {name for name in explained - {"README.md"} if f"`{name}`" not in readme} == set()


def test_the_house_style_of_a_new_poll_is_the_usual_one_once_it_is_no_comment(started, tmp_path):
    folder = tmp_path / "poll"
    shutil.copytree(started.folder, folder)

    style = style_once_switched_on(folder / started.poll_file.name)

    assert replace(style, logo=None) == sp.HouseStyle()
    assert style.logo is not None
    assert set(style.logo.alt) == {"en", "ar"}


def test_the_plan_of_a_new_poll_can_be_had_once_it_is_no_comment(tmp_path):
    started = start_from_template(tmp_path / "poll", "social-media")

    outreach = switched_on(started.poll_file, "outreach").outreach

    assert (outreach.platforms, outreach.size, outreach.base) == ("platforms", 3, "all")
    assert outreach.audiences == ("sex", "age_group", "education_group")
    assert [*outreach.lines] == ["times", "formats", "languages"]


def test_what_is_not_real_is_said_to_be_synthetic(started, poll):
    assert "synthetic" in (started.folder / "README.md").read_text("utf-8")
    assert poll.questionnaire.methodology.synthetic
    assert "SYNTHETIC" in started.poll_file.read_text("utf-8")


@pytest.mark.parametrize("template", NAMES)
def test_practice_answers_can_be_drawn_again_byte_by_byte(template):
    (files,) = (one.files() for one in templates() if one.name == template)

    assert synthesise(template).encode() == files["responses.csv"]


def test_every_question_is_worded_and_labelled_in_arabic_and_english(poll):
    for question in poll.questionnaire.questions:
        assert set(question.text) == {"ar", "en"}
        assert set(question.label) == {"ar", "en"}
        assert re.search(r"[\u0621-\u064A]", question.text["ar"]), question.name
        assert not re.search(r"[\u0621-\u064A]", question.text["en"]), question.name


def test_names_and_codes_of_questions_are_legal_in_xlsform(poll):
    for question in poll.questionnaire.questions:
        assert LEGAL.fullmatch(question.name)
        assert not isinstance(question, TimeOfDay)
        codes = [str(one.code) for one in getattr(question, "options", ())]
        assert [code for code in codes if not re.fullmatch(r"[A-Za-z0-9_]+", code)] == []


def test_several_answers_stand_in_one_cell_as_xlsform_delivers_them(poll):
    several = [one for one in poll.questionnaire.questions if isinstance(one, Multiple)]

    assert {one.layout for one in several} <= {"cell"}


def test_every_question_but_the_screener_is_measured_or_is_a_breakdown(poll):
    measured = set()
    for wanted in poll.indicators:
        measured.add(getattr(wanted.indicator, "question", None))
    derived = {one.name: one.of for one in poll.questionnaire.derived}
    used = {*measured, *poll.publication.by}
    used |= {derived[name] for name in used if name in derived}
    weighted = {"governorate"}  # too small to be published one by one

    unused = {one.name for one in poll.questionnaire.questions} - used - weighted
    assert unused <= {"nationality", "uses"}


@pytest.mark.parametrize("template", ["social-media", "e-services"])
def test_every_governorate_can_be_answered_and_has_its_target(template):
    question = asked(template)["governorate"]
    (folder,) = (one.folder for one in templates() if one.name == template)
    with (folder / "targets" / "governorate.csv").open(encoding="utf-8") as file:
        targets = [row["governorate"] for row in csv.DictReader(file)]

    assert len(question.options) == GOVERNORATES
    assert [one.code for one in question.options] == targets


@pytest.mark.parametrize("template", ["social-media", "e-services"])
def test_targets_are_those_of_the_bundled_poll(template):
    (files,) = (one.files() for one in templates() if one.name == template)
    targets = {name: content for name, content in files.items() if name.startswith("targets/")}

    assert len(targets) == 4
    assert targets == {name: (DEMO / name).read_bytes() for name in targets}


@pytest.mark.parametrize("template", ["social-media", "e-services"])
def test_opinions_can_be_left_without_an_answer(template):
    scales = [one for one in asked(template).asked if one.kind == "scale"]

    assert len(scales) >= 5
    assert [one.name for one in scales if not one.missing] == []


@pytest.mark.parametrize("template", ["social-media", "e-services"])
def test_options_of_no_order_are_shuffled_but_other_and_none_keep_their_place(template):
    several = [one for one in asked(template).questions if isinstance(one, Multiple)]

    assert len(several) >= 4
    for question in several:
        assert question.options_order == "random", question.name
        kept = [one.code for one in question.options if one.fixed]
        last = [one.code for one in question.options][-len(kept) :]
        assert kept == last
        assert set(kept) <= {"other", "none"}
        assert {"other", "none"} & {one.code for one in question.options} == set(kept)


@pytest.mark.parametrize("template", ["social-media", "e-services"])
def test_whoever_is_no_citizen_is_asked_nothing_more(template):
    questionnaire = asked(template)
    routed = {"nationality"}
    for question in questionnaire.questions[1:]:
        assert set(questions_of(question.asked_if)) <= routed, question.name
        routed.add(question.name)


def test_the_poll_on_social_media_asks_how_people_deal_with_government_accounts():
    questionnaire = asked("social-media")

    assert questionnaire["accounts"].asked_if == sp.Is("follows_government", "yes")
    assert {one.code for one in questionnaire["engagement"].options} == {
        "read",
        "liked",
        "commented",
        "shared",
        "messaged",
        "none",
    }
    assert "official" in [one.code for one in questionnaire.grids["trust"].items]


def test_the_poll_on_e_services_asks_for_satisfaction_aspect_by_aspect():
    grid = asked("e-services").grids["aspects"]

    assert grid.ordered
    assert grid.items_order == "random"
    assert len(grid.items) == 6


def test_the_net_promoter_score_is_promoters_less_detractors():
    (folder,) = (one.folder for one in templates() if one.name == "e-services")
    poll = sp.Poll.load(folder / "poll.toml")
    figures = sp.estimate(poll.weights(), [sp.Mean("recommend"), sp.Share("promoters")]).frame
    share = figures.set_index("category")["estimate"]
    score = figures.loc[figures["statistic"] == "mean", "estimate"].item()

    assert score == pytest.approx(100 * (share["promoters"] - share["detractors"]))


def test_another_seed_draws_other_people_of_the_same_kind():
    other = synthesise("minimal", seed=1)

    assert other != synthesise("minimal")
    assert other.count("\n") == SAMPLES["minimal"].interviews + 1


def test_an_open_invitation_reaches_the_educated_more_than_others():
    (folder,) = (one.folder for one in templates() if one.name == "e-services")
    responses = sp.Poll.load(folder / "poll.toml").responses().frame
    (target,) = (one for one in (folder / "targets").iterdir() if "education" in one.name)
    with target.open(encoding="utf-8") as file:
        persons = {row["education_group"]: int(row["target"]) for row in csv.DictReader(file)}

    sampled = (responses["education_group"] == "above_secondary").mean()
    assert sampled > 1.5 * persons["above_secondary"] / sum(persons.values())
