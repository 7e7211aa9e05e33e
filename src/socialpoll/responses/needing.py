"""What a variable is made from: other variables, and the columns in which their answers lie."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from socialpoll.errors import UnknownNameError, nearest
from socialpoll.responses.ticks import missing_columns, option_columns
from socialpoll.schema import (
    Duration,
    Multiple,
    Number,
    OneAnswer,
    Questionnaire,
    Scale,
    Single,
    questions_of,
)

__all__ = ["columns_of", "columns_of_numbers", "needed", "raw_columns", "uncoded"]


def needed(questionnaire: Questionnaire, names: Iterable[str]) -> tuple[str, ...]:
    """Return the variables that some variables need, themselves among them.

    A derived variable needs what it is made from; a question, those that its ``asked_if`` speaks
    of; and so on. Other items of a grid are not needed.

    Parameters
    ----------
    questionnaire : Questionnaire
    names : iterable of str
        Of questions, items of grids and derived variables.

    Returns
    -------
    tuple of str
        In the order of ``questionnaire.names``.

    Raises
    ------
    UnknownNameError
        A name that is none of them.
    """
    derived = {one.name: one.of for one in questionnaire.derived}
    asked_if = {one.name: one.asked_if for one in questionnaire.asked}
    found: set[str] = set()
    ahead = list(names)
    while ahead:
        name = ahead.pop()
        if name in found:
            continue
        found.add(name)
        if name in derived:
            ahead.append(derived[name])
        elif name in asked_if:
            condition = asked_if[name]
            ahead += () if condition is None else questions_of(condition)
        else:
            message = f"there is no question or derived variable {name!r}"
            allowed = nearest(name, questionnaire.names)
            raise UnknownNameError(message, found=repr(name), allowed=allowed)
    return tuple(name for name in questionnaire.names if name in found)


def columns_of(question: OneAnswer) -> tuple[str, ...]:
    """Return the columns that a question needs."""
    if isinstance(question, Multiple) and question.layout == "columns":
        return option_columns(question)
    return (question.column or question.name,)


def columns_of_numbers(questionnaire: Questionnaire, design: Collection[str]) -> tuple[str, ...]:
    """Return the columns in which answers to questions for a number lie, and nothing else does.

    Parameters
    ----------
    questionnaire : Questionnaire
    design : collection of str
        Columns of the sample design.
    """
    columns = [column for one in questionnaire.asked for column in columns_of(one)]
    return tuple(
        column
        for one in questionnaire.asked
        if isinstance(one, Number | Duration)
        for column in columns_of(one)
        if columns.count(column) == 1 and column not in design
    )


def uncoded(questionnaire: Questionnaire, among: Collection[str]) -> tuple[str, ...]:
    """Return the columns of some questions that have no list of codes: as many values as may be."""
    return tuple(
        column
        for one in questionnaire.asked
        if one.name in among and not isinstance(one, Single | Scale | Multiple)
        for column in columns_of(one)
    )


def raw_columns(
    questionnaire: Questionnaire, among: Collection[str], there: Collection[str]
) -> tuple[str, ...]:
    """Return the columns in which the answers to some questions lie, each once.

    Parameters
    ----------
    questionnaire : Questionnaire
    among : collection of str
        Names of variables.
    there : collection of str
        Columns that there are: those of missing codes may be there, or not.

    Returns
    -------
    tuple of str
    """
    names: list[str] = []
    for question in questionnaire.asked:
        if question.name in among:
            names += columns_of(question)
            if isinstance(question, Multiple) and question.layout == "columns":
                names += [name for _, name in missing_columns(question) if name in there]
    return tuple(dict.fromkeys(names))
