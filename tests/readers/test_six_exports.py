"""One poll, exported in the six ways in which answers arrive, is the same responses."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
import xlsxwriter

import socialpoll as sp
from socialpoll.schema import (
    ClockBand,
    Code,
    Date,
    Duration,
    FreeText,
    Grid,
    Is,
    Item,
    Missing,
    Multiple,
    Number,
    Questionnaire,
    Scale,
    Single,
    TimeOfDay,
)


def says(ar, en):
    return {"ar": ar, "en": en}


def code(value, ar, en, **more):
    return Code(code=value, label=says(ar, en), **more)


DONT_KNOW = Missing(code=98, label=says("لا أعرف", "Don't know"), reason="dont_know", in_base=True)
REFUSED = Missing(code=99, label=says("رفض الإجابة", "Refused"), reason="refused", in_base=False)
UNKNOWN = Missing(code=998, label=says("لا أعرف", "Don't know"), reason="dont_know", in_base=False)
POINTS = (
    code(1, "غير راضٍ", "Not satisfied"),
    code(2, "راضٍ إلى حد ما", "Somewhat"),
    code(3, "راضٍ", "Satisfied"),
)
USES = Is("account", 1)
QUESTIONNAIRE = Questionnaire(
    title=says("وسائل التواصل الاجتماعي", "Social media"),
    languages=("ar", "en"),
    questions=(
        Single(
            name="account",
            text=says("هل لديك حساب؟", "Do you have an account?"),
            code_type="integer",
            options=(code(1, "نعم", "Yes"), code(2, "لا", "No")),
            missing=(DONT_KNOW, REFUSED),
        ),
        Multiple(
            name="apps",
            text=says("أي التطبيقات تستخدم؟", "Which do you use?"),
            code_type="integer",
            options=(
                code(1, "واتساب", "WhatsApp"),
                code(2, "يوتيوب", "YouTube"),
                code(9, "لا شيء مما سبق", "None of these", exclusive=True),
            ),
            missing=(REFUSED,),
            asked_if=USES,
        ),
        Scale(
            name="trust",
            text=says("ما مدى ثقتك؟", "How much do you trust?"),
            code_type="integer",
            options=POINTS,
            missing=(DONT_KNOW, REFUSED),
        ),
        Number(
            name="age", text=says("كم عمرك؟", "How old are you?"), unit="years", missing=(UNKNOWN,)
        ),
        Duration(
            name="hours",
            text=says("كم ساعة في اليوم؟", "How many hours a day?"),
            missing=(UNKNOWN,),
            asked_if=USES,
        ),
        TimeOfDay(
            name="busiest",
            text=says("متى؟", "When?"),
            bands=(
                ClockBand(code="day", label=says("النهار", "Day"), start="06:00", end="18:00"),
                ClockBand(code="night", label=says("الليل", "Night"), start="18:00", end="06:00"),
            ),
            missing=(UNKNOWN,),
            asked_if=USES,
        ),
        Date(
            name="joined",
            text=says("متى انضممت؟", "When did you join?"),
            format="DD/MM/YYYY",
            missing=(REFUSED,),
            asked_if=USES,
        ),
        FreeText(
            name="why",
            text=says("لماذا؟", "Why?"),
            missing=(
                Missing(code="لا إجابة", label="No answer", reason="no_answer", in_base=False),
            ),
        ),
        Grid(
            name="services",
            text=says("ما مدى رضاك؟", "How satisfied are you?"),
            code_type="integer",
            items=(
                Item(code="health", label=says("الصحة", "Health"), column="q7a"),
                Item(code="roads", label=says("الطرق", "Roads")),
            ),
            options=POINTS,
            ordered=True,
            missing=(REFUSED,),
        ),
    ),
)
DAY, OTHER = dt.date(2020, 4, 11), dt.date(1999, 12, 31)
HALF_PAST, MIDNIGHT = dt.time(21, 30), dt.time(0, 0)
ANSWERS = {
    "region": ["مسقط", "ظفار", "مسقط", "ظفار", "مسقط", "ظفار"],
    "base": [1.5, 2, 0.25, 1, 1, 3],
    "account": [1, 1, 2, 1, 98, 99],
    "apps": [(1, 2), (9,), None, (99,), None, None],
    "trust": [1, 2, 3, 98, 99, None],
    "age": [15, 34, 998, None, 99, 60],
    "hours": [2.5, 24, None, 998, None, None],
    "busiest": [HALF_PAST, MIDNIGHT, None, 998, None, None],
    "joined": [DAY, OTHER, None, 99, None, None],
    "why": ['لأنه "سهل"، وسريع', "so\nmany; reasons, too", None, "لا إجابة", "x", None],
    "q7a": [3, 2, 1, 99, None, 3],
    "services_roads": [1, 1, 99, 3, 2, None],
}
CASES = range(6)
GROUPS = {"account": "use", "apps": "use/often", "joined": "use", "services_roads": "services"}
FORM = {"q7a": "services_health"}


def in_columns(chosen, options):
    """Return a mark an option; a missing code stands in all of them."""
    if chosen is None:
        return [None] * len(options)
    if chosen[0] not in options:
        return [chosen[0]] * len(options)
    return [int(one in chosen) for one in options]


def table():
    """Return the answers with a column an option."""
    frame = pd.DataFrame(ANSWERS, dtype="object").drop(columns="apps")
    marks = [in_columns(chosen, (1, 2, 9)) for chosen in ANSWERS["apps"]]
    for place, option in enumerate((1, 2, 9)):
        frame[f"apps_{option}"] = pd.Series([row[place] for row in marks], dtype="object")
    return frame


def written(value, day="%d/%m/%Y"):
    if isinstance(value, dt.date):
        return value.strftime(day)
    return value.strftime("%H:%M") if isinstance(value, dt.time) else value


def csv(folder):
    table().map(written).to_csv(folder / "answers.csv", index=False, encoding="utf-8-sig", sep=";")
    return "answers.csv", ""


def submitted():
    """Return the answers as a form sends them, but for those of several answers."""
    columns = {
        "_submission_time": ["2026-01-05T09:00:00"] * len(CASES),
        "region": ANSWERS["region"],
        "base": ANSWERS["base"],
    }
    for name, cells in ANSWERS.items():
        if name not in {*columns, "apps"}:
            form = FORM.get(name, name)
            group = GROUPS.get(name)
            columns[f"{group}/{form}" if group else form] = [
                f"{one.isoformat()}.000+04:00"
                if isinstance(one, dt.time)
                else written(one, "%Y-%m-%d")
                for one in cells
            ]
    return columns


def kobo_in_one_cell(folder):
    cells = [None if one is None else " ".join(map(str, one)) for one in ANSWERS["apps"]]
    columns = submitted() | {"use/often/apps": cells}
    pd.DataFrame(columns, dtype="object").to_csv(folder / "export.csv", index=False)
    return "export.csv", "kobo"


def kobo_in_columns(folder):
    columns = submitted()
    for option in (1, 2, 9, 99):
        columns[f"use/often/apps/{option}"] = [
            None if chosen is None else int(option in chosen) for chosen in ANSWERS["apps"]
        ]
    pd.DataFrame(columns, dtype="object").to_excel(folder / "export.xlsx", index=False)
    return "export.xlsx", "kobo"


def excel(folder):
    book = xlsxwriter.Workbook(folder / "answers.xlsx")
    sheet = book.add_worksheet("data")
    formats = {
        dt.date: book.add_format({"num_format": "yyyy-mm-dd"}),
        dt.time: book.add_format({"num_format": "hh:mm"}),
    }
    for column, (name, cells) in enumerate(table().items()):
        sheet.write(0, column, name)
        for row, value in enumerate(cells, start=1):
            if type(value) in formats:
                sheet.write_datetime(row, column, value, formats[type(value)])
            elif not pd.isna(value):
                sheet.write(row, column, value)
    book.close()
    return "answers.xlsx", ""


def of_csv(folder):
    (folder / "before").mkdir()
    return responses_of(folder / "before", csv)


def spss(folder):
    sp.write_sav(of_csv(folder), folder / "answers.sav")
    return "answers.sav", ""


def stata(folder):
    sp.write_dta(of_csv(folder), folder / "answers.dta")
    return "answers.dta", ""


EXPORTS = [csv, kobo_in_one_cell, kobo_in_columns, excel, spss, stata]
POLL = """
name = "six"
questionnaire = "questionnaire.toml"
responses = "{file}"
{reader}

