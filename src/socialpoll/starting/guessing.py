"""A questionnaire from a frame that comes without one, and every guess that this takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from socialpoll.errors import QuestionnaireError, StartError
from socialpoll.schema import Code, Missing, MissingReason, Multiple, Number, Questionnaire, Single
from socialpoll.schema.keys import number_of
from socialpoll.starting.roles import is_identifier

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.schema import AnyQuestion, CodeValue

__all__ = ["Guess", "Guessed", "guessed"]

Column: TypeAlias = Single | Number | Multiple
"""What a column alone can be guessed to be."""
NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?|\d{1,2}[/.]\d{1,2}[/.]\d{4}(?: .*)?")
TICKS = ({0, 1}, {0}, {1})
TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?")
MOST_CODES = 30
"""Different codes in cells of several codes."""
MOST_WORDS = 40
"""Different words beyond which a column is free text."""
LONGEST_WORDS = 80
LACKING_NUMBERS: dict[int, MissingReason] = {
    98: "dont_know",
    99: "no_answer",
    998: "dont_know",
    999: "no_answer",
    -1: "no_answer",
    -8: "dont_know",
    -9: "no_answer",
}
LACKING_WORDS: dict[str, MissingReason] = {
    "dk": "dont_know",
    "don't know": "dont_know",
    "dont_know": "dont_know",
    "لا أعرف": "dont_know",
    "refused": "refused",
    "رفض الإجابة": "refused",
    "no answer": "no_answer",
    "n/a": "not_applicable",
}
CALLED = {
    "dont_know": {"en": "Don't know", "ar": "لا أعرف"},
    "refused": {"en": "Refused", "ar": "رفض الإجابة"},
    "no_answer": {"en": "No answer", "ar": "دون إجابة"},
    "not_applicable": {"en": "Does not apply", "ar": "لا ينطبق"},
}


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that the file did not say.

    Attributes
    ----------
    question, key : str
        Where it stands in the questionnaire; an empty question is the questionnaire itself.
    words : str
        What was taken for what, and why.
    """

    question: str
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Guessed:
    """A questionnaire made of a frame.

    Attributes
    ----------
    questionnaire : Questionnaire
    guesses : tuple of Guess
    left_out : mapping of str to str
        Columns that are no questions, and why.
    """

    questionnaire: Questionnaire
    guesses: tuple[Guess, ...]
    left_out: Mapping[str, str]


def guessed(frame: pd.DataFrame, exclude: tuple[str, ...]) -> Guessed:
    """Make a questionnaire of a frame.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a case; of words, where it was read from text.
    exclude : tuple of str
        Columns that are known to be no questions.

    Raises
    ------
    StartError
        No column can be a question.
    """
    questions: dict[str, AnyQuestion] = {}
    guesses: list[Guess] = []
    left_out = dict.fromkeys(exclude, "part of the sample design")
    groups = _ticked(frame, exclude)
    for column in dict.fromkeys(frame.columns):
        prefix = next((name for name, columns in groups.items() if column in columns), None)
        if column in left_out or (prefix is not None and prefix in questions):
            continue
        if prefix is not None:
            questions[prefix] = _multiple(prefix, groups[prefix])
            guesses.append(Guess(prefix, "kind", "one question of several 0/1 columns"))
            continue
        made = _question(frame, column, tuple(questions))
        if isinstance(made, str):
            left_out[str(column)] = made
            continue
        questions[made.name], found = _with_missing(made)
        guesses += [Guess(made.name, "kind", _why(questions[made.name], frame[column])), *found]
    if not questions:
        raise StartError(
            "no column of the file can be a question",
            found="; ".join(f"{name!r}: {why}" for name, why in list(left_out.items())[:5]),
            advice="write a questionnaire file, or start from a template",
        )
    asked = Questionnaire(title={"und": "Answers"}, questions=tuple(questions.values()))
    return Guessed(asked, tuple(guesses), left_out)


def _ticked(frame: pd.DataFrame, exclude: tuple[str, ...]) -> dict[str, list[str]]:
    """Return groups of 0/1 columns named alike up to their first underscore."""
    groups: dict[str, list[str]] = {}
    for column in frame.columns:
        prefix, mark, code = str(column).partition("_")
        if column not in exclude and prefix and mark and code and code[0] != "_":
            groups.setdefault(prefix, []).append(column)
    return {
        prefix: columns
        for prefix, columns in groups.items()
        if len(columns) > 1
        and prefix not in frame.columns
        and len(set(columns)) == len(columns)
        and all({number_of(one) for one in frame[name].dropna()} in TICKS for name in columns)
    }


def _multiple(prefix: str, columns: list[str]) -> Multiple:
    codes = [one.removeprefix(f"{prefix}_") for one in columns]
    options = tuple(Code(code=one, label={"und": one}) for one in codes)
    return Multiple(name=prefix, text={"und": prefix}, options=options)


