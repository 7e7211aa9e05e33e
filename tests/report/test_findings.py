from __future__ import annotations

import re

import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.report import Edition, Figure, Table
from socialpoll.report.findings_sections import MOST_SHOWN
from socialpoll.report.findings_values import found_told
from socialpoll.report.findings_words import rule_told
from socialpoll.report.language import Language
from socialpoll.report.writing import figure_written, written
from socialpoll.responses.checks import RULES
from tests.report.made_findings import findings, remark

SEVERITIES = ("error", "warning", "note")
GIVEN = "4711-given"


def texts(findings, tag):
    """Return everything that the report says in a language."""
    edition = Edition(findings.report, (tag,))
    said = [edition.text(section.title) for section in findings.report.sections]
    for section in findings.report.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                said += [edition.text(one) for one in (block.title, *block.notes)]
                cells = [cell for row in block.rows for cell in row.cells if cell is not None]
                said += [
                    edition.number(cell) if isinstance(cell, Figure) else edition.text(cell)
                    for cell in cells
                ]
            else:
                said += [edition.text(one) for one in block.phrases]
    return said


remarks = st.builds(
    remark, st.sampled_from([*RULES, ""]), st.sampled_from(SEVERITIES), count=st.integers(1, 99)
)


@given(st.lists(remarks, max_size=12))
@settings(max_examples=30)
def test_every_finding_is_counted_once_under_its_severity_and_rule(several):
    found = findings(*several)

    assert sum(found.counts.values()) == len(several)
    assert sorted(map(repr, several)) == sorted(
        repr(one) for group in found.groups.values() for one in group
    )
    severities = [severity for severity, _ in found.groups]
    assert severities == sorted(severities, key=SEVERITIES.index)
    titles = [one.name for one in found.report.sections if one.role == "rule"]
    assert titles == [rule for _, rule in found.groups]


def test_the_overview_counts_findings_and_cases_by_rule():
    found = findings(
        remark(question="use"), remark(question="age"), remark("", "note"), cases={"undeclared": 7}
    )
    edition = Edition(found.report, ("en",))
    table = found.report.sections[0].blocks[1]

    assert [[cell.value for cell in row.cells[2:] if cell] for row in table.rows] == [[2, 7], [1]]
    assert edition.text(found.report.sections[0].blocks[0].phrases[0]) == (
        "Found: 2 errors, 0 warnings and 1 note."
    )


def test_where_nothing_was_found_the_report_says_so():
    assert texts(findings(), "en") == ["Overview", "Found: 0 errors, 0 warnings and 0 notes."]
    assert texts(findings(), "ar") == [
        "نظرة عامة",
        "الحصيلة: لا أخطاء ولا تحذيرات ولا ملاحظات.",
    ]


@pytest.mark.parametrize("rule", [*RULES, ""])
@pytest.mark.parametrize("minutes", [None, 4.5])
def test_every_rule_has_its_words_in_both_languages(rule, minutes):
    told = rule_told(rule, sp.Checks(minimum_minutes=minutes, straight_share=0.8))

    for phrase in told:
        assert re.search("[A-Za-z]", written(phrase, Language("en")))
        assert not re.search("[A-Za-z]", written(phrase, Language("ar")))


def test_the_words_of_a_rule_have_the_thresholds_of_the_poll():
    checks = sp.Checks(fast_below=0.25, minimum_minutes=4.5, weight_ratio=7.5, same_least=33)

    def meaning(rule):
        return written(rule_told(rule, checks).meaning, Language("en"))

    assert meaning("speeding") == "They took less than 25% of the median, or less than 4.5 minutes."
    assert "7.5 times" in meaning("extreme_weight")
    assert meaning("duplicate_answers").endswith("33.")


