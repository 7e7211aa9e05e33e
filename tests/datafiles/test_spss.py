from __future__ import annotations

import numpy as np
import pandas as pd
import pyreadstat
import pytest

import socialpoll as sp
from socialpoll.errors import DataFileError, ExportError
from socialpoll.readers.spss import read_spss
from socialpoll.schema import Code, Date, FreeText, Missing, Multiple, Number, Scale, Single
from tests.datafiles.answering import lack
from tests.schema.questionnaires import asking, codes


def written(responses, path, **options):
    losses = sp.write_sav(responses, path, **options)
    return (*pyreadstat.read_sav(str(path), user_missing=True), losses)


def test_labels_missing_values_and_measures_are_in_the_file(tmp_path):
    asked = asking(
        Single(
            name="sex",
            text={"ar": "النوع", "en": "Sex"},
            code_type="integer",
            options=(
                Code(code=1, label={"ar": "ذكر", "en": "Male"}),
                Code(code=2, label={"ar": "أنثى", "en": "Female"}),
            ),
            missing=(
                Missing(
                    code=9,
                    label={"ar": "رفض", "en": "Refused"},
                    reason="refused",
                    in_base=False,
                ),
            ),
        ),
        Scale(name="trust", text="Trust?", options=codes("low", "high")),
        Number(name="age", text="Age?", unit="years", missing=lack(997, 998, 999, -1)),
        languages=("ar", "en"),
    )
    frame = pd.DataFrame(
        {"sex": [1, 2, 9, None], "trust": ["low", "high", None, "low"], "age": [7, 998, -1, 99]}
    )

    read, metadata, _ = written(sp.bind(frame, asked), tmp_path / "a.sav")

    assert read["sex"].tolist()[:3] == [1, 2, 9]
    assert np.isnan(read["sex"][3])
    assert read["age"].tolist() == [7, 998, -1, 99]
    assert metadata.column_names_to_labels == {"sex": "النوع", "trust": "Trust?", "age": "Age?"}
    assert metadata.variable_value_labels["sex"] == {1: "ذكر", 2: "أنثى", 9: "رفض"}
    assert metadata.variable_measure == {"sex": "nominal", "trust": "ordinal", "age": "scale"}
    assert metadata.missing_ranges["sex"] == [{"lo": 9, "hi": 9}]
    assert metadata.missing_ranges["age"] == [{"lo": 997, "hi": 999}, {"lo": -1, "hi": -1}]
    assert metadata.file_label == "Poll"


def test_the_language_is_that_which_is_asked_for(tmp_path):
    text = {"ar": "العمر", "en": "Age"}
    asked = asking(Number(name="age", text=text, unit="years"), languages=("ar", "en"))
    responses = sp.bind(pd.DataFrame({"age": [7]}), asked)

    _, metadata, losses = written(responses, tmp_path / "a.sav", language="en")

    assert metadata.column_names_to_labels == {"age": "Age"}
    assert "words are in 'en' only; not in the file are those in 'ar'" in losses


def test_words_that_are_not_in_the_language_of_the_file_are_told(tmp_path):
    option = Code(code=1, label={"ar": "نعم"})
    question = Single(name="q", text={"en": "Well?"}, code_type="integer", options=(option,))
    responses = sp.bind(pd.DataFrame({"q": [1]}), asking(question))

    _, metadata, losses = written(responses, tmp_path / "a.sav")

    assert metadata.variable_value_labels == {"q": {1: "نعم"}}
    assert "where there are no words in 'en', others stand: 'q'" in losses


def test_missing_codes_that_cannot_be_declared_together_get_numbers_that_can(tmp_path):
    missing = lack(-1, 5, 15, 25, "dk")
    asked = asking(Number(name="n", text="?", unit="visits", missing=missing))
    responses = sp.bind(pd.DataFrame({"n": [-1, 5, 15, 25, "dk", 0, 10, 20, 30]}), asked)

    read, metadata, losses = written(responses, tmp_path / "a.sav")

    assert read["n"].tolist() == [-1, -2, -3, -4, -5, 0, 10, 20, 30]
    assert metadata.missing_ranges["n"] == [{"lo": -5, "hi": -1}]
    told = (
        "missing codes are written otherwise ('5' as -2, '15' as -3, '25' as -4, 'dk' as -5): 'n'"
    )
    assert told in losses


