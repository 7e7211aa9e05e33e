"""Answers and questionnaire in a data file of Stata."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socialpoll.hooks import Source
from socialpoll.readers.bounds import require_file
from socialpoll.readers.calendars import in_words, stata_calendar
from socialpoll.readers.labelled import source_of_variables
from socialpoll.readers.notes import Notes
from socialpoll.readers.statistical import damaged, read_with
from socialpoll.readers.variables import Value, Variable

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_stata"]

BEGINS, ENDS = b"<stata_dta>", b"</stata_dta>"


def read_stata(path: str | Path) -> Source:
    """Read the answers and the questionnaire that a data file of Stata holds.

    Value labels make a question ``single``; numbers without labels are ``number``. The tagged
    missing values ``.a`` to ``.z`` become typed missing codes of these names, out of the base;
    their labels give the reasons. One that has the label of a number nobody has is read as that
    number, as :func:`socialpoll.write_dta` writes them. The missing value ``.`` is a blank.

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
    variables = []
    for name in metadata.column_names:
        codes = _codes_of_letters(name, metadata, frame[name], notes)
        if metadata.missing_user_values.get(name):
            values = [codes.get(one, one) for one in frame[name].tolist()]
            whole = any(isinstance(one, str) for one in values)
            frame[name] = pd.Series(values, dtype="object" if whole else "float64")
        variables.append(_variable(name, metadata, codes))
    for one in variables:
        if one.calendar is not None:
            frame[one.name] = in_words(frame[one.name], one.calendar, "stata", one.missing)
    title = (metadata.file_label or "").strip() or file.stem
    return source_of_variables(title, variables, frame, notes)


def _require_end(file: Path) -> None:
    """Raise where a file of the newer kinds was cut: its labels stand at its end."""
    with file.open("rb") as content:
        newer = content.read(len(BEGINS)) == BEGINS
        content.seek(-min(len(ENDS), content.seek(0, 2)), 2)
        ended = content.read() == ENDS
    if newer and not ended:
        raise damaged(file, "Stata", "it ends too soon")


def _codes_of_letters(
    name: str,
    metadata: Any,  # noqa: ANN401 - pyreadstat's
    series: pd.Series,
    notes: Notes,
) -> dict[object, Value]:
    """Return the missing code that each letter stands for: ``.a`` for ``a``, or a number.

    Where one number that no case has, and no other, has the label of a letter, it is the code that
    the letter was made of; and if two letters have that label, nobody can tell.
    """
    labels = metadata.variable_value_labels.get(name, {})
    if metadata.readstat_variable_types.get(name) == "string":
        return {}
    letters = {one for one in labels if isinstance(one, str)}
    letters |= set(metadata.missing_user_values.get(name, ()))
    given = set(series.dropna().unique())
    codes: dict[object, Value] = {}
    for letter in sorted(letters):
        alike = [value for value, said in labels.items() if said == labels.get(letter)]
        numbers = [one for one in alike if not isinstance(one, str) and one not in given]
        codes[letter] = f".{letter}"
        if labels.get(letter) and len(alike) == len(numbers) + 1 and len(numbers) == 1:
            codes[letter] = numbers[0]
            notes.add(
                "missing values that have the label of a number nobody has are read as that number",
                f"{name} (.{letter} is {numbers[0]:g})",
            )
    return codes


def _variable(name: str, metadata: Any, codes: Mapping[object, Value]) -> Variable:  # noqa: ANN401 - pyreadstat's
    labels = metadata.variable_value_labels.get(name, {})
    return Variable(
        name=name,
        label=metadata.column_names_to_labels.get(name) or "",
        labels={codes.get(value, value): said for value, said in labels.items()},
        missing=tuple(codes.values()),
        calendar=stata_calendar(metadata.original_variable_types.get(name) or ""),
    )
