from __future__ import annotations

import datetime as dt
import pickle
from dataclasses import FrozenInstanceError, replace

import pytest

import socialpoll as sp
from socialpoll.errors import ReportError
from socialpoll.report import Message, Said
from tests.report.handmade import (
    PUBLISHER,
    TITLE,
    by_sex,
    composed,
    everything,
    released,
    row,
    section,
    sentences,
    yes_no,
)

CROSSING = {"breakdown": "sex|age_group", "domain": "male|18-29"}


def said(report: sp.Report, role: str, language: str = "en") -> list[str]:
    edition = sp.Edition(report, (language,))
    return [
        " ".join(edition.text(phrase) for phrase in block.phrases)
        for block in section(report, role).blocks
    ]


def test_a_report_has_its_sections_in_the_order_they_are_read():
    rows = [*yes_no(0.9), row("hours", 6.0, statistic="mean", unit="hours")]
    report = composed(rows)

    assert [(one.role, one.name) for one in report.sections] == [
        ("publisher", "publisher"),
        ("headlines", "headlines"),
        ("indicator", "account"),
        ("indicator", "hours"),
        ("methodology", "methodology"),
        ("instrument", "instrument"),
    ]


def test_the_publisher_introduces_itself():
    report = composed(yes_no(0.9))

    assert said(report, "publisher") == ["Centre", "We ask.", "Contact: a@example.org"]
    assert said(report, "publisher", "ar") == ["المركز", "نحن نسأل.", "للتواصل: a@example.org"]


def test_the_key_findings_begin_with_who_was_asked_and_when_and_how_precisely():
    lead, *_ = said(composed(yes_no(0.9)), "headlines")

    assert lead == (
        "The poll reached 403 respondents. Target population: Citizens aged 18 and over. "
        "Fieldwork took place from 3 March 2019 to 21 March 2019. The margin of error is ±2.5 "
        "percentage points at the 95% confidence level."
    )


def test_the_key_findings_have_a_line_an_indicator():
    rows = [*yes_no(0.9), row("hours", 6.0, statistic="mean", unit="hours")]
    _, *lines = said(composed(rows), "headlines")

    assert lines == [
        "Has an account: 90% of respondents answered “Yes” and 10% “No”.",
        "Hours a day: the mean was 6.0 hours (95% confidence interval: 5.8 to 6.2).",
    ]


def test_the_exact_wording_stands_above_the_findings():
    assert sentences(composed(yes_no(0.9)), "account")[0] == "Question: Do you have one?"


def test_every_released_row_is_in_the_report_as_plain_values():
    rows = [*yes_no(0.9), *yes_no(None, breakdown="sex", domain="male", status="suppressed")]
    report = composed(rows)

    assert len(report.figures) == len(rows)
    for figure, row_ in zip(report.figures, rows, strict=True):
        assert list(figure) == list(row_) or set(figure) == set(row_)
        assert all(
            value is None or type(value) in (str, int, float, bool) for value in figure.values()
        )
    assert report.figures[0]["estimate"] == 0.9
    assert report.figures[0]["n_base"] == 400
    assert report.figures[2]["estimate"] is None


def test_every_code_in_the_figures_has_its_words_in_every_language():
    rows = [*yes_no(0.9), *by_sex(0.9, 0.8), *yes_no(0.5, **CROSSING)]
    rows += [row("apps", 0.9, item="whatsapp"), row("trust", 0.2, category="dk")]
    rows += [row("hours", 6.0, statistic="mean", unit="hours")]
    report = composed(rows)
    plain = ("indicator", "question", "statistic", "unit", "base", "breakdown")

    for figure in report.figures:
        dimensions = {name: name for name in plain}
        dimensions |= {name: f"{name}:{figure['question']}" for name in ("item", "category")}
        dimensions["domain"] = f"domain:{figure['breakdown']}"
        for column, dimension in dimensions.items():
            words = report.labels[dimension][figure[column]]
            assert all(words[language] for language in ("en", "ar"))


def test_labels_say_what_the_tables_say():
    report = composed([*yes_no(0.9), *by_sex(0.9, 0.8), *yes_no(0.5, **CROSSING)])
    edition = sp.Edition(report, ("en", "ar"))

    assert edition.label("domain:sex", "female") == "Females"
    assert edition.label("domain:sex|age_group", "male|18-29") == "Males, 18–29"
    assert edition.label("domain:sex|age_group", "male|18-29", language="ar") == (
        "الذكور، من 18 إلى 29 سنة"
    )
    assert edition.label("breakdown", "sex|age_group", language="ar") == "النوع والفئة العمرية"
    assert edition.label("category:account", "yes") == "Yes"
    assert edition.label("domain:_T", "_T") == "Overall"
    assert edition.label("item:account", "_Z") == "not applicable"


def test_titles_are_those_of_the_caller_then_of_the_release_then_of_the_question():
    titles = {"account": {"en": "Released"}}
    given = {"account": "Given"}

    def title(**changes) -> str:
        report = composed(yes_no(0.9), **changes)
        return sp.Edition(report, ("en",)).text(section(report, "indicator").title)

    assert title() == "Has an account"
    release = released(yes_no(0.9), titles=titles)
    report = sp.compose(release, title=TITLE, publisher=PUBLISHER)
    assert sp.Edition(report, ("en",)).text(section(report, "indicator").title) == "Released"
    assert title(titles=given) == "Given"


