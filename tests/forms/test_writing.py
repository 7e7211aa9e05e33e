from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
from dataclasses import replace
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import ExportError, ExpressionError
from socialpoll.forms.names import form_codes, form_names
from socialpoll.forms.reading_conditions import condition_of
from socialpoll.forms.rows import languages_in
from socialpoll.forms.texts import form_words
from socialpoll.forms.writing import form_document
from socialpoll.forms.writing_conditions import Relevance
from socialpoll.schema import (
    Choices,
    Code,
    Date,
    FreeText,
    Grid,
    Item,
    Missing,
    Multiple,
    Number,
    Order,
    Questionnaire,
    Scale,
    Single,
    Sum,
    one_by_one,
    say,
)
from tests.forms.answering import codes, lack
from tests.schema.questionnaires import one_of_every_kind, questionnaires, texts

WHOLE = re.compile(r"0|-?[1-9]\d*")


def form(questionnaire, folder):
    path = folder / "form.xlsx"
    losses = sp.write_xlsform(questionnaire, path)
    return sp.read_xlsform(path), losses


def cells(path, sheet):
    from openpyxl import load_workbook

    rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    header = next(rows)
    return [dict(zip(header, row, strict=True)) for row in rows]


def words_in_a_form(questionnaire):
    """Return a function that writes words in the languages of the form."""
    tags = languages_in(questionnaire) or ("und",)

    def words(text):
        return {tag: form_words(say(text, tag)) for tag in tags}

    return words


def routed(questionnaire, question, asked):
    """Return the routing of a question as far as a form can say it."""
    if question.asked_if is None:
        return {}
    try:
        expression = Relevance(questionnaire).written(question.asked_if)
    except ExpressionError:
        return {}  # told as a loss
    return {"asked_if": condition_of(expression, asked)}


def chosen_from(question, words):
    """Return the codes of a question as a form holds them."""
    known = form_codes(question)
    whole = all(WHOLE.fullmatch(known[one.code]) for one in question.options)
    scored = isinstance(question, Scale) or getattr(question, "ordered", False)
    options = tuple(
        replace(
            one,
            code=int(known[one.code]) if whole else known[one.code],
            label=words(one.label),
            score=one.score if scored else None,
        )
        for one in question.options
    )
    missing = tuple(
        replace(
            one,
            code=int(one.code) if whole and WHOLE.fullmatch(str(one.code)) else str(one.code),
            label=words(one.label),
        )
        for one in question.missing
    )
    code_type = "integer" if whole else "string"
    return {"options": options, "code_type": code_type, "missing": missing}


def as_one_in_a_form(questionnaire, question, asked):
    """Return what is left of a question in a form."""
    names, words = form_names(questionnaire), words_in_a_form(questionnaire)
    common = {"name": names[question.name], "text": words(question.text)}
    common |= routed(questionnaire, question, asked)
    if isinstance(question, FreeText):
        return FreeText(**common, longest=question.longest)
    if isinstance(question, Date):
        return Date(**common, earliest=question.earliest, latest=question.latest)
    if isinstance(question, Number):
        limits = {"minimum": question.minimum, "maximum": question.maximum}
        return Number(**common, **limits, unit=words(question.unit))
    common |= chosen_from(question, words)
    if isinstance(question, Grid):
        items = tuple(
            replace(
                one,
                code=int(one.code) if WHOLE.fullmatch(str(one.code)) else one.code,
                label=words(one.label),
            )
            for one in question.items
        )
        return Grid(**common, items=items, ordered=question.ordered)
    if isinstance(question, Multiple):
        common["layout"] = "cell"
    shuffled = question.options_order == "random" and not question.missing
    return type(question)(**common, options_order="random" if shuffled else "listed")


def as_in_a_form(questionnaire):
    """Return what is left of a questionnaire in a form: the subset that both can say."""
    languages, names = languages_in(questionnaire), form_names(questionnaire)
    asked, made = {}, []
    for question in questionnaire.questions:
        one = as_one_in_a_form(questionnaire, question, asked)
        made.append(one)
        for before, after in zip(one_by_one(question), one_by_one(one), strict=True):
            asked[names[before.name]] = after
    title = form_words(say(questionnaire.title, languages[0] if languages else "und"))
    return Questionnaire(
        title=title,
        languages=languages,
        questions=tuple(made),
        constraints=tuple(held_in_a_form(questionnaire)),
    )


