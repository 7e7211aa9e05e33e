from __future__ import annotations

import socialpoll as sp
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


def test_it_is_told_who_was_asked():
    asked = {line[0]: line[2] for line in lines()}

    assert asked["Do you have one?"] == "all respondents"
    assert asked["How long?"] == "respondents who answered “Yes” to “Has an account”"


def test_arabic_answers_are_parted_by_the_arabic_semicolon():
    answers = {line[0]: line[1] for line in lines("ar")}

    assert answers["هل لديك حساب؟"] == "نعم؛ لا"
