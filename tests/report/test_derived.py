from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import socialpoll as sp
from tests.report.handmade import PUBLISHER, everything, sentences, text

UNSURE = sp.Missing(
    code="dk", label=text("Don't know", "لا أعرف"), reason="dont_know", in_base=True
)


def codes(**labels):
    return tuple(sp.Code(code=code, label=text(*words)) for code, words in labels.items())


def poll():
    yes_no = codes(yes=("Yes", "نعم"), no=("No", "لا"))
    platforms = codes(
        whatsapp=("WhatsApp", "واتساب"),
        telegram=("Telegram", "تيليجرام"),
        youtube=("YouTube", "يوتيوب"),
        none=("None", "لا شيء"),
    )
    return sp.Questionnaire(
        title=text("Media", "الإعلام"),
        languages=("en", "ar"),
        questions=(
            sp.Single(name="account", text=text("Account?", "هل لديك حساب؟"), options=yes_no),
            sp.Multiple(
                name="platforms",
                text=text("Which platforms?", "ما المنصات؟"),
                options=platforms,
                layout="cell",
                asked_if=sp.Is("account", "yes"),
                if_not_asked="none",
            ),
            sp.Scale(
                name="trust",
                text=text("Do you trust the news?", "هل تثق بالأخبار؟"),
                label=text("Trust", "الثقة"),
                options=codes(
                    low=("Not at all", "لا أثق"),
                    middle=("Somewhat", "إلى حد ما"),
                    high=("Fully", "أثق تماماً"),
                ),
                missing=(UNSURE,),
            ),
        ),
        derived=(
            sp.Nets(
                name="kinds",
                of="platforms",
                label=text("Kinds of platforms", "أنواع المنصات"),
                nets=(
                    sp.Net(
                        code="messages",
                        label=text("Any messaging", "أي تطبيق مراسلة"),
                        codes=("whatsapp", "telegram"),
                    ),
                    sp.Net(
                        code="any",
                        label=text("Any platform", "أي منصة"),
                        codes=("whatsapp", "telegram", "youtube"),
                    ),
                    sp.Net(code="none", label=text("No platform", "لا منصة"), codes=("none",)),
                ),
            ),
            sp.Boxes(name="trusting", of="trust", top=1, bottom=1),
            sp.Grouping(
                name="sure",
                of="trust",
                label=text("Trust of the sure", "ثقة الواثقين"),
                groups=(
                    sp.Group(code="yes", label=text("Yes", "نعم"), codes=("high",)),
                    sp.Group(code="no", label=text("No", "لا"), codes=("low",)),
                ),
                missing=(
                    sp.MadeMissing(
                        code="half",
                        label=text("Half", "متردد"),
                        reason="other",
                        in_base=True,
                        codes=("middle",),
                    ),
                ),
            ),
        ),
    )


def report(*indicators):
    answers = pd.DataFrame(
        {
            "account": ["yes"] * 80 + ["no"] * 20,
            "platforms": ["whatsapp telegram", "youtube", "none", "telegram"] * 20 + [None] * 20,
            "trust": ["low", "middle", "high", "dk", "high"] * 20,
        }
    )
    estimates = sp.estimate(sp.bind(answers, poll()), list(indicators))
    release = sp.release(estimates, sp.MinBase(1, flag_below=1))
    return sp.compose(release, title=text("Media", "الإعلام"), publisher=PUBLISHER)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            {
                "Kinds of platforms",
                "Any messaging",
                "Nets may overlap, so percentages may add to more than 100.",
                (
                    "Base: respondents who answered “Yes” to “Account?” and answered this question "
                    "(80, unweighted)."
                ),
            },
        ),
        (
            "ar",
            {
                "أنواع المنصات",
                "أي تطبيق مراسلة",
                "قد تتداخل مجموعات الإجابات، ولذلك قد يتجاوز مجموع النسب 100.",
            },
        ),
    ],
)
def test_nets_are_told_as_what_overlaps_with_the_base_of_their_question(language, expected):
    assert expected <= set(everything(report("kinds"), language))


def test_in_sentences_nets_are_named_one_by_one():
    (sentence,) = sentences(report("kinds"), "kinds")

    assert "Any platform" in sentence
    assert "75" in sentence


