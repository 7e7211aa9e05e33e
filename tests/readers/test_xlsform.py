from __future__ import annotations

import random
import zipfile

import pytest

import socialpoll as sp
from socialpoll.errors import QuestionnaireError, ReaderError
from socialpoll.plugins.sourcing import source_of
from socialpoll.readers.xlsform import is_xlsform
from socialpoll.schema import Missing

YES_NO = [
    ("yn", "1", "Yes", "نعم"),
    ("yn", "0", "No", "لا"),
]


@pytest.fixture
def form(tmp_path):
    """Write a form of these rows as others would, and return its path."""

    def form(survey, choices=YES_NO, *, columns=(), extra=(), settings=()):
        path = tmp_path / "form.xlsx"
        languages = ("label::English (en)", "label::Arabic (ar)")
        sheets = {
            "survey": [("type", "name", *languages, *columns), *survey],
            "choices": [("list_name", "name", *languages, *extra), *choices],
            "settings": [("form_title", "form_id"), ("Media", "media"), *settings],
        }
        import xlsxwriter

        book = xlsxwriter.Workbook(str(path))
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell:
                        sheet.write_string(place, column, cell)
        book.close()
        return path

    return form


def test_questions_of_every_usual_type_are_read_with_their_languages(form):
    path = form(
        [
            ("select_one yn", "account", "Account?", "حساب؟"),
            ("select_multiple yn", "apps", "Which?", "أيها؟"),
            ("integer", "visits", "How many?", "كم؟", ". > 0 and . < 10"),
            ("decimal", "hours", "Hours?", "ساعات؟", ". <= 24"),
            ("range", "mark", "Mark?", "درجة؟", "", "start=0 end=5 step=1"),
            ("time", "when", "When?", "متى؟"),
            ("select_one yn", "likely", "Likely?", "مرجح؟", "", "", "likert"),
        ],
        columns=("constraint", "parameters", "appearance"),
    )

    poll = sp.read_xlsform(path).questionnaire

    assert poll.title == {"und": "Media"}
    assert poll.languages == ("en", "ar")
    assert [(one.name, one.kind) for one in poll.questions] == [
        ("account", "single"),
        ("apps", "multiple"),
        ("visits", "number"),
        ("hours", "number"),
        ("mark", "number"),
        ("when", "time_of_day"),
        ("likely", "scale"),
    ]
    assert poll["account"].text == {"en": "Account?", "ar": "حساب؟"}
    assert [one.code for one in poll["account"].options] == [1, 0]
    assert (poll["visits"].minimum, poll["visits"].maximum) == (1, 9)
    assert (poll["hours"].minimum, poll["hours"].maximum) == (None, 24)
    assert (poll["mark"].minimum, poll["mark"].maximum) == (0, 5)
    assert poll["apps"].layout == "cell"


def test_a_group_routes_all_that_is_in_it(form):
    path = form(
        [
            ("select_one yn", "a", "A?", "؟"),
            ("begin_group", "g", "G", "م", "${a} = '1'"),
            ("select_one yn", "b", "B?", "؟"),
            ("begin_group", "h", "H", "م", "${b} = 1"),
            ("select_one yn", "c", "C?", "؟", "${a} != ''"),
            ("end_group",),
            ("end_group",),
            ("select_one yn", "d", "D?", "؟"),
        ],
        columns=("relevant",),
    )

    poll = sp.read_xlsform(path).questionnaire

    assert poll["b"].asked_if == sp.Is("a", 1)
    assert poll["c"].asked_if == sp.All(sp.Is("a", 1), sp.Is("b", 1), sp.Answered("a"))
    assert poll["d"].asked_if is None


