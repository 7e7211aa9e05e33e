"""What was ticked, from either style of an export into either layout of a questionnaire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from socialpoll.schema.keys import key_of

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.schema import CodeValue, Multiple

__all__ = ["Ticked", "as_cell", "as_columns", "of_cell", "of_columns"]

MARKS: Mapping[object, bool] = {"1": True, "0": False, "true": True, "false": False}


class Ticked(NamedTuple):
    """What one respondent ticked.

    Attributes
    ----------
    chosen : frozenset of codes
        Empty where nothing was ticked.
    given : bool
        Whether there is anything at all in the row.
    strange : str
        What stands there and is neither a choice nor a tick; empty where everything is.
    """

    chosen: frozenset[object]
    given: bool
    strange: str = ""


NOTHING = Ticked(frozenset(), given=False)


def of_cell(series: pd.Series, names: Mapping[CodeValue, str]) -> list[Ticked]:
    """Read cells of names parted by blanks."""
    known: dict[str, object] = {form: code for code, form in names.items()}
    read: dict[object, Ticked] = {}
    found = []
    for value in series:
        words = key_of(value, "string")
        if words not in read:
            read[words] = NOTHING if words is None else _of_words(str(words), known)
        found.append(read[words])
    return found


def of_columns(columns: Mapping[object, pd.Series], rows: int) -> list[Ticked]:
    """Read 0/1 columns by their codes."""
    chosen: list[set[object]] = [set() for _ in range(rows)]
    given = [False] * rows
    strange = [""] * rows
    for code, series in columns.items():
        for row, value in enumerate(series):
            words = key_of(value, "string")
            if words is None:
                continue
            given[row] = True
            mark = MARKS.get(str(words).casefold())
            if mark is None:
                strange[row] = strange[row] or f"{code}={words}"
            elif mark:
                chosen[row].add(code)
    return [
        Ticked(frozenset(ticks), there, words)
        for ticks, there, words in zip(chosen, given, strange, strict=True)
    ]


def as_cell(question: Multiple, ticked: Sequence[Ticked], index: pd.Index) -> dict[str, pd.Series]:
    """Return one column of codes, parted as the question declares."""
    import pandas as pd

    order = [one.code for one in question.options] + [one.code for one in question.missing]
    cells = [
        one.strange or question.separator.join(str(code) for code in order if code in one.chosen)
        for one in ticked
    ]
    made = pd.Series([cell or None for cell in cells], index=index, dtype="object")
    return {question.column or question.name: made}


def as_columns(
    question: Multiple, ticked: Sequence[Ticked], index: pd.Index
) -> dict[str, pd.Series]:
    """Return a 0/1 column an option and missing code; what is strange stands in the first one."""
    import pandas as pd

    made: dict[str, pd.Series] = {}
    codes = [one.code for one in question.options] + [one.code for one in question.missing]
    for place, code in enumerate(codes):
        cells = [_mark(one, code, first=place == 0) for one in ticked]
        name = f"{question.column or question.name}_{code}"
        made[name] = pd.Series(cells, index=index, dtype="object")
    return made


def _of_words(words: str, known: Mapping[str, object]) -> Ticked:
    parts = words.split()
    if not all(part in known for part in parts):
        return Ticked(frozenset(), given=True, strange=words)
    return Ticked(frozenset(known[part] for part in parts), given=True)


def _mark(ticked: Ticked, code: object, *, first: bool) -> object:
    if ticked.strange:
        return ticked.strange if first else None
    return int(code in ticked.chosen) if ticked.given else None
