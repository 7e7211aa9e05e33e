from __future__ import annotations

import csv
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import BindingError, ReaderError
from socialpoll.forms.names import form_codes
from socialpoll.plugins.sourcing import source_of
from socialpoll.readers.kobo import read_kobo
from socialpoll.schema import (
    ClockBand,
    Grid,
    Item,
    Multiple,
    Number,
    Questionnaire,
    Single,
    TimeOfDay,
)
from tests.forms.answering import codes, lack

APPS = Multiple(
    name="apps",
    text="?",
    options=codes("w", "y t", "نعم"),
    missing=(lack("dk"),),
    asked_if=sp.Is("account", "yes please"),
)
POLL = Questionnaire(
    title="Poll",
    questions=(
        Single(name="account", text="?", options=codes("yes please", "no"), column="q1"),
        APPS,
        Number(name="9age", text="?", unit="years"),
        TimeOfDay(
            name="when",
            text="?",
            bands=(ClockBand(code="day", label="Day", start="00:00", end="24:00"),),
        ),
    ),
)
FORM = form_codes(APPS)


def in_cells(ticks):
    return {"use/apps": [" ".join(FORM[code] for code in one) or None for one in ticks]}


def in_columns(ticks, marks=("1", "0")):
    yes, no = marks
    return {
        f"use/apps/{name}": [(yes if code in one else no) if one else None for one in ticks]
        for code, name in FORM.items()
    }


def exported(apps, **more):
    rows = len(next(iter(apps.values())))
    known = {
        "start": ["2026-01-01T09:00:00"] * rows,
        "use/account": ["yes_please"] * rows,
        **apps,
        "who/q9age": ["30"] * rows,
        "when": ["21:30:00.000+04:00"] * rows,
        "_id": list(range(rows)),
        "_submission_time": ["2026-01-01T10:00:00"] * rows,
    }
    return pd.DataFrame(known | more, dtype="object")


chosen = st.lists(
    st.sampled_from([(), ("w",), ("y t", "نعم"), ("w", "y t", "نعم"), ("dk",)]),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(
    ticks=chosen,
    marks=st.sampled_from([("1", "0"), (1, 0), ("True", "False"), (1.0, 0.0), (True, False)]),
    layout=st.sampled_from(["cell", "columns"]),
    separator=st.sampled_from([" ", ";"]),
)
def test_both_styles_of_an_export_are_the_same_responses(ticks, marks, layout, separator):
    separator = ";" if layout == "cell" else separator  # the code "y t" holds a blank
    apps = replace(APPS, layout=layout, separator=separator)
    poll = replace(POLL, questions=(POLL.questions[0], apps, *POLL.questions[2:]))

    cells, columns, both = (
        sp.submissions(exported(one), poll)
        for one in (
            in_cells(ticks),
            in_columns(ticks, marks),
            in_cells(ticks) | in_columns(ticks, marks),
        )
    )

    bound = [sp.bind(one.frame, poll) for one in (cells, columns, both)]
    assert len({one.digest for one in bound}) == 1
    assert bound[0].require_clean() is bound[0]
    assert [bool(row) for row in ticks] == [
        bool(value) for value in (bound[0]["apps"].state != -1).tolist()
    ]
    column = bound[0]["apps"]
    for row, one in enumerate(ticks):
        for place, option in enumerate(APPS.options):
            assert column.ticked[row, place] == (option.code in one)


def test_groups_and_names_of_the_form_give_way_to_the_columns_of_the_questionnaire():
    source = sp.submissions(exported(in_cells([("w",)])), POLL)

    assert list(source.frame.columns) == [
        "q1",
        "apps_w",
        "apps_y t",
        "apps_نعم",
        "apps_dk",
        "9age",
        "when",
        "start",
        "_id",
        "_submission_time",
    ]
    assert source.frame.loc[0, "q1"] == "yes please"
    assert source.frame.loc[0, "when"] == "21:30:00.000"
    assert source.findings == (
        "times of 'when' are those on the clock of the respondent, whatever the time zone",
        "columns of no question are kept as they stand: 'start'",
    )


def test_groups_may_be_parted_otherwise():
    frame = exported(in_cells([("w",)]))
    frame.columns = [name.replace("/", "-") for name in frame.columns]

    assert "apps_w" in sp.submissions(frame, POLL, separator="-").frame


def test_what_is_no_choice_is_left_for_binding_to_tell():
    strange = exported({"use/apps": ["w viber", "w"]})
    marks = exported(in_columns([("w",), ("w",)]))
    marks.loc[0, "use/apps/w"] = "maybe"
    for layout in ("cell", "columns"):
        apps = replace(APPS, layout=layout, separator=";")
        poll = replace(POLL, questions=(POLL.questions[0], apps, *POLL.questions[2:]))
        for frame in (strange, marks):
            responses = sp.bind(sp.submissions(frame, poll).frame, poll)
            (finding,) = responses.findings.to_dict("records")
            assert (finding["severity"], finding["question"]) == ("error", "apps")
            assert finding["row"] == 0


def test_a_cell_and_columns_that_contradict_each_other_are_told():
    frame = exported(in_cells([("w",), ("w",)]) | in_columns([("w",), ("dk",)]))

    source = sp.submissions(frame, POLL)

    assert any("'apps' differ in 1 rows, first in row 1" in one for one in source.findings)
    assert source.frame["apps_w"].tolist() == [1, 1]


def test_columns_that_are_missing_or_meant_twice_are_told_all_at_once():
    frame = exported(in_cells([("w",)])).drop(columns=["when", "use/apps"])
    frame["again/account"] = "no"
    frame["apps/w"] = "1"

    with pytest.raises(BindingError) as caught:
        sp.submissions(frame, POLL)

    assert [one.what for one in caught.value.problems] == [
        "several columns could be 'account'",
        "there is no column for question 'apps'",
        "there is no column for question 'when'",
    ]


def test_a_column_that_takes_the_name_of_a_question_is_refused():
    with pytest.raises(BindingError, match="has the name of one"):
        sp.submissions(exported(in_cells([("w",)]), q1=["x"]), POLL)


def written(path, frame):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writerow(frame.columns)
        writer.writerows(frame.astype("object").where(frame.notna(), "").to_numpy().tolist())
    return path


def workbook(path, frame, *, sheets=("data",)):
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    for name in sheets:
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, list(frame.columns))
        for row, cells in enumerate(frame.to_numpy().tolist(), start=1):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(row, column, cell)
    book.close()
    return path