def test_what_has_no_counterpart_is_told_with_its_question_and_its_text(form):
    path = form(
        [
            ("select_one yn", "a", "A?", "؟"),
            (
                "integer",
                "n",
                "N?",
                "؟",
                "string-length(${a}) > 1",
                "regex(., '[0-9]')",
                "",
                "Add up",
            ),
            ("geopoint", "where", "Where?", "أين؟"),
            ("note", "thanks", "Thanks", "شكرًا"),
            ("calculate", "twice", "", "", "", "", "${n} * 2"),
            ("select_one yn", "b", "B?", "؟", "${twice} > 3"),
        ],
        columns=("relevant", "constraint", "calculation", "hint::English (en)"),
    )

    source = sp.read_xlsform(path)

    told = "\n".join(source.findings)
    assert [one.name for one in source.questionnaire.questions] == ["a", "n", "b"]
    assert "the relevance of 'n', 'string-length(${a}) > 1', has no counterpart" in told
    assert "the relevance of 'b', '${twice} > 3', has no counterpart" in told
    assert "the constraint of 'n', \"regex(., '[0-9]')\", is not in the questionnaire" in told
    assert "of type 'geopoint', without a counterpart, and left out: 'where'" in told
    assert "of type 'note', not asked, and left out: 'thanks'" in told
    assert "of type 'calculate', not asked, and left out: 'twice'" in told
    assert "what the form says under 'hint' is left out: 'n'" in told
    assert "numbers without a unit, which are counted in 'units': 'n'" in told


DECLARED = [
    ("t", "1", "Yes", "نعم"),
    ("t", "98", "Don't know", "لا أعرف", "dont_know", "yes"),
    ("t", "99", "Refused", "رفض", "refused", "no"),
]


def test_what_a_form_holds_answers_to_is_read_with_its_words(form):
    path = form(
        [
            ("integer", "adults", "A?", "أ؟"),
            (
                "integer",
                "people",
                "P?",
                "ب؟",
                ". >= ${adults}",
                "Fewer than adults",
                "أقل من البالغين",
            ),
            (
                "select_multiple yn",
                "apps",
                "Which?",
                "أيها؟",
                "count-selected(.) <= 2",
                "At most two",
            ),
            ("integer", "n", "N?", "؟", ". + ${adults} <= 9"),
            ("select_one yn", "a", "A?", "؟", ". = ${n}"),
            ("text", "why", "Why?", "لماذا؟", "string-length(.) < 100 and . >= 3"),
        ],
        columns=(
            "constraint",
            "constraint_message::English (en)",
            "constraint_message::Arabic (ar)",
        ),
    )

    source = sp.read_xlsform(path)

    assert source.questionnaire.languages == ("en", "ar")
    assert source.questionnaire["why"].longest == 99
    assert source.questionnaire.constraints == (
        sp.Order(
            of=("adults", "people"),
            message={"en": "Fewer than adults", "ar": "أقل من البالغين"},
        ),
        sp.Choices(of="apps", maximum=2, message="At most two"),
        sp.Sum(of=("n", "adults"), maximum=9, message=". + ${adults} <= 9"),
    )
    told = "\n".join(source.findings)
    assert "even where these lack, here where all are given: 'people', 'n'" in told
    assert "the constraint of 'a', '. = ${n}', is not in the questionnaire as a whole" in told
    assert "the constraint of 'why'" in told
    assert "answers of this type have no such limit" in told


def test_missing_codes_are_those_that_the_choices_declare(form):
    path = form([("select_one t", "q", "Q?", "؟")], DECLARED, extra=("missing", "in_base"))

    question = sp.read_xlsform(path).questionnaire["q"]

    assert [one.code for one in question.options] == [1]
    assert [(one.code, one.reason, one.in_base) for one in question.missing] == [
        (98, "dont_know", True),
        (99, "refused", False),
    ]
    assert question.missing[0].label == {"en": "Don't know", "ar": "لا أعرف"}


def test_missing_codes_are_never_guessed_but_what_looks_like_one_is_told(form):
    path = form([("select_one t", "q", "Q?", "؟")], [row[:4] for row in DECLARED])

    source = sp.read_xlsform(path)

    assert source.questionnaire["q"].missing == ()
    assert len(source.questionnaire["q"].options) == 3
    assert "though their words look like the lack of one" in source.findings[0]
    assert source.findings[0].endswith("'98', '99'")


