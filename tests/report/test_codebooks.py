from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import ReportError
from socialpoll.report import Edition, Table, Text
from socialpoll.schema import Code, Missing, Multiple, Questionnaire, Single
from tests.forms.answering import codes
from tests.schema.questionnaires import one_of_every_kind


def words(codebook, tag):
    """Return all words of a codebook, a line a sentence or row."""
    edition = Edition(codebook.report, (tag,))
    for section in codebook.report.sections:
        yield edition.text(section.title)
        for block in section.blocks:
            if isinstance(block, Text):
                yield from map(edition.text, block.phrases)
            elif isinstance(block, Table):
                yield edition.text(block.title)
                for row in block.rows:
                    yield " | ".join(
                        edition.number(cell) if hasattr(cell, "unit") else edition.text(cell)
                        for cell in row.cells
                    )


def sex(**more):
    return Single(
        name="sex",
        text={"en": "Your sex?", "ar": "ما جنسك؟"},
        label={"en": "Sex", "ar": "الجنس"},
        column="q1",
        options=(
            Code(code="m", label={"en": "Male", "ar": "ذكر"}),
            Code(code="f", label={"en": "Female", "ar": "أنثى"}),
        ),
        missing=(
            Missing(
                code="9", label={"en": "Refused", "ar": "رفض"}, reason="refused", in_base=False
            ),
        ),
        **more,
    )


POLL = Questionnaire(title="Poll", languages=("ar", "en"), questions=(sex(),))


def test_a_codebook_has_a_row_for_every_code_and_for_every_variable_without_codes():
    poll = one_of_every_kind()
    frame = sp.codebook(poll).frame

    assert list(dict.fromkeys(frame["variable"])) == list(poll.names)
    assert frame.loc[frame["variable"] == "account", "code"].tolist() == ["yes", "no", "dk"]
    assert frame.loc[frame["variable"] == "age", "code"].isna().tolist() == [True]
    assert "asked" not in frame


def test_a_missing_code_says_why_and_whether_it_counts():
    row = sp.codebook(POLL).frame.iloc[2]

    assert (row["role"], row["reason"], row["in_base"]) == ("missing", "refused", False)
    assert (row["label_en"], row["label_ar"]) == ("Refused", "رفض")


def test_the_columns_are_those_that_answers_are_bound_by():
    multiple = Multiple(name="m", text="?", options=codes("a", "b"))
    poll = Questionnaire(
        title="Poll", questions=(multiple, Single(**vars(sex()) | {"kind": "single"}))
    )

    assert sp.codebook(poll).frame["column"].tolist() == ["m_a", "m_b", "q1", "q1", "q1"]


def test_a_codebook_reads_in_english():
    assert list(words(sp.codebook(POLL), "en")) == [
        "Variables",
        "Variables, in the order of asking",
        "sex | Sex | one answer",
        "sex: Sex",
        "Question: Your sex?",
        "Kind: one answer",
        "Asked of: all respondents",
        "Column of the answers: q1",
        "Codes of sex",
        "m | Male | an answer",
        "f | Female | an answer",
        "9 | Refused | refused, not in the base",
    ]


def test_a_codebook_reads_in_arabic():
    assert list(words(sp.codebook(POLL), "ar")) == [
        "المتغيرات",
        "المتغيرات بترتيب طرح الأسئلة",
        "sex | الجنس | إجابة واحدة",
        "sex: الجنس",
        "السؤال: ما جنسك؟",
        "النوع: إجابة واحدة",
        "من طُرح عليهم السؤال: جميع المستجيبين",
        "عمود الإجابات: q1",
        "رموز المتغير sex",
        "m | ذكر | إجابة",
        "f | أنثى | إجابة",
        "9 | رفض | رفض الإجابة، خارج القاعدة",
    ]


def test_every_kind_of_variable_is_described():
    told = list(words(sp.codebook(one_of_every_kind()), "en"))

    for sentence in (
        "Kind: a number (years)",
        "Allowed: 15 to 99.5",
        "Kind: several answers",
        "Asked of: respondents who answered “yes” to “Account?”",
        "9 | None | an answer that excludes others",
        "Kind: a number of minutes",
        "Allowed: 0 or more",
        "Kind: a time of day",
        "Kind: an answer in one’s own words",
        "Kind: a day of the calendar",
        "Kind: one answer from a scale",
        "low | Low | an answer, score -1",
        "Kind: bands of a number",
        "Made from the answers to age",
        "Kind: groups of answers",
    ):
        assert sentence in told


def test_bases_are_counted_among_interviews_and_no_answer_is(tmp_path):
    import pandas as pd

    frame = pd.DataFrame({"q1": ["m", "f", None, "9"], "came": ["yes", "yes", "yes", "no"]})
    design = sp.SampleDesign(disposition="came", interviewed=("yes",))

    made = sp.codebook(POLL, sp.bind(frame, POLL, design))

    assert made.bases == {"sex": (3, 2)}
    assert made.frame[["asked", "answered"]].iloc[0].tolist() == [3, 2]
    assert "sex | Sex | one answer | 3 | 2" in list(words(made, "en"))
    assert "عدد المقابلات التي طُرح فيها السؤال: 3؛ ومنها بإجابة صالحة: 2" in list(words(made, "ar"))
    assert not {"count", "n"} & set(made.frame.columns)


def test_a_language_without_a_catalogue_is_refused():
    question = Single(name="q", text={"fr": "?"}, options=(Code(code="a", label={"fr": "A"}),))
    poll = Questionnaire(title={"fr": "P"}, languages=("fr",), questions=(question,))

    with pytest.raises(ReportError, match="no message catalogue"):
        sp.codebook(poll)
