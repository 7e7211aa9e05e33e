"""What questionnaire and answers say and a data file cannot: a sentence a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from socialpoll.datafiles.filing import Filed, Package
from socialpoll.datafiles.variables import items_of
from socialpoll.errors import SHOWN_AT_MOST
from socialpoll.forms.losses import listed
from socialpoll.forms.rows import languages_in
from socialpoll.responses import UNREADABLE, Responses
from socialpoll.responses.answered import state_of
from socialpoll.responses.design import design_columns
from socialpoll.schema import (
    UNDETERMINED,
    AnyQuestion,
    Date,
    Declaration,
    Duration,
    FreeText,
    Grid,
    Multiple,
    Number,
    OneAnswer,
    Scale,
    TimeOfDay,
)
from socialpoll.schema.categories import codes_of

__all__ = ["DataFile", "losses_of"]


@dataclass(frozen=True, kw_only=True, eq=False)
class DataFile:
    """What goes into a file.

    Attributes
    ----------
    responses : Responses
    package : Package
    variables : tuple of Filed
    language : str
        Of all words.
    title : str
        The title of the poll in that language, uncut.
    """

    responses: Responses
    package: Package
    variables: tuple[Filed, ...]
    language: str
    title: str


def losses_of(file: DataFile) -> tuple[str, ...]:
    """Return what is not in a file, or is in it otherwise.

    Parameters
    ----------
    file : DataFile

    Returns
    -------
    tuple of str
        A sentence for each kind of thing.
    """
    return (*_of_questions(file), *_of_variables(file), *_of_all(file))


def _of_questions(file: DataFile) -> Iterator[str]:
    questionnaire = file.responses.questionnaire
    items = items_of(questionnaire)
    asked = [one for one in questionnaire.asked if one.name not in items]
    for says, lacking in {**KINDS, **file.package.lacks}.items():
        names = [one.name for one in (*asked, *questionnaire.grids.values()) if lacking(one)]
        if names:
            yield f"{says}: {listed(names)}"


def _of_variables(file: DataFile) -> Iterator[str]:
    package, variables = file.package.name, file.variables
    renamed = {one.variable.name: one.name for one in variables if one.name != one.variable.name}
    if renamed:
        yield f"names that {package} does not allow are written otherwise: {_pairs(renamed)}"
    yield from _together(
        "codes are numbers in their order", {one.name: _pairs(one.codes) for one in variables}
    )
    yield from _together(
        "missing codes are written otherwise", {one.name: _pairs(one.lacking) for one in variables}
    )
    yield from _together(
        f"missing codes are words, which {package} takes for answers",
        {one.name: listed(one.undeclared) for one in variables},
    )
    shortened = [one.name for one in variables if one.is_cut]
    if shortened:
        yield (
            f"labels longer than {package} allows are cut, or are the short ones: "
            f"{listed(shortened)}"
        )
    if file.package.titled(file.title) != file.title.strip():
        yield f"the title is longer than {package} allows, and is cut"


def _together(says: str, told: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for all variables of which the same is to be told."""
    names: dict[str, list[str]] = {}
    for name, what in told.items():
        if what:
            names.setdefault(what, []).append(name)
    for what, several in names.items():
        yield f"{says} ({what}): {listed(several)}"


def _of_all(file: DataFile) -> Iterator[str]:
    """Yield what is said of the poll as a whole."""
    responses, questionnaire = file.responses, file.responses.questionnaire
    others = [one for one in languages_in(questionnaire) if one != file.language]
    if others:
        yield f"words are in {file.language!r} only; not in the file are those in {listed(others)}"
        unsaid = [one.name for one in questionnaire.asked if _is_unsaid(one, file.language)]
        if unsaid:
            yield f"where there are no words in {file.language!r}, others stand: {listed(unsaid)}"
    derived = [one.name for one in questionnaire.derived]
    if derived:
        yield f"derived variables are made of answers, and are not in the file: {listed(derived)}"
    if questionnaire.constraints:
        yield "what answers to several questions must keep to (constraints) is not in the file"
    if questionnaire.blocks:
        names = listed([one.name for one in questionnaire.blocks])
        yield f"blocks of questions and their order are not in the file: {names}"
    if questionnaire.splits:
        names = listed([one.name for one in questionnaire.splits])
        yield f"which questions a version (splits) holds is not in the file: {names}"
    if questionnaire.methodology != Declaration():
        yield "the methodology is not in the file"
    yield from _of_cases(responses, {one.variable.name for one in file.variables})