def held_in_a_form(questionnaire):
    """Return the constraints in the order in which a form holds answers to them."""
    names, words = form_names(questionnaire), words_in_a_form(questionnaire)
    held = []
    for one in questionnaire.constraints:
        several = (one.of,) if isinstance(one, Choices) else one.of
        places = [questionnaire.names.index(name) for name in several]
        renamed = tuple(names[name] for name in several)
        of = renamed[0] if isinstance(one, Choices) else renamed
        message = {tag: said.replace("\n", " ") for tag, said in words(one.message).items()}
        held.append((max(places), replace(one, of=of, message=message)))
    return [one for _, one in sorted(held, key=lambda pair: pair[0])]


@st.composite
def constrained(draw):
    """Draw a questionnaire that holds some of its answers to one another."""
    poll = draw(questionnaires())
    alike = [
        [one.name for one in poll.questions if isinstance(one, kind)]
        for kind in (Number, Date, Multiple)
    ]
    numbers, days, several = alike
    constraints = []
    for name in several:
        low, high = sorted(draw(st.tuples(st.integers(0, 4), st.integers(0, 4))))
        constraints.append(Choices(of=name, minimum=low, maximum=high, message=draw(texts)))
    for names in (numbers, days):
        if len(names) > 1:
            order = tuple(draw(st.permutations(names)))
            constraints.append(Order(of=order, message=draw(texts)))
    if len(numbers) > 1:
        limit = draw(st.floats(-1e6, 1e6))
        constraints.append(Sum(of=tuple(numbers), maximum=limit, message=draw(texts)))
    return replace(poll, constraints=tuple(constraints))


