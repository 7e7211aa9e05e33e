"""The answers of a wave in the columns and codes of the poll, where they lie."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from socialpoll.errors import BindingError, Problem
from socialpoll.poll.harmonising import (
    TICKS,
    Harmony,
    Recoding,
    is_not_ticked,
    recoded_value,
    renaming_of,
    said_of,
    ticked_of,
)
from socialpoll.responses.scans.addressing import address_of, named, names_in
from socialpoll.responses.scans.fetching import fetched
from socialpoll.schema.keys import key_of

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["harmonised_elsewhere"]

VALUE = "value"
"""Column of what is asked of the engine."""
MOST = 2_000
"""Different values up to which an engine is told what each becomes."""


def harmonised_elsewhere(
    frame: nw.LazyFrame[Any], harmony: Harmony
) -> tuple[nw.LazyFrame[Any], tuple[str, ...]]:
    """Return the answers of a wave in the columns and codes of the poll; see ``harmonised``.

    Of each column whose codes change the engine tells the different values, once.

    Parameters
    ----------
    frame : narwhals.LazyFrame
        With its columns at their addresses.
    harmony : Harmony

    Returns
    -------
    frame : narwhals.LazyFrame
        With its columns under their own names.
    said : tuple of str

    Raises
    ------
    BindingError
        A column that is to be renamed is not there, or its new name is taken; one whose codes
        change has too many values.
    """
    import narwhals as nw

    renaming = renaming_of(names_in(frame), harmony)
    made = frame.rename({address_of(old): address_of(new) for old, new in renaming.items()})
    there = names_in(made)
    copies = {old: new for old, new in harmony.copies.items() if old in there}
    made = _with(made, [_column(old).alias(address_of(new)) for old, new in copies.items()])
    said: list[str] = []
    for one in harmony.recodings:
        made, seen = _ticked(made, one) if one.layout == TICKS else _recoded(made, one)
        said += said_of(one, seen)
    there = names_in(made)
    absent = [nw.lit(0).alias(address_of(name)) for name in harmony.absent if name not in there]
    return named(_with(made, absent)), tuple(said)


def _column(name: str) -> nw.Expr:
    import narwhals as nw

    return nw.col(address_of(name))


def _with(frame: nw.LazyFrame[Any], made: Sequence[nw.Expr]) -> nw.LazyFrame[Any]:
    return frame.with_columns(*made) if made else frame


def _recoded(frame: nw.LazyFrame[Any], one: Recoding) -> tuple[nw.LazyFrame[Any], set[str]]:
    import narwhals as nw

    seen: set[str] = set()
    schema = frame.collect_schema()
    made: list[nw.Expr] = []
    for name in one.columns:
        kind = schema.get(address_of(name))
        if kind is not None:
            values = _values_of(frame, _column(name), name)
            becoming = [recoded_value(value, one, seen) for value in values]
            made += _replaced(name, values, becoming, one, is_words=kind == nw.String())
    return _with(frame, made), seen


def _values_of(frame: nw.LazyFrame[Any], column: nw.Expr, name: str) -> list[Any]:
    """Return the different values of a column but for what is missing."""
    values = frame.select(column.alias(VALUE)).unique().head(MOST + 1)
    found = fetched(values)[VALUE].to_list()
    if len(found) > MOST:
        problem = Problem(
            "answers differ too much to be put into the codes of the poll where they lie",
            f"column {name!r}",
            f"more than {MOST:,} values",
            advice="save the wave with the codes of the poll",
        )
        raise BindingError("the answers", [problem])
    return [one for one in found if one is not None and one == one]  # noqa: PLR0124 - not a number


def _replaced(
    name: str, values: Sequence[Any], becoming: Sequence[Any], one: Recoding, *, is_words: bool
) -> Iterator[nw.Expr]:
    """Yield a column with other values: numbers where all are, else words."""
    import narwhals as nw

    own = _column(name)
    numbers = all(isinstance(new, int | float) and not isinstance(new, bool) for new in becoming)
    several: dict[Any, list[Any]] = {}
    for value, new in zip(values, becoming, strict=True):
        known = new if numbers else _word(new, one)
        # Where words become numbers, or numbers words, an engine is told of all values.
        if is_words is numbers or known != value:
            several.setdefault(known, []).append(value)
    if not several:
        return
    found: nw.Expr = nw.lit(None) if is_words is numbers else own
    for new, olds in several.items():
        found = nw.when(own.is_in(olds)).then(nw.lit(new)).otherwise(found)
    yield found.alias(address_of(name))


def _word(value: object, one: Recoding) -> str:
    if isinstance(value, str):
        return value
    key = key_of(value, one.code_type)
    return "" if key is None else str(key)


def _ticked(frame: nw.LazyFrame[Any], one: Recoding) -> tuple[nw.LazyFrame[Any], set[str]]:
    there = names_in(frame)
    of = ticked_of(there, one)
    made = [_either(frame, parts).alias(address_of(name)) for name, parts in of.made.items()]
    # Selected anew, for an engine may hold names to be the same that differ in case.
    others = [_column(name) for name in there if name not in {*of.made, *of.gone}]
    return frame.select(*others, *made), of.seen


def _either(frame: nw.LazyFrame[Any], several: Sequence[str]) -> nw.Expr:
    """Return the first column of several, with the next where it says that nothing is chosen."""
    import narwhals as nw

    schema = frame.collect_schema()
    alike = len({schema[address_of(name)] for name in several}) == 1
    own = [_column(name) for name in several]
    columns = own if alike else [one.cast(nw.String()) for one in own]
    if len(columns) == 1:
        return columns[0]
    empty = _empty(frame, columns, several)
    found = columns[0]
    for column in columns[1:]:
        nothing = found.is_null() | found.is_in(empty) if empty else found.is_null()
        found = nw.when(nothing).then(column).otherwise(found)
    return found


def _empty(
    frame: nw.LazyFrame[Any], columns: Sequence[nw.Expr], names: Sequence[str]
) -> Collection[Any]:
    """Return the values that say that an option was not chosen."""
    pairs = zip(columns, names, strict=True)
    values = [value for column, name in pairs for value in _values_of(frame, column, name)]
    return list({value for value in values if is_not_ticked(value)})