def test_it_is_told_in_which_nets_those_are_who_were_not_asked():
    said = everything(report(sp.Share("kinds", base="all")), "en")

    assert "Respondents who were not asked count as “No platform”." in said


def test_boxes_stand_under_the_heading_of_their_scale_and_are_called_by_their_points():
    said = everything(report("trusting"), "ar")

    assert {"الثقة", "أثق تماماً", "إلى حد ما", "لا أثق"} <= set(said)


def test_an_answer_made_missing_has_its_row_where_it_is_in_the_base():
    said = everything(report("sure"), "en")

    assert "Half" in said
    assert "Don't know" in said
    assert "Trust of the sure" in said


def test_a_codebook_tells_what_each_derived_variable_is_and_what_its_codes_are():
    frame = sp.codebook(poll()).frame
    boxes = frame[frame["variable"] == "trusting"]
    recoded = frame[frame["variable"] == "sure"]

    assert boxes["code"].tolist() == ["top", "middle", "bottom", "dk"]
    assert boxes["label_ar"].tolist()[0] == "أثق تماماً"
    assert set(boxes["text_ar"]) == {"الثقة"}
    assert set(boxes["column"]) == {""}
    assert recoded["code"].tolist() == ["yes", "no", "dk", "half"]
    assert recoded["role"].tolist() == ["answer", "answer", "missing", "missing"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", {"nets of answers, which may overlap", "top and bottom points of a scale"}),
        ("ar", {"مجموعات إجابات قد تتداخل", "أعلى درجات المقياس وأدناها"}),
    ],
)
def test_a_codebook_says_of_which_kind_they_are(language, expected):
    assert expected <= set(everything(sp.codebook(poll()).report, language))


def test_a_codebook_tells_of_which_answers_each_code_is_made():
    frame = sp.codebook(poll()).frame
    made = frame.set_index(["variable", "code"])["made_of"]

    assert made["kinds"].to_dict() == {
        "messages": "whatsapp|telegram",
        "any": "whatsapp|telegram|youtube",
        "none": "none",
    }
    assert made["trusting"].to_dict() == {
        "top": "high",
        "middle": "middle",
        "bottom": "low",
        "dk": "",
    }
    assert made["sure"]["half"] == "middle"
    assert set(made["platforms"]) == {""}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", {"Made of", "WhatsApp; Telegram", "Fully", "18 or more", "17 or less", "1 to 2"}),
        ("ar", {"تتكوّن من", "واتساب؛ تيليجرام", "18 فأكثر", "17 فأقل", "من 1 إلى 2"}),
    ],
)
def test_a_codebook_tells_it_in_words(language, expected):
    asked = poll()
    age = sp.Number(name="age", text=text("Age?", "العمر؟"), unit=text("years", "سنة"))
    several = [{"maximum": 17}, {"minimum": 18}]
    ages = sp.Bands(
        name="ages",
        of="age",
        label=text("Ages", "الأعمار"),
        bands=tuple(
            sp.Band(code=f"b{place}", label=text("Band", "فئة"), **one)
            for place, one in enumerate(several)
        ),
    )
    small = replace(
        ages, name="small", bands=(replace(ages.bands[0], minimum=1, maximum=2, code="s"),)
    )
    asked = replace(asked, questions=(*asked.questions, age), derived=(*asked.derived, ages, small))

    assert expected <= set(everything(sp.codebook(asked).report, language))


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ["Trust: net score, from -100 to 100", "Which platforms?: number chosen"]),
        (
            "ar",
            ["الثقة: صافي الدرجات، من \u200e-100 إلى 100", "ما المنصات؟: عدد الخيارات المختارة"],
        ),
    ],
)
def test_what_a_mean_of_scores_or_of_choices_is_of_is_in_its_title(language, titles):
    made = report(sp.Mean("trusting"), "platforms", sp.Mean("platforms"))
    edition = sp.Edition(made, (language,))
    found = [edition.text(one.title) for one in made.sections if one.role == "indicator"]

    assert [found[0], found[2]] == titles
    heading = {"en": "Mean number chosen", "ar": "متوسط عدد الخيارات المختارة"}[language]
    assert heading in everything(made, language)
