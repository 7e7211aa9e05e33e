from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given, strategies as st

from socialpoll.errors import ReaderError
from socialpoll.readers.delimited import read_delimited


@pytest.fixture
def file(tmp_path):
    return tmp_path / "answers.csv"


def read(file, content: str | bytes) -> dict:
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_delimited(file).frame.to_dict("list")


def test_cells_are_words_whatever_they_look_like(file):
    frame = read(file, "id,hours,date,said\n01,1.50,2019-03-01,NA\n2,inf, x ,None\n")

    assert frame == {
        "id": ["01", "2"],
        "hours": ["1.50", "inf"],
        "date": ["2019-03-01", " x "],
        "said": ["NA", "None"],
    }


def test_empty_cells_are_missing_and_nothing_else_is(file):
    assert read(file, 'a,b,c\n,"", \n') == {"a": [None], "b": [None], "c": [" "]}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_parts_the_names(file, delimiter):
    content = f"a{delimiter}b{delimiter}c\n1{delimiter}x,y;z{delimiter}3\n"
    if delimiter != "\t":
        content = content.replace("x,y;z", '"x,y;z"')

    assert read(file, content) == {"a": ["1"], "b": ["x,y;z"], "c": ["3"]}


def test_a_delimiter_inside_the_quotes_of_a_name_does_not_count(file):
    assert read(file, '"a,b,c";d\n1;2\n') == {"a,b,c": ["1"], "d": ["2"]}


def test_a_file_of_one_column_keeps_its_blank_lines_as_missing_answers(file):
    assert read(file, "a\n1\n\n3\n") == {"a": ["1", None, "3"]}


def test_blank_lines_between_rows_are_no_rows(file):
    assert read(file, "a,b\n1,2\n\n3,4\n\n") == {"a": ["1", "3"], "b": ["2", "4"]}


def test_a_byte_order_mark_windows_line_ends_and_arabic_are_read(file):
    content = "\ufeffالنوع,b\r\nأنثى,2\r\n".encode()

    assert read(file, content) == {"النوع": ["أنثى"], "b": ["2"]}


def test_a_line_break_in_quotes_stays_in_its_cell(file):
    assert read(file, 'a,b\n"one\ntwo",2\n') == {"a": ["one\ntwo"], "b": ["2"]}


def test_columns_of_one_name_are_all_kept(file):
    file.write_text("a,a\n1,2\n", encoding="utf-8")

    source = read_delimited(file)

    assert source.frame.to_numpy().tolist() == [["1", "2"]]
    assert source.findings == ("names of more than one column: 'a' (1, 2)",)


def test_columns_without_a_name_are_told(file):
    file.write_text("a,,c, \n1,2,3,4\n", encoding="utf-8")

    assert read_delimited(file).findings == ("columns without a name: 2, 4 (counted from 1)",)


def test_a_csv_file_declares_no_questionnaire(file):
    file.write_text("a\n1\n", encoding="utf-8")

    assert read_delimited(file).questionnaire is None


def test_rows_of_another_length_are_refused_with_their_lines(file):
    with pytest.raises(ReaderError, match="more or fewer cells") as caught:
        read(file, 'a,b\n1,2\n3\n"x\ny",5\n1,2,3\n')

    assert caught.value.found == "1 in line 3, 3 in line 6"
    assert caught.value.allowed == "2 cells, as in the first line"


def test_of_many_ragged_rows_the_first_are_named_and_the_rest_counted(file):
    with pytest.raises(ReaderError) as caught:
        read(file, "a,b\n" + "1\n" * 9)

    assert caught.value.found.endswith("1 in line 6, and 4 more lines")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"a,b\n", "names columns but holds no answers"),
        (b"a,b\n\n\n", "names columns but holds no answers"),
        (b'a,b\n"x,1\n', "quotation marks"),
        (b'a,b\n"x"y,1\n', "quotation marks"),
        ("a,b\nأنثى,1\nذكر,".encode() + b"\xe3\n", "not UTF-8"),
        (b"a,b,c\n" + b"1,2,3\n" * 9 + b"1,\x00,\xff\n", "no text"),
        ("a,b\n1,2\n".encode("utf-16")[:-1], "not UTF-16"),
    ],
)
def test_a_file_that_is_no_table_is_refused(file, content, message):
    with pytest.raises(ReaderError, match=message):
        read(file, content)