def test_a_convention_makes_codes_missing_and_is_told(form):
    path = form(
        [
            ("select_one t", "q", "Q?", "؟"),
            ("integer", "n", "N?", "؟", "(. >= 0 and . <= 24) or . = 99"),
        ],
        [row[:4] for row in DECLARED],
        columns=("constraint",),
    )
    convention = [
        Missing(code=98, label="DK", reason="dont_know", in_base=False),
        Missing(code=99, label={"en": "Refused", "ar": "رفض"}, reason="refused", in_base=False),
    ]

    source = sp.read_xlsform(path, missing=convention)

    assert [one.code for one in source.questionnaire["q"].missing] == [98, 99]
    assert source.questionnaire["n"].missing == (convention[1],)
    assert source.questionnaire["n"].maximum == 24
    assert "taken for missing codes by the convention given: '98', '99'" in source.findings[0]


def test_reasons_that_are_none_are_refused_all_at_once(form):
    rows = [("t", "1", "A", "أ"), ("t", "9", "B", "ب", "shy", "perhaps")]
    path = form([("select_one t", "q", "Q?", "؟")], rows, extra=("missing", "in_base"))

    with pytest.raises(QuestionnaireError) as caught:
        sp.read_xlsform(path)

    assert [one.found for one in caught.value.problems] == ["'shy'", "'perhaps'"]


def test_repeats_and_rankings_are_refused_with_reasons_and_advice(form):
    path = form(
        [
            ("begin_repeat", "child", "Child", "طفل"),
            ("integer", "age", "Age?", "العمر؟"),
            ("end_repeat",),
            ("rank yn", "order", "Order?", "الترتيب؟"),
        ]
    )

    with pytest.raises(QuestionnaireError) as caught:
        sp.read_xlsform(path)

    assert [one.where for one in caught.value.problems] == ["repeat 'child'", "rank 'order'"]
    assert all(one.advice for one in caught.value.problems)


def test_what_pyxform_refuses_is_refused_in_its_words(form):
    path = form([("select_one nowhere", "q", "Q?", "؟")])

    with pytest.raises(QuestionnaireError, match=r"refused by pyxform: \[row : 2\].*nowhere"):
        sp.read_xlsform(path)


def test_a_language_that_lacks_words_is_no_language_of_the_whole(form):
    path = form([("select_one yn", "q", "Q?", ""), ("select_one yn", "r", "R?", "ر؟")])

    source = sp.read_xlsform(path)

    assert source.questionnaire.languages == ("en",)
    assert source.questionnaire["r"].text["ar"] == "ر؟"
    assert "not all words are in 'ar', which is no language of the whole: 'q'" in source.findings


def test_a_language_that_nobody_knows_is_refused(tmp_path, form):
    path = form([("text", "q", "", "", "Q?")], columns=("label::Martian",))

    with pytest.raises(QuestionnaireError, match="which language this is"):
        sp.read_xlsform(path)


def test_or_other_is_an_option_more(form):
    source = sp.read_xlsform(form([("select_one yn or_other", "q", "Q?", "؟")]))

    assert [one.code for one in source.questionnaire["q"].options] == ["1", "0", "other"]
    assert any("'q_other'" in one for one in source.findings)


