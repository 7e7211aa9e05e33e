"""The answers of a wave in the columns and codes of the poll."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import numpy as np

from socialpoll.errors import BindingError, Problem, nearest
from socialpoll.responses.distinct import distinct
from socialpoll.schema.keys import key_of

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.schema import CodeType, CodeValue

__all__ = [
    "CELL",
    "TICKS",
    "Harmony",
    "Recoding",
    "Ticked",
    "harmonised",
    "is_not_ticked",
    "recoded_value",
    "renaming_of",
    "said_of",
    "ticked_of",
]

Layout: TypeAlias = Literal["value", "cell", "ticks"]
CELL: Layout = "cell"
TICKS: Layout = "ticks"
SHOWN = 3
NOT_TICKED = (None, 0, "false")


@dataclass(frozen=True, kw_only=True)
class Recoding:
    """The codes of one question, and where its answers stand.

    Attributes
    ----------
    question : str
    columns : tuple of str
        Of its answers; of an option a column, where the layout is ``ticks`` its beginning.
    layout : {"value", "cell", "ticks"}
        One code a column, several in one cell, or a 0/1 column a code.
    code_type : {"integer", "string"}
        Of the codes in the data.
    separator : str
        Between the codes of a cell.
    codes : mapping of str to code
        The poll's code by the wave's, written as words.
    """

    question: str
    columns: tuple[str, ...]
    layout: Layout = "value"
    code_type: CodeType = "string"
    separator: str = " "
    codes: Mapping[str, CodeValue]


@dataclass(frozen=True, kw_only=True)
class Harmony:
    """What makes the answers of a wave those of the poll.

    Attributes
    ----------
    columns : mapping of str to str
        The poll's column by the wave's.
    starts : mapping of str to str
        What names of columns begin with instead; of questions with several columns.
    copies : mapping of str to str
        The column of the design by the wave's that is a question too, and is kept.
    recodings : tuple of Recoding
    absent : tuple of str
        0/1 columns of options that the wave did not have: nobody chose them.
    respondent : str or None
        The column that tells respondents apart, after renaming.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    starts: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    recodings: tuple[Recoding, ...] = ()
    absent: tuple[str, ...] = ()
    respondent: str | None = None