def test_the_line_that_is_not_utf_8_is_named(file):
    with pytest.raises(ReaderError) as caught:
        read(file, "a,b\nأنثى,2\n".encode() + b"\xc3,4\n")

    assert caught.value.where.endswith("answers.csv, line 3")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ReaderError, match="cannot be opened"):
        read_delimited(tmp_path / "no.csv")
    with pytest.raises(ReaderError, match="cannot be opened"):
        read_delimited(tmp_path)


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(
    rows=st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=1)
    ),
    delimiter=st.sampled_from(",;\t|"),
)
def test_what_a_csv_writer_wrote_is_read_as_it_was(tmp_path_factory, rows, delimiter):
    written = StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([[f"c{n}" for n in range(len(rows[0]))], *rows])
    file = tmp_path_factory.mktemp("any") / "answers.csv"
    file.write_bytes(written.getvalue().encode("utf-8"))

    assert read_delimited(file).frame.to_numpy().tolist() == rows


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1256"])
def test_arabic_is_read_in_whatever_encoding_it_was_saved(file, encoding):
    content = "id,sex\n1,أنثى\n2,ذكر\n"

    assert read(file, content.encode(encoding)) == {"id": ["1", "2"], "sex": ["أنثى", "ذكر"]}


def test_an_encoding_of_one_byte_a_letter_is_told_as_assumed(file):
    file.write_bytes("id,sex\n1,أنثى\n2,ذكر\n".encode("cp1256"))
    arabic = read_delimited(file)
    file.write_bytes("id,ville\n1,Genève\n2,Besançon\n".encode("latin-1"))
    european = read_delimited(file)

    assert arabic.findings == (
        "the encoding is assumed to be Windows-1256 (Arabic): the file is not UTF-8",
    )
    assert european.frame["ville"].tolist() == ["Genève", "Besançon"]
    assert "Windows-1252" in european.findings[0]


def test_an_encoding_that_nothing_tells_is_said_to_be_in_doubt_with_both_readings(file):
    file.write_bytes(b"a,b\n1,\xc7\n")

    assert "a word reads 'ا' in Windows-1256 (Arabic) or 'Ç' in" in read_delimited(file).findings[1]


def test_decimal_commas_do_not_make_the_comma_a_delimiter(file):
    assert read(file, "id;says, hours\n1;1,5\n2;2\n3;3,5\n") == {
        "id": ["1", "2", "3"],
        "says, hours": ["1,5", "2", "3,5"],
    }


def test_a_second_delimiter_that_would_do_as_well_is_told(file):
    file.write_text("a;b,c\n1;2,3\n4;5,6\n", encoding="utf-8")

    assert read_delimited(file).findings == (
        "the delimiter is taken to be the comma; semicolon would part it as well",
    )


def test_five_thousand_columns_are_read_and_twenty_thousand_refused(file):
    wide = ",".join(f"c{n}" for n in range(5_000))
    assert read_delimited_size(file, f"{wide}\n{wide}\n") == (1, 5_000)

    with pytest.raises(ReaderError, match="too many columns"):
        read(file, "," * 20_000 + "\n" + "," * 20_000)


def read_delimited_size(file, content: str) -> tuple[int, int]:
    file.write_text(content, encoding="utf-8")
    return read_delimited(file).frame.shape


def test_a_table_beyond_the_bounds_is_refused_while_it_is_read(file, monkeypatch):
    monkeypatch.setattr("socialpoll.readers.bounds.MOST_CELLS", 100)
    with pytest.raises(ReaderError, match="too many cells"):
        read(file, "a,b\n" + "1,2\n" * 60)

    monkeypatch.setattr("socialpoll.readers.bounds.MOST_BYTES", 100)
    with pytest.raises(ReaderError, match="the file is too large"):
        read(file, "a,b\n" + "1,2\n" * 60)
