from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import ReportError
from socialpoll.indicators import COLUMNS, COMPARISON_COLUMNS
from socialpoll.report import report_from_json, report_to_json
from tests.report.banner_polls import (
    answers,
    estimated,
    everything,
    printed,
    questionnaire,
    released as release_of_all,
    words,
)
from tests.report.handmade import (
    DECLARED,
    PUBLISHER,
    TITLE,
    by_sex,
    comparison,
    released,
    row,
    section,
    yes_no,
)

ROWS = [*yes_no(0.94), *by_sex(0.95, 0.93), row("hours", 3.2, statistic="mean", unit="hours")]
TESTED = [
    comparison("account", "male", "female", 0.02, 0.01, category="yes"),
    comparison("account", "male", "female", -0.02, 0.01, category="no"),
]


def test_the_frame_has_every_figure_once_with_column_and_letters():
    frame = sp.tabulate(released(ROWS, TESTED)).frame

    kept = frame[["indicator", "category", "domain", "estimate", "column", "letters"]]
    assert kept.to_numpy().tolist() == [
        ["account", "yes", "_T", 0.94, "", ""],
        ["account", "yes", "male", 0.95, "A", "B"],
        ["account", "yes", "female", 0.93, "B", ""],
        ["account", "no", "_T", 0.06, "", ""],
        ["account", "no", "male", 0.05, "A", ""],
        ["account", "no", "female", 0.07, "B", "A"],
        ["hours", "_Z", "_T", 3.2, "", ""],
    ]


def test_a_report_has_a_section_for_each_banner_after_its_indicators():
    banner = sp.Banner(name="by-sex", title={"en": "By sex"}, columns=("sex",))
    report = sp.compose(
        released(ROWS, TESTED), title=TITLE, publisher=PUBLISHER, banners=[banner, sp.Banner()]
    )

    roles = [(one.role, one.name) for one in report.sections]
    assert roles[2:6] == [
        ("indicator", "account"),
        ("indicator", "hours"),
        ("banner", "by-sex"),
        ("banner", "banner"),
    ]
    (table,) = section(report, "banner", "by-sex").blocks
    assert table == sp.tabulate(released(ROWS, TESTED), banner).table()


def test_two_banners_of_one_name_are_refused():
    with pytest.raises(ReportError, match="two banners have one name"):
        sp.compose(
            released(ROWS), title=TITLE, publisher=PUBLISHER, banners=[sp.Banner(), sp.Banner()]
        )


@pytest.mark.parametrize("figures", [everything, release_of_all])
def test_the_frame_has_every_figure_with_all_its_columns(figures):
    source = figures().frame if figures is everything else figures().figures
    frame = sp.tabulate(figures()).frame

    assert [*frame.columns] == [*source.columns, "column", "letters"]
    keys = list(COLUMNS[:9])
    both = [one.sort_values(keys).reset_index(drop=True) for one in (frame, source)]
    pd.testing.assert_frame_equal(both[0][source.columns], both[1])


def test_the_frame_is_a_new_one_each_time():
    table = sp.tabulate(everything())
    frame = table.frame
    frame["estimate"] = 0.0

    assert table.frame["estimate"].max() > 1


def test_the_block_of_a_banner_goes_through_json_unchanged():
    release = release_of_all()
    report = sp.compose(release, title="t", publisher=PUBLISHER, banners=[sp.Banner()])

    assert report_from_json(report_to_json(report)) == report


def test_columns_of_the_block_have_groups_and_letters():
    columns = sp.tabulate(everything(), sp.Banner(columns=("sex",))).table().columns

    assert [one.name for one in columns] == ["answer", "total", "sex.m", "sex.f"]
    assert words([one.heading for one in columns]) == ["Answer", "Overall", "Men (A)", "Women (B)"]
    assert [one.group for one in columns[:2]] == [None, None]
    assert words([one.group for one in columns[2:]], "ar") == ["النوع", "النوع"]


def test_the_order_of_the_answers_does_not_matter():
    shuffled = answers().sample(frac=1, random_state=3).reset_index(drop=True)
    ours, theirs = (sp.tabulate(one) for one in (everything(), estimated(shuffled)))

    assert printed(ours.table()) == printed(theirs.table())
    assert ours.html() == theirs.html()


def test_codes_may_be_called_otherwise_without_changing_a_word():
    def otherwise(one: sp.Code) -> sp.Code:
        return replace(one, code={"m": "9", "f": "1"}[one.code])

    asked = questionnaire()
    sex, *others = asked.questions
    renamed = replace(sex, options=tuple(map(otherwise, sex.options)))
    frame = answers().replace({"sex": {"m": "9", "f": "1"}})
    theirs = estimated(frame, replace(asked, questions=(renamed, *others)))

    assert sp.tabulate(theirs).html() == sp.tabulate(everything()).html()


def test_weights_of_another_scale_make_the_same_table():
    frame = answers()
    theirs = estimated(frame.assign(weight=frame["weight"] * 7))

    assert sp.tabulate(theirs).text("ar", 120) == sp.tabulate(everything()).text("ar", 120)


def test_synthetic_answers_are_marked_in_the_title():
    release = released(ROWS, declared=replace(DECLARED, synthetic=True))
    table = sp.tabulate(release, sp.Banner(title={"en": "By sex", "ar": "حسب النوع"}))

    assert words([table.table().title]) == ["By sex (synthetic data)"]
    assert table.text("ar", 80).count("بيانات اصطناعية") == 1


def test_it_speaks_the_first_language_of_the_questionnaire_unless_told():
    assert sp.tabulate(everything()).language == "en"
    assert sp.tabulate(everything(), language="ar").language == "ar"
    with pytest.raises(ReportError, match="no message catalogue"):
        sp.tabulate(everything(), language="fr")


@pytest.mark.parametrize(
    ("changes", "what", "near"),
    [
        ({"rows": ("acount",)}, "no such indicator", "did you mean 'account'?"),
        ({"columns": ("sexx",)}, "no such breakdown", "did you mean 'sex'?"),
        ({"columns": ("_T",)}, "no such breakdown", "sex"),
        (
            {"rows": ("hours",), "columns": ("sex",), "total": False},
            "no figure in any column",
            "account",
        ),
    ],
)
def test_what_is_not_among_the_figures_is_refused_with_the_nearest(changes, what, near):
    with pytest.raises(ReportError, match=what) as caught:
        sp.tabulate(released(ROWS), sp.Banner(**changes))

    assert near in caught.value.allowed


def test_what_has_no_figure_in_the_columns_is_left_out_where_no_rows_are_named():
    frame = sp.tabulate(released(ROWS), sp.Banner(total=False)).frame

    assert set(frame["indicator"]) == {"account"}


def test_a_banner_of_nothing_is_refused():
    with pytest.raises(ReportError, match="no figures to show"):
        sp.tabulate(released([]))
    with pytest.raises(ReportError, match="no columns with figures"):
        sp.tabulate(released(yes_no(0.94)), sp.Banner(total=False))


def test_comparisons_have_all_the_columns_that_marks_are_read_from():
    from socialpoll.report.lettering import READ

    assert set(READ) <= set(COMPARISON_COLUMNS)