def harmonised(frame: pd.DataFrame, harmony: Harmony) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the answers of a wave in the columns and codes of the poll.

    Parameters
    ----------
    frame : pandas.DataFrame
        As the wave has them; it is not changed.
    harmony : Harmony

    Returns
    -------
    pandas.DataFrame
        All columns are kept; what no recoding names is as it was.
    tuple of str
        What is to be said: codes that are taken together, and codes that nobody gave.

    Raises
    ------
    BindingError
        A column that is to be renamed is not there, or its new name is taken; a respondent is there
        twice.
    """
    renaming = renaming_of([str(one) for one in frame.columns], harmony)
    made = frame.rename(columns=renaming)
    made = made.assign(**{new: made[old] for old, new in harmony.copies.items() if old in made})
    said: list[str] = []
    for one in harmony.recodings:
        made, seen = _ticked(made, one) if one.layout == "ticks" else _recoded(made, one)
        said += said_of(one, seen)
    made = made.assign(**{name: 0 for name in harmony.absent if name not in made})
    if harmony.respondent is not None:
        _refuse_repeated(made, harmony.respondent)
    return made, tuple(said)


def renaming_of(known: Sequence[str], harmony: Harmony) -> dict[str, str]:
    """Return the new names of columns; BindingError where one is not there, or is taken."""
    lacking = [one for one in harmony.columns if one not in known]
    problems = [_lacking(f"there is no column {one!r}", one, known) for one in lacking]
    renaming = dict(harmony.columns)
    for old, new in harmony.starts.items():
        several = [name for name in known if name.startswith(old)]
        if not several:
            problems.append(_lacking(f"no column begins with {old!r}", old, known))
        renaming |= {name: f"{new}{name.removeprefix(old)}" for name in several}
    for old, new in renaming.items():
        if new in known and new not in renaming:
            advice = "leave the renaming out, or rename that column too"
            problems.append(
                Problem(f"there is a column {new!r} already", "columns", repr(old), advice=advice)
            )
    if problems:
        raise BindingError("the answers", problems)
    return renaming


def _lacking(what: str, name: str, known: Sequence[str]) -> Problem:
    return Problem(what, "columns", allowed=nearest(name, known))


def said_of(one: Recoding, seen: Collection[str]) -> Iterator[str]:
    """Tell which codes are taken together, and which nobody gave."""
    of = f"of question {one.question!r}"
    for new in dict.fromkeys(map(str, one.codes.values())):
        together = [code for code in one.codes if str(one.codes[code]) == new and code in seen]
        if new in seen and new not in one.codes:
            together.append(new)
        if len(together) > 1:
            yield f"codes {', '.join(map(repr, together))} {of} are taken together as {new!r}"
    for code in one.codes:
        if code not in seen:
            yield f"nobody gave code {code!r} {of}"


def _recoded(frame: pd.DataFrame, one: Recoding) -> tuple[pd.DataFrame, set[str]]:
    """Replace codes in the columns of a question, each distinct value once."""
    seen: set[str] = set()
    made = {name: _series(frame[name], one, seen) for name in one.columns if name in frame.columns}
    return frame.assign(**made), seen


def _series(series: pd.Series, one: Recoding, seen: set[str]) -> pd.Series:
    import pandas as pd

    values = distinct(series)
    given = set(np.unique(values.of_row).tolist())
    # The last place is read by rows without a value, which stand at -1.
    found = np.empty(len(values.found) + 1, dtype=object)
    for place, value in enumerate(values.found):
        found[place] = recoded_value(value, one, seen if place in given else set())
    return pd.Series(found[values.of_row], index=series.index, name=series.name, dtype=object)


def recoded_value(value: object, one: Recoding, seen: set[str]) -> object:
    """Return a value in the poll's codes; as it was where it has none of the wave's.

    Its codes, in the words of the wave, are added to those that were seen.
    """
    whole = _word(value, one)
    if one.layout == "value" or whole in one.codes or not isinstance(value, str):
        seen.add(whole)
        return one.codes.get(whole, value)
    parts = [_word(part, one) for part in value.split(one.separator.strip() or None)]
    seen.update(parts)
    return one.separator.join(str(one.codes.get(part, part)) for part in parts)


def _word(value: object, one: Recoding) -> str:
    key = key_of(value, one.code_type)
    return "" if key is None else str(key)


class Ticked(NamedTuple):
    """The columns of options as they are to be.

    Attributes
    ----------
    made : mapping of str to list of str
        By column: the columns of which any is to be ticked.
    gone : tuple of str
        Columns that are no more.
    seen : set of str
        Codes whose columns are there.
    """

    made: Mapping[str, list[str]]
    gone: tuple[str, ...]
    seen: set[str]


def ticked_of(known: Collection[str], one: Recoding) -> Ticked:
    """Return what becomes of the columns of options, of those that there are."""
    [start] = one.columns
    there = [code for code in one.codes if f"{start}_{code}" in known]
    parts: dict[str, list[str]] = {}
    for code in there:
        parts.setdefault(str(one.codes[code]), []).append(f"{start}_{code}")
    kept = [code for code in parts if code not in one.codes and f"{start}_{code}" in known]
    for code in kept:
        parts[code].append(f"{start}_{code}")
    made = {f"{start}_{code}": several for code, several in parts.items()}
    gone = tuple(f"{start}_{code}" for code in there if code not in parts)
    return Ticked(made, gone, {*there, *kept})


def _ticked(frame: pd.DataFrame, one: Recoding) -> tuple[pd.DataFrame, set[str]]:
    """Rename the 0/1 columns of codes; where several become one, it is ticked where any was."""
    of = ticked_of(frame.columns, one)
    made = {name: _either([frame[part] for part in parts]) for name, parts in of.made.items()}
    return frame.drop(columns=[*of.gone]).assign(**made), of.seen


def _either(several: list[pd.Series]) -> pd.Series:
    first, *others = several
    for other in others:
        empty = first.map(is_not_ticked).astype(bool)
        first = first.astype(object).where(~empty, other.astype(object))
    return first


def is_not_ticked(value: Any) -> bool:  # noqa: ANN401 - a cell of any type
    """Say whether a cell of an option's column says that it was not chosen."""
    key = key_of(value, "integer")
    return (key.casefold() if isinstance(key, str) else key) in NOT_TICKED


def _refuse_repeated(frame: pd.DataFrame, column: str) -> None:
    """Raise where a respondent is there twice in one wave: then nobody knows who it was."""
    if column not in frame.columns:
        return  # binding tells of it
    keys = frame[column].map(lambda one: key_of(one, "string"))
    again = keys[keys.notna() & keys.duplicated()].drop_duplicates()
    if len(again):
        problem = Problem(
            "respondents that are there more than once",
            f"column {column!r}",
            ", ".join(map(repr, again.tolist()[:SHOWN])) + (" …" if len(again) > SHOWN else ""),
            advice="keep one row a respondent in each wave",
        )
        raise BindingError("the answers", [problem])
