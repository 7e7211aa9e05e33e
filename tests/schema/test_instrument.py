from __future__ import annotations

from textwrap import dedent

import pytest

from socialpoll.errors import QuestionnaireError
from socialpoll.schema import (
    All,
    Answered,
    Assignment,
    Block,
    Code,
    Grid,
    Group,
    Grouping,
    Is,
    Item,
    Multiple,
    Questionnaire,
    Single,
    Split,
    Version,
    categories_of,
)
from tests.schema.questionnaires import account, age, asking, codes


def one(name, **more):
    return Single(name=name, text="?", options=codes("x", "y"), **more)


def grid(**more):
    items = (Item(code="i", label="I"), Item(code="j", label="J"))
    return Grid(name="g", text="?", items=items, options=codes("x", "y"), **more)


def split(a=(), b=(), **more):
    versions = (
        Version(code="a", label="A", questions=tuple(a)),
        Version(code="b", label="B", questions=tuple(b)),
    )
    return Split(**{"name": "form", "label": "Form", "column": "v", "versions": versions} | more)


def block(*questions, **more):
    return Block(**{"name": "block", "questions": questions} | more)


def problems_with(*questions, **more):
    with pytest.raises(QuestionnaireError) as raised:
        asking(*questions, **more)
    return [(one.where, one.what) for one in raised.value.problems]


# Split samples


def test_an_assignment_is_a_variable_before_all_questions_where_the_answers_hold_it():
    known = asking(one("q"), age(), splits=(split(["q"]),))

    assert known.names == ("form", "q", "age")
    assert isinstance(known["form"], Assignment)
    assert (known["form"].column, known["form"].text) == ("v", {"und": "Form"})
    assert [one.code for one in categories_of(known, "form").codes] == ["a", "b"]
    assert asking(one("q"), splits=(split(["q"], column=None),)).names == ("q",)


def test_a_question_of_a_version_is_asked_of_those_assigned_to_it():
    routed = one("r", asked_if=Answered("q"))
    known = asking(one("q"), routed, age(), splits=(split(["q", "r"]),))

    assert known["q"].asked_if == Is("form", "a")
    assert known["r"].asked_if == All(Is("form", "a"), Answered("q"))
    assert known["age"] is known.questions[2]
    assert [one.name for one in known.put] == ["form", "q", "r", "age"]
    assert known.questions[0].asked_if is None


def test_a_question_of_several_versions_and_splits_is_asked_where_all_hold_it():
    three = (
        Version(code="a", label="A", questions=("q",)),
        Version(code="b", label="B", questions=("q",)),
        Version(code="c", label="C"),
    )
    splits = (split(name="three", column="w", versions=three), split(["q"]))

    assert asking(one("q"), splits=splits)["q"].asked_if == All(
        Is("form", "a"), Is("three", "a", "b")
    )


def test_every_item_of_a_grid_is_asked_of_its_version():
    known = asking(grid(), splits=(split(b=["g"]),))

    assert [known[name].asked_if for name in ("g", "g_i", "g_j")] == [Is("form", "b")] * 3
    assert known.grids["g"].asked_if == Is("form", "b")


def test_where_the_assignment_is_not_known_nobody_is_routed_out():
    assert asking(one("q"), splits=(split(["q"], column=None),))["q"].asked_if is None


def test_routing_and_derived_variables_can_be_of_an_assignment():
    derived = Grouping(
        name="d", of="form", label="D", groups=(Group(code="any", label="?", codes=("a", "b")),)
    )
    routed = one("q", asked_if=Is("form", "b"))

    assert asking(routed, splits=(split(),), derived=(derived,))["q"] == routed
    assert problems_with(one("q", asked_if=Is("form", "c")), splits=(split(),)) == [
        ('questions[1] "q", asked_if.is[1]', "'form' has no code 'c'")
    ]


@pytest.mark.parametrize(
    ("made", "where", "what"),
    [
        (split(["p"]), "versions[1].questions[1]", "there is no question 'p'"),
        (split(b=["g_i"]), "versions[2].questions[1]", "'g_i' is an item, which is asked"),
        (split(["q", "q"]), "versions[1].questions[2]", "the question 'q' is there twice"),
        (split(column="q"), "column", "the column 'q' is that of 'q'"),
        (split(column="m_x"), "column", "the column 'm_x' is that of 'm'"),
        (split(column="g_j"), "column", "the column 'g_j' is that of 'g'"),
        (split(name="q"), "name", "the name 'q' is taken"),
    ],
)
def test_a_split_names_questions_and_a_column_of_its_own(made, where, what):
    several = Multiple(name="m", text="?", options=codes("x", "y"))
    ((place, said),) = problems_with(one("q"), grid(), several, splits=(made,))

    assert place == f'splits[1] "{made.name}", {where}'
    assert what in said


def test_a_split_must_not_be_called_as_the_column_of_an_option():
    several = Multiple(name="m", text="?", options=codes("x", "y"))
    ((where, what),) = problems_with(several, splits=(split(name="m_x"),))

    assert where == 'questions[1] "m", options[1].code'
    assert "'m_x', is the name of another variable" in what


