from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from socialpoll.errors import QuestionnaireError
from socialpoll.schema import Is, Questionnaire, Single, Within
from tests.schema.questionnaires import asking, codes

MISTAKES = Path(__file__).parent / "mistakes.toml"
ASKED = """
title = "Poll"
[[questions]]
name = "account"
kind = "single"
text = "Account?"
options = [{ code = "yes", label = "Yes" }, { code = "no", label = "No" }]
[[questions]]
name = "age"
kind = "number"
text = "Age?"
unit = "years"
"""


def problems_of(text):
    with pytest.raises(QuestionnaireError) as raised:
        Questionnaire.loads(text, where="q.toml")
    return raised.value.problems


def problem_of(text):
    problems = problems_of(text)
    assert len(problems) == 1, problems
    return problems[0]


def routed(condition):
    return f"{ASKED}asked_if = {condition}\n"


def test_every_mistake_of_a_file_is_told_at_once():
    with pytest.raises(QuestionnaireError) as raised:
        Questionnaire.load(MISTAKES)

    assert [problem.where for problem in raised.value.problems] == [
        "mistakes.toml, colour",
        'mistakes.toml, questions[1] "sex", option',
        'mistakes.toml, questions[1] "sex", options[2].code',
        'mistakes.toml, questions[1] "sex", options[3].code',
        'mistakes.toml, questions[2] "age", kind',
        'mistakes.toml, questions[3] "hours", minimum',
        'mistakes.toml, questions[3] "hours", text',
        'mistakes.toml, questions[4] "platforms", options[2].exlusive',
        'mistakes.toml, questions[4] "platforms", options[2].code',
        'mistakes.toml, questions[4] "platforms", asked_if.question',
        'mistakes.toml, questions[5] "sex", missing[1].reason',
        'mistakes.toml, questions[5] "sex", missing[1].in_base',
        'mistakes.toml, questions[5] "sex", name',
        'mistakes.toml, questions[5] "sex", bands',
        'mistakes.toml, derived[1] "age_group", of',
        'mistakes.toml, derived[1] "age_group", bands[1].minimum',
        "mistakes.toml, methodology.fieldwork_start",
    ]


def test_the_message_of_an_error_tells_each_mistake_on_its_own_line():
    with pytest.raises(QuestionnaireError) as raised:
        Questionnaire.load(MISTAKES)

    first, *lines = str(raised.value).splitlines()
    assert first == "17 problems in mistakes.toml"
    assert len(lines) == 17


def test_an_unknown_key_is_told_with_the_nearest_that_is_known():
    problem = problem_of(ASKED + 'lable = "Age"')

    assert problem.where == 'q.toml, questions[2] "age", lable'
    assert problem.allowed.startswith("did you mean 'label'?")


UNKNOWN = {
    "sampling_frame": """
        [methodology]
        sampling_frme = "x"
    """,
    "reason": """
        missing = [{ code = 9, label = "?", reasn = 1, reason = "other", in_base = false }]
    """,
    "from": """
        asked_if = { question = "account", is = ["yes"], form = 3 }
    """,
    "minimum": """
        [[derived]]
        name = "g"
        kind = "bands"
        of = "age"
        label = "G"
        bands = [{ code = "a", label = "A", minmum = 3 }]
    """,
    "codes": """
        [[derived]]
        name = "g"
        kind = "grouping"
        of = "account"
        label = "G"
        groups = [{ code = "a", label = "A", cods = 1, codes = ["yes"] }]
    """,
    "end": """
        [[questions]]
        name = "t"
        kind = "time_of_day"
        text = "T?"
        bands = [{ code = "a", label = "A", start = "00:00", end = "24:00", ned = "1" }]
    """,
}


@pytest.mark.parametrize("known", UNKNOWN)
def test_every_class_forbids_unknown_keys(known):
    problem = problem_of(ASKED + dedent(UNKNOWN[known]))

    assert problem.what.startswith("unknown key")
    assert f"did you mean '{known}'?" in problem.allowed


def test_an_unknown_kind_is_told_with_the_kinds():
    problem = problem_of(ASKED.replace('"number"', '"numbr"'))

    assert problem.found == "'numbr'"
    assert problem.allowed.startswith("did you mean 'number'? (single, scale, multiple, number")


def test_a_missing_kind_is_told_with_the_kinds():
    problem = problem_of(ASKED.replace('kind = "number"\n', ""))

    assert problem.where == 'q.toml, questions[2] "age", kind'
    assert "duration" in problem.allowed


def test_a_missing_key_is_named():
    problem = problem_of(ASKED.replace('unit = "years"\n', ""))

    assert problem.where == 'q.toml, questions[2] "age", unit'
    assert problem.what == "the key 'unit' is missing"


def test_a_value_of_the_wrong_kind_is_told_with_what_is_allowed():
    problem = problem_of(ASKED + 'minimum = "young"')

    assert (problem.found, problem.allowed) == ("'young'", "a number")


@pytest.mark.parametrize("value", ["1", '"yes"', "1.0"])
def test_truth_values_are_true_or_false_and_nothing_like_them(value):
    assert problem_of(ASKED + f"sensitive = {value}").allowed == "true or false"


@pytest.mark.parametrize("code", ["true", "1.5", '["a"]'])
def test_a_code_is_words_or_a_whole_number(code):
    problem = problem_of(ASKED.replace('code = "no"', f"code = {code}"))

    assert problem.allowed == "words in quotes or a whole number"