def test_a_table_of_questions_is_a_grid_whatever_its_items_are_called(form):
    path = form(
        [
            ("select_one yn", "a", "A?", "؟"),
            ("begin_group", "g", "Rate", "قيّم", "table-list", "${a} = '1'"),
            ("select_one yn", "roads", "Roads", "الطرق"),
            ("select_one yn", "health", "Health", "الصحة"),
            ("end_group",),
            ("select_one yn", "b", "B?", "؟", "", "${roads} = '0'"),
        ],
        columns=("appearance", "relevant"),
    )

    source = sp.read_xlsform(path)
    poll = source.questionnaire
    grid = poll["g"]

    assert grid.text == {"en": "Rate", "ar": "قيّم"}
    assert [(one.code, one.label["ar"], one.column) for one in grid.items] == [
        ("roads", "الطرق", "roads"),
        ("health", "الصحة", "health"),
    ]
    assert [one.code for one in grid.options] == [1, 0]
    assert not grid.ordered
    assert grid.asked_if == sp.Is("a", 1)
    assert poll["b"].asked_if == sp.Is("g_roads", 0)
    assert source.findings == ()


def test_notes_and_groups_within_a_table_do_not_part_its_items(form):
    path = form(
        [
            ("text", "n", "N?", "؟"),
            ("begin_group", "g", "Rate", "قيّم", "table-list"),
            ("note", "n", "Look", "انظر"),
            ("select_one yn", "a", "A", "أ"),
            ("begin_group", "h", "H", "ه"),
            ("select_one yn", "b", "B", "ب"),
            ("end_group",),
            ("end_group",),
            ("select_one yn", "c", "C", "ج", "", "${a} = '1' and ${b} = '1'"),
        ],
        columns=("appearance", "relevant"),
    )

    poll = sp.read_xlsform(path).questionnaire

    assert poll.names == ("n", "g_a", "g_b", "c")
    assert poll["c"].asked_if == sp.All(sp.Is("g_a", 1), sp.Is("g_b", 1))


def test_the_hint_of_a_table_and_pictures_in_two_languages_are_told(form):
    path = form(
        [
            ("begin_group", "g", "Rate", "قيّم", "table-list", "Row by row", "سطرًا سطرًا"),
            ("select_one yn", "a", "A", "أ"),
            ("end_group",),
            ("select_one yn", "b", "B", "ب", "", "", "", "b-en.png", "b-ar.png"),
        ],
        columns=(
            "appearance",
            "hint::English (en)",
            "hint::Arabic (ar)",
            "media::image::English (en)",
            "media::image::Arabic (ar)",
        ),
    )

    source = sp.read_xlsform(path)

    assert source.questionnaire.languages == ("en", "ar")
    assert "what the form says under 'hint' is left out: 'g'" in source.findings
    assert "what the form says under 'media' is left out: 'b'" in source.findings


def test_a_table_of_points_with_scores_is_an_ordered_grid(form):
    path = form(
        [
            ("begin_group", "g", "", "", "table-list"),
            ("select_one s", "g_1", "A", "أ"),
            ("select_one s", "g_2", "B", "ب"),
            ("end_group",),
        ],
        [("s", "low", "Low", "منخفض", "-1"), ("s", "high", "High", "مرتفع", "1")],
        columns=("appearance",),
        extra=("score",),
    )

    source = sp.read_xlsform(path)

    assert source.questionnaire["g"].ordered
    assert [one.code for one in source.questionnaire["g"].items] == [1, 2]
    assert "without words, so that the name stands for them: 'g'" in source.findings


@pytest.mark.parametrize(
    "row",
    [
        ("select_multiple yn", "b", "B", "ب"),
        ("select_one yn", "b", "B", "ب", "", "${a} = '1'"),
        ("integer", "b", "B", "ب"),
    ],
)
def test_questions_of_a_table_that_differ_in_more_than_their_words_are_read_one_by_one(form, row):
    path = form(
        [
            ("begin_group", "g", "Rate", "قيّم", "table-list"),
            ("select_one yn", "a", "A", "أ"),
            row,
            ("end_group",),
        ],
        columns=("appearance", "relevant"),
    )

    source = sp.read_xlsform(path)

    assert [one.name for one in source.questionnaire.questions] == ["a", "b"]
    told = "tables of questions that differ in more than their words are read one by one: 'g'"
    assert told in source.findings


