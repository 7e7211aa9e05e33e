from __future__ import annotations

import pytest

import socialpoll as sp
from tests.report import handmade
from tests.report.banner_polls import everything, released, words
from tests.report.handmade import by_sex, comparison, row, yes_no

ROWS = [*yes_no(0.94), *by_sex(0.95, 0.93)]


def notes(
    figures: list[dict], tested: list[dict] = (), language: str = "en", **changes
) -> list[str]:
    table = sp.tabulate(handmade.released(figures, tested), sp.Banner(**changes))
    return words(table.layout.notes, language)


def differing(against: str = "pairs", other: str = "female", **changes) -> list[dict]:
    one = comparison("account", "male", other, 0.02, 0.01, category="yes", against=against)
    return [one | changes]


def test_a_banner_that_nobody_compared_tells_of_weights_and_bases_alone():
    assert notes(ROWS) == [
        "Percentages are weighted; bases are unweighted.",
        "Percentages may not add to 100 because of rounding.",
        "Minimum base: 30.",
    ]
    assert notes(ROWS, language="ar") == [
        "النسب مرجّحة، والقواعد غير مرجّحة.",
        "قد لا يساوي مجموع النسب 100 بسبب التقريب.",
        "الحد الأدنى للقاعدة: 30.",
    ]


def test_letters_are_explained_with_level_test_and_adjustment():
    meaning, *others = notes(ROWS, differing())[2:-1]

    assert meaning == (
        "A letter marks a figure that is significantly higher than the figure of the column of "
        "that letter, at the 95% confidence level."
    )
    assert others == [
        "Columns are compared under one heading, row by row.",
        "Tests allow for the design of the sample and for weighting.",
        "Significance is adjusted for the number of comparisons (Holm).",
        "Figures that are suppressed, of low reliability or fixed by weighting are not compared.",
    ]


def test_two_levels_are_told_apart_by_capital_and_small_letters():
    found = notes(ROWS, differing(), levels=(0.001, 0.1))[2]

    assert "a capital letter at the 99.9% confidence level" in found
    assert "a small letter at the 90% confidence level" in found


EXPECTED_FALSE = (
    "Significance is adjusted so that few of the differences found are expected to be false "
    "(Benjamini and Hochberg)."
)


@pytest.mark.parametrize(
    ("method", "told"),
    [
        ("none", "Significance is not adjusted for the number of comparisons."),
        (
            "bonferroni",
            "Significance is adjusted for the number of comparisons (Bonferroni).",
        ),
        ("bh", EXPECTED_FALSE),
        ("of the house", "Significance is adjusted by the method: of the house."),
    ],
)
def test_the_adjustment_is_named(method, told):
    assert told in notes(ROWS, differing(method=method))


@pytest.mark.parametrize(
    ("test", "told"),
    [
        (
            "effective-base",
            "Tests take the columns for independent samples of their effective bases.",
        ),
        ("of the house", "Test: of the house."),
    ],
)
def test_the_test_is_named(test, told):
    assert told in notes(ROWS, differing(test=test))


def test_arrows_are_explained_and_there_are_no_letters_without_pairs():
    found = notes(ROWS, differing("rest", "_R"))

    assert found[2].startswith("↑ and ↓ mark a figure that is significantly higher or lower than")
    assert found[2].endswith("all other groups of the heading together.")
    assert found[3] == "Significance is at the 95% confidence level."
    assert not [one for one in found if "letter" in one]


def test_two_kinds_of_arrows_are_told_apart():
    both = [*differing("rest", "_R"), *differing("total", "_T")]
    found = notes(ROWS, both, levels=(0.01, 0.05))

    assert [one[:7] for one in found[2:4]] == ["↑ and ↓", "▲ and ▼"]
    assert found[3].endswith("higher or lower than that of all respondents.")
    assert found[4] == (
        "A single sign stands for the 95% confidence level, a double one for the 99% confidence "
        "level."
    )


def test_nothing_is_explained_that_is_not_in_the_table():
    assert notes(ROWS, differing(), levels=()) == notes(ROWS)
    assert notes(ROWS, differing(), columns=("sex",), rows=("account",)) == notes(ROWS, differing())
    other = [row("hours", 3.2, statistic="mean", unit="hours"), *ROWS]
    assert not [one for one in notes(other, differing(), rows=("hours",)) if "letter" in one]


def test_estimates_say_that_they_have_not_passed_the_rules_and_a_release_does_not():
    said = "These figures have not passed the rules for release."

    assert said in words(sp.tabulate(everything()).layout.notes)
    assert said not in words(sp.tabulate(released()).layout.notes)
    assert "لم تخضع هذه الأرقام لقواعد النشر." in words(
        sp.tabulate(everything()).layout.notes, "ar"
    )


def test_groups_that_overlap_are_named():
    said = "Apps: the groups overlap, because a respondent may be in several of them."

    assert said in words(sp.tabulate(everything()).layout.notes)
    by_sex_alone = sp.tabulate(everything(), sp.Banner(columns=("sex",)))
    assert said not in words(by_sex_alone.layout.notes)


def test_the_shorthand_in_the_cells_is_explained():
    found = words(sp.tabulate(released()).layout.notes)

    assert "[c] suppressed: fewer than 30 respondents in the group" in found


def test_what_was_not_asked_is_told_of_its_indicator():
    rows = [row("citizens", 0.4, question="apps", item="none", base="all"), *yes_no(0.94)]

    assert "Platforms used: Respondents who were not asked count as “None”." in notes(rows)


def test_intervals_are_explained_with_their_level():
    assert "Each figure is given with its 95% confidence interval." in notes(ROWS, intervals=True)


def test_model_based_precision_is_told():
    rows = yes_no(0.94, caveat="model-based")

    assert "Precision is model-based, because the sample is not random." in notes(rows)