def test_versions_have_codes_of_their_own_and_are_at_least_two():
    twice = tuple(Version(code="a", label=one) for one in "AB")

    assert problems_with(one("q"), splits=(split(versions=twice),)) == [
        ('splits[1] "form", versions[2].code', "the code 'a' is taken")
    ]
    ((where, _),) = problems_with(one("q"), splits=(split(versions=twice[:1]),))
    assert where == 'splits[1] "form", versions'


def test_two_splits_cannot_share_a_column():
    problems = problems_with(one("q"), splits=(split(), split(name="other")))

    assert problems == [('splits[2] "other", column', "the column 'v' is that of 'form'")]


# Blocks


def test_a_block_is_of_questions_that_follow_on_each_other():
    known = asking(one("q"), grid(), age(), blocks=(block("q", "g", order="random"),))

    assert known.blocks[0].order == "random"
    assert known.names == ("q", "g_i", "g_j", "age")


@pytest.mark.parametrize(
    ("blocks", "where", "what"),
    [
        ([block("q", "s")], "questions[2]", "'s' does not follow on 'q'"),
        ([block("r", "q")], "questions[2]", "'q' does not follow on 'r'"),
        ([block("q", "rr")], "questions[2]", "there is no question 'rr'"),
        ([block("q", "q")], "questions[2]", "already in the block 'block'"),
        ([block("r", "s", order="rotated")], "order", "'s' depends on 'r' of the same block"),
        ([block()], "questions", ""),
    ],
)
def test_a_block_that_could_not_have_been_asked_is_refused(blocks, where, what):
    questions = (one("q"), one("r"), one("s", asked_if=Is("r", "x")))
    ((place, said),) = problems_with(*questions, blocks=tuple(blocks))

    assert place == f'blocks[1] "block", {where}'
    assert what in said


def test_questions_of_a_listed_block_may_depend_on_each_other():
    questions = (one("q"), one("r", asked_if=Is("q", "x")))

    assert asking(*questions, blocks=(block("q", "r"),)).blocks[0].order == "listed"


def test_what_depends_through_a_derived_variable_depends():
    derived = Grouping(
        name="d", of="q", label="D", groups=(Group(code="any", label="?", codes=("x", "y")),)
    )
    questions = (one("q"), one("r", asked_if=Is("d", "any")))

    assert problems_with(
        *questions, derived=(derived,), blocks=(block("q", "r", order="random"),)
    ) == [
        (
            'blocks[1] "block", order',
            "'r' depends on 'd' of the same block, which may come later",
        )
    ]


def test_a_question_is_in_one_block_and_a_block_has_a_name_of_its_own():
    blocks = (block("q", "r"), block("r", "s"))

    assert problems_with(one("q"), one("r"), one("s"), blocks=blocks) == [
        ('blocks[2] "block", name', "the name 'block' is taken"),
        (
            'blocks[2] "block", questions[1]',
            "the question 'r' is already in the block 'block'",
        ),
    ]


# In files

FILE = """
    title = "Poll"

    [[questions]]
    name = "account"
    kind = "single"
    text = "Account?"
    options = [{ code = "yes", label = "Yes" }, { code = "no", label = "No" }]
"""


def read(more):
    return Questionnaire.loads(dedent(FILE) + dedent(more))


def test_blocks_and_splits_are_read_from_a_file():
    known = read("""
        [[blocks]]
        name = "use"
        questions = ["account"]
        order = "reversed"

        [[splits]]
        name = "form"
        label = "Form"
        column = "v"
        versions = [
            { code = "a", label = "A", questions = ["account"] },
            { code = "b", label = "B" },
        ]
    """)
    yes_no = tuple(Code(code=code, label=code.title()) for code in ("yes", "no"))

    assert known == Questionnaire(
        title="Poll",
        questions=(Single(name="account", text="Account?", options=yes_no),),
        blocks=(Block(name="use", questions=("account",), order="reversed"),),
        splits=(split(["account"]),),
    )
    assert Questionnaire.loads(known.dumps()) == known


def test_all_mistakes_of_blocks_and_splits_are_told_at_once():
    with pytest.raises(QuestionnaireError) as raised:
        read("""
            [[blocks]]
            name = "use"
            questions = ["acount"]
            order = "fixed"

            [[splits]]
            name = "form"
            label = "Form"
            colum = "v"
            versions = [
                { code = "a", label = "A", questions = ["account", "acount"] },
                { code = "a|b", label = "B" },
            ]
        """)

    problems = {one.where.partition(", ")[2]: one for one in raised.value.problems}
    assert list(problems) == [
        'blocks[1] "use", order',
        'blocks[1] "use", questions[1]',
        'splits[1] "form", colum',
        'splits[1] "form", versions[2].code',
        'splits[1] "form", versions[1].questions[2]',
    ]
    assert problems['blocks[1] "use", questions[1]'].allowed.startswith("did you mean 'account'?")
    assert problems['splits[1] "form", colum'].allowed.startswith("did you mean 'column'?")


def test_what_does_not_vary_is_not_written_and_leaves_the_digest_as_it_was():
    plain = asking(account())

    assert "blocks" not in plain.dumps()
    assert asking(account(), blocks=(), splits=()).digest == plain.digest
    assert asking(account(), splits=(split(),)).digest != plain.digest
