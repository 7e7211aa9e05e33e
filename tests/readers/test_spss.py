from __future__ import annotations

import datetime as dt
import struct

import pandas as pd
import pyreadstat
import pytest

import socialpoll as sp
from socialpoll.errors import ReaderError
from socialpoll.readers.spss import read_spss

SEXES = {1.0: "ذكر", 2.0: "أنثى"}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "answers.sav"


def write(file, columns: dict[str, list[object]], **options: object):
    pyreadstat.write_sav(pd.DataFrame(columns), str(file), **options)
    return file


def with_sets(file, lines: str) -> None:
    """Put a record of multiple-response sets into a file, which pyreadstat cannot write."""
    content, text = file.read_bytes(), lines.encode()
    place = content.index(struct.pack("<4i", 7, 3, 4, 8))
    record = struct.pack("<4i", 7, 7, 1, len(text)) + text
    file.write_bytes(content[:place] + record + content[place:])


def test_value_labels_make_a_question_and_the_measure_tells_its_kind(file):
    labels = {"sex": SEXES, "trust": {0.0: "لا", 10.0: "نعم"}}
    columns = {"sex": [1.0, 2.0], "trust": [0.0, 10.0], "hours": [1.5, 3.0]}
    measures = {"sex": "nominal", "trust": "ordinal"}
    write(file, columns, variable_value_labels=labels, variable_measure=measures)

    asked = read_spss(file).questionnaire

    assert [one.kind for one in asked.questions] == ["single", "scale", "number"]
    assert [(one.code, one.label["ar"]) for one in asked["sex"].options] == [
        (1, "ذكر"),
        (2, "أنثى"),
    ]
    assert [one.score for one in asked["trust"].options] == [0.0, 10.0]
    assert asked.languages == ("ar",)


def test_missing_values_and_ranges_are_typed_by_their_labels(file):
    labels = {"q": {1.0: "Yes", 98.0: "Don't know", 99.0: "Refused"}}
    write(
        file,
        {"q": [1.0, 97.0, 98.0, -1.0, None]},
        variable_value_labels=labels,
        missing_ranges={"q": [{"lo": 97, "hi": 99}, -1]},
    )

    source = read_spss(file)
    question = source.questionnaire["q"]

    assert [(one.code, one.reason, one.in_base) for one in question.missing] == [
        (-1, "other", False),
        (97, "other", False),
        (98, "dont_know", False),
        (99, "refused", False),
    ]
    assert [one.code for one in question.options] == [1]
    sp.bind(source.frame, source.questionnaire).require_clean()


def test_sets_of_dichotomies_and_of_categories_are_questions_of_several_answers(file):
    columns = {
        "p_1": [1.0, 2.0, None],
        "p_2": [1.0, 1.0, 2.0],
        "first": [3.0, 4.0, None],
        "second": [4.0, None, None],
    }
    labels = {"first": {3.0: "TV", 4.0: "Web"}, "second": {3.0: "TV", 4.0: "Web"}}
    titles = {"p_1": "WhatsApp", "p_2": "X"}
    write(file, columns, variable_value_labels=labels, column_labels=titles)
    with_sets(file, "$used=D1 1 14 Platforms used p_1 p_2\n$news=C 4 News first second\n")

    source = read_spss(file)
    used, news = source.questionnaire["used"], source.questionnaire["news"]
    answers = sp.bind(source.frame, source.questionnaire).frame

    assert [(one.code, one.label["en"]) for one in used.options] == [(1, "WhatsApp"), (2, "X")]
    assert answers[["used_1", "used_2"]].iloc[:2].to_numpy().tolist() == [[1, 1], [0, 1]]
    assert [one.code for one in news.options] == [3, 4]
    assert answers[["news_3", "news_4"]].iloc[:2].to_numpy().tolist() == [[1, 1], [0, 1]]
    assert source.questionnaire.names == ("used", "news")


def test_a_set_of_zeros_and_ones_keeps_the_columns_of_the_file(file):
    write(file, {"p_1": [1.0, 0.0], "p_2": [0.0, 1.0]})
    with_sets(file, "$used=D1 1 4 Used p_1 p_2\n")

    source = read_spss(file)

    assert source.questionnaire["used"].column == "p"
    assert list(source.frame) == ["p_1", "p_2"]


def test_dates_are_columns_in_words_and_no_questions(file):
    write(file, {"on": [dt.date(2020, 11, 2), None], "n": [1.5, 2.0]})

    source = read_spss(file)

    assert source.frame["on"].tolist() == ["2020-11-02", None]
    assert source.questionnaire.names == ("n",)
    assert "dates and times are columns, not questions: on" in source.findings


def test_a_missing_code_among_dates_or_times_stays_the_number_that_it_is(file):
    columns = {"on": [13_806_000_000.0, 99.0], "at": [75_600.0, -1.0]}
    write(
        file,
        columns,
        variable_format={"on": "SDATE10", "at": "TIME5"},
        missing_ranges={"on": [99.0], "at": [-1.0]},
    )

    frame = read_spss(file).frame

    assert frame["on"].tolist() == ["2020-04-11", 99.0]
    assert frame["at"].tolist() == ["21:00:00", -1.0]


def test_names_that_no_question_can_have_are_changed_and_told(file):
    write(file, {"q@1": [1.5, 2.0], "q_1": [1.0, 2.0]})

    source = read_spss(file)

    assert source.questionnaire["q_1_2"].column == "q@1"
    assert "names that a question cannot have were changed: q@1 is q_1_2" in source.findings


def test_the_weight_of_the_file_is_told(file):
    write(file, {"q": [1.0], "long_name_of_weight": [2.5]}, column_labels={"q": "a label"})
    content = bytearray(file.read_bytes())
    content[76:80] = struct.pack("<i", 2)
    file.write_bytes(content)

    told = "the file is weighted by 'long_name_of_weight'; name it in the sample design"
    assert told in read_spss(file).findings


def test_the_compressed_kind_holds_the_same(tmp_path, file):
    columns = {"sex": [1.0, 2.0]}
    plain = read_spss(write(file, columns, variable_value_labels={"sex": SEXES}, file_label="t"))
    other = tmp_path / "answers.zsav"
    write(other, columns, variable_value_labels={"sex": SEXES}, file_label="t", compress=True)

    assert read_spss(other).questionnaire == plain.questionnaire


def test_a_cut_file_is_refused_wherever_it_is_cut(file):
    content = write(file, {"q": [1.0] * 50, "s": ["x"] * 50}).read_bytes()
    for length in range(1, len(content) - 1, 101):
        file.write_bytes(content[:length])
        with pytest.raises(ReaderError, match=r"no SPSS file, or is damaged"):
            read_spss(file)


def test_five_thousand_variables_are_read(file):
    source = read_spss(write(file, {f"v{n}": [1.0, 2.5] for n in range(5_000)}))

    assert len(source.questionnaire.names) == 5_000