def test_csv_and_workbook_are_the_same_answers(tmp_path):
    frame = exported(in_cells([("w",), (), ("dk",)]) | in_columns([("w",), (), ("dk",)], (1, 0)))

    text = sp.submissions(written(tmp_path / "a.csv", frame), POLL)
    book = sp.submissions(workbook(tmp_path / "a.xlsx", frame), POLL)

    assert text.findings == book.findings
    assert sp.bind(text.frame, POLL).digest == sp.bind(book.frame, POLL).digest


def test_sheets_of_repeats_are_told(tmp_path):
    path = workbook(tmp_path / "a.xlsx", exported(in_cells([("w",)])), sheets=("data", "child"))

    assert read_kobo(path).findings == ("sheets with answers to repeats are left out: 'child'",)


def test_the_reader_is_used_where_it_is_named(tmp_path):
    path = written(tmp_path / "a.csv", exported(in_cells([("w",)])))

    assert list(source_of(path, reader="kobo").frame.columns)[:2] == ["start", "use/account"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"words"])
def test_a_workbook_that_is_none_is_refused(content, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    with pytest.raises(ReaderError, match="no workbook that can be read"):
        read_kobo(path)


def test_a_workbook_without_rows_is_refused(tmp_path):
    with pytest.raises(ReaderError, match="holds no answers"):
        read_kobo(workbook(tmp_path / "a.xlsx", exported(in_cells([("w",)])).iloc[:0]))


@pytest.mark.parametrize("separator", ["/", "-"])
@pytest.mark.parametrize("own", [True, False])
def test_items_of_a_grid_are_bound_from_the_columns_of_their_group(own, separator):
    columns = (None, None) if own else ("roads", "health")
    names = ("g_roads", "g_health") if own else columns
    grid = Grid(
        name="g",
        text="?",
        items=tuple(
            Item(code=code, label=code, column=column)
            for code, column in zip(("roads", "health"), columns, strict=True)
        ),
        options=codes("good", "bad"),
    )
    poll = Questionnaire(title="Poll", questions=(grid,))
    start = f"all{separator}g{separator}"
    exported = pd.DataFrame(
        {
            f"{start}generated_table_list_label_3": [None, None],
            f"{start}reserved_name_for_field_list_labels_4": [None, None],
            f"{start}{names[0]}": ["good", "bad"],
            f"{start}{names[1]}": ["bad", None],
        },
        dtype="object",
    )

    source = sp.submissions(exported, poll, separator=separator)
    responses = sp.bind(source.frame, poll)

    assert source.findings == ()
    assert responses.frame["g_roads"].tolist() == ["good", "bad"]
    assert responses["g_health"].position.tolist()[0] == 1
    assert responses["g_health"].position.tolist()[1] < 0