def _question(frame: pd.DataFrame, column: object, taken: tuple[str, ...]) -> Column | str:
    """Make a question of a column, or tell why it is none."""
    if not isinstance(column, str) or list(frame.columns).count(column) > 1:
        return "a name that is there twice, or is no words"
    present = frame[column].dropna()
    present = present[[not isinstance(one, str) or bool(one.strip()) for one in present]]
    own: dict[str, Any] = {"text": {"und": column}, "name": _name(column, taken)}
    own |= {} if own["name"] == column else {"column": column}
    codes = _codes_of_cells(present)
    if codes:
        options = tuple(Code(code=one, label={"und": one}) for one in codes)
        return Multiple(**own, layout="cell", options=options)
    reason = _no_answer(column, present)
    if reason:
        return reason
    try:
        (made,) = Questionnaire.infer(_numbers(present).to_frame(str(own["name"]))).questions
    except QuestionnaireError as error:
        return error.problems[0].what
    renamed = replace(made, **own)
    return renamed if isinstance(renamed, Single | Number) else "a column of an unknown kind"


def _codes_of_cells(present: pd.Series) -> list[str]:
    """Return the codes of cells that list several, parted by spaces; none where cells are words.

    They are codes where each of them also stands alone in some cell, and never twice in one.
    """
    cells = [one.split() for one in present if isinstance(one, str)]
    codes = dict.fromkeys(code for cell in cells for code in cell)
    alone = {cell[0] for cell in cells if len(cell) == 1}
    several = any(len(cell) > 1 for cell in cells)
    once = all(len(set(cell)) == len(cell) for cell in cells)
    listed = several and once and len(cells) == len(present) and len(codes) <= MOST_CODES
    return sorted(codes) if listed and alone == set(codes) else []


def _no_answer(column: str, present: pd.Series) -> str:
    """Tell why a column is no question; empty where it may be one."""
    if present.empty:
        return "no answers in it"
    if is_identifier(column, present):
        return "another in every row: an identifier, or free text"
    words = {one for one in present if isinstance(one, str)}
    if any(TIME.fullmatch(one.strip()) for one in words):
        return "times of day: declare it as time_of_day, with bands"
    if words and all(DATE.fullmatch(one.strip()) for one in words):
        return "dates"
    numbers = all(NUMBER.fullmatch(one.strip()) for one in words)
    long = any(len(one) > LONGEST_WORDS for one in words)
    return "free text" if not numbers and (len(words) > MOST_WORDS or long) else ""


def _numbers(present: pd.Series) -> pd.Series:
    """Read words as numbers where all of them are, and none begins with a zero, as codes do."""
    if not all(isinstance(one, str) and NUMBER.fullmatch(one.strip()) for one in present):
        return present
    return present.astype("float64")


def _name(column: str, taken: tuple[str, ...]) -> str:
    """Return a plain name that is not taken."""
    plain = re.sub(r"[^\w.\-]+", "_", column.strip()).strip("_") or "column"
    name, number = plain, 2
    while name in taken:
        name, number = f"{plain}_{number}", number + 1
    return name


def _with_missing(question: Column) -> tuple[AnyQuestion, list[Guess]]:
    """Take codes that usually stand for no answer as that."""
    if not isinstance(question, Single | Multiple):
        return question, []
    lacking = dict(_lacking(question))
    options = tuple(one for one in question.options if one.code not in lacking)
    if not lacking or not options:
        return question, []
    missing = tuple(
        Missing(code=code, label=CALLED[reason], reason=reason, in_base=False)
        for code, reason in lacking.items()
    )
    words = f"{', '.join(map(str, lacking))} taken for no answer, and out of the base"
    made = replace(question, options=options, missing=missing)
    return made, [Guess(question.name, "missing", words)]


def _lacking(question: Single | Multiple) -> Iterator[tuple[CodeValue, MissingReason]]:
    codes = [one.code for one in question.options]
    whole = [one for one in codes if isinstance(one, int) and one not in LACKING_NUMBERS]
    for code in codes:
        if isinstance(code, int):
            # Of a list that runs up to 97, 98 is one more answer.
            if (code in LACKING_NUMBERS and max(whole, default=0) < code // 2) or code < 0:
                yield code, LACKING_NUMBERS.get(code, "no_answer")
        elif code.lower() in LACKING_WORDS:
            yield code, LACKING_WORDS[code.lower()]


def _why(question: AnyQuestion, column: pd.Series) -> str:
    if isinstance(question, Number):
        found = [one for one in map(number_of, column) if isinstance(one, float)]
        span = f"numbers from {min(found):g} to {max(found):g}"
        return f"{span}; say the unit, the limits, and which of them stand for no answer"
    if isinstance(question, Multiple):
        return "cells that list several codes, parted by spaces"
    count = len(question.options) if isinstance(question, Single) else 0
    return f"one answer of {count}, as the column has them; 'scale' where they are in order"