def test_choices_that_are_shuffled_or_filtered_are_read_from_their_list(form):
    path = form(
        [
            ("select_one yn", "a", "A", "أ", "randomize=true"),
            ("select_one yn", "b", "B", "ب", "", "name != ${a}"),
        ],
        columns=("parameters", "choice_filter"),
    )

    source = sp.read_xlsform(path)

    assert [one.options_order for one in source.questionnaire.questions] == ["random", "listed"]
    assert [[code.code for code in one.options] for one in source.questionnaire.questions] == [
        [1, 0],
        [1, 0],
    ]
    assert source.findings == ("what the form says under 'choice_filter' is left out: 'b'",)


def test_names_that_begin_with_a_line_keep_it_in_the_column(form):
    poll = sp.read_xlsform(form([("select_one yn", "_q", "Q?", "؟")])).questionnaire

    assert (poll["q"].name, poll["q"].column) == ("q", "_q")


def test_a_form_is_known_by_its_sheets(form, tmp_path):
    path = form([("select_one yn", "q", "Q?", "؟")])
    other = tmp_path / "other.xlsx"
    import xlsxwriter

    book = xlsxwriter.Workbook(str(other))
    book.add_worksheet("survey")
    book.close()
    text = tmp_path / "text.xlsx"
    text.write_text("survey, choices", encoding="utf-8")

    assert is_xlsform(path)
    assert not is_xlsform(other)
    assert not is_xlsform(text)
    assert not is_xlsform(tmp_path / "nothing.xlsx")


def test_the_reader_is_used_where_it_is_named(form):
    source = source_of(form([("select_one yn", "q", "Q?", "؟")]), reader="xlsform")

    assert source.frame is None
    assert source.questionnaire.names == ("q",)


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    text = tmp_path / "form.xlsx"
    text.write_text("no workbook", encoding="utf-8")
    package = tmp_path / "zip.xlsx"
    with zipfile.ZipFile(package, "w") as made:
        made.writestr("a", "b")

    for path in (text, package):
        with pytest.raises(ReaderError, match="no workbook that can be read"):
            sp.read_xlsform(path)
    with pytest.raises(ReaderError, match="cannot be opened"):
        sp.read_xlsform(tmp_path / "nowhere.xlsx")


def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch, form):
    path = form([("select_one yn", "q", "Q?", "؟")])
    monkeypatch.setattr("socialpoll.readers.xlsform.MOST_UNPACKED", 1000)

    with pytest.raises(ReaderError, match="too large once"):
        sp.read_xlsform(path)


def test_a_damaged_file_is_refused_or_read_but_never_breaks_the_reader(form, tmp_path):
    content = form([("select_one yn", "q", "Q?", "؟")]).read_bytes()
    damaged = tmp_path / "damaged.xlsx"
    chance = random.Random(7)  # noqa: S311 - the same damage on every run
    refused = 0
    for _ in range(150):
        broken = bytearray(content)
        for _ in range(chance.randint(1, 4)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        damaged.write_bytes(broken[: chance.choice([len(broken), len(broken) // 2])])
        try:
            sp.read_xlsform(damaged)
        except (ReaderError, QuestionnaireError):
            refused += 1
        is_xlsform(damaged)

    assert refused > 75


def test_rows_and_columns_behind_a_gap_are_not_passed_over_in_silence(form):
    question = ("select_one yn", "q", "Q?", "؟")
    gap = [()] * 60
    assert sp.read_xlsform(form([question, *gap, ("note", "n", "N", "ن")])).questionnaire

    path = form(
        [question, *gap, (), ("select_one yn", "r", "R?", "؟")], columns=("",) * 22 + ("hint",)
    )
    with pytest.raises(QuestionnaireError, match="nothing is read") as caught:
        sp.read_xlsform(path)

    assert [one.where for one in caught.value.problems] == [
        "sheet 'survey', before column 27",
        "sheet 'survey', rows 3 to 63",
    ]