def _of_cases(responses: Responses, columns: set[str]) -> Iterator[str]:
    unread = {
        name: int(np.count_nonzero(state_of(responses[name]) == UNREADABLE))
        for name in (one.name for one in responses.questionnaire.asked)
    }
    told = {name: f"{rows} row(s)" for name, rows in unread.items() if rows}
    if told:
        yield f"answers that are no code of their question are blanks: {_pairs(told, ' in ')}"
    cases = int(np.count_nonzero(~responses.interviewed))
    if cases:
        yield f"{cases} case(s) without an interview are rows that say nothing of it"
    absent = dict.fromkeys(name for _, name in design_columns(responses.design))
    absent = dict.fromkeys(name for name in absent if name not in columns)
    if absent:
        yield f"columns of the sample design that are not in the file: {listed(absent)}"
    if responses.wave is not None:
        yield f"the name of the wave is not in the file: {responses.wave!r}"


def _is_unsaid(question: OneAnswer, language: str) -> bool:
    """Say whether some words of a question are neither in a language nor for all of them."""
    labels = [one.label for one in codes_of(question)]
    texts = [question.text, *labels, *(one.label for one in question.missing)]
    return not all({language, UNDETERMINED} & set(words) for words in texts)


def _pairs(changed: Mapping[str, str], joint: str = " as ") -> str:
    several = [f"{old!r}{joint}{new}" for old, new in changed.items()]
    more = len(several) - SHOWN_AT_MOST
    shown = ", ".join(several[:SHOWN_AT_MOST])
    return f"{shown} and {more} more" if more > 0 else shown


def _is_scored(question: AnyQuestion) -> bool:
    if not isinstance(question, Scale | Grid):
        return False
    return any(one.score is not None for one in question.options)


def _options_vary(question: AnyQuestion) -> bool:
    orders = (getattr(question, name, "listed") for name in ("options_order", "items_order"))
    return any(one != "listed" for one in orders)


KINDS: Mapping[str, Callable[[AnyQuestion], bool]] = {
    "to whom a question was asked, and what not being asked means, is not in the file, in which "
    "whoever was not asked is a blank": lambda one: one.asked_if is not None,
    "that a question is sensitive is not in the file": lambda one: one.sensitive,
    "the reasons of missing codes, and which of them count in the base, are not in the file": (
        lambda one: bool(one.missing)
    ),
    "short labels for tables are not in the file": lambda one: one.label is not None,
    "units and limits of numbers are not in the file": lambda one: isinstance(
        one, Number | Duration
    ),
    "bands of the day are not in the file, only the time": lambda one: isinstance(one, TimeOfDay),
    "the limits of a day, how it is written and the length of words are not in the file": (
        lambda one: isinstance(one, FreeText | Date)
    ),
    "the scores of the points are not in the file": _is_scored,
    "in which order options and items were shown is not in the file": _options_vary,
    "which options exclude others is not in the file": lambda one: (
        isinstance(one, Multiple) and any(option.exclusive for option in one.options)
    ),
    "several answers are 0 and 1, a variable an option and a missing code": lambda one: isinstance(
        one, Multiple
    ),
    "that nothing ticked means 'none' is not in the file": lambda one: (
        isinstance(one, Multiple) and one.blank != "missing"
    ),
    "the items of a grid are variables of their own": lambda one: isinstance(one, Grid),
}
"""What no data file can hold of a question, and the questions that have it."""
