# ruff: noqa: PD011 - weights and targets have values that are not those of pandas
from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import TargetError


def problems_of(make) -> str:
    with pytest.raises(TargetError) as raised:
        make()
    return str(raised.value)


def test_one_variable_needs_no_tuples():
    assert sp.Targets.of("sex", {"m": 0.5, "f": 0.5}) == sp.Targets(
        ("sex",), {("m",): 0.5, ("f",): 0.5}
    )


def test_the_name_of_a_crossing_joins_its_variables():
    assert sp.Targets.of(("sex", "age"), {("m", 1): 3}).name == "sex|age"


def test_targets_do_not_follow_later_changes_of_the_mapping_they_were_made_from():
    known = {"m": 0.5, "f": 0.5}
    targets = sp.Targets.of("sex", known)

    known["m"] = 0.9

    assert targets.values["m",] == 0.5


def test_a_frame_is_read_by_its_column_of_targets_wherever_it_stands():
    frame = pd.DataFrame({"sex": ["m", "f"], "target": [3, 4], "region": [1, 2]})

    assert sp.Targets.from_frame(frame) == sp.Targets.of(
        ("sex", "region"), {("m", 1): 3.0, ("f", 2): 4.0}
    )


def test_whole_numbers_that_pandas_made_floats_are_codes_again():
    frame = pd.DataFrame({"region": [1.0, 2.0], "target": [0.4, 0.6]})

    assert sp.Targets.from_frame(frame) == sp.Targets.of("region", {1: 0.4, 2: 0.6})


def test_codes_in_a_csv_file_stay_as_they_are_written(tmp_path):
    file = tmp_path / "targets.csv"
    file.write_text("\ufeffregion, target\n01,10\n1,20\nTrue,30\nNA,40\n\n", encoding="utf-8")

    assert list(sp.Targets.from_csv(file).values) == [("01",), ("1",), ("True",), ("NA",)]


def test_source_and_date_are_kept(tmp_path):
    file = tmp_path / "targets.csv"
    file.write_text("sex,target\nm,1\n", encoding="utf-8")
    day = dt.date(2020, 12, 12)

    targets = sp.Targets.from_csv(file, source={"en": "Census", "ar": "تعداد"}, date=day)

    assert (targets.source, targets.date) == ({"en": "Census", "ar": "تعداد"}, day)
    assert sp.Targets.of("sex", {"m": 1}, source="Census").source == {"und": "Census"}


def test_every_mistake_of_a_csv_file_is_told_with_its_line(tmp_path):
    file = tmp_path / "targets.csv"
    file.write_text("sex,target\nm,half\nf,1_0\nx,.5\nx,.5\n,3\na,b,c\n", encoding="utf-8")

    message = problems_of(lambda: sp.Targets.from_csv(file))

    assert "5 problems in the targets file targets.csv" in message
    assert "line 2: a target is no number; found 'half'" in message
    assert "line 3: a target is no number; found '1_0'" in message
    assert "line 5: a second target for the same codes; found x" in message
    assert "line 6: a code is blank" in message
    assert "line 7: a row does not have the columns of the first" in message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"sex,targets\nm,1\n", "there is no column 'target'; found sex, targets; allowed: did"),
        (b"target\n1\n", "there is no column beside 'target'"),
        (b"", "found no columns"),
        (b"sex,sex,target\n", "a column has no name of its own"),
        ("sex,target\nm\u00e9,1\n".encode("latin-1"), "found text that is not UTF-8"),
        (b"sex,target\n", "no targets at all"),
    ],
)
def test_a_file_that_holds_no_targets_is_refused(tmp_path, content, said):
    file = tmp_path / "targets.csv"
    file.write_bytes(content)

    assert said in problems_of(lambda: sp.Targets.from_csv(file))


def test_a_file_that_is_not_there_is_named(tmp_path):
    message = problems_of(lambda: sp.Targets.from_csv(tmp_path / "nowhere.csv"))

    assert "nowhere.csv: the file of targets cannot be read; found No such file" in message


def test_a_row_of_other_columns_is_refused():
    rows = [{"sex": "m", "target": 1}, {"sex": "f", "weight": 1}, {"sex": "x"}]

    message = problems_of(lambda: sp.Targets.from_rows(rows))

    assert "row 2: a row does not have the columns of the first" in message
    assert "row 3: a row does not have the columns of the first" in message


@pytest.mark.parametrize(
    ("variables", "values", "said"),
    [
        (("sex", "age"), {"m": 1}, "found ('m',); allowed: 2 codes in a tuple: sex, age"),
        ("sex", {("m", 1): 1}, "allowed: one code of sex"),
        ("sex", {"m": "half"}, "sex: m: a target is no number; found 'half'"),
        ("sex", {"m": True}, "a target is no number; found True"),
        ("sex", {1: 1, 1.5: 1, "1.5": 2}, "a second target for the same codes; found 1.5"),
        ((), {}, "targets of no variable"),
        (("sex", "sex"), {("m", "m"): 1}, "a variable is named twice"),
        ("sex", {}, "no targets at all"),
    ],
)
def test_targets_of_the_wrong_form_are_refused(variables, values, said):
    assert said in problems_of(lambda: sp.Targets.of(variables, values))


def test_variables_can_be_turned():
    targets = sp.Targets.of(("sex", "age"), {("m", 1): 3, ("f", 2): 4}, source="Census")

    turned = targets.ordered(("age", "sex"))

    assert turned == sp.Targets.of(("age", "sex"), {(1, "m"): 3, (2, "f"): 4}, source="Census")


def test_variables_cannot_be_swapped_for_others():
    targets = sp.Targets.of("sex", {"m": 1})

    assert "found sex; allowed: age" in problems_of(lambda: targets.ordered(("age",)))
