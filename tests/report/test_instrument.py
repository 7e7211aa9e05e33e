from __future__ import annotations

import datetime as dt

import pytest

import socialpoll as sp
from socialpoll.report.instrument import instrument_section
from socialpoll.report.language import Language
from socialpoll.report.wording import Wording
from socialpoll.report.writing import written
from tests.report.handmade import composed, questionnaire, section, yes_no


def lines(language: str = "en") -> list[list[str]]:
    report = composed(yes_no(0.9))
    edition = sp.Edition(report, (language,))
    (table,) = section(report, "instrument").blocks
    return [[edition.text(cell) for cell in row.cells] for row in table.rows]


def test_every_question_stands_there_in_its_exact_wording_and_order():
    asked = questionnaire().questions

    assert [line[0] for line in lines()] == [one.text["en"] for one in asked]
    assert [line[0] for line in lines("ar")] == [one.text["ar"] for one in asked]


def test_the_answers_that_could_be_given_stand_beside_it():
    answers = {line[0]: line[1] for line in lines()}

    assert answers["Do you have one?"] == "Yes; No"
    assert answers["Which?"] == "several may be chosen: WhatsApp; YouTube; Instagram; imo; None"
    assert answers["How old?"] == "a number (years)"
    assert answers["How long?"] == "a number of hours"
    assert answers["When?"] == "a time of day"
    assert answers["Do you trust it?"] == "Does not trust; Neither; Trusts; Don't know"


def test_the_code_of_those_who_were_not_asked_is_no_answer():
    missing = (
        sp.Missing(code="i", label="Inapplicable", reason="not_asked", in_base=False),
        sp.Missing(code="d", label="Don't know", reason="dont_know", in_base=False),
    )
    likes = sp.Number(name="likes", text="How many?", unit="likes", missing=missing)
    wording = Wording(sp.Questionnaire(title="Poll", questions=(likes,)), ("en",))
    ((row,),) = (block.rows for block in instrument_section(wording).blocks)

    assert written(row.cells[1], Language("en")) == "a number (likes); Don't know"


def test_it_is_told_who_was_asked():
    asked = {line[0]: line[2] for line in lines()}

    assert asked["Do you have one?"] == "all respondents"
    assert asked["How long?"] == "respondents who answered “Yes” to “Has an account”"


def test_arabic_answers_are_parted_by_the_arabic_semicolon():
    answers = {line[0]: line[1] for line in lines("ar")}

    assert answers["هل لديك حساب؟"] == "نعم؛ لا"


def told(question, language):
    """Return wording and answers of one question as the instrument gives them."""
    asked = sp.Questionnaire(title="Poll", questions=(question,))
    table = instrument_section(Wording(asked, ("en", "ar"))).blocks[0]
    return [written(cell, Language(language)) for cell in table.rows[0].cells[:2]]


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("listed", "A; B"),
        ("random", "A; B (in random order)"),
        ("rotated", "A; B (in rotated order)"),
        ("reversed", "A; B (in reversed order for half of the respondents)"),
    ],
)
def test_the_order_in_which_answers_were_met_is_disclosed_where_it_varied(order, words):
    options = (sp.Code(code="a", label="A"), sp.Code(code="b", label="B"))
    question = sp.Single(name="q", text="Q?", options=options, options_order=order)

    assert told(question, "en") == ["Q?", words]


def test_the_items_of_a_grid_stand_with_its_wording_and_their_order():
    question = sp.Grid(
        name="g",
        text={"en": "How good?", "ar": "ما الجودة؟"},
        items=(
            sp.Item(code="x", label={"en": "Roads", "ar": "الطرق"}),
            sp.Item(code="y", label={"en": "Schools", "ar": "المدارس"}),
        ),
        items_order="random",
        options=(sp.Code(code="a", label={"en": "Good", "ar": "جيدة"}),),
    )

    assert told(question, "en") == ["How good? Roads; Schools (in random order)", "Good"]
    assert told(question, "ar") == ["ما الجودة؟ الطرق؛ المدارس (بترتيب عشوائي)", "جيدة"]


def test_words_and_dates_are_asked_for_as_such():
    assert told(sp.FreeText(name="q", text="Why?"), "ar")[1] == "إجابة بكلمات المستجيب نفسه"
    assert told(sp.Date(name="q", text="When?"), "en")[1] == "a date"


@pytest.mark.parametrize(
    ("condition", "en", "ar"),
    [
        (
            sp.Dated("d", latest=dt.date(2026, 11, 24)),
            "respondents who gave 24 November 2026 or earlier for “When?”",
            "كانت إجابتهم عن سؤال «When?» 24 نوفمبر 2026 أو قبله",
        ),
        (
            sp.Chosen("m", least=2),
            "respondents who made at least 2 choices in “Which?”",
            "اختاروا خيارين على الأقل في «Which?»",
        ),
    ],
)
def test_conditions_on_days_and_choices_are_told_in_words(condition, en, ar):
    options = (sp.Code(code="a", label="A"), sp.Code(code="b", label="B"))
    asked = sp.Questionnaire(
        title="Poll",
        questions=(
            sp.Date(name="d", text="When?"),
            sp.Multiple(name="m", text="Which?", options=options),
            sp.Single(name="q", text="Q?", options=options, asked_if=condition),
        ),
    )
    cell = instrument_section(Wording(asked, ("en", "ar"))).blocks[0].rows[2].cells[2]

    assert written(cell, Language("en")) == en
    assert ar in written(cell, Language("ar"))
