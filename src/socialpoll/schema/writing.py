"""Writing a questionnaire as TOML, laid out the way people would."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socialpoll.errors import Problem, QuestionnaireError
from socialpoll.schema.plain import plain

if TYPE_CHECKING:
    from tomlkit.items import AbstractTable, Array, Item

    from socialpoll.schema.questionnaire import Questionnaire

__all__ = ["as_toml", "write_whole"]

SEVERAL = {"questions", "derived", "constraints", "blocks", "splits"}
"""Sections of several tables."""


def as_toml(questionnaire: Questionnaire) -> str:
    """Return a questionnaire as TOML text: a table a question, a line an option."""
    import tomlkit

    document = tomlkit.document()
    for key, value in plain(questionnaire).items():
        if key in SEVERAL:
            tables = tomlkit.aot()
            for one in value:
                tables.append(_filled(tomlkit.table(), _in_order(one), lines=True))
            document.append(key, tables)
        elif key == "methodology":
            document.append(key, _filled(tomlkit.table(), value, lines=True))
        else:
            document.append(key, _item(value))
    return tomlkit.dumps(document)


def write_whole(path: str | Path, text: str) -> Path:
    """Write a text file in UTF-8, whole or not at all.

    Parameters
    ----------
    path : str or Path
        A file that is there is replaced.
    text : str
        Its new content.

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    QuestionnaireError
        Where it cannot be written; nothing is changed then.
    """
    file = Path(path)
    unfinished = None
    try:
        with tempfile.NamedTemporaryFile(
            "w",
            encoding="utf-8",
            newline="\n",
            dir=file.parent,
            prefix=f".{file.name}-",
            delete=False,
        ) as target:
            unfinished = Path(target.name)
            target.write(text)
            target.flush()
            os.fsync(target.fileno())
        unfinished.replace(file)
    except OSError as error:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)
        problem = Problem("the file cannot be written", str(path), error.strerror or str(error))
        raise QuestionnaireError(str(path), [problem]) from error
    return file


def _in_order(record: Mapping[str, Any]) -> dict[str, Any]:
    """Put name and kind first, and lists of codes last."""
    first = {key: record[key] for key in ("name", "kind", "of") if key in record}
    last = {
        key: record[key]
        for key in ("items", "options", "bands", "groups", "nets", "versions", "missing")
        if key in record
    }
    between = {key: value for key, value in record.items() if key not in {**first, **last}}
    return first | between | last


def _filled(
    table: AbstractTable, values: Mapping[str, object], *, lines: bool = False
) -> AbstractTable:
    for key, value in values.items():
        table.append(key, _item(value, lines=lines))
    return table


def _item(value: object, *, lines: bool = False) -> Item:
    """Return a value for tomlkit; ``lines`` gives each table of a list its own line."""
    import tomlkit

    if isinstance(value, Mapping):
        return _filled(tomlkit.inline_table(), value)
    if isinstance(value, list):
        array: Array = tomlkit.array()
        for one in value:
            array.append(_item(one))
        return array.multiline(lines and any(isinstance(one, Mapping) for one in value))
    item: Item = tomlkit.item(value)
    return item
