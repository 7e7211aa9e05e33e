"""Answers and questionnaire in a data file of Stata."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from socialpoll.errors import ReaderError
from socialpoll.hooks import Source
from socialpoll.readers.bounds import require_file
from socialpoll.readers.calendars import in_words, stata_calendar
from socialpoll.readers.labelled import source_of_variables
from socialpoll.readers.notes import Notes
from socialpoll.readers.statistical import read_with
from socialpoll.readers.variables import Value, Variable

__all__ = ["read_stata"]

BEGINS, ENDS = b"<stata_dta>", b"</stata_dta>"


def read_stata(path: str | Path) -> Source:
    """Read the answers and the questionnaire that a data file of Stata holds.

    Value labels make a question ``single``; numbers without labels are ``number``. The tagged
    missing values ``.a`` to ``.z`` become typed missing codes of these names, out of the base;
    their labels give the reasons. The missing value ``.`` is a blank.

    Parameters
    ----------
    path : str or Path
        Of a ``.dta`` file.

    Returns
    -------
    Source
        With a finding for all that was guessed.

    Raises
    ------
    ReaderError
        The file is none of Stata, is damaged or too large, or holds no answers.
    """
    import pandas as pd
    import pyreadstat

    file = require_file(path)
    _require_end(file)
    frame, metadata = read_with(pyreadstat.read_dta, file, "Stata")
    notes = Notes()
    for line in metadata.notes or ():
        if line.strip():
            notes.add(f"a note in the file: {line.strip()}")
    tagged = {name: set(tags) for name, tags in metadata.missing_user_values.items()}
    for name, tags in tagged.items():
        named: dict[object, str] = {one: f".{one}" for one in tags}
        values = frame[name].tolist()
        frame[name] = pd.Series([named.get(one, one) for one in values], dtype="object")
    variables = [
        _variable(name, metadata, tagged.get(name, set())) for name in metadata.column_names
    ]
    for one in variables:
        if one.calendar is not None:
            frame[one.name] = in_words(frame[one.name], one.calendar, "stata")
    title = (metadata.file_label or "").strip() or file.stem
    return source_of_variables(title, variables, frame, notes)


def _require_end(file: Path) -> None:
    """Raise where a file of the newer kinds was cut: its labels stand at its end."""
    with file.open("rb") as content:
        newer = content.read(len(BEGINS)) == BEGINS
        content.seek(-min(len(ENDS), content.seek(0, 2)), 2)
        ended = content.read() == ENDS
    if newer and not ended:
        raise ReaderError(
            "the file is no Stata file, or is damaged",
            where=str(file),
            found="it ends too soon",
            advice="save it from Stata again",
        )


def _variable(name: str, metadata: Any, tags: set[str]) -> Variable:  # noqa: ANN401 - pyreadstat's
    labels: dict[Value, str] = {}
    numeric = metadata.readstat_variable_types.get(name) != "string"
    for value, said in metadata.variable_value_labels.get(name, {}).items():
        is_tag = numeric and isinstance(value, str)
        labels[f".{value}" if is_tag else value] = said
        tags = {*tags, value} if is_tag else tags
    return Variable(
        name=name,
        label=metadata.column_names_to_labels.get(name) or "",
        labels=labels,
        missing=tuple(f".{one}" for one in sorted(tags)),
        calendar=stata_calendar(metadata.original_variable_types.get(name, "")),
    )
