from __future__ import annotations

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.report import missing_disclosures
from tests.report.handmade import PUBLISHER, everything, text


def single(name, en, ar, **more):
    options = (
        sp.Code(code="yes", label=text("Yes", "نعم")),
        sp.Code(code="no", label=text("No", "لا")),
    )
    return sp.Single(name=name, text=text(en, ar), options=options, **more)


def poll(order="random", column="form"):
    versions = (
        sp.Version(code="old", label=text("Old", "القديمة"), questions=("media", "services")),
        sp.Version(code="new", label=text("New", "الجديدة")),
    )
    services = sp.Grid(
        name="services",
        text=text("Are they good?", "هل هي جيدة؟"),
        items=(sp.Item(code="roads", label=text("Roads", "الطرق")),),
        options=(sp.Code(code="yes", label=text("Yes", "نعم")),),
    )
    return sp.Questionnaire(
        title=text("Media", "الإعلام"),
        languages=("en", "ar"),
        questions=(
            single("news", "Do you read news?", "هل تقرأ الأخبار؟"),
            single("media", "Do you trust media?", "هل تثق بوسائل الإعلام؟"),
            services,
        ),
        blocks=(
            sp.Block(name="listed", questions=("news",)),
            sp.Block(
                name="opinions",
                questions=("media", "services"),
                order=order,
                label=text("Opinions", "الآراء"),
            ),
        ),
        splits=(
            sp.Split(
                name="wording",
                label=text("Wording", "الصياغة"),
                column=column,
                versions=versions,
            ),
        ),
    )


def said(language, asked):
    answers = pd.DataFrame(
        {
            "form": ["old", "new"] * 50,
            "news": ["yes", "no"] * 50,
            "media": ["yes", None, "no", None] * 25,
            "services_roads": ["yes", None] * 50,
        }
    )
    estimates = sp.estimate(sp.bind(answers, asked), ["media"])
    release = sp.release(estimates, sp.MinBase(1, flag_below=1))
    report = sp.compose(release, title=text("Media", "الإعلام"), publisher=PUBLISHER)
    assert not {"collection", "instrument"} & {one.name for one in missing_disclosures(report)}
    return set(everything(report, language))


def test_the_card_tells_that_the_questionnaire_varied_and_how():
    assert {
        "Opinion poll; parts of the questionnaire differed between random parts of the sample",
        (
            "3 questions; the exact wording is given at the end, in the order of asking; "
            "the questions of “Opinions” in random order; "
            "“Wording”: respondents were randomly assigned to “Old” and “New”"
        ),
    } <= said("en", poll())


def test_the_card_tells_it_in_arabic():
    assert {
        "استطلاع رأي اختلفت أجزاء من استمارته بين مجموعات من العينة موزّعة عشوائياً",
    } <= said("ar", poll())
    card = next(one for one in said("ar", poll()) if "وُزّع المستجيبون" in one)
    assert "أسئلة «الآراء» بترتيب عشوائي" in card
    assert "«الصياغة»: وُزّع المستجيبون عشوائياً على «القديمة» و«الجديدة»" in card


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("random", "In random order: “Do you trust media?” and “Are they good?”."),
        ("rotated", "In rotated order: “Do you trust media?” and “Are they good?”."),
        (
            "reversed",
            (
                "In reversed order for half of the respondents: “Do you trust media?” and "
                "“Are they good?”."
            ),
        ),
    ],
)
def test_the_annex_names_the_questions_whose_order_varied(order, words):
    assert words in said("en", poll(order))


def test_a_poll_that_did_not_vary_says_nothing_of_it():
    from dataclasses import replace

    plain = replace(poll("listed"), splits=())
    words = said("en", plain)

    assert "Opinion poll with the same questionnaire for every respondent" in words
    assert not any("order" in one for one in words if "in the order of asking" not in one)


@pytest.mark.parametrize("column", ["form", None])
def test_the_annex_tells_of_whom_a_question_of_one_version_was_asked(column):
    words = said("en", poll(column=column))

    assert "respondents who were randomly assigned to “Old” in “Wording”" in words
    assert "“Old” in “Wording”: “Do you trust media?” and “Are they good?”." in words


def test_the_base_of_a_figure_tells_the_version():
    english, arabic = said("en", poll()), said("ar", poll())

    assert (
        "Base: respondents who were randomly assigned to “Old” in “Wording” and answered this "
        "question (50, unweighted)."
    ) in english
    assert any("وُزّعوا عشوائياً على «القديمة» ضمن «الصياغة»" in one for one in arabic)


def test_a_codebook_tells_of_the_assignment_the_version_and_the_order():
    words = everything(sp.codebook(poll()).report, "en")

    assert "Kind: a version of the questionnaire, assigned at random" in words
    assert "Question: Wording" not in words
    asked = "Asked of: respondents who were randomly assigned to “Old” in “Wording”"
    assert words.count(asked) == 2
    assert words.count("Order of asking: the questions of “Opinions” in random order") == 2


def test_a_codebook_tells_the_version_also_where_the_answers_do_not_hold_it():
    words = everything(sp.codebook(poll(column=None)).report, "ar")

    assert sum("وُزّعوا عشوائياً على «القديمة» ضمن «الصياغة»" in one for one in words) == 2
