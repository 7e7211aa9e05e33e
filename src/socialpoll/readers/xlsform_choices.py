"""The choices of a form as codes: options, and those that stand for the lack of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from socialpoll.errors import Problem, nearest
from socialpoll.forms.texts import read_words
from socialpoll.readers.xlsform_notes import FormNotes
from socialpoll.schema import Code, CodeType, CodeValue, Missing, MissingReason
from socialpoll.schema.keys import key_of, number_of

__all__ = ["WHOLE", "Choices", "choices_of"]

WHOLE = re.compile(r"0|-?[1-9]\d*")
"""Codes that are whole numbers."""
TRUTHS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
LACK = re.compile(
    r"\b(?:don.?t know|do not know|refus|no answer|prefer not)"
    r"|لا أعرف|لا اعرف|رفض|أفضل عدم|لا إجابة",
    re.IGNORECASE,
)
"""Words of choices that are likely to be no answer: told, never acted upon."""


@dataclass(frozen=True)
class Choices:
    """What can be chosen.

    Attributes
    ----------
    code_type : {"integer", "string"}
    options : tuple of Code
    missing : tuple of Missing
    scored : bool
        Whether every option has a score.
    """

    code_type: CodeType
    options: tuple[Code, ...]
    missing: tuple[Missing, ...]
    scored: bool


def choices_of(
    name: str, rows: Sequence[Mapping[str, Any]], convention: Sequence[Missing], notes: FormNotes
) -> Choices:
    """Return the choices of a question.

    Parameters
    ----------
    name : str
        Of the question.
    rows : sequence of mapping
        As pyxform gives them.
    convention : sequence of Missing
        Codes that stand for the lack of an answer wherever they are.
    notes : FormNotes
        Takes problems and findings.
    """
    declared = {str(one.code): one for one in convention}
    answers = [row for row in rows if not row.get("missing") and row["name"] not in declared]
    whole = bool(answers) and all(WHOLE.fullmatch(row["name"]) for row in answers)
    code_type: CodeType = "integer" if whole else "string"
    options = tuple(_option(name, row, code_type, notes) for row in answers)
    missing = tuple(_missing(name, rows, declared, code_type, notes))
    by_convention = [row["name"] for row in rows if _is_by_convention(row, declared)]
    if by_convention:
        notes.tell("taken for missing codes by the convention given", name, by_convention)
    likely = [row["name"] for row in answers if _seems_missing(row, notes)]
    if likely:
        notes.tell(
            "read as answers, though their words look like the lack of one: declare them in a "
            "column 'missing' of the sheet choices, or by a convention",
            name,
            likely,
        )
    scored = bool(options) and all(one.score is not None for one in options)
    return Choices(code_type, options, missing, scored)


def _option(name: str, row: Mapping[str, Any], code_type: CodeType, notes: FormNotes) -> Code:
    score = row.get("score")
    number = number_of(score)
    if score is not None and not isinstance(number, float):
        where = f"question {name!r}, choice {row['name']!r}"
        notes.problem(Problem("the score is no number", where, repr(score)))
    return Code(
        code=_code(row["name"], code_type),
        label=_label(row, notes),
        score=number if isinstance(number, float) else None,
    )


def _missing(
    name: str,
    rows: Sequence[Mapping[str, Any]],
    declared: Mapping[str, Missing],
    code_type: CodeType,
    notes: FormNotes,
) -> Iterator[Missing]:
    for row in rows:
        code, label = _code(row["name"], code_type), _label(row, notes)
        if row.get("missing"):
            reason, in_base = str(row["missing"]), str(row.get("in_base", "")).casefold()
            _check(name, row, notes)
            if reason in get_args(MissingReason) and in_base in TRUTHS:
                yield Missing(code=code, label=label, reason=reason, in_base=TRUTHS[in_base])  # type: ignore[arg-type]  # it is one of them
        elif row["name"] in declared:
            known = declared[row["name"]]
            yield Missing(code=code, label=label, reason=known.reason, in_base=known.in_base)


def _check(name: str, row: Mapping[str, Any], notes: FormNotes) -> None:
    where = f"question {name!r}, choice {row['name']!r}"
    reasons = get_args(MissingReason)
    if row["missing"] not in reasons:
        found, allowed = repr(row["missing"]), nearest(row["missing"], reasons)
        notes.problem(Problem("no such reason in the column 'missing'", where, found, allowed))
    if str(row.get("in_base", "")).casefold() not in TRUTHS:
        what = "the column 'in_base' does not say whether a missing code counts in the base"
        notes.problem(Problem(what, where, repr(row.get("in_base", "")), "yes or no"))


def _is_by_convention(row: Mapping[str, Any], declared: Mapping[str, Missing]) -> bool:
    return not row.get("missing") and row["name"] in declared


def _seems_missing(row: Mapping[str, Any], notes: FormNotes) -> bool:
    return any(LACK.search(words) for words in _label(row, notes).values())


def _label(row: Mapping[str, Any], notes: FormNotes) -> dict[str, str]:
    return read_words(row.get("label"), notes.languages) or {"und": str(row["name"])}


def _code(written: str, code_type: CodeType) -> CodeValue:
    key = key_of(written, code_type)
    return written if key is None else key
