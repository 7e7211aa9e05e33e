"""Tables of questions in a form as grids: items that are answered from one list of choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from socialpoll.readers.xlsform_choices import WHOLE
from socialpoll.schema import AnyQuestion, CodeValue, Grid, Item, Scale, Single

__all__ = ["grid_of"]


def grid_of(common: Mapping[str, Any], asked: Sequence[AnyQuestion]) -> Grid | None:
    """Return the grid that questions of a table make.

    Parameters
    ----------
    common : mapping
        Name, text and, where the form says so, ``ordered`` of the table.
    asked : sequence of questions
        Those in the table.

    Returns
    -------
    Grid or None
        An item named ``{grid}_{code}`` gives its code; any other name is the code, and the column
        of its answers. None where the questions have more to tell them apart than their words.
    """
    several = [one for one in asked if isinstance(one, Single | Scale)]
    if not several or len(several) < len(asked):
        return None
    first = several[0]
    if any(_shared(one) != _shared(first) for one in several):
        return None
    return Grid(
        **{"ordered": isinstance(first, Scale), **common},
        items=_items(common["name"], several),
        code_type=first.code_type,
        options=first.options,
        options_order=first.options_order,
        missing=first.missing,
        asked_if=first.asked_if,
    )


def _shared(question: Single | Scale) -> Single | Scale:
    """Return what an item has in common with the others."""
    return replace(question, name="item", text={}, column=None)


def _items(grid: str, asked: Sequence[Single | Scale]) -> tuple[Item, ...]:
    prefix = f"{grid}_"
    named = all(one.name.startswith(prefix) and one.name != prefix for one in asked)
    return tuple(
        Item(code=_code(one.name.removeprefix(prefix)), label=one.text, column=one.column)
        if named
        else Item(code=one.name, label=one.text, column=one.column or one.name)
        for one in asked
    )


def _code(words: str) -> CodeValue:
    """Return the code of an item: a whole number where it is written as one."""
    return int(words) if WHOLE.fullmatch(words) and str(int(words)) == words else words
