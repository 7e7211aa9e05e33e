"""What a register knows of people, as answers to the questions of a poll."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.errors import Problem, RegisterError, nearest
from socialpoll.register.registers import PERSON, Register
from socialpoll.responses import Categorical, Responses, bind
from socialpoll.schema import Number, Questionnaire, Scale, Single
from socialpoll.schema.keys import key_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from socialpoll.schema import OneAnswer

__all__ = ["AGE", "answers_of", "coded_frame", "known_of"]

AGE = "age"
"""Name of the question for the age, where none is given; a questionnaire need not have it."""


def known_of(register: Register, questionnaire: Questionnaire, age: str) -> Questionnaire:
    """Return the part of a questionnaire whose answers a register has.

    A register knows of everybody, whoever would have been asked: there is no routing in it.

    Parameters
    ----------
    register : Register
    questionnaire : Questionnaire
    age : str
        Name of the question for the age.

    Raises
    ------
    RegisterError
        An attribute has another kind of question, or codes that its question does not have; or the
        register has the answer to no question.
    """
    there = [one for one in register.layout.codes if one in register.frame.columns]
    asked = {one.name: one for one in questionnaire.asked}
    problems = list(_problems(register, questionnaire, there, age))
    known = [asked[one] for one in asked if one in there or one == age]
    if not known and not problems:
        allowed = ", ".join(there) or "a register with attributes that have codes"
        advice = "give questions the names of the register's attributes"
        problems.append(
            Problem("the register has the answer to no question", allowed=allowed, advice=advice)
        )
    if problems:
        raise RegisterError("what the register knows of the questions", problems)
    names = {one.name for one in known}
    return Questionnaire(
        title=questionnaire.title,
        languages=questionnaire.languages,
        questions=tuple(_put_to_everybody(one) for one in known),
        derived=tuple(one for one in questionnaire.derived if one.of in names),
    )


def _put_to_everybody(question: OneAnswer) -> OneAnswer:
    plain = replace(question, column=None, asked_if=None, if_not_asked=None)
    return replace(plain, missing=()) if isinstance(plain, Number) else plain


def _problems(
    register: Register, questionnaire: Questionnaire, there: Sequence[str], age: str
) -> Iterator[Problem]:
    asked = {one.name: one for one in questionnaire.asked}
    derived = {one.name: one.of for one in questionnaire.derived}
    for name in there:
        question = asked.get(name)
        if name in derived:
            yield Problem(
                "an attribute of the register is a derived variable of the questionnaire",
                f"attribute {name!r}",
                f"made from {derived[name]!r}",
                advice="give the register the answer that it is made from, or another name",
            )
        elif isinstance(question, Single | Scale):
            yield from _unknown_codes(register, name, question)
        elif question is not None:
            what = "an attribute with codes is a question of another kind"
            allowed = "'single' or 'scale'"
            yield Problem(what, f"attribute {name!r}", repr(question.kind), allowed)
    for name in sorted({PERSON, *register.layout.keys} & {*there, age, *derived}):
        advice = "give the variable another name"
        yield Problem("a variable has the name of a key", f"variable {name!r}", advice=advice)
    if age in asked and not isinstance(asked[age], Number):
        yield Problem(
            "the age is no number", f"question {age!r}", repr(asked[age].kind), "'number'"
        )
    elif age in there:
        yield Problem("an attribute with codes has the name of the age", f"attribute {age!r}")
    elif age != AGE and age not in asked:
        numbers = [one.name for one in questionnaire.asked if isinstance(one, Number)]
        yield Problem("there is no such question", "age", repr(age), nearest(age, numbers))


def _unknown_codes(register: Register, name: str, question: Single | Scale) -> Iterator[Problem]:
    """Tell of codes that people have and the question does not; what is no code is not quoted."""
    options = [*(one.code for one in question.options), *(one.code for one in question.missing)]
    known = {key_of(one, question.code_type) for one in options}
    declared = register.layout.codes[name]
    where, strange = f"attribute {name!r}", 0
    for code, people in register.frame[name].value_counts().items():
        if code not in declared:
            strange += int(people)
        elif people and key_of(code, question.code_type) not in known:
            yield Problem(
                "people have a code that the question does not have",
                where,
                f"{code!r}, {people} people",
                nearest(code, options),
                "declare it as an option or a missing code, or map it in the agency's table",
            )
    if strange:
        what = "people have what is no code of the register"
        yield Problem(what, where, f"{strange} people", ", ".join(declared))


def answers_of(
    people: pd.DataFrame, ages: npt.NDArray[np.float64], known: Questionnaire, age: str
) -> Responses:
    """Read what is known of people as answers, and make what is derived from them.

    Parameters
    ----------
    people : pandas.DataFrame
        Of the frame of a register.
    ages : float64 array (n,)
        In completed years; NaN where nobody knows.
    known : Questionnaire
        As of :func:`known_of`.
    age : str
        Name of the question for the age.

    Raises
    ------
    RegisterError
        People have an age or a code that the questionnaire has no place for.
    """
    columns = {one.name: people[one.name] for one in known.asked if one.name != age}
    frame = people[[]].assign(**columns).reset_index(drop=True)
    if age in {one.name for one in known.asked}:
        frame[age] = ages
    answers = bind(frame, known)
    wrong = answers.findings[answers.findings["severity"] == "error"]
    if len(wrong):
        counts: Counter[tuple[str, str]] = Counter()
        for one in wrong.to_dict("records"):
            counts[one["question"], one["what"]] += one["count"]
        advice = "give them a place in the questionnaire, or leave them out by their ages"
        raise RegisterError(
            "what the register knows of the questions",
            [
                Problem(what, f"variable {name!r}", f"{count} people", advice=advice)
                for (name, what), count in counts.items()
            ],
        )
    return answers


def coded_frame(answers: Responses) -> pd.DataFrame:
    """Return answers as codes, a column a variable; missing where there is no valid one."""
    frame = answers.frame
    for name, column in answers.columns.items():
        if isinstance(column, Categorical):
            frame[name] = frame[name].cat.set_categories([one.code for one in column.categories])
    return frame