def test_infinity_is_no_limit_of_a_number():
    assert problem_of(ASKED + "maximum = inf").allowed == "a number that is finite"


def test_a_line_that_is_no_toml_is_named():
    problem = problem_of('title = "Poll"\n[[questions]\n')

    assert problem.where == "q.toml, line 2, column 12"
    assert problem.what.startswith("this is no TOML")


def test_toml_that_ends_too_early_is_told():
    assert problem_of('title = """Poll').where == "q.toml, at its end"


def test_a_file_that_is_not_there_is_told():
    with pytest.raises(QuestionnaireError, match="cannot be read; found No such file"):
        Questionnaire.load("nowhere.toml")


def test_a_file_that_is_not_utf_8_is_told(tmp_path):
    path = tmp_path / "q.toml"
    path.write_bytes('title = "é"'.encode("latin-1"))

    with pytest.raises(QuestionnaireError, match="not UTF-8; save it as UTF-8"):
        Questionnaire.load(path)


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    path = tmp_path / "q.toml"
    path.write_text(ASKED, encoding="utf-8-sig")

    assert Questionnaire.load(path).names == ("account", "age")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('title = "Poll"', "q.toml, questions"),
        ("questions = 3\ntitle = 't'", "q.toml, questions"),
        ('title = "Poll"\nquestions = []', "q.toml, questions"),
        (f"derived = {{}}\n{ASKED}", "q.toml, derived"),
        (ASKED.replace('title = "Poll"', ""), "q.toml, title"),
        (ASKED.replace('title = "Poll"', "title = 3"), "q.toml, title"),
    ],
)
def test_sections_that_are_missing_or_of_the_wrong_kind_are_told(text, where):
    assert problem_of(text).where == where


def test_a_question_that_is_no_table_is_told():
    problem = problem_of('title = "Poll"\nquestions = [3]')

    assert (problem.where, problem.allowed) == ("q.toml, questions[1]", "a table in { }")


def test_a_broken_question_makes_no_mistake_of_those_that_refer_to_it():
    broken = ASKED.replace('{ code = "yes", label = "Yes" }', "3")
    routed = 'asked_if = { question = "account", is = ["yes"] }'
    derived = """
        [[derived]]
        name = "g"
        kind = "grouping"
        of = "account"
        label = "G"
        groups = [{ code = "a", label = "A", codes = ["yes"] }]
    """

    assert len(problems_of(broken + routed + dedent(derived))) == 1


@pytest.mark.parametrize(
    ("written", "condition"),
    [
        ('{ question = "account", is = ["yes"] }', Is("account", "yes")),
        ('{ question = "age", from = 18 }', Within("age", 18)),
        ('{ question = "age", to = 18.5, closed = "left" }', Within("age", None, 18.5, "left")),
    ],
)
def test_conditions_are_read_from_tables(written, condition):
    extra = (
        f'[[questions]]\nname = "q"\nkind = "number"\ntext = "?"\nunit = "x"\nasked_if = {written}'
    )

    assert Questionnaire.loads(ASKED + extra)["q"].asked_if == condition


@pytest.mark.parametrize(
    ("condition", "where"),
    [
        ('"account == yes"', "asked_if"),
        ("{ }", "asked_if"),
        ('{ question = "account" }', "asked_if"),
        ("{ all = [] }", "asked_if.all"),
        ('{ question = "account", is = [] }', "asked_if.is"),
        (
            '{ any = [{ answered = "account" }, { not = { question = "account", is = [true] } }] }',
            "asked_if.any[2].not.is[1]",
        ),
    ],
)
def test_a_condition_that_is_none_is_told_where_it_stands(condition, where):
    assert problem_of(routed(condition)).where == f'q.toml, questions[2] "age", {where}'


def test_a_wrong_word_in_a_range_hides_no_mistake_beside_it():
    range_of_codes = '{ question = "account", from = 1, closed = "lft" }'

    places = [problem.where for problem in problems_of(routed(range_of_codes))]

    of_age = 'q.toml, questions[2] "age", asked_if'
    assert places == [f"{of_age}.closed", f"{of_age}.question"]


def test_a_range_without_limits_is_told():
    asked = '[[questions]]\nname = "q"\nkind = "duration"\ntext = "?"\nasked_if = '

    problem = problem_of(ASKED + asked + '{ question = "age", closed = "left" }')

    assert problem.what == "a range without limits"


def test_a_questionnaire_made_in_python_is_held_to_the_same_rules():
    with pytest.raises(QuestionnaireError) as raised:
        asking(Single(name="q", text=3, options=("yes", *codes("no"))))

    assert [problem.where for problem in raised.value.problems] == [
        'questions[1] "q", text',
        'questions[1] "q", options[1]',
    ]


def test_lists_and_plain_strings_of_python_take_their_final_form():
    question = Single(name="q", text="Q?", options=list(codes("a", "b")), missing=[])

    assert question.text == {"und": "Q?"}
    assert question.options == codes("a", "b")
    assert asking(question) == Questionnaire(title={"und": "Poll"}, questions=[question])


def test_a_text_does_not_change_with_the_mapping_it_was_made_from():
    words = {"en": "Sex?"}
    question = Single(name="q", text=words, options=codes("a"))
    words["en"] = "changed"

    assert question.text == {"en": "Sex?"}
