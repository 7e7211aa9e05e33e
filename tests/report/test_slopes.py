"""Charts over waves: lines are changes only where the comparisons of the release say so."""

from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.report import Chart
from socialpoll.schema import Fact
from tests.report.handmade import FACTS, PUBLISHER, TITLE, comparison, released, row, section

STACK = Fact("waves", "stack", {"waves": ("2019", "2021", "2023")})
BREAK = Fact("waves", "break", {"question": "account", "variables": ("account",), "wave": "2023"})
YES = {"2019": 0.40, "2021": 0.45, "2023": 0.55}


def yes(wave: str, share: float, **keys) -> list[dict]:
    return [
        row("account", share, category="yes", wave=wave, **keys),
        row("account", round(1 - share, 3), category="no", wave=wave, **keys),
    ]


def change(later: str, earlier: str, difference: float, p: float, **keys) -> dict:
    one = comparison("account", "_T", "_T", difference, p, category="yes", **keys)
    return {**one, "breakdown": "_T", "wave": later, "wave_b": earlier, "against": "waves"}


def report(rows, comparisons=(), *more: Fact, charts: sp.Charts | None = None) -> sp.Report:
    made = released(rows, comparisons, facts=(*FACTS, STACK, *more))
    return sp.compose(made, title=TITLE, publisher=PUBLISHER, charts=charts)


def slopes(made: sp.Report, indicator: str = "account") -> list[Chart]:
    sections = [one for one in made.sections if (one.role, one.name) == ("indicator", indicator)]
    return [
        block
        for one in sections
        for block in one.blocks
        if isinstance(block, Chart) and block.kind == "slope"
    ]


def everywhere(**keys) -> list[dict]:
    return [one for wave, share in YES.items() for one in yes(wave, share, **keys)]


def changes_of(chart: Chart, line: int = 0) -> list[str | None]:
    return [point.shift for point in chart.series[line].points]


def test_an_indicator_of_several_waves_has_one_chart_over_all_of_them():
    (chart,) = slopes(report(everywhere()))

    assert chart.name == "account-waves"
    assert [point.figure.value for point in chart.series[0].points] == list(YES.values())


@pytest.mark.parametrize(
    ("difference", "p", "found"),
    [(0.05, 0.04, "higher"), (-0.05, 0.04, "lower"), (0.05, 0.05, "alike")],
)
def test_a_change_is_what_its_test_says(difference, p, found):
    (chart,) = slopes(report(everywhere(), [change("2021", "2019", difference, p)]))

    assert changes_of(chart) == [None, found, "untested"]


def test_a_test_against_another_wave_tells_nothing_of_the_one_before():
    (chart,) = slopes(report(everywhere(), [change("2023", "2019", 0.15, 0.001)]))

    assert changes_of(chart) == [None, "untested", "untested"]


def test_the_rule_of_the_effective_base_marks_no_change():
    rough = {**change("2021", "2019", 0.05, 0.001), "test": "effective-base"}
    (chart,) = slopes(report(everywhere(), [rough]))

    assert changes_of(chart) == [None, "untested", "untested"]


def test_a_change_of_a_weak_figure_is_not_tested():
    rows = [
        one
        for wave, share in YES.items()
        for one in yes(wave, share, status="low_reliability" if wave == "2021" else "usual")
    ]
    (chart,) = slopes(report(rows, [change("2021", "2019", 0.05, 0.001)]))

    assert changes_of(chart) == [None, "untested", "untested"]


def test_nothing_joins_figures_on_both_sides_of_a_break_or_a_gap():
    rows = everywhere()
    rows[2:4] = yes("2021", 0.45, status="suppressed")
    (gap,) = slopes(report(rows))
    (broken,) = slopes(report(everywhere(), [change("2023", "2021", 0.1, 0.001)], BREAK))

    assert changes_of(gap) == [None, None, None]
    assert gap.series[0].points[1].figure.value is None
    assert changes_of(broken) == [None, "untested", "broken"]


def test_groups_of_a_breakdown_have_a_line_each_beside_that_of_everybody():
    rows = everywhere() + everywhere(breakdown="sex", domain="male")
    (chart,) = slopes(report(rows))

    assert chart.name == "account-sex-waves"
    assert [one.points[0].role for one in chart.series] == ["total", "body"]


def test_a_wave_without_a_figure_keeps_its_place():
    rows = [*everywhere(), *yes("2023", 0.5, breakdown="sex", domain="male")]
    (chart,) = slopes(report(rows))
    males = chart.series[1].points

    assert [(one.figure.value, one.figure.status) for one in males[:2]] == [(None, "x")] * 2


def test_options_have_a_line_each():
    rows = [
        row("apps", share, item=code, wave=wave)
        for wave in YES
        for code, share in {"whatsapp": 0.9, "imo": 0.3}.items()
    ]
    (chart,) = slopes(report(rows), "apps")

    assert len(chart.series) == 2


def test_words_tell_the_base_of_each_wave_and_what_the_lines_mean():
    made = report(everywhere(), [change("2021", "2019", 0.05, 0.01)])
    (chart,) = slopes(made)
    english, arabic = (sp.Edition(made, (one,)) for one in ("en", "ar"))

    assert english.text(chart.caption) == (
        "Base: respondents who answered this question (2019: 400, 2021: 400 and 2023: 400, "
        "unweighted). Bold lines show statistically significant changes. Dotted lines show "
        "changes that were not tested."
    )
    assert "2021 45.0% (significantly higher)" in english.text(chart.alt)
    assert "(أعلى بدلالة إحصائية)" in arabic.text(chart.alt)


def test_an_indicator_may_have_nothing_but_its_chart_over_waves():
    made = report(everywhere(), charts=sp.Charts(kinds={"account": "slope"}))
    first = section(made, "indicator", "account")

    assert not any(isinstance(block, Chart) for block in first.blocks)
    assert len(slopes(made)) == 1