def test_codes_of_other_alphabets_are_numbers_in_their_order(tmp_path):
    asked = asking(Single(name="q", text="?", options=codes("نعم", "لا"), missing=lack("dk")))
    responses = sp.bind(pd.DataFrame({"q": ["لا", "نعم", "dk", None]}), asked)

    read, metadata, losses = written(responses, tmp_path / "a.sav")

    assert read["q"].tolist()[:3] == [2, 1, -1]
    assert metadata.variable_value_labels["q"] == {1: "نعم", 2: "لا", -1: "lack dk"}
    assert "codes are numbers in their order ('نعم' as 1, 'لا' as 2): 'q'" in losses
    assert "missing codes are written otherwise ('dk' as -1): 'q'" in losses


@pytest.mark.parametrize(("letter", "kept"), [("ن", 128), ("x", 256), ("😀", 64)])
def test_a_label_is_cut_between_characters_and_told(tmp_path, letter, kept):
    asked = asking(Number(name="n", text=letter * 10_000, unit="visits"))

    _, metadata, losses = written(sp.bind(pd.DataFrame({"n": [1]}), asked), tmp_path / "a.sav")

    assert metadata.column_names_to_labels["n"] == letter * kept
    assert "labels longer than SPSS allows are cut, or are the short ones: 'n'" in losses


def test_the_short_label_stands_for_a_wording_that_is_too_long(tmp_path):
    asked = asking(Number(name="n", text="x" * 257, label="Visits", unit="visits"))

    _, metadata, losses = written(sp.bind(pd.DataFrame({"n": [1]}), asked), tmp_path / "a.sav")

    assert metadata.column_names_to_labels["n"] == "Visits"
    assert "labels longer than SPSS allows are cut, or are the short ones: 'n'" in losses


def test_a_value_label_and_a_title_are_cut_and_told(tmp_path):
    option = Code(code=1, label="x" + "ن" * 100)
    asked = sp.Questionnaire(
        title="x" + "ن" * 40,
        questions=[Single(name="q", text="?", code_type="integer", options=(option,))],
    )

    _, metadata, losses = written(sp.bind(pd.DataFrame({"q": [1]}), asked), tmp_path / "a.sav")

    assert metadata.variable_value_labels["q"] == {1: "x" + "ن" * 59}
    assert metadata.file_label == "x" + "ن" * 31
    assert "the title is longer than SPSS allows, and is cut" in losses


def test_names_that_are_not_allowed_are_changed_and_told(tmp_path):
    names = ("7a", "ALL", "q-1", "q_1", "Q_1", "end.", "x" * 70)
    asked = asking(*(Number(name=one, text="?", unit="visits") for one in names))
    responses = sp.bind(pd.DataFrame({one: [1] for one in names}), asked)

    read, _, losses = written(responses, tmp_path / "a.sav")

    assert list(read) == ["v7a", "vALL", "q_1_2", "q_1", "Q_1_3", "end_", "x" * 64]
    (told,) = [one for one in losses if one.startswith("names that SPSS does not allow")]
    assert "'7a' as v7a, 'ALL' as vALL, 'q-1' as q_1_2, 'Q_1' as Q_1_3, 'end.' as end_" in told


def test_several_answers_are_columns_and_a_set_in_the_syntax(tmp_path):
    question = Multiple(
        name="apps",
        text={"en": "Which 'apps'?", "ar": "أي التطبيقات؟"},
        options=(
            Code(code="w", label={"en": "WhatsApp", "ar": "واتساب"}),
            Code(code="none", label={"en": "None", "ar": "لا شيء"}, exclusive=True),
        ),
        missing=lack("dk"),
        layout="cell",
    )
    asked = asking(question, languages=("en", "ar"))
    responses = sp.bind(pd.DataFrame({"apps": ["w", "none", "dk", None]}), asked)

    read, metadata, losses = written(responses, tmp_path / "a.sav")

    table = read.astype("object").where(read.notna(), None)
    assert table["apps_w"].tolist() == [1, 0, None, None]
    assert table["apps_none"].tolist() == [0, 1, None, None]
    assert table["apps_dk"].tolist() == [0, 0, 1, None]
    assert metadata.column_names_to_labels["apps_w"] == "WhatsApp"
    assert (tmp_path / "a.sps").read_text(encoding="utf-8-sig").split("\n") == [
        "MRSETS",
        "  /MDGROUP NAME=$apps",
        "    LABEL='Which ''apps''?'",
        "    CATEGORYLABELS=VARLABELS",
        "    VARIABLES=apps_w",
        "      apps_none",
        "    VALUE=1",
        "  .",
        "",
    ]
    assert losses[-1].endswith("open it in SPSS and run 'a.sps'")


