from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from socialpoll.errors import QuestionnaireError
from socialpoll.schema import (
    All,
    Answered,
    Band,
    Bands,
    Boxes,
    Chosen,
    ClockBand,
    Code,
    Date,
    Dated,
    Duration,
    FreeText,
    Grid,
    Group,
    Grouping,
    Is,
    Item,
    MadeMissing,
    Missing,
    Multiple,
    Net,
    Nets,
    Not,
    Number,
    Scale,
    Single,
    TimeOfDay,
    Within,
)
from tests.schema.questionnaires import DAY, DONT_KNOW, account, age, asking, codes


def problems_with(*questions, **more):
    with pytest.raises(QuestionnaireError) as raised:
        asking(*questions, **more)
    return raised.value.problems


def problem_with(*questions, **more):
    problems = problems_with(*questions, **more)
    assert len(problems) == 1, problems
    return problems[0]


def single(*several, **more):
    return Single(name="q", text="Q?", options=several, **more)


def missing(code, reason="dont_know", *, in_base=False):
    return Missing(code=code, label="?", reason=reason, in_base=in_base)


def bands(*ranges):
    several = (
        Band(code=f"b{place}", label="B", minimum=low, maximum=high)
        for place, (low, high) in enumerate(ranges)
    )
    return Bands(name="g", of="age", label="G", bands=tuple(several))


def nets(*several, of="account", name="n"):
    made = (Net(code=f"n{place}", label="N", codes=one) for place, one in enumerate(several))
    return Nets(name=name, of=of, label="N", nets=tuple(made))


def grouping(*groups, of="account"):
    several = (Group(code=f"g{place}", label="G", codes=one) for place, one in enumerate(groups))
    return Grouping(name="g", of=of, label="G", groups=tuple(several))


# Names


@pytest.mark.parametrize("name", ["q 1", "a|b", "_T", "", "q[1]", "a/b"])
def test_a_name_that_is_not_plain_is_refused(name):
    problem = problem_with(Number(name=name, text="Q?", unit="x"))

    assert problem.what == "a name that is not plain"


@pytest.mark.parametrize("name", ["q1", "Q.1-a_b", "العمر", "7"])
def test_letters_digits_and_a_few_signs_make_a_name(name):
    assert asking(Number(name=name, text="Q?", unit="x")).names == (name,)


def test_a_name_can_be_used_once_only_by_questions_and_derived_variables():
    derived = Bands(name="age", of="age", label="A", bands=(Band(code="a", label="A"),))

    problem = problem_with(age(), derived=(derived,))

    assert (problem.where, problem.what) == ('derived[1] "age", name', "the name 'age' is taken")


def test_the_column_of_an_option_must_not_be_the_name_of_another_variable():
    several = Multiple(name="p", text="P?", options=codes("a"))

    problem = problem_with(several, Number(name="p_a", text="Q?", unit="x"))

    assert "'p_a'" in problem.what


# Codes


def test_two_options_of_one_code_are_refused():
    assert problem_with(single(*codes("a", "a"))).what == "the code 'a' is taken"


@pytest.mark.parametrize("code", ["a|b", "_T", "", " a"])
def test_a_code_that_could_be_mistaken_in_results_is_refused(code):
    question = single(Code(code=code, label="A"))

    assert problem_with(question).what == "a code that is not plain"


@pytest.mark.parametrize(("code_type", "code"), [("integer", "1"), ("string", 1)])
def test_a_code_of_the_wrong_type_is_refused(code_type, code):
    problem = problem_with(single(*codes(code), code_type=code_type))

    assert problem.what == "a code of the wrong type"


@pytest.mark.parametrize("kind", [Single, Scale, Multiple])
def test_a_question_without_options_is_refused(kind):
    assert problem_with(kind(name="q", text="Q?", options=())).what == "the list is empty"


@pytest.mark.parametrize("kind", [Single, Scale])
def test_only_options_of_multiple_response_can_exclude_others(kind):
    option = Code(code="a", label="A", exclusive=True)

    assert "exclusive" in problem_with(kind(name="q", text="Q?", options=(option,))).where