def with_missing(questionnaire):
    """Give every question of choices a missing code, unless the code is taken."""

    def missing(question):
        code = -96 if getattr(question, "code_type", "") == "integer" else "zz"
        if isinstance(question, Number | FreeText | Date) or code in {
            one.code for one in question.options
        }:
            return question
        label = question.options[0].label
        one = Missing(code=code, label=label, reason="refused", in_base=len(label) > 1)
        return replace(question, missing=(one,))

    return replace(questionnaire, questions=tuple(map(missing, questionnaire.questions)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questionnaire=constrained() | constrained().map(with_missing))
def test_any_questionnaire_is_a_form_that_pyxform_takes_and_that_is_read_as_what_both_can_say(
    questionnaire, tmp_path_factory
):
    source, losses = form(questionnaire, tmp_path_factory.mktemp("form"))

    assert source.questionnaire == as_in_a_form(questionnaire)
    changed = source.questionnaire != replace(questionnaire, languages=languages_in(questionnaire))
    assert not changed or losses


def test_what_a_form_can_hold_comes_back_equal_and_without_a_word(tmp_path):
    both = {"en": "Which?", "ar": "أيها؟"}
    dk = Missing(code=98, label={"en": "DK", "ar": "لا أعرف"}, reason="dont_know", in_base=True)
    one, two, none = (
        Code(code=code, label={"en": words, "ar": arabic}, exclusive=code == 3)
        for code, words, arabic in ((1, "One", "واحد"), (2, "Two", "اثنان"), (3, "None", "لا شيء"))
    )
    poll = Questionnaire(
        title="Poll",
        languages=("ar", "en"),
        questions=(
            Single(name="sex", text=both, code_type="integer", options=(one, two), missing=(dk,)),
            Multiple(
                name="apps",
                text=both,
                code_type="integer",
                options=(one, two, none),
                layout="cell",
                asked_if=sp.All(sp.Answered("sex"), sp.Not(sp.Is("sex", 1))),
            ),
            Number(
                name="visits",
                text=both,
                unit={"en": "visits", "ar": "زيارات"},
                minimum=1,
                maximum=30.5,
                asked_if=sp.Any(sp.Is("apps", 1, 2), sp.Is("sex", 98)),
            ),
            Scale(
                name="trust",
                text=both,
                code_type="integer",
                options=(replace(one, score=-1), replace(two, score=1.5)),
                missing=(dk,),
                asked_if=sp.Within("visits", 2, 9, "left"),
            ),
            Grid(
                name="services",
                text=both,
                code_type="integer",
                items=(
                    Item(code="health", label={"en": "Health", "ar": "الصحة"}),
                    Item(code=2, label={"en": "Roads", "ar": "الطرق"}),
                ),
                ordered=True,
                options=(one, two),
                missing=(dk,),
                asked_if=sp.Chosen("apps", 1, 2),
            ),
            Single(
                name="why",
                text=both,
                code_type="integer",
                options=(one, two),
                options_order="random",
                asked_if=sp.Is("services_health", 1),
            ),
            FreeText(name="words", text=both, longest=300),
            Date(
                name="from", text=both, earliest=dt.date(2026, 1, 1), latest=dt.date(2026, 12, 31)
            ),
            Date(name="to", text=both, asked_if=sp.Dated("from", dt.date(2026, 6, 1))),
            Number(name="rooms", text=both, unit={"en": "rooms", "ar": "غرف"}, maximum=9),
        ),
        constraints=(
            Choices(of="apps", maximum=2, message={"en": "Two", "ar": "اثنان"}),
            Order(of=("from", "to"), message={"en": "Ends too early", "ar": "ينتهي مبكرًا"}),
            Order(of=("rooms", "visits"), message={"en": "Few rooms", "ar": "غرف قليلة"}),
            Sum(of=("visits", "rooms"), maximum=30, message={"en": "Too many", "ar": "كثيرة"}),
        ),
    )

    source, losses = form(poll, tmp_path)

    assert losses == ()
    assert source.findings == ()
    assert source.questionnaire == poll


def test_the_same_questionnaire_is_the_same_bytes():
    made = {form_document(one_of_every_kind(), "a.xlsx")[0].content for _ in range(2)}

    assert len({hashlib.sha256(one).hexdigest() for one in made}) == 1


def test_what_a_form_cannot_hold_is_told_a_sentence_a_kind(tmp_path):
    losses = sp.write_xlsform(one_of_every_kind(), tmp_path / "form.xlsx")

    routing = "is not in the form, which asks it of everybody"
    assert [one.partition(":")[0] for one in losses] == [
        f"the routing of 'why_many' {routing}",
        "the constraint 'order of age, hours' is not in the form, which takes such answers",
        "short labels for tables are not in the form",
        "the form gives the answers the name of the question, not the column declared",
        "what not being asked means (if_not_asked) is not in the form",
        "whether a question is sensitive is not in the form",
        "a form has no durations",
        "bands of the day are not in the form, only the time",
        "a form writes a day as in 2026-01-31",
        "a form gives several answers in one cell of codes parted by blanks",
        "that nothing ticked means 'none' is not in the form",
        "missing codes of numbers and words can be entered, but their meaning is not in the form",
        "a form shows options as they are listed, or shuffles all of them and the missing codes",
        "in which order items were shown is not in the form",
        "the title is in the form once, without its language",
        (
            "words of no declared language are written in all of them, and words of a language "
            "that is not declared are left out"
        ),
        "derived variables are made of answers, and are not in a form",
        "the methodology is not in the form",
        "blocks of questions and their order are not in the form",
        "the version (splits) is entered as a question, not drawn by lot",
        "the form asks the questions of every version (splits)",
    ]


def test_a_version_is_entered_first_and_its_questions_depend_on_it(tmp_path):
    versions = (
        sp.Version(code="a", label="A", questions=("q",)),
        sp.Version(code="b", label="B"),
    )
    poll = Questionnaire(
        title="Poll",
        questions=(sp.Single(name="q", text="Q?", options=codes("x", "y")),),
        splits=(sp.Split(name="form", label="Form", column="form", versions=versions),),
    )
    source, losses = form(poll, tmp_path)

    assert [one.name for one in source.questionnaire.questions] == ["form", "q"]
    assert source.questionnaire["q"].asked_if == sp.Is("form", "a")
    assert list(losses) == [
        "the version (splits) is entered as a question, not drawn by lot: 'form'"
    ]


def test_routing_that_a_form_cannot_say_is_told_with_the_question(tmp_path):
    poll = one_of_every_kind()
    questions = tuple(
        replace(one, asked_if=sp.Is("busiest", "night")) if one.name == "trust" else one
        for one in poll.questions
    )

    source, losses = form(replace(poll, questions=questions), tmp_path)

    (told,) = (one for one in losses if one.startswith("the routing of 'trust'"))
    assert told.startswith("the routing of 'trust' is not in the form, which asks it of every")
    assert "times of the day" in told
    assert source.questionnaire["trust"].asked_if is None


HOSTILE = {
    "formula": "=cmd|'/c calc'!A1",
    "lines": "one\r\ntwo\rthree",
    "long": "س" * 10_000,
    "bidi": "\u202etxt.exe \u2066abc",
    "reference": "You said ${formula}?",
    "markup": "<b>&amp;</b> ]]> <!-- x --> _x0041_",
    "control": "a\x00b\x0bc\ufffe",
    "quotes": "“Who’s there?”",
    "blanks": "one  two   three",
    "nothing": "\x01",
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_words_break_a_form_or_are_calculated(words, tmp_path):
    options = (Code(code="a", label=words), Code(code="b", label="B"))
    poll = Questionnaire(
        title="Poll", questions=(Single(name="formula", text=words, options=options),)
    )

    source, losses = form(poll, tmp_path)

    assert source.questionnaire["formula"].text == {"und": form_words(words)}
    assert source.questionnaire["formula"].options[0].label == {"und": form_words(words)}
    assert bool(losses) == (form_words(words) != words)
    with ZipFile(tmp_path / "form.xlsx") as package:
        parts = b"".join(package.read(name) for name in package.namelist())
    assert b"<f>" not in parts
    assert b"<hyperlink" not in parts


@pytest.mark.parametrize(
    "name", ["data", "meta", "instanceID", "start", "name", "survey", "9a-b.c"]
)
def test_a_question_may_have_any_plain_name(name, tmp_path):
    first = Single(name=name, text="?", options=codes("a", "b"))
    second = Single(name="z", text="?", options=codes("a"), asked_if=sp.Is(name, "a"))

    source, losses = form(Questionnaire(title="Poll", questions=(first, second)), tmp_path)

    written = {"9a-b.c": "q9a-b.c", "data": "q_data", "meta": "q_meta"} | {
        "instanceID": "q_instanceID"
    }
    asked = source.questionnaire.questions
    assert [one.name for one in asked] == [written.get(name, name), "z"]
    assert asked[1].asked_if == sp.Is(written.get(name, name), "a")
    assert bool(losses) == (name in written)


def test_codes_that_a_cell_of_codes_cannot_hold_are_written_otherwise_and_told(tmp_path):
    question = Multiple(name="m", text="?", options=codes("a b", "a_b", "it's", "$"))

    source, losses = form(Questionnaire(title="Poll", questions=(question,)), tmp_path)

    found = [one.code for one in source.questionnaire["m"].options]
    assert found == ["a_b_2", "a_b", "it_s", "x"]
    assert "'a b' as 'a_b_2', \"it's\" as 'it_s', '$' as 'x'" in " ".join(losses)


def test_questions_with_the_same_choices_share_a_list(tmp_path):
    several = tuple(Single(name=name, text="?", options=codes("a", "b")) for name in ("p", "q"))
    sp.write_xlsform(Questionnaire(title="Poll", questions=several), tmp_path / "form.xlsx")

    assert [row["type"] for row in cells(tmp_path / "form.xlsx", "survey")] == ["select_one p"] * 2
    assert len(cells(tmp_path / "form.xlsx", "choices")) == 2


def test_a_grid_is_a_table_of_questions_that_share_a_list(tmp_path):
    items = (Item(code="a", label="A"), Item(code="b", label="B"))
    grid = Grid(name="g", text="Rate", items=items, options=codes(1, 2), code_type="integer")
    sp.write_xlsform(Questionnaire(title="Poll", questions=(grid,)), tmp_path / "form.xlsx")

    rows = cells(tmp_path / "form.xlsx", "survey")
    assert [(row["type"], row["name"], row["label"], row["appearance"]) for row in rows] == [
        ("begin_group", "g", "Rate", "table-list"),
        ("select_one g", "g_a", "A", None),
        ("select_one g", "g_b", "B", None),
        ("end_group", None, None, None),
    ]


def test_a_grid_whose_name_a_form_does_not_allow_keeps_its_items(tmp_path):
    items = (Item(code="a", label="A"), Item(code=7, label="B"))
    grid = Grid(name="9g", text="Rate", items=items, options=codes("x", "y"))

    source, losses = form(Questionnaire(title="Poll", questions=(grid,)), tmp_path)

    assert source.questionnaire["q9g"] == replace(grid, name="q9g")
    assert "'9g' as 'q9g', '9g_a' as 'q9g_a', '9g_7' as 'q9g_7'" in " ".join(losses)


def test_names_in_arabic_are_written_otherwise_as_programs_do_not_read_them(tmp_path):
    first = Single(name="الجنس", text="?", options=codes("a", "b"))
    grid = Grid(
        name="الخدمات",
        text="?",
        items=(Item(code="الصحة", label="A"), Item(code=5, label="B")),
        options=codes("x", "y"),
        asked_if=sp.Is("الجنس", "a"),
    )

    source, losses = form(Questionnaire(title="Poll", questions=(first, grid)), tmp_path)

    assert source.questionnaire.names == ("q", "q_2_2", "q_2_5")
    assert source.questionnaire["q_2"].asked_if == sp.Is("q", "a")
    assert "'الجنس' as 'q', 'الخدمات' as 'q_2'" in " ".join(losses)


@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate runs on Java")
def test_odk_takes_every_expression_of_a_form(tmp_path):
    from pyxform.xls2xform import convert

    poll = one_of_every_kind()
    several = (
        sp.Any(sp.Dated("joined", dt.date(2020, 1, 1), dt.date(2021, 1, 1)), sp.Answered("why")),
        sp.All(sp.Chosen("platforms", 1, 2), sp.Not(sp.Within("age", 18, 29, "neither"))),
        sp.Is("services_health", 1),
    )
    more = (
        Date(name="left", text="Until when?"),
        *(FreeText(name=f"more{n}", text="?", asked_if=one) for n, one in enumerate(several)),
    )
    held = (
        *poll.constraints,
        Order(of=("joined", "left"), message="Leaves before joining"),
        Order(of=("hours", "age"), message="Too old"),
    )
    sp.write_xlsform(
        replace(poll, questions=(*poll.questions, *more), constraints=held), tmp_path / "form.xlsx"
    )

    assert convert(tmp_path / "form.xlsx", validate=True).xform


@pytest.mark.parametrize("order", ["random", "rotated", "reversed"])
@pytest.mark.parametrize("fixed", [False, True])
@pytest.mark.parametrize("missing", [(), (lack("dk"),)])
def test_a_form_shuffles_all_choices_or_none(order, fixed, missing, tmp_path):
    options = (*codes("a", "b"), Code(code="c", label="c", fixed=fixed))
    one = Single(name="q", text="?", options=options, options_order=order, missing=missing)

    source, losses = form(Questionnaire(title="Poll", questions=(one,)), tmp_path)

    can = order == "random" and not fixed and not missing
    assert source.questionnaire["q"].options_order == ("random" if can else "listed")
    assert any("shuffles all of them" in told for told in losses) != can


def test_words_too_long_for_a_cell_are_refused_and_nothing_is_written(tmp_path):
    question = Single(name="q", text="x" * 32_768, options=codes("a"))

    with pytest.raises(ExportError, match="too long for a cell") as caught:
        sp.write_xlsform(Questionnaire(title="P", questions=(question,)), tmp_path / "form.xlsx")

    assert caught.value.where == "sheet 'survey', row 2, column 'label'"
    assert list(tmp_path.iterdir()) == []


def test_the_headings_are_those_that_programs_know(tmp_path):
    sp.write_xlsform(one_of_every_kind(), tmp_path / "form.xlsx")

    (setting,) = cells(tmp_path / "form.xlsx", "settings")
    assert setting["default_language"] == "English (en)"
    assert list(cells(tmp_path / "form.xlsx", "survey")[0]) == [
        "type",
        "name",
        "label::English (en)",
        "label::Arabic (ar)",
        "hint::English (en)",
        "hint::Arabic (ar)",
        "relevant",
        "constraint",
        "constraint_message::English (en)",
        "constraint_message::Arabic (ar)",
        "unit::English (en)",
        "unit::Arabic (ar)",
        "appearance",
        "ordered",
    ]


def test_a_language_without_words_of_ours_is_written_and_told(tmp_path):
    text = {"fr": "Combien d'heures ?", "ar": "كم ساعة؟"}
    poll = Questionnaire(
        title="P", languages=("fr", "ar"), questions=(sp.Duration(name="h", text=text),)
    )

    source, losses = form(poll, tmp_path)

    assert source.questionnaire["h"].text == text
    assert source.questionnaire["h"].unit == {"fr": "hours", "ar": "ساعات"}
    assert "whoever enters what is not allowed is not told why in 'fr'" in losses
    (row,) = cells(tmp_path / "form.xlsx", "survey")
    assert row["constraint_message::Arabic (ar)"] == "أدخل رقماً من 0 إلى 24."
    assert "constraint_message::French (fr)" not in row
