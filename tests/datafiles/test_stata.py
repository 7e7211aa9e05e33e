from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pyreadstat
import pytest

import socialpoll as sp
from socialpoll.errors import DataFileError
from socialpoll.readers.stata import read_stata
from socialpoll.schema import Code, Date, FreeText, Multiple, Number, Scale, Single, TimeOfDay
from tests.datafiles.answering import DAY, lack
from tests.schema.questionnaires import asking, codes


def written(responses, path, **options):
    losses = sp.write_dta(responses, path, **options)
    return (*pyreadstat.read_dta(str(path), user_missing=True), losses)


def test_missing_codes_are_letters_and_their_numbers_have_the_same_label(tmp_path):
    options = (Code(code=1, label="نعم"), Code(code=2, label="لا"))
    asked = asking(
        Single(name="q", text="؟", code_type="integer", options=options, missing=lack(98, "dk"))
    )
    responses = sp.bind(pd.DataFrame({"q": [1, 2, 98, "dk", None]}), asked)

    read, metadata, losses = written(responses, tmp_path / "a.dta")

    assert read["q"].tolist()[:4] == [1, 2, "a", "b"]
    assert np.isnan(read["q"][4])
    labels = metadata.variable_value_labels["q"]
    assert labels == {1: "نعم", 2: "لا", 98: "lack 98", "a": "lack 98", "b": "lack dk"}
    assert "missing codes are written otherwise ('98' as .a, 'dk' as .b): 'q'" in losses


def test_what_is_told_of_many_variables_is_told_once(tmp_path):
    several = [Number(name=f"n{place}", text="?", unit="x", missing=lack(99)) for place in range(9)]
    frame = pd.DataFrame({one.name: [1] for one in several})

    losses = sp.write_dta(sp.bind(frame, asking(*several)), tmp_path / "a.dta")

    told = "missing codes are written otherwise ('99' as .a): " + ", ".join(
        f"'n{place}'" for place in range(9)
    )
    assert told in losses


def test_the_letters_of_stata_stay_what_they_are(tmp_path):
    asked = asking(Number(name="n", text="?", unit="visits", missing=lack(99, ".a", ".r")))
    responses = sp.bind(pd.DataFrame({"n": [".a", 99, ".r", 1.5]}), asked)

    read, _, losses = written(responses, tmp_path / "a.dta")

    assert read["n"].tolist() == ["a", "b", "r", 1.5]
    assert "missing codes are written otherwise ('99' as .b): 'n'" in losses
    source = read_stata(tmp_path / "a.dta")
    assert sp.bind(source.frame, asked).digest == responses.digest


def test_codes_that_are_words_are_numbers_in_the_order_of_the_options(tmp_path):
    asked = asking(
        Scale(name="trust", text="Trust?", options=codes("low", "mid", "high")),
        Single(
            name="big", text="?", code_type="integer", options=(Code(code=2**40, label="Many"),)
        ),
    )
    frame = pd.DataFrame({"trust": ["high", "low"], "big": [2**40, None]})

    read, metadata, losses = written(sp.bind(frame, asked), tmp_path / "a.dta")

    assert read["trust"].tolist() == [3, 1]
    assert metadata.variable_value_labels["trust"] == {1: "low", 2: "mid", 3: "high"}
    assert metadata.variable_value_labels["big"] == {1: "Many"}
    told = "codes are numbers in their order ('low' as 1, 'mid' as 2, 'high' as 3): 'trust'"
    assert told in losses
    assert "codes are numbers in their order ('1099511627776' as 1): 'big'" in losses
    assert "which codes are in an order is not in the file: 'trust'" in losses


def test_days_and_times_are_those_of_stata(tmp_path):
    asked = asking(
        Date(name="on", text="On?", missing=lack(99)),
        TimeOfDay(name="at", text="At?", bands=DAY, missing=lack("dk")),
    )
    frame = pd.DataFrame({"on": ["2020-04-11", 99], "at": ["dk", "21:30:15"]})
    responses = sp.bind(frame, asked)

    sp.write_dta(responses, tmp_path / "a.dta")

    read, metadata = pyreadstat.read_dta(str(tmp_path / "a.dta"))
    assert read["on"][0] == dt.date(2020, 4, 11)
    assert metadata.original_variable_types == {"on": "%tdCCYY-NN-DD", "at": "%tcHH:MM:SS"}
    frame = read_stata(tmp_path / "a.dta").frame
    assert frame["on"].tolist() == ["2020-04-11", 99]
    assert frame["at"].tolist() == [".a", "21:30:15"]