[design]
strata = "region"
weight = "base"

[[indicators]]
share = "account"

[publication]
title = "Six"
publisher = {{ name = "A centre" }}
"""


def responses_of(folder, export):
    """Return the responses of a poll file whose answers are such an export."""
    file, reader = export(folder)
    QUESTIONNAIRE.save(folder / "questionnaire.toml")
    poll = folder / "poll.toml"
    said = POLL.format(file=file, reader=f'reader = "{reader}"' if reader else "")
    poll.write_text(said, encoding="utf-8")
    return sp.Poll.load(poll).responses()


@pytest.mark.parametrize("export", EXPORTS)
def test_every_export_is_the_responses_that_were_given(tmp_path, export):
    responses = responses_of(tmp_path, export)

    assert responses["account"].position.tolist() == [0, 0, 1, 0, -4, -5]
    assert responses["apps"].state.tolist() == [0, 0, -2, -4, -2, -2]
    assert responses["apps"].ticked[:2].tolist() == [[1, 1, 0], [0, 0, 1]]
    assert responses["trust"].position.tolist() == [0, 1, 2, -4, -5, -1]
    assert responses["age"].state.tolist() == [0, 0, -4, -1, 0, 0]
    assert vars(responses["age"])["values"].tolist() == [15, 34, 0, 0, 99, 60]
    assert vars(responses["hours"])["values"][:2].tolist() == [2.5, 24]
    assert responses["hours"].state.tolist() == [0, 0, -2, -4, -2, -2]
    assert responses["busiest"].minutes[:2].tolist() == [1290, 0]
    assert responses["busiest"].position.tolist() == [1, 1, -2, -4, -2, -2]
    assert responses["joined"].day[:2].tolist() == [DAY.toordinal(), OTHER.toordinal()]
    assert responses["joined"].state.tolist() == [0, 0, -2, -4, -2, -2]
    assert responses["why"].words.tolist() == [*ANSWERS["why"][:2], "", "", "x", ""]
    assert responses["why"].state.tolist() == [0, 0, -1, -4, 0, -1]
    assert responses["services_health"].position.tolist() == [2, 1, 0, -4, -1, 2]
    assert responses["services_roads"].position.tolist() == [0, 0, -4, 2, 1, -1]
    assert responses.strata_labels == ("ظفار", "مسقط")
    assert responses.base_weight.tolist() == ANSWERS["base"]


def test_all_exports_have_one_digest(tmp_path):
    folders = {export: tmp_path / export.__name__ for export in EXPORTS}
    for folder in folders.values():
        folder.mkdir()
    responses = {export: responses_of(folder, export) for export, folder in folders.items()}

    assert {one.digest for one in responses.values()} == {responses[csv].digest}
    for name, column in responses[csv].columns.items():
        for other in responses.values():
            np.testing.assert_equal(vars(other[name]), vars(column))