def test_scores_of_a_scale_are_given_to_all_points_or_to_none():
    points = (Code(code="a", label="A", score=1), *codes("b"))

    problem = problem_with(Scale(name="q", text="Q?", options=points))

    assert problem.where == 'questions[1] "q", options[2].score'


def test_a_code_that_holds_the_separator_of_its_cell_is_refused():
    question = Multiple(name="q", text="Q?", options=codes("a b"), layout="cell")

    assert "separator" in problem_with(question).what
    assert asking(Multiple(name="q", text="Q?", options=codes("a b"))).names == ("q",)


def test_a_cell_needs_a_separator():
    question = Multiple(name="q", text="Q?", options=codes("a"), layout="cell", separator="")

    assert problem_with(question).where.endswith("separator")


# Missing codes


@pytest.mark.parametrize(("code_type", "code"), [("integer", 1), ("integer", "1")])
def test_a_missing_code_must_not_be_an_answer(code_type, code):
    question = single(*codes(1, 2), code_type=code_type, missing=(missing(code),))

    assert problem_with(question).what.endswith("is also an answer")


def test_two_missing_codes_must_differ():
    question = age(missing=(missing(99), missing("99.0", "refused")))

    assert problem_with(question).what == "the missing code '99.0' is also another missing code"


def test_missing_codes_may_be_words_among_integer_codes():
    question = single(*codes(1, 2), code_type="integer", missing=(missing("i", "not_asked"),))

    assert asking(question)["q"].missing[0].code == "i"


@pytest.mark.parametrize("kind", [age, lambda **more: Duration(name="d", text="D?", **more)])
def test_a_missing_code_of_a_number_cannot_be_in_the_base(kind):
    assert problem_with(kind(missing=(missing(99, in_base=True),))).where.endswith("in_base")


def test_who_was_not_asked_cannot_be_in_the_base():
    question = account(missing=(missing("i", "not_asked", in_base=True),))

    assert problem_with(question).where.endswith("in_base")


@pytest.mark.parametrize("code", [0, 1, "1"])
def test_missing_codes_in_columns_of_options_are_not_0_or_1(code):
    question = Multiple(name="q", text="Q?", options=codes("a"), missing=(missing(code),))

    assert "chosen or not chosen" in problem_with(question).what


@pytest.mark.parametrize(
    "question",
    [single(*codes(*map(str, range(30_001)))), account(missing=tuple(map(missing, range(101))))],
)
def test_lists_of_codes_too_long_for_an_array_are_refused(question):
    assert problem_with(question).what == "the list is too long"


# Ranges and clock


def test_a_minimum_above_the_maximum_is_refused():
    assert problem_with(age(minimum=3, maximum=2)).found == "3 and 2"


def clock(*stretches):
    several = (
        ClockBand(code=f"b{place}", label="B", start=start, end=end)
        for place, (start, end) in enumerate(stretches)
    )
    return TimeOfDay(name="t", text="T?", bands=tuple(several))


@pytest.mark.parametrize(
    ("stretches", "what"),
    [
        ([("06:00", "20:00"), ("21:00", "06:00")], "no band covers 20:00 to 21:00"),
        ([("06:00", "22:00"), ("21:00", "06:00")], "several bands cover 21:00 to 22:00"),
        ([("06:00", "24:00")], "no band covers 00:00 to 06:00"),
        ([("00:00", "23:59")], "no band covers 23:59 to 24:00"),
        ([("06:00", "06:00")], "a band that ends when it begins"),
        ([("six", "24:00")], "no time of day"),
        ([("00:00:30", "24:00")], "no time of day"),
    ],
)
def test_bands_that_do_not_share_out_the_day_are_refused(stretches, what):
    assert problem_with(clock(*stretches)).what == what


def test_a_gap_and_an_overlap_are_both_told():
    problems = problems_with(clock(("00:00", "12:00"), ("11:00", "20:00")))

    assert [problem.what for problem in problems] == [
        "no band covers 20:00 to 24:00",
        "several bands cover 11:00 to 12:00",
    ]


def test_one_band_may_be_the_whole_day():
    assert asking(clock(("00:00", "24:00"))).names == ("t",)


# Routing