def test_no_line_of_the_syntax_is_longer_than_spss_reads(tmp_path):
    several = tuple(Code(code=place, label="x") for place in range(60))
    question = Multiple(name="ن" * 30, text="؟'" * 300, code_type="integer", options=several)
    frame = pd.DataFrame({f"{question.name}_{place}": [1] for place in range(60)})

    losses = sp.write_sav(sp.bind(frame, asking(question)), tmp_path / "a.sav")
    content = (tmp_path / "a.sps").read_bytes()

    assert losses[-1] == f"wordings longer than SPSS allows of a set are cut: {question.name!r}"

    assert max(map(len, content.splitlines())) <= 256
    assert content.decode("utf-8-sig").count("'") % 2 == 0


def test_weight_strata_and_clusters_stand_behind_the_answers(tmp_path):
    frame = pd.DataFrame(
        {
            "n": [1, 2, 3, 4],
            "w": [1.5, 2, 1, 0],
            "place": ["مسقط", "مسقط", "ظفار", "ظفار"],
            "psu": [1, 2, 3, 4],
            "n_pop": [9, 9, 9, 9],
        }
    )
    design = sp.SampleDesign(
        strata="place", clusters="psu", weight="w", fpc="n_pop", fpc_as="count"
    )
    responses = sp.bind(frame, asking(Number(name="n", text="?", unit="visits")), design)

    _, _, losses = written(responses, tmp_path / "a.sav")

    again = read_spss(tmp_path / "a.sav").frame.assign(n_pop=9)
    assert sp.bind(again, responses.questionnaire, design).digest == responses.digest
    assert "columns of the sample design that are not in the file: 'n_pop'" in losses


def test_all_answers_that_spss_cannot_hold_are_refused_at_once(tmp_path):
    asked = asking(
        FreeText(name="why", text="?", longest=100_000),
        FreeText(name="how", text="?"),
        Number(name="n", text="?", unit="visits"),
        Date(name="on", text="?"),
    )
    frame = pd.DataFrame(
        {"why": ["ن" * 20_000], "how": ["a\0b"], "n": [1e308], "on": ["1500-01-01"]}
    )

    with pytest.raises(DataFileError) as raised:
        sp.write_sav(sp.bind(frame, asked), tmp_path / "a.sav")

    assert [one.where for one in raised.value.problems] == [
        "question 'why'",
        "question 'how'",
        "question 'n'",
        "question 'on'",
    ]
    assert list(tmp_path.iterdir()) == []


def test_unread_answers_and_cases_without_an_interview_are_told(tmp_path):
    asked = asking(Single(name="q", text="?", options=codes("a", "b")))
    design = sp.SampleDesign(disposition="became", interviewed=("done",))
    frame = pd.DataFrame({"q": ["a", "c", None], "became": ["done", "done", "refused"]})

    losses = sp.write_sav(sp.bind(frame, asked, design), tmp_path / "a.sav")

    assert "answers that are no code of their question are blanks: 'q' in 1 row(s)" in losses
    assert "1 case(s) without an interview are rows that say nothing of it" in losses
    assert "columns of the sample design that are not in the file: 'became'" in losses


def test_a_thousand_columns_are_written_and_read(tmp_path):
    several = {f"v{place}": [1.0, 2.5] for place in range(1_000)}
    asked = asking(*(Number(name=one, text="?", unit="visits") for one in several))

    sp.write_sav(sp.bind(pd.DataFrame(several), asked), tmp_path / "a.sav")

    assert read_spss(tmp_path / "a.sav").frame.shape == (2, 1_000)


def test_a_language_that_the_questionnaire_does_not_speak_is_refused(tmp_path):
    text = {"ar": "العدد"}
    number = Number(name="n", text=text, unit="x")
    asked = sp.Questionnaire(title=text, languages=("ar",), questions=[number])

    with pytest.raises(ExportError, match="no words in this language"):
        sp.write_sav(sp.bind(pd.DataFrame({"n": [1]}), asked), tmp_path / "a.sav", language="fr")