def test_a_number_that_is_an_answer_is_not_labelled_as_missing(tmp_path):
    asked = asking(Date(name="born", text="?", missing=lack(99)))
    frame = pd.DataFrame({"born": ["1960-04-09", 99, None]})

    _, metadata, _ = written(sp.bind(frame, asked), tmp_path / "a.dta")

    assert metadata.variable_value_labels["born"] == {"a": "lack 99"}
    assert read_stata(tmp_path / "a.dta").frame["born"].tolist() == ["1960-04-09", ".a", None]


@pytest.mark.parametrize(("letter", "kept"), [("ن", 80), ("x", 80), ("😀", 64)])
def test_labels_and_titles_are_cut_between_characters_and_told(tmp_path, letter, kept):
    question = Number(name="n", text=letter * 10_000, unit="visits")
    asked = sp.Questionnaire(title=letter * 81, questions=[question])

    _, metadata, losses = written(sp.bind(pd.DataFrame({"n": [1]}), asked), tmp_path / "a.dta")

    assert metadata.column_names_to_labels["n"] == letter * 80
    assert metadata.file_label == letter * kept
    assert "labels longer than Stata allows are cut, or are the short ones: 'n'" in losses
    assert "the title is longer than Stata allows, and is cut" in losses


def test_a_value_label_is_cut_at_its_bytes(tmp_path):
    option = Code(code=1, label="ن" * 20_000)
    asked = asking(Single(name="q", text="?", code_type="integer", options=(option,)))

    _, metadata, losses = written(sp.bind(pd.DataFrame({"q": [1]}), asked), tmp_path / "a.dta")

    assert metadata.variable_value_labels["q"] == {1: "ن" * 16_000}
    assert "labels longer than Stata allows are cut, or are the short ones: 'q'" in losses


def test_names_that_are_not_allowed_are_changed_and_told(tmp_path):
    names = ("q.1", "if", "str5", "If", "ن" * 33, "_n")
    asked = asking(*(Number(name=one, text="?", unit="x") for one in names if one[0] != "_"))
    responses = sp.bind(pd.DataFrame({one: [1] for one in names}), asked)

    read, _, losses = written(responses, tmp_path / "a.dta")

    assert list(read) == ["q_1", "vif", "vstr5", "If", "ن" * 32]
    (told,) = [one for one in losses if one.startswith("names that Stata does not allow")]
    assert "'q.1' as q_1, 'if' as vif, 'str5' as vstr5" in told


def test_long_words_and_options_of_several_answers_are_kept(tmp_path):
    asked = asking(
        FreeText(name="why", text="?", longest=100_000, missing=lack("dk")),
        Multiple(name="apps", text="Which?", options=codes("w", "y"), missing=lack(9)),
    )
    frame = pd.DataFrame(
        {
            "why": ["ن" * 50_000, "dk", None],
            "apps_w": [1, 9, None],
            "apps_y": [0, 9, None],
        }
    )
    responses = sp.bind(frame, asked)

    _, metadata, losses = written(responses, tmp_path / "a.dta")

    assert metadata.column_names_to_labels["apps_9"] == "lack 9"
    assert "the wording is not in the file, only the options, each a variable: 'apps'" in losses
    assert "missing codes are words, which Stata takes for answers ('dk'): 'why'" in losses
    again = sp.bind(read_stata(tmp_path / "a.dta").frame, asked)
    assert again.digest == responses.digest


def test_all_answers_that_stata_cannot_hold_are_refused_at_once(tmp_path):
    asked = asking(
        Number(name="n", text="?", unit="visits"),
        Number(name="m", text="?", unit="visits", missing=lack(*range(100, 127))),
    )
    responses = sp.bind(pd.DataFrame({"n": [-1e308], "m": [1]}), asked)

    with pytest.raises(DataFileError) as raised:
        sp.write_dta(responses, tmp_path / "a.dta")

    assert [one.where for one in raised.value.problems] == ["question 'n'", "question 'm'"]
    assert list(tmp_path.iterdir()) == []


def test_two_thousand_columns_are_written_and_read(tmp_path):
    several = {f"v{place}": [1.0, 2.5] for place in range(2_100)}
    asked = asking(*(Number(name=one, text="?", unit="visits") for one in several))

    sp.write_dta(sp.bind(pd.DataFrame(several), asked), tmp_path / "a.dta")

    assert read_stata(tmp_path / "a.dta").frame.shape == (2, 2_100)