@pytest.mark.parametrize(
    ("rule", "found", "english", "arabic"),
    [
        ("speeding", "3.25 minutes", "3.25 minutes", "3.25 دقيقة"),
        ("speeding", "1 minutes", "1 minute", "1 دقيقة"),
        ("straight_lining", "6 items", "items: 6", "عدد البنود: 6"),
        ("case_nonresponse", "4 of 7 questions", "no answer to 4 of 7", "بلا إجابة: 4 من 7"),
        ("duplicate_answers", "rows 1, 20", "rows 1, 20", "الصفوف 1، 20"),
        (
            "duplicate_answers",
            "rows 1, 2 and 3 more",
            "rows 1, 2 and 3 more",
            "الصفوف 1، 2 و3 غيرها",
        ),
        ("undeclared", "12 other values", "others: 12", "غيرها: 12"),
        ("undeclared", "6 items", "6 items", "6 items"),
        ("out_of_range", "12 characters", "characters: 12", "عدد الأحرف: 12"),
        ("lonely_stratum", "a, b and 3 more", "a, b and 3 more", "a، b و3 غيرها"),
        ("extreme_weight", "99.5", "99.5", "99.5"),
    ],
)
def test_what_was_found_is_said_in_the_language_of_the_page(rule, found, english, arabic):
    cell = found_told(rule, found)

    def say(tag):
        language = Language(tag)
        words = figure_written if isinstance(cell, Figure) else written
        return words(cell, language)

    assert (say("en"), say("ar")) == (english, arabic)


SENSITIVE = ("income", "income_band", "why", "habits_smokes", "habits")


@pytest.mark.parametrize("question", SENSITIVE)
def test_answers_to_sensitive_questions_are_not_in_what_leaves_the_house(question):
    leaky = {"what": f"{GIVEN} chosen", "advice": f"did you mean {GIVEN}?", "found": GIVEN}
    found = findings(remark(question=question, **leaky))

    assert GIVEN in found.frame.to_string()
    assert GIVEN not in found.table.to_string()
    assert found.table[["rule", "question", "row", "count"]].to_numpy().tolist() == [
        ["undeclared", question, 3, 1]
    ]
    for tag in ("ar", "en"):
        assert not any(GIVEN in words for words in texts(found, tag))


@pytest.mark.parametrize("question", ["", "use"])
def test_an_id_is_not_in_what_leaves_the_house(question):
    found = findings(remark("duplicate_id", question=question, found=GIVEN))

    assert GIVEN not in found.table.to_string()
    assert not any(GIVEN in words for words in texts(found, "en"))
    assert "Ids, and answers to sensitive questions, are not shown." in texts(found, "en")


@pytest.mark.parametrize("question", ["use", "age", "age_band", ""])
def test_other_values_are_told(question):
    found = findings(remark(question=question, found="=17"))

    assert "=17" in found.table.to_string()
    assert "=17" in texts(found, "ar")


def test_a_constraint_is_told_in_its_own_words():
    found = findings(remark("constraint", question="age", what="Age beyond income", found=""))

    assert "Age beyond income" in texts(found, "en")
    assert "العمر فوق الدخل" in texts(found, "ar")


def test_columns_that_would_be_empty_are_left_out():
    [*_, rule] = findings(remark("ends_before_start", found="")).report.sections

    assert [one.name for one in rule.blocks[1].columns] == ["row", "cases"]


def test_many_findings_of_a_rule_are_cut_short_and_that_is_said():
    several = [remark(question="use", row=row) for row in range(MOST_SHOWN + 5)]
    found = findings(*several)

    table = found.report.sections[-1].blocks[1]
    assert len(table.rows) == MOST_SHOWN
    assert len(found.table) == MOST_SHOWN + 5
    assert "Further findings, which are in the report as CSV: 5" in texts(found, "en")


def test_an_arabic_report_has_no_english_but_names_codes_and_words_of_the_program():
    several = [remark(rule, "warning", question="", found="", row=None) for rule in RULES]

    said = texts(findings(*several), "ar")

    assert [one for one in said if re.search("[A-Za-z]", one)] == []