@pytest.mark.parametrize(
    ("condition", "where", "allowed"),
    [
        (Is("acount", "yes"), "asked_if.question", "did you mean 'account'? (account)"),
        (Is("account", "yess"), "asked_if.is[1]", "did you mean 'yes'? (yes, no, dk)"),
        (Not(Is("account", "yes", 7)), "asked_if.not.is[2]", "yes, no, dk"),
        (All(Answered("account"), Answered("x")), "asked_if.all[2].answered", "account"),
        (Within("account", 1), "asked_if.question", "a number, duration or scale question"),
    ],
)
def test_routing_by_what_is_not_there_is_refused(condition, where, allowed):
    problem = problem_with(account(missing=(DONT_KNOW,)), age(asked_if=condition))

    assert problem.where == f'questions[2] "age", {where}'
    assert problem.allowed == allowed


def test_a_question_cannot_depend_on_a_later_one_or_on_itself():
    later = problem_with(age(asked_if=Answered("account")), account())
    itself = problem_with(age(asked_if=Answered("age")))

    assert later.what == "a question cannot depend on a question that is asked later"
    assert itself.what == "a question cannot depend on itself"


def test_a_question_can_depend_on_what_is_derived_from_an_earlier_one():
    question = account(asked_if=Is("g", "b0"))

    assert asking(age(), question, derived=(bands((None, 29)),))["account"] == question
    problem = problem_with(question, age(), derived=(bands((None, 29)),))
    assert "asked later" in problem.what


def test_routing_may_name_a_missing_code():
    question = age(asked_if=Is("account", "dk"))

    assert asking(account(missing=(DONT_KNOW,)), question)["age"] == question


def test_routing_may_name_a_missing_code_that_a_derived_variable_took_over():
    source = age(missing=(DONT_KNOW,))
    question = account(asked_if=Is("g", "dk"))

    assert asking(source, question, derived=(bands((None, 29)),))["account"] == question


def test_routing_may_name_any_number_of_a_number_question():
    question = account(asked_if=Is("age", 18))

    assert asking(age(), question)["account"] == question
    assert problem_with(age(), account(asked_if=Is("age", "old"))).where.endswith("is[1]")


@pytest.mark.parametrize(("low", "high"), [(None, None), (3, 2)])
def test_a_range_without_numbers_in_it_is_refused(low, high):
    assert len(problems_with(age(), account(asked_if=Within("age", low, high)))) == 1


@pytest.mark.parametrize("condition", [All(), Is("account")])
def test_a_condition_that_asks_for_nothing_is_refused(condition):
    assert problem_with(account(), age(asked_if=condition)).where.startswith('questions[2] "age"')


@pytest.mark.parametrize(
    "question",
    [
        account(if_not_asked="never"),
        age(minimum=0, maximum=9, if_not_asked=10),
        TimeOfDay(name="t", text="T?", bands=DAY, if_not_asked="noon"),
    ],
)
def test_what_being_routed_out_means_must_be_an_answer(question):
    assert problem_with(question).where.endswith("if_not_asked")


@pytest.mark.parametrize("question", [account(if_not_asked="no"), age(minimum=0, if_not_asked=0)])
def test_what_being_routed_out_means_may_be_any_answer(question):
    assert asking(question)[question.name] == question


# Derived variables


def test_bands_of_a_question_that_is_not_there_are_refused():
    problem = problem_with(account(), derived=(bands((None, 29)),))

    assert (problem.where, problem.what) == ('derived[1] "g", of', "there is no question 'age'")


@pytest.mark.parametrize(
    ("derived", "kinds"),
    [
        (grouping(("yes",), of="age"), "single or scale"),
        (bands((1, 2)), "number, duration or multiple"),
        (nets(("yes",), of="age"), "multiple, single or scale"),
        (Boxes(name="b", of="age"), "a scale"),
    ],
)
def test_a_derived_variable_needs_a_source_of_its_kind(derived, kinds):
    question = (
        Single(name="age", text="?", options=codes("a")) if isinstance(derived, Bands) else age()
    )

    assert kinds in problem_with(question, derived=(derived,)).allowed


@pytest.mark.parametrize("ranges", [[(1, 3), (3, 5)], [(1, 9), (2, 3)], [(None, 3), (None, 1)]])
def test_bands_that_overlap_are_refused_with_a_number_in_both(ranges):
    assert "is in both" in problem_with(age(), derived=(bands(*ranges),)).found