def test_indicators_of_one_question_are_told_apart():
    total = {"question": "trust", "statistic": "total", "unit": "persons", "half": 1}
    rows = [
        row("trust", 0.4, category="high"),
        row("trust_mean", 0.1, question="trust", statistic="mean", unit="score"),
        row("trust_total", 100.0, category="high", **total),
        row("trust_all", 0.4, question="trust", category="high", base="all"),
        row("by_app", 0.4, question="trust", category="high", breakdown="apps", domain="imo"),
        row("per", 1.5, question="hours", statistic="ratio", unit="hours/years"),
    ]
    report = composed(rows)
    edition = sp.Edition(report, ("en",))
    titles = [edition.text(one.title) for one in report.sections if one.role == "indicator"]

    assert titles == [
        "Trust",
        "Trust: mean",
        "Trust: total",
        "Trust: all respondents",
        "Trust by Platforms used",
        "Hours a day: ratio",
    ]


def test_waves_are_named_where_there_are_several():
    rows = [*yes_no(0.9, wave="2019"), *yes_no(0.8, wave="2020")]
    report = composed(rows)
    edition = sp.Edition(report, ("en",))
    titles = [edition.text(one.title) for one in report.sections if one.role == "indicator"]

    assert titles == ["Has an account (2019)", "Has an account (2020)"]


def test_one_wave_goes_without_its_name():
    report = composed(yes_no(0.9, wave="2019"))

    assert sp.Edition(report, ("en",)).text(section(report, "indicator").title) == "Has an account"


def test_languages_are_those_of_the_questionnaire_unless_others_are_asked_for():
    release = released(yes_no(0.9))

    assert sp.compose(release, title=TITLE, publisher=PUBLISHER).languages == ("en", "ar")
    only = sp.compose(release, title=TITLE, publisher=PUBLISHER, languages=["ar"])
    assert only.languages == ("ar",)
    bare = released(yes_no(0.9), languages=())
    assert sp.compose(bare, title="Plain", publisher=PUBLISHER).languages == ("en",)
    assert sp.compose(bare, title={"ar": "عنوان"}, publisher=PUBLISHER).languages == ("ar",)


def test_a_language_without_a_catalogue_is_refused():
    with pytest.raises(ReportError, match="no message catalogue"):
        sp.compose(released(yes_no(0.9)), title=TITLE, publisher=PUBLISHER, languages=["fr"])


def test_titles_and_answers_of_indicators_that_are_not_there_are_refused():
    for changes in ({"titles": {"acount": "x"}}, {"focus": {"acount": "yes"}}):
        with pytest.raises(ReportError, match="no such indicator") as caught:
            composed(yes_no(0.9), **changes)
        assert caught.value.where == next(iter(changes))
        assert "did you mean 'account'?" in caught.value.allowed


def test_the_name_is_made_from_the_title_or_given():
    assert composed(yes_no(0.9)).name == "media-use"
    assert composed(yes_no(0.9), name="brief_1").name == "brief_1"
    for wrong in ("../up", "a b", "", "عنوان"):
        with pytest.raises(ReportError, match="not a plain name"):
            composed(yes_no(0.9), name=wrong)


def test_a_title_in_arabic_alone_still_gives_a_name():
    report = sp.compose(released(yes_no(0.9)), title={"ar": "عنوان"}, publisher=PUBLISHER)

    assert report.name == "report"


def test_the_life_cycle_goes_with_the_report():
    life = sp.LifeCycle(edition="2", release_date=dt.date(2019, 4, 28), licence="Free")
    report = sp.compose(released(yes_no(0.9)), title=TITLE, publisher=PUBLISHER, life_cycle=life)

    assert report.life_cycle == life
    assert dict(life.licence) == {"und": "Free"}
    assert composed(yes_no(0.9)).life_cycle == sp.LifeCycle()


def test_a_code_that_the_questionnaire_does_not_have_stands_for_itself():
    rows = [row("account", 0.1, category="gone"), row("account", 0.9, category="yes")]
    report = composed(rows)

    assert any("“gone”" in one for one in everything(report, "en"))


def test_nothing_suppressed_is_said_anywhere():
    secret = 0.123
    rows = [*yes_no(0.9), *yes_no(secret, breakdown="sex", domain="male", status="suppressed")]
    report = composed(rows)

    assert b"0.123" not in repr(report).encode()
    for language in report.languages:
        assert not any("12.3" in one or "87.7" in one for one in everything(report, language))


def test_composing_changes_nothing_in_the_release():
    release = released([*yes_no(0.9), *by_sex(0.9, 0.8)])
    before = release.figures

    sp.compose(release, title=TITLE, publisher=PUBLISHER)

    assert release.figures.equals(before)


def test_composing_twice_gives_equal_reports():
    rows = [*yes_no(0.9), *by_sex(0.9, 0.8)]

    assert composed(rows) == composed(rows)


def test_a_report_cannot_be_changed_and_can_be_copied():
    report = composed(yes_no(0.9))

    with pytest.raises(FrozenInstanceError):
        report.name = "other"
    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301  # our own bytes
    assert replace(report, name="other").name == "other"


def test_a_heading_without_words_is_the_name_itself():
    rows = [row("strange", 0.5, category="x")]
    report = composed(rows)

    assert section(report, "indicator", "strange").title == Said({"und": "strange"})
    assert isinstance(section(report, "headlines").title, Message)
