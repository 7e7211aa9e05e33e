"""Records as tables of Arrow, in the codes and columns of their agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from socialpoll.demo.register.layouts import NAME_COLUMNS, REFERENCE
from socialpoll.demo.register.people import (
    EDUCATIONS,
    FAMILY,
    FATHER,
    GIVEN,
    GOVERNORATES,
    GRANDFATHER,
    KINDS,
    NOT_OF_AGE,
    SEXES,
    WILAYATS,
    WORDS,
)
from socialpoll.demo.register.recording import NOBODY, identifiers_of, slips

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from socialpoll.demo.register.layouts import Layout
    from socialpoll.demo.register.people import Ints, People
    from socialpoll.demo.register.recording import Written

__all__ = ["table_of", "truth_of", "who_is_who"]

SON, DAUGHTER = "بن", "بنت"
FIGURES = 8
"""Of identifiers and numbers of records."""


def table_of(records: Written, layout: Layout, first: int) -> pa.Table:
    """Return the table of an agency, or of the reference.

    Parameters
    ----------
    records : Written
    layout : Layout
    first : int
        Number of the first record.
    """
    import pyarrow as pa

    columns = {
        "record": _numbered(layout, first, len(records.person)),
        "identifier": _figures(records.identifier, "", missing=NOBODY),
        **_names(records, layout),
        "birth_date": _dates(records.born, layout.dates),
        "sex": _texts(layout.sexes, records.sex),
        "governorate": _texts(layout.governorates, records.governorate),
    }
    if layout.wilayats:
        columns["wilayat"] = _texts(layout.wilayats, records.wilayat)
    if layout.educations or layout == REFERENCE:
        columns["education"] = _texts(EDUCATIONS, records.education, missing=NOT_OF_AGE)
    if layout == REFERENCE:
        columns |= {"household": pa.array(records.household), "block": pa.array(records.block)}
    return pa.table(columns)


def who_is_who(records: Written, layout: Layout, first: int) -> pa.Table:
    """Return whom each record is of: ``source``, ``record`` and number of the ``person``."""
    import pyarrow as pa

    count = len(records.person)
    source = pa.array([layout.name] * count)
    record = _numbered(layout, first, count)
    return pa.table({"source": source, "record": record, "person": pa.array(records.person)})


def truth_of(people: People) -> pa.Table:
    """Return what is true of people, a row each, a move with its day where there was one."""
    import pyarrow as pa

    stayed = people.moved_to == people.governorate
    names = {name: _texts(WORDS, people.names[:, place]) for place, name in enumerate(NAME_COLUMNS)}
    return pa.table(
        {
            "person": pa.array(people.number),
            "kind": _texts(KINDS, people.kind),
            "household": pa.array(people.household),
            "block": pa.array(people.block),
            "identifier": _figures(identifiers_of(people.number), ""),
            **names,
            "sex": _texts(SEXES, people.sex),
            "birth_date": _dates(people.born, ""),
            "governorate": _texts(GOVERNORATES, people.governorate),
            "wilayat": _texts(WILAYATS, people.wilayat),
            "moved_to": _texts(GOVERNORATES, np.where(stayed, NOBODY, people.moved_to), NOBODY),
            "moved_to_wilayat": _texts(
                WILAYATS, np.where(stayed, NOBODY, people.moved_to_wilayat), NOBODY
            ),
            "moved_on": pa.array(people.moved_on.astype(np.int32), mask=stayed).cast(pa.date32()),
            "education": _texts(EDUCATIONS, people.education, missing=NOT_OF_AGE),
            "in_reference": pa.array(people.in_reference),
        }
    )


def _names(records: Written, layout: Layout) -> dict[str, pa.Array]:
    """Return the names as the table has them: in columns, as words, or as a chain."""
    import pyarrow.compute as pc

    spellings = slips().spellings
    each = [_texts(spellings, records.spelled[:, place]) for place in range(FAMILY + 1)]
    if layout.names == "columns":
        return dict(zip(NAME_COLUMNS, each, strict=True))
    if layout.names == "words":
        return {"name": pc.binary_join_element_wise(*each, " ")}
    of_head = _texts((f"{SON} ", f"{DAUGHTER} "), records.sex)
    father = pc.binary_join_element_wise(of_head, each[FATHER], "")
    grandfather = pc.binary_join_element_wise(f"{SON} ", each[GRANDFATHER], "")
    chain = (each[GIVEN], father, grandfather, each[FAMILY])
    return {"name": pc.binary_join_element_wise(*chain, " ")}


def _texts(words: Sequence[str], places: Ints, missing: int | None = None) -> pa.Array:
    import pyarrow as pa

    mask = None if missing is None else places == missing
    return pa.array(words).take(pa.array(places.astype(np.int32), mask=mask))


def _numbered(layout: Layout, first: int, count: int) -> pa.Array:
    return _figures(first + np.arange(count), layout.letter)


def _figures(numbers: Ints, before: str, missing: int | None = None) -> pa.Array:
    """Return numbers as texts of eight figures and more."""
    import pyarrow as pa
    import pyarrow.compute as pc

    mask = None if missing is None else numbers == missing
    texts = pa.array(numbers, mask=mask).cast(pa.string())
    return pc.binary_join_element_wise(before, pc.utf8_lpad(texts, FIGURES, "0"), "")


def _dates(days: Ints, as_text: str) -> pa.Array:
    """Return dates, or texts where a pattern says how they are written."""
    import pyarrow as pa
    import pyarrow.compute as pc

    dates = pa.array(days.astype(np.int32)).cast(pa.date32())
    return pc.strftime(dates, as_text) if as_text else dates