@given(st.lists(st.integers(0, 99), min_size=2, max_size=12, unique=True).map(sorted))
def test_bands_that_follow_each_other_are_accepted_in_any_order(limits):
    ranges = list(zip(limits[::2], limits[1::2], strict=False))

    assert asking(age(), derived=(bands(*reversed(ranges)),)).names == ("age", "g")


def test_a_band_upside_down_is_refused():
    problem = problem_with(age(), derived=(bands((3, 2)),))

    assert problem.where == 'derived[1] "g", bands[1].minimum'


def test_a_group_of_an_unknown_code_is_refused():
    problem = problem_with(account(), derived=(grouping(("yes", "not")),))

    assert problem.where == 'derived[1] "g", groups[1].codes[2]'
    assert problem.allowed == "did you mean 'no'? (yes, no)"


def test_a_code_in_two_groups_is_refused():
    problem = problem_with(account(), derived=(grouping(("yes",), ("no", "yes")),))

    assert problem.what == "the code 'yes' is already in the group 'g0'"


def test_a_group_without_codes_is_refused():
    assert problem_with(account(), derived=(grouping(()),)).what == "the list is empty"


def test_a_band_must_not_have_the_code_of_a_missing_answer():
    problem = problem_with(age(missing=(missing("b0"),)), derived=(bands((1, 2)),))

    assert problem.what == "the code 'b0' is a missing code of 'age'"


def test_nets_may_overlap_but_name_only_codes_that_there_are():
    assert asking(account(), derived=(nets(("yes", "no"), ("no",)),)).names == ("account", "n")
    problems = problems_with(account(), derived=(nets(("yes", "non"), ("no", "no"), ()),))

    assert [(one.where, one.what) for one in problems] == [
        ('derived[1] "n", nets[1].codes[2]', "'account' has no code 'non'"),
        ('derived[1] "n", nets[2].codes[2]', "the code 'no' is in this net twice"),
        ('derived[1] "n", nets[3].codes', "the list is empty"),
    ]
    assert problems[0].allowed == "did you mean 'no'? (yes, no)"


def test_a_net_is_a_column_that_must_not_be_the_name_of_another_variable():
    problem = problem_with(
        account(), Number(name="n_n0", text="?", unit="u"), derived=(nets(("yes",)),)
    )

    assert problem.where == 'derived[1] "n", nets[1].code'
    assert "'n_n0', is the name of another variable" in problem.what


def test_a_variable_made_of_one_that_is_made_itself_is_refused_with_the_question_to_name():
    derived = (nets(("yes",)), nets(("n0",), of="n", name="m"))

    problem = problem_with(account(), derived=derived)

    assert (problem.where, problem.what) == (
        'derived[2] "m", of',
        "'n' is a derived variable itself",
    )
    assert problem.advice == "make this one of 'account' too"


def scale(*scores, **more):
    options = (Code(code=f"c{place}", label="?", score=one) for place, one in enumerate(scores))
    return Scale(name="q", text="?", options=tuple(options), **more)


@pytest.mark.parametrize(
    ("question", "boxes", "key", "what"),
    [
        (scale(1, 2, 3), {}, "", "the boxes overlap"),
        (scale(1, 2), {"top": 1, "bottom": 1, "middle_label": "M"}, ", middle_label", "no points"),
        (scale(1, 2, 2, 3), {"top": 1}, ", bottom", "no score tells"),
        (scale(1, 2, 2, 3), {"bottom": 1}, ", top", "no score tells"),
        (scale(1, 2, 3, 4, missing=(missing("top"),)), {}, ", of", "is a missing code of 'q'"),
    ],
)
def test_boxes_that_cannot_be_told_apart_are_refused(question, boxes, key, what):
    problem = problem_with(question, derived=(Boxes(name="b", of="q", **boxes),))

    assert problem.where == f'derived[1] "b"{key}'
    assert what in problem.what


def test_boxes_need_a_point_each():
    problem = problem_with(scale(1, 2, 3), derived=(Boxes(name="b", of="q", top=0),))

    assert problem.where == 'derived[1] "b", top'


