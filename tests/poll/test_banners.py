from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import PollFileError
from tests.poll.polls import changed, write_poll

BANNER = """
[[banners]]
name = "by-everything"
title = { en = "Accounts by group", ar = "الحسابات حسب الفئات" }
rows = ["use"]
columns = ["sex", ["sex", "account"]]
total = false
sort = "largest"
levels = [0.01, 0.05]
intervals = true

[[banners]]
"""
WITH = f"{BANNER}[publication]"


def with_banners(tmp_path, *changes, text: str = WITH):
    file = write_poll(tmp_path, changed(("[publication]", text), *changes))
    return sp.Poll.load(file)


def problems(tmp_path, text: str, *changes) -> dict[str, object]:
    """Return the problems of a poll file with these banners, by their place in it."""
    with pytest.raises(PollFileError) as caught:
        with_banners(tmp_path, *changes, text=f"{text}\n[publication]")
    return {one.where.removeprefix("poll.toml, "): one for one in caught.value.problems}


def test_banners_are_read_as_python_would_write_them(tmp_path):
    poll = with_banners(tmp_path)

    assert poll.banners == (
        sp.Banner(
            name="by-everything",
            title={"en": "Accounts by group", "ar": "الحسابات حسب الفئات"},
            rows=("use",),
            columns=("sex", "sex|account"),
            total=False,
            sort="largest",
            levels=(0.01, 0.05),
            intervals=True,
        ),
        sp.Banner(),
    )


def test_a_poll_without_banners_has_none(poll_file):
    assert sp.Poll.load(poll_file).banners == ()


def test_the_report_has_a_section_for_each_banner(tmp_path):
    poll = with_banners(tmp_path)

    sections = [one for one in poll.report().sections if one.role == "banner"]

    assert [one.name for one in sections] == ["by-everything", "banner"]
    (table,) = sections[0].blocks
    assert [one.name for one in table.columns if one.kind == "figure"] == [
        "sex.male",
        "sex.female",
        "sex|account.male|yes",
        "sex|account.male|no",
        "sex|account.female|yes",
        "sex|account.female|no",
    ]


def test_a_table_of_the_report_is_the_one_that_python_makes_of_the_release(tmp_path):
    poll = with_banners(tmp_path)

    (table,) = next(one for one in poll.report().sections if one.name == "by-everything").blocks

    assert table == sp.tabulate(poll.release(), poll.banners[0]).table()


def test_the_manifest_tells_what_stood_in_the_banners(tmp_path):
    run = with_banners(tmp_path).run(tmp_path / "out")

    first, second = run.manifest["banners"]
    assert first["columns"] == ["sex", "sex|account"]
    assert first["levels"] == [0.01, 0.05]
    assert (second["name"], second["rows"]) == ("banner", [])


def test_every_mistake_is_told_at_once_with_what_it_might_have_been(tmp_path):
    text = """
[[banners]]
name = "a/b"
rows = ["us", "use"]
columns = ["sax", ["sex", "acount"]]

[[banners]]
sort = "biggest"

[[banners]]
name = "c"
colums = ["sex"]

[[banners]]
levels = [0.05, 0.01]
"""
    found = problems(tmp_path, text)

    assert set(found) == {
        "banners[1].name",
        "banners[1].rows",
        "banners[1].columns",
        "banners[2].sort",
        "banners[3].colums",
        "banners[4].levels",
    }
    assert "did you mean 'use'?" in found["banners[1].rows"].allowed
    assert "'largest'" in found["banners[2].sort"].allowed
    assert "did you mean 'columns'?" in found["banners[3].colums"].allowed
    assert "the smaller first" in found["banners[4].levels"].allowed


def test_a_column_by_which_nothing_is_measured_is_refused_with_what_there_is(tmp_path):
    found = problems(tmp_path, '[[banners]]\nrows = ["account"]\ncolumns = [["sex", "account"]]')

    (problem,) = found.values()
    assert problem.where == "poll.toml, banners[1].columns"
    assert problem.found == '["sex", "account"]'
    assert problem.allowed == '"sex"'
    assert "'by'" in problem.advice


def test_an_indicator_that_is_not_measured_by_a_column_is_named_with_what_to_do(tmp_path):
    found = problems(tmp_path, '[[banners]]\nrows = ["account", "hours"]\ncolumns = ["sex"]')

    (problem,) = found.values()
    assert problem.what == "indicator 'hours' is not measured by this breakdown"
    assert problem.found == '"sex"'
    assert problem.advice == "add it to 'by' of 'hours', or leave one of the two out"


def test_a_banner_of_all_indicators_leaves_those_blank_that_are_not_measured(tmp_path):
    poll = with_banners(tmp_path, text='[[banners]]\ncolumns = ["account"]\n\n[publication]')

    (table,) = next(one for one in poll.report().sections if one.role == "banner").blocks
    means = [row for row in table.rows if getattr(row.cells[0], "key", "") == "Mean"]
    assert any(row.cells[1] is not None and row.cells[2:] == (None, None) for row in means)


@pytest.mark.parametrize(
    ("table", "where"),
    [
        ("[[banners]]\n[[banners]]\n", "banners[2]"),
        ('[[banners]]\nrows = ["use", "use"]', "banners[1].rows"),
        ('[[banners]]\ntitle = { en = "Only English" }', "banners[1].title"),
        ("[[banners]]\nlevels = [1.5]", "banners[1].levels[1]"),
        ("[banners]", "banners"),
    ],
)
def test_a_mistake_in_a_banner_is_told_with_its_place(tmp_path, table, where):
    assert list(problems(tmp_path, table)) == [where]


def test_a_profile_is_measured_by_the_question_that_it_is_among(tmp_path):
    profile = ('mean = "hours"', 'profile = "sex"\namong = "account"\nname = "who"')
    text = '[[banners]]\nrows = ["who"]\ncolumns = ["account"]'

    poll = with_banners(tmp_path, profile, text=f"{text}\n\n[publication]")

    assert poll.banners[0].rows == ("who",)
    assert list(problems(tmp_path / "other", text.replace('"account"', '"sex"'), profile)) == [
        "banners[1].columns"
    ]


def test_check_finds_nothing_in_sound_banners(tmp_path):
    found = with_banners(tmp_path).check()

    assert not (found["severity"] == "error").any()


def test_the_feed_of_figures_is_the_same_with_and_without_banners(tmp_path, poll_file):
    run = with_banners(tmp_path / "with").run(tmp_path / "a")
    plain = sp.Poll.load(poll_file).run(tmp_path / "b")

    first, second = (one.paths[0].read_bytes() for one in (run, plain))
    assert first == second
