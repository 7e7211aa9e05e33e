from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

import socialpoll as sp
from socialpoll.errors import ReaderError
from socialpoll.readers.stata import read_stata

GSS = Path(__file__).parents[2].parent / "shared" / "gss2016"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "answers.dta"


def words(*values: object) -> pd.Series:
    return pd.Series(list(values), dtype="object")


def test_tagged_missing_values_are_typed_and_the_plain_one_is_a_blank(file):
    frame = pd.DataFrame({"q": words(1.0, 2.0, "a", "r", np.nan)})
    labels = {"q": {1: "Yes", 2: "No", "a": "Don't know", "r": "Refused"}}
    pyreadstat.write_dta(
        frame, str(file), variable_value_labels=labels, missing_user_values={"q": ["a", "r"]}
    )

    source = read_stata(file)
    responses = sp.bind(source.frame, source.questionnaire)

    assert source.frame["q"].tolist()[2:4] == [".a", ".r"]
    assert [(one.code, one.reason) for one in source.questionnaire["q"].missing] == [
        (".a", "dont_know"),
        (".r", "refused"),
    ]
    responses.require_clean()
    assert responses["q"].position.tolist() == [0, 1, -4, -5, -1]


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        ({1: "Yes", 98: "Don't know", "a": "Don't know"}, 98),
        ({1: "Yes", 98: "Refused", "a": "Don't know"}, ".a"),
        ({1: "Don't know", 98: "Don't know", "a": "Don't know"}, ".a"),
        ({1: "Yes", 98: "Don't know", "a": "Don't know", "b": "Don't know"}, ".a"),
        ({1: "Don't know", "a": "Don't know"}, ".a"),
    ],
)
def test_a_letter_is_the_number_of_its_label_that_nobody_gave(file, labels, code):
    pyreadstat.write_dta(
        pd.DataFrame({"q": words(1.0, "a", np.nan)}),
        str(file),
        variable_value_labels={"q": labels},
        missing_user_values={"q": ["a", "b"]},
    )

    source = read_stata(file)

    assert source.frame["q"][1] == code
    assert source.questionnaire["q"].missing[0].code == code
    told = (
        "missing values that have the label of a number nobody has are read as that number: "
        "q (.a is 98)"
    )
    assert (told in source.findings) == (code == 98)
    assert sp.bind(source.frame, source.questionnaire)["q"].position.tolist() == [0, -4, -1]


def test_a_label_of_ten_thousand_characters_is_kept(file):
    labels = {"q": {1: "ن" * 10_000}}
    pyreadstat.write_dta(pd.DataFrame({"q": [1.0]}), str(file), variable_value_labels=labels)

    assert read_stata(file).questionnaire["q"].options[0].label == {"ar": "ن" * 10_000}


def test_a_cut_file_is_refused_wherever_it_is_cut(file):
    labels = {"q": {1: "Yes"}}
    pyreadstat.write_dta(pd.DataFrame({"q": [1.0]}), str(file), variable_value_labels=labels)
    content = file.read_bytes()
    for length in range(1, len(content) - 1, 101):
        file.write_bytes(content[:length])
        with pytest.raises(ReaderError, match="no Stata file, or is damaged"):
            read_stata(file)


@pytest.mark.skipif(
    not GSS.is_dir(),
    reason="the microdata of the General Social Survey are not beside the project",
)
def test_the_general_social_survey_arrives_with_its_published_counts():
    source = read_stata(GSS / "gss2016_social.dta")
    responses = sp.bind(source.frame, source.questionnaire)
    published = pd.read_csv(GSS / "published_gss2016_counts.csv")

    assert responses.findings.empty
    codes = {one.code: one.reason for one in source.questionnaire["intuse"].missing}
    assert codes == {".d": "dont_know", ".i": "not_applicable", ".n": "other"}
    for row in published.to_dict("records"):
        column = responses[row["variable"]]
        counted = [int((column.position == place).sum()) for place in (0, 1)]
        assert counted == [row["yes"], row["no"]]
