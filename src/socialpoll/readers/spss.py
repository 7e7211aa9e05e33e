"""Answers and questionnaire in a data file of SPSS."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from socialpoll.hooks import Source
from socialpoll.readers.bounds import require_file
from socialpoll.readers.calendars import in_words, spss_calendar
from socialpoll.readers.labelled import source_of_variables
from socialpoll.readers.notes import Notes
from socialpoll.readers.sets import MultipleSet
from socialpoll.readers.spss_dictionary import dictionary_of
from socialpoll.readers.statistical import read_with
from socialpoll.readers.variables import Value, Variable
from socialpoll.readers.weight_of_spss import weight_in

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_spss"]


def read_spss(path: str | Path) -> Source:
    """Read the answers and the questionnaire that a data file of SPSS holds.

    Value labels make a question ``single``, or ``scale`` where its measure is ordinal, scored by
    its codes; numbers without labels are ``number``. User-missing values and ranges become typed
    missing codes, out of the base; their labels give the reasons. Multiple-response sets become
    questions of several answers.

    Parameters
    ----------
    path : str or Path
        Of a ``.sav`` or ``.zsav`` file.

    Returns
    -------
    Source
        With a finding for all that was guessed, and for what the file says beside: its notes, its
        weight, and the variables that are no questions, such as dates.

    Raises
    ------
    ReaderError
        The file is none of SPSS, is damaged or too large, or holds no answers.
    """
    import pyreadstat

    file = require_file(path)
    dictionary = dictionary_of(file)
    frame, metadata = read_with(pyreadstat.read_sav, file, "SPSS")
    notes = Notes()
    for line in metadata.notes or ():
        if line.strip():
            notes.add(f"a note in the file: {line.strip()}")
    weight = weight_in(dictionary, list(frame.columns))
    if weight:
        notes.add(f"the file is weighted by {weight!r}; name it in the sample design")
    variables = [_variable(name, metadata, frame[name]) for name in frame.columns]
    for one in variables:
        if one.calendar is not None:
            frame[one.name] = in_words(frame[one.name], one.calendar, "spss", one.missing)
    by_name = {one.name: one for one in variables}
    sets = [
        MultipleSet(
            name,
            said["label"] or "",
            said["counted_value"] if said["is_dichotomy"] else None,
            tuple(by_name[one] for one in said["variable_list"] if one in by_name),
        )
        for name, said in (metadata.mr_sets or {}).items()
    ]
    title = (metadata.file_label or "").strip() or file.stem
    return source_of_variables(title, variables, frame, notes, [one for one in sets if one.members])


def _variable(name: str, metadata: Any, series: pd.Series) -> Variable:  # noqa: ANN401 - pyreadstat's
    labels: dict[Value, str] = metadata.variable_value_labels.get(name, {})
    ranges = metadata.missing_ranges.get(name, [])
    candidates = {*labels, *series.dropna().unique()} if ranges else set()
    missing = [one for one in candidates if any(_is_within(one, limits) for limits in ranges)]
    # A code that is declared by itself is missing whether or not anybody gave it.
    missing += [limits["lo"] for limits in ranges if limits["lo"] == limits["hi"]]
    return Variable(
        name=name,
        label=metadata.column_names_to_labels.get(name) or "",
        labels=labels,
        missing=tuple(sorted(dict.fromkeys(one for one in missing if one != ""), key=_order)),
        measure=metadata.variable_measure.get(name, "unknown"),
        calendar=spss_calendar(metadata.original_variable_types.get(name) or ""),
    )


def _is_within(value: Value, limits: dict[str, Any]) -> bool:
    if isinstance(value, str) or isinstance(limits["lo"], str):
        return str(value) == str(limits["lo"])
    lowest, highest = float(limits["lo"]), float(limits["hi"])
    return lowest <= value <= highest


def _order(value: Value) -> tuple[bool, Value]:
    return isinstance(value, str), value
