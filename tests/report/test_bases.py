from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.report.bases import condition_phrase
from socialpoll.report.language import Language
from socialpoll.report.wording import Wording
from socialpoll.report.writing import written
from tests.report.handmade import composed, questionnaire, row, section, yes_no

WORDING = Wording(questionnaire(), ("en", "ar"))
ACCOUNT = sp.Is("account", "yes")


def said(condition: sp.schema.Condition, language: str) -> str:
    return written(condition_phrase(WORDING, condition), Language(language))


@pytest.mark.parametrize(
    ("condition", "en", "ar"),
    [
        (ACCOUNT, "answered “Yes” to “Has an account”", "أجابوا بـ«نعم» عن سؤال «امتلاك حساب»"),
        (
            sp.Is("account", "yes", "no"),
            "answered “Yes” or “No” to “Has an account”",
            "أجابوا بـ«نعم» أو «لا» عن سؤال «امتلاك حساب»",
        ),
        (
            sp.Is("apps", "whatsapp"),
            "chose “WhatsApp” in “Platforms used”",
            "اختاروا «واتساب» في سؤال «المنصات المستخدمة»",
        ),
        (
            sp.Within("age", 18, 29),
            "gave 18 to 29 for “Age”",
            "كانت إجابتهم عن سؤال «العمر» من 18 إلى 29",
        ),
        (
            sp.Within("age", 18),
            "gave 18 or more for “Age”",
            "كانت إجابتهم عن سؤال «العمر» 18 فأكثر",
        ),
        (
            sp.Within("age", maximum=29.5),
            "gave 29.5 or less for “Age”",
            "كانت إجابتهم عن سؤال «العمر» 29.5 فأقل",
        ),
        (
            sp.Within("age", 18, 29, closed="neither"),
            "gave more than 18 for “Age” and gave less than 29 for “Age”",
            "كانت إجابتهم عن سؤال «العمر» أكثر من 18 وكانت إجابتهم عن سؤال «العمر» أقل من 29",
        ),
        (sp.Within("age"), "answered “Age”", "أجابوا عن سؤال «العمر»"),
        (sp.Answered("hours"), "answered “Hours a day”", "أجابوا عن سؤال «ساعات في اليوم»"),
        (
            sp.Not(ACCOUNT),
            "are not among those who answered “Yes” to “Has an account”",
            "ليسوا ممن أجابوا بـ«نعم» عن سؤال «امتلاك حساب»",
        ),
        (
            sp.All(ACCOUNT, sp.Is("sex", "male")),
            "answered “Yes” to “Has an account” and answered “Males” to “Sex”",
            "أجابوا بـ«نعم» عن سؤال «امتلاك حساب» وأجابوا بـ«الذكور» عن سؤال «النوع»",
        ),
        (
            sp.Any(ACCOUNT, sp.Is("sex", "male")),
            "answered “Yes” to “Has an account” or answered “Males” to “Sex”",
            "أجابوا بـ«نعم» عن سؤال «امتلاك حساب» أو أجابوا بـ«الذكور» عن سؤال «النوع»",
        ),
    ],
)
def test_conditions_are_told_in_the_words_of_the_questionnaire(condition, en, ar):
    assert said(condition, "en") == en
    assert said(condition, "ar") == ar


def base_of(rows: list[dict], language: str = "en", *, note: int = 0) -> str:
    report = composed(rows)
    name = rows[0]["indicator"]
    table = next(
        one for one in section(report, "indicator", name).blocks if isinstance(one, sp.report.Table)
    )
    return sp.Edition(report, (language,)).text(table.notes[note])


APPS = {"item": "whatsapp"}
HOURS = {"statistic": "mean", "unit": "hours"}


@pytest.mark.parametrize(
    ("codes", "en", "ar"),
    [
        (
            ("yes", "n"),
            "answered “Yes” or nothing to “Online”",
            "أجابوا بـ«نعم» أو لم يجيبوا عن سؤال «استخدام الإنترنت»",
        ),
        (("n",), "did not answer “Online”", "لم يجيبوا عن سؤال «استخدام الإنترنت»"),
    ],
)
def test_a_missing_answer_is_no_answer_that_somebody_gave(codes, en, ar):
    silence = sp.Missing(code="n", label="No answer", reason="no_answer", in_base=False)
    online = sp.Single(
        name="online",
        text={"en": "Online", "ar": "استخدام الإنترنت"},
        options=(sp.Code(code="yes", label={"en": "Yes", "ar": "نعم"}),),
        missing=(silence,),
    )
    wording = Wording(sp.Questionnaire(title="Poll", questions=(online,)), ("en", "ar"))
    phrase = condition_phrase(wording, sp.Is("online", *codes))

    assert written(phrase, Language("en")) == en
    assert written(phrase, Language("ar")) == ar


@pytest.mark.parametrize(
    ("rows", "base"),
    [
        (yes_no(0.9), "Base: respondents who answered this question (400, unweighted)."),
        (yes_no(0.9, base="asked"), "Base: all respondents (400, unweighted)."),
        (
            [row("apps", 0.9, **APPS)],
            (
                "Base: respondents who answered “Yes” to “Has an account” and answered this "
                "question (400, unweighted)."
            ),
        ),
        (
            [row("apps", 0.9, base="asked", **APPS)],
            "Base: respondents who answered “Yes” to “Has an account” (400, unweighted).",
        ),
        ([row("apps", 0.9, base="all", **APPS)], "Base: all respondents (400, unweighted)."),
        (
            [row("hours", 6.0, **HOURS)],
            (
                "Base: respondents who answered “Yes” to “Has an account” and gave a number "
                "(400, unweighted)."
            ),
        ),
        (
            [row("age", 34.0, statistic="mean", unit="years", n=1234)],
            "Base: respondents who gave a number (1,234, unweighted).",
        ),
        (
            [row("trust", 0.1, statistic="mean", unit="score")],
            "Base: respondents who answered this question (400, unweighted).",
        ),
        (
            [
                row(
                    "ages",
                    0.4,
                    question="age_group",
                    category="30+",
                    breakdown="sex",
                    domain="male",
                )
            ],
            "Base: respondents in each group who answered this question.",
        ),
    ],
)
def test_the_base_is_told_in_words_under_every_table(rows, base):
    assert base_of(rows) == base


def test_the_base_is_told_in_arabic_too():
    assert base_of([row("apps", 0.9, **APPS)], "ar") == (
        "القاعدة: المستجيبون الذين أجابوا بـ«نعم» عن سؤال «امتلاك حساب» وأجابوا عن هذا السؤال، "
        "وعددهم 400 (غير مرجّح)."
    )


def test_where_everybody_is_the_base_it_is_told_what_the_others_count_as():
    rows = [row("apps", 0.9, base="all", **APPS)]

    assert base_of(rows, note=1) == "Respondents who were not asked count as “None”."
    assert base_of(rows, "ar", note=1) == "يُحتسب من لم يُطرح عليهم السؤال ضمن إجابة «لا شيء»."


def test_the_base_of_the_column_contract_is_counted_where_there_is_no_other():
    rows = [row("account", 0.9, category="yes", n=400) | {"n_base": None, "n_answered": 390}]

    assert base_of(rows) == "Base: respondents who answered this question (390, unweighted)."
