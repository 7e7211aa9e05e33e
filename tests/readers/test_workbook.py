from __future__ import annotations

import datetime as dt
import zipfile

import pytest
import xlsxwriter

import socialpoll as sp
from socialpoll.errors import ReaderError
from socialpoll.plugins import PluginHost
from socialpoll.readers.workbook import read_workbook


@pytest.fixture
def file(tmp_path):
    return tmp_path / "answers.xlsx"


def write(file, **sheets: list[list[object]]):
    with xlsxwriter.Workbook(str(file), {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file


def test_cells_are_words_as_they_stand(file):
    write(file, one=[["id", "n", "x", "on", "sex"], ["01", 1.0, 1.5, dt.date(2020, 1, 2), "أنثى"]])

    source = read_workbook(file)

    assert source.frame.to_dict("list") == {
        "id": ["01"],
        "n": ["1"],
        "x": ["1.5"],
        "on": ["2020-01-02"],
        "sex": ["أنثى"],
    }
    assert source.findings == ()


def test_of_several_sheets_the_one_named_responses_is_read_and_that_is_told(file):
    write(file, notes=[["x"], [1]], Responses=[["y"], [2]])

    source = read_workbook(file)

    assert source.frame.to_dict("list") == {"y": ["2"]}
    assert source.findings == ("the answers are read from the sheet 'Responses', not from 'notes'",)


def test_hidden_sheets_formulas_errors_and_merged_cells_are_told(file):
    with xlsxwriter.Workbook(str(file)) as book:
        sheet, hidden = book.add_worksheet("data"), book.add_worksheet("secret")
        hidden.hide()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula("A2", "=1+1", value=2)
        sheet.write_formula("B2", "=1/0", value="#DIV/0!")
        sheet.merge_range("A3:B3", "m")

    source = read_workbook(file)

    assert source.frame.to_dict("list") == {"a": ["2", "m"], "b": ["#DIV/0!", None]}
    assert source.findings == (
        "sheets that are hidden: 'secret'",
        "2 cell(s) hold formulas, first A2: the values saved with them are read",
        "1 cell(s) hold errors: #DIV/0! in B2",
        "1 group(s) of merged cells, of which only the first cell has a value: A3:B3",
    )


def test_columns_of_one_name_or_none_are_told_together(file):
    write(file, one=[["a", "a", ""], [1, 2, 3]])

    assert read_workbook(file).findings == (
        "columns without a name: 3 (counted from 1)",
        "names of more than one column: 'a' (1, 2)",
    )


def test_five_thousand_columns_are_read(file):
    write(file, one=[[f"c{n}" for n in range(5_000)], list(range(5_000))])

    assert read_workbook(file).frame.shape == (1, 5_000)


def test_a_cell_in_the_last_corner_of_a_sheet_does_not_fill_the_memory(file):
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, 1)

    with pytest.raises(ReaderError, match="too many columns"):
        read_workbook(file)


def test_a_zip_bomb_is_refused_before_it_is_parsed(file):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * (20 * 1024**2))

    with pytest.raises(ReaderError, match="unpacks to more"):
        read_workbook(file)


def test_a_part_that_is_larger_than_it_says_is_refused(file):
    write(file, one=[["a"], *[[n] for n in range(2_000)]])
    content = file.read_bytes()
    with zipfile.ZipFile(file) as package:
        one = package.getinfo("xl/worksheets/sheet1.xml")
    true, false = one.file_size.to_bytes(4, "little"), (50).to_bytes(4, "little")
    file.write_bytes(content.replace(true, false))

    with pytest.raises(ReaderError, match="no workbook, or is damaged"):
        read_workbook(file)


def test_entities_in_a_sheet_are_refused(file):
    write(file, one=[["a"], [1]])
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    with zipfile.ZipFile(file) as package:
        parts = {one: package.read(one) for one in package.namelist()}
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            package.writestr(name, bomb if "sheet1" in name else content)

    with pytest.raises(ReaderError, match="cannot be read"):
        read_workbook(file)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"a,b\n1,2\n", "no workbook, or is damaged"),
        (b"PK\x03\x04 and no more", "no workbook, or is damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "encrypted, or of the old kind"),
    ],
)
def test_what_is_no_workbook_is_refused(file, content, message):
    file.write_bytes(content)

    with pytest.raises(ReaderError, match=message):
        read_workbook(file)


def test_a_zip_file_without_a_workbook_in_it_is_refused(file):
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("hello.txt", "hello")

    with pytest.raises(ReaderError):
        read_workbook(file)


def test_a_cut_workbook_is_refused_wherever_it_is_cut(file):
    content = write(file, one=[["a"], [1]]).read_bytes()
    for length in range(1, len(content), 97):
        file.write_bytes(content[:length])
        with pytest.raises(ReaderError):
            read_workbook(file)


@pytest.mark.parametrize("rows", [[], [["a", "b"]]])
def test_a_sheet_without_answers_is_refused(file, rows):
    with pytest.raises(ReaderError, match="sheet"):
        read_workbook(write(file, one=rows))


@pytest.mark.parametrize(
    ("suffix", "name"),
    [
        (".csv", "csv"),
        (".tsv", "csv"),
        (".XLSX", "excel"),
        (".parquet", "parquet"),
        (".sav", "spss"),
        (".zsav", "spss"),
        (".dta", "stata"),
    ],
)
def test_the_reader_of_a_file_is_found_by_its_ending(suffix, name):
    assert PluginHost().reader(f"poll{suffix}").name == name


def test_a_workbook_that_is_a_form_is_read_as_the_form(tmp_path):
    option = sp.Code(code="yes", label="Yes")
    asked = sp.Questionnaire(
        title="form",
        languages=("en",),
        questions=(sp.Single(name="uses", text="Do you use it?", options=(option,)),),
    )
    path = tmp_path / "form.xlsx"
    sp.write_xlsform(asked, path)
    source = read_workbook(path)
    assert source.frame is None
    assert source.questionnaire is not None
    assert source.questionnaire.names == asked.names
