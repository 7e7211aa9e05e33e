"""Multiple-response sets of SPSS as questions of several answers."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from socialpoll.readers.names import unused
from socialpoll.readers.variables import Interpreter, Value, Variable, code_of
from socialpoll.schema import CodeType, CodeValue, Missing, Multiple
from socialpoll.schema.keys import key_of, type_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Joined", "MultipleSet", "joined"]

SEPARATORS = (" ", ";", "/")


@dataclass(frozen=True)
class MultipleSet:
    """Variables that hold the answers to one question.

    Attributes
    ----------
    name, label : str
        Of the set; the label may be empty.
    counted : value, optional
        That means chosen, where each variable is an option; None where each holds a code.
    members : tuple of Variable
        At least one.
    """

    name: str
    label: str
    counted: Value | None
    members: tuple[Variable, ...]


@dataclass(frozen=True)
class Joined:
    """A question made of a set, and the columns that it needs beside those of the file."""

    question: Multiple
    columns: Mapping[str, Sequence[object]]


def joined(
    one: MultipleSet, frame: pd.DataFrame, interpreter: Interpreter, taken: Collection[str]
) -> Joined | None:
    """Make one question of a set; None, and a note, where its codes do not allow it.

    Parameters
    ----------
    one : MultipleSet
    frame : pandas.DataFrame
        The columns of the file.
    interpreter : Interpreter
        Makes the texts, and takes the notes.
    taken : collection of str
        Names of columns and questions that the new ones must not have.
    """
    text = interpreter.tongue.text(one.label) if one.label.strip() else {"und": one.name}
    missing = {code.code: code for member in one.members for code in interpreter.missing(member)}
    make = _of_options if one.counted is not None else _of_picks
    made = make(one, frame, interpreter, taken)
    if made is None or (
        one.counted is not None and {key_of(m, "integer") for m in missing} & {0, 1}
    ):
        interpreter.notes.add("multiple-response sets whose codes cannot be joined", one.name)
        return None
    settings, columns = made
    question = Multiple(text=text, missing=_apart(missing, settings), **settings)
    return Joined(question, columns)


def _apart(
    missing: Mapping[CodeValue, Missing], settings: Mapping[str, Any]
) -> tuple[Missing, ...]:
    """Return the missing codes that are not answers of another member."""
    if settings["layout"] == "columns":
        return tuple(missing.values())
    codes = {str(option.code) for option in settings["options"]}
    return tuple(one for code, one in missing.items() if str(code) not in codes)


def _of_options(
    one: MultipleSet, frame: pd.DataFrame, interpreter: Interpreter, taken: Collection[str]
) -> tuple[dict[str, Any], dict[str, Sequence[object]]] | None:
    """Make an option of each member: its column is the file's own where that is 0 and 1 already."""
    codes, prefix = _option_codes([member.name for member in one.members])
    labels = dict(zip(codes, (member.label or member.name for member in one.members), strict=True))
    name = _free(one.name, codes, taken)
    settings = {
        "name": name,
        "options": interpreter.options(labels),
        "code_type": type_of(codes[0]),
        "layout": "columns",
    }
    marks = [_marks(frame[member.name], member, one.counted) for member in one.members]
    if prefix and all(_is_marked(frame[member.name], member) for member in one.members):
        return {**settings, "column": prefix}, {}
    columns: dict[str, Sequence[object]]
    columns = {f"{name}_{code}": column for code, column in zip(codes, marks, strict=True)}
    interpreter.notes.add(
        f"columns made of a multiple-response set in which {one.counted!r} means chosen and every "
        "other answer not chosen",
        *columns,
    )
    return settings, columns


def _option_codes(names: Sequence[str]) -> tuple[list[CodeValue], str]:
    """Return a code for each member, and what stands before the codes in all their names."""
    prefixes = {name.rpartition("_")[0] for name in names}
    ends = [name.rpartition("_")[2] for name in names]
    shared = prefixes.pop() if len(prefixes) == 1 else ""
    if not shared or not all(ends):
        return list(names), ""
    if all(end.isascii() and end.isdecimal() and str(int(end)) == end for end in ends):
        return [int(end) for end in ends], shared
    return list(ends), shared


def _free(name: str, codes: Sequence[CodeValue], taken: Collection[str]) -> str:
    """Return a name that no other has, nor any column of its options."""
    made = unused(name, taken)
    while any(f"{made}_{code}" in taken for code in codes):
        made = unused(f"{made}_set", taken)
    return made


def _is_marked(series: pd.Series, member: Variable) -> bool:
    return set(series.dropna().unique()) <= {0, 1, *member.missing}


def _marks(series: pd.Series, member: Variable, counted: Value | None) -> list[object]:
    """Return 1 where the counted value is chosen, else 0; blanks and missing codes as they are."""
    marks: dict[object, object] = {one: one for one in member.missing}
    return [
        None if _is_nothing(value) else marks.get(value, int(value == counted))
        for value in series.tolist()
    ]


def _of_picks(
    one: MultipleSet, frame: pd.DataFrame, interpreter: Interpreter, taken: Collection[str]
) -> tuple[dict[str, Any], dict[str, Sequence[object]]] | None:
    """Put the codes that a case has in any member in one cell."""
    labels: dict[CodeValue, str] = {}
    missing = {code_of(value) for member in one.members for value in member.missing}
    for member in one.members:
        declared = {code_of(value): said for value, said in member.labels.items()}
        found = {code_of(value): "" for value in frame[member.name].dropna().unique()}
        for code, said in {**found, **declared}.items():
            if code not in missing and str(code):
                labels[code] = labels.get(code) or said
    whole = all(isinstance(code, int) for code in labels)
    code_type: CodeType = "integer" if whole else "string"
    separator = next((mark for mark in SEPARATORS if not any(mark in str(c) for c in labels)), None)
    if not labels or separator is None:
        return None
    name = unused(one.name, taken)
    rows = zip(*(frame[member.name].tolist() for member in one.members), strict=True)
    cells = [_cell(row, missing, separator) for row in rows]
    ordered = sorted(labels) if whole else list(labels)
    options = interpreter.options({code if whole else str(code): labels[code] for code in ordered})
    interpreter.notes.add("columns made of a multiple-response set, its codes in one cell", name)
    settings = {
        "name": name,
        "options": options,
        "code_type": code_type,
        "layout": "cell",
        "separator": separator,
    }
    return settings, {name: cells}


def _cell(row: Sequence[Any], missing: Collection[CodeValue], separator: str) -> str | None:
    """Write the codes of a case; a missing code counts only where there is no other."""
    codes = dict.fromkeys(code_of(one) for one in row if not _is_nothing(one))
    chosen = [str(one) for one in codes if one not in missing and str(one)]
    return separator.join(chosen or [str(one) for one in codes][:1]) or None


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))
