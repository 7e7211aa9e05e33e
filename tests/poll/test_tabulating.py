from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import ReportError
from socialpoll.poll.progress import STAGES
from tests.poll.polls import changed, write_poll

BANNERS = """
[[banners]]
name = "use"
rows = ["use"]
columns = ["sex"]

[[banners]]
name = "all"

[publication]"""


@pytest.fixture
def poll(tmp_path):
    return sp.Poll.load(write_poll(tmp_path, changed(("[publication]", BANNERS))))


def test_every_banner_of_the_poll_is_a_table_in_the_first_language(poll):
    made = poll.tables()

    assert [(one.banner.name, one.language) for one in made.tables] == [
        ("use", "ar"),
        ("all", "ar"),
    ]


def test_a_table_is_the_one_that_python_makes_of_the_release(poll):
    (made,) = poll.tables("use", language="en").tables

    assert made.text(width=90) == sp.tabulate(poll.release(), poll.banners[0], language="en").text(
        width=90
    )


def test_the_report_has_the_tables_and_nothing_else(poll):
    made = poll.tables("use")

    (section,) = made.report.sections
    assert (section.role, section.name) == ("banner", "use")
    assert section.blocks == (made.tables[0].table(),)


def test_a_poll_without_banners_has_one_table_of_everything(poll_file):
    poll = sp.Poll.load(poll_file)

    (made,) = poll.tables().tables

    assert made.banner == sp.Banner()
    assert set(made.frame["indicator"]) == set(poll.release().figures["indicator"])


def test_rows_and_columns_make_a_table_of_their_own(poll):
    (made,) = poll.tables(rows=["account"], columns=["sex"]).tables

    assert made.banner == sp.Banner(rows=("account",), columns=("sex",))


def test_rows_and_columns_take_the_place_of_those_of_a_banner_that_is_named(poll):
    (made,) = poll.tables("use", columns=["sex|account"]).tables

    assert (made.banner.name, made.banner.rows) == ("use", ("use",))
    assert set(made.frame["breakdown"]) == {"_T", "sex|account"}


def test_stages_are_told_as_those_of_a_run_are(poll):
    told = []

    poll.tables(progress=lambda *step: told.append(step))

    assert told == [*((name, done, 5) for done, name in enumerate(STAGES)), ("", 5, 5)]


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (("us",), "did you mean 'use'?"),
        (((), ("hour",)), "did you mean 'hours'?"),
        (((), (), ("sax",)), "did you mean 'sex'?"),
    ],
)
def test_what_is_not_there_is_refused_with_what_might_be_meant(poll, arguments, allowed):
    name, rows, columns = (*arguments, (), (), ())[:3]

    with pytest.raises(ReportError) as caught:
        poll.tables(name or None, rows=rows, columns=columns)

    assert allowed in caught.value.allowed


def test_a_banner_of_a_poll_without_any_is_refused_with_what_to_do(poll_file):
    with pytest.raises(ReportError, match="table of everything"):
        sp.Poll.load(poll_file).tables("use")


def test_tables_are_empty_where_no_figure_may_be_shown(tmp_path):
    strict = ("minimum_base = 5\nflag_below = 10", "minimum_base = 1000\nflag_below = 1000")

    hidden = sp.Poll.load(write_poll(tmp_path / "a", changed(strict))).tables()
    shown = sp.Poll.load(write_poll(tmp_path / "b")).tables()

    assert (hidden.empty, shown.empty) == (True, False)