def test_routing_names_the_boxes_of_a_scale():
    boxes = (Boxes(name="b", of="q"),)
    routed = account(asked_if=Is("b", "top", "bottom"))

    assert asking(scale(1, 2, 3, 4), routed, derived=boxes)["account"] == routed
    problem = problem_with(scale(1, 2, 3, 4), account(asked_if=Is("b", "middle")), derived=boxes)
    assert problem.what == "'b' has no code 'middle'"


def test_routing_on_boxes_of_what_is_no_scale_is_told_of_once():
    routed = account(asked_if=Is("b", "top"))

    assert problem_with(age(), routed, derived=(Boxes(name="b", of="age"),)).allowed == (
        "a scale question"
    )


def recode(*lacks, rest=None, groups=(("yes",),)):
    several = (Group(code=f"g{place}", label="G", codes=one) for place, one in enumerate(groups))
    return Grouping(
        name="g", of="account", label="G", groups=tuple(several), missing=lacks, rest=rest
    )


def lack(code, *several, reason="other", in_base=False):
    return MadeMissing(code=code, label="?", reason=reason, in_base=in_base, codes=several)


@pytest.mark.parametrize(
    ("derived", "key", "what"),
    [
        (recode(lack("na", "on")), "missing[1].codes[1]", "'account' has no code 'on'"),
        (recode(lack("na", "yes")), "missing[1].codes[1]", "already in the group 'g0'"),
        (
            recode(lack("na", "no"), lack("nb", "no")),
            "missing[2].codes[1]",
            "already in the missing code 'na'",
        ),
        (recode(lack("g0", "no")), "missing[1].code", "the code 'g0' is taken"),
        (recode(lack("na"), lack("na")), "missing[2].code", "the code 'na' is taken"),
        (recode(lack("_x")), "missing[1].code", "not plain"),
        (
            recode(lack("na", reason="not_asked", in_base=True)),
            "missing[1].in_base",
            "whoever was not asked",
        ),
        (recode(rest="g9"), "rest", "no group and no missing code 'g9'"),
        (recode(groups=(("yes",), ()), rest="g0"), "groups[2].codes", "the list is empty"),
    ],
)
def test_answers_are_made_missing_once_by_codes_that_there_are(derived, key, what):
    problem = problem_with(account(), derived=(derived,))

    assert problem.where == f'derived[1] "g", {key}'
    assert what in problem.what


def test_a_group_may_hold_the_rest_alone_and_routing_may_name_what_was_made_missing():
    derived = recode(lack("na", "no"), groups=(("yes",), ()), rest="g1")
    routed = single(*codes("a"), asked_if=Is("g", "na", "g1"))

    assert asking(account(), routed, derived=(derived,))["q"] == routed


# Words and days


@pytest.mark.parametrize(
    "question",
    [
        FreeText(name="q", text="Q?", missing=(missing("dk", in_base=True),)),
        Date(name="q", text="Q?", missing=(missing("dk", in_base=True),)),
        FreeText(name="q", text="Q?", if_not_asked="none"),
    ],
)
def test_words_and_days_have_no_base_for_a_figure(question):
    assert problem_with(question).what.startswith(("no figure is made of", "a question of kind"))


def test_days_upside_down_are_refused():
    question = Date(name="q", text="Q?", earliest=dt.date(2026, 2, 1), latest=dt.date(2026, 1, 1))

    assert problem_with(question).where == 'questions[1] "q", earliest'


@pytest.mark.parametrize("longest", [0, 100_001])
def test_words_have_a_length_between_one_character_and_what_a_cell_can_hold(longest):
    assert problem_with(FreeText(name="q", text="Q?", longest=longest)).where.endswith("longest")


def test_words_are_sensitive_unless_it_is_said_that_they_are_not():
    assert FreeText(name="q", text="Q?").sensitive


# Grids


def grid(*items, **more):
    several = tuple(Item(code=one, label=str(one)) for one in items)
    return Grid(name="g", text="G?", items=several, **{"options": codes("a", "b"), **more})


def test_each_item_of_a_grid_is_a_question_of_its_own():
    questionnaire = asking(grid("x", 2, ordered=True, column="c"))

    assert questionnaire.names == ("g_x", "g_2")
    assert questionnaire["g_2"] == Scale(
        name="g_2", text="G?", label="2", column="c_2", options=codes("a", "b")
    )


@pytest.mark.parametrize(
    ("question", "where"),
    [
        (grid(), "items"),
        (grid("x", "x"), "items[2].code"),
        (grid(1, "1"), "items[2].code"),
        (grid("a b"), "items[1].code"),
        (grid("x", options=()), "options"),
        (grid("x", if_not_asked="c"), "if_not_asked"),
    ],
)
def test_what_is_wrong_with_a_grid_is_told_once_for_all_its_items(question, where):
    assert problem_with(question).where == f'questions[1] "g", {where}'


def test_two_items_cannot_be_answered_in_one_column():
    items = (Item(code="x", label="X", column="c"), Item(code="y", label="Y", column="c"))

    assert problem_with(Grid(name="g", text="G?", items=items, options=codes("a"))).where.endswith(
        "items[2].column"
    )


def test_the_name_of_an_item_must_not_be_that_of_another_variable():
    assert "'g_x'" in problem_with(grid("x"), Number(name="g_x", text="Q?", unit="x")).what


def test_conditions_and_groups_name_the_items_of_a_grid():
    groups = (Group(code="all", label="All", codes=("a", "b")),)
    derived = Grouping(name="d", of="g_x", label="D", groups=groups)

    assert asking(grid("x"), account(asked_if=Is("g_x", "a")), derived=(derived,))["d"] == derived
    problem = problem_with(grid("x"), account(asked_if=Answered("g")))
    assert (problem.what, problem.allowed) == ("there is no question 'g'", "g_x")


# Order


def test_an_option_can_keep_its_place_only_where_others_do_not():
    other = Code(code="other", label="Other", fixed=True)

    assert problem_with(single(*codes("a"), other)).where.endswith("options[2].fixed")
    assert asking(single(*codes("a"), other, options_order="random")).names == ("q",)


# Conditions on days and on the number of choices


@pytest.mark.parametrize(
    ("condition", "where"),
    [
        (Dated("q"), "asked_if"),
        (Dated("q", dt.date(2026, 2, 1), dt.date(2026, 1, 1)), "asked_if.earliest"),
        (Dated("m", dt.date(2026, 2, 1)), "asked_if.question"),
        (Chosen("m"), "asked_if"),
        (Chosen("m", 3, 2), "asked_if.least"),
        (Chosen("q", 1), "asked_if.question"),
    ],
)
def test_limits_of_days_and_choices_that_nobody_can_meet_are_refused(condition, where):
    asked = Date(name="q", text="Q?"), Multiple(name="m", text="M?", options=codes("a", "b"))
    problems = problems_with(*asked, account(asked_if=condition))

    assert where in [one.where.rpartition(", ")[2] for one in problems]


# Texts


def test_a_translation_that_is_missing_is_told_where_languages_are_declared():
    question = Number(name="q", text={"en": "Q?"}, unit="years")

    problem = problem_with(question, languages=("en", "ar"))

    assert (problem.where, problem.what) == ('questions[1] "q", text', "no words in ar")
    assert asking(question).names == ("q",)


def test_a_text_of_undetermined_language_serves_all():
    assert asking(age(), languages=("en", "ar")).languages == ("en", "ar")


def test_a_translation_serves_the_varieties_of_its_language():
    question = Number(name="q", text={"ar": "س"}, unit="years")

    assert asking(question, languages=("ar-OM",)).languages == ("ar-OM",)


@pytest.mark.parametrize("text", [{}, " ", {"en": ""}])
def test_a_text_without_words_is_refused(text):
    problem = problem_with(Number(name="q", text=text, unit="years"))

    assert problem.what == "a text without words"


def test_a_language_that_is_none_is_refused():
    question = Number(name="q", text={"english": "Q?"}, unit="years")

    assert problem_with(question).where == 'questions[1] "q", text.english'
    assert problem_with(age(), languages=("english",)).where == "languages[1]"
    assert problem_with(age(), languages=("en", "en")).where == "languages[2]"


def test_bands_may_be_of_several_answers():
    apps = Multiple(name="age", text="?", options=codes("a", "b"))

    assert asking(apps, derived=(bands((0, 1), (2, None)),)).names == ("age", "g")
