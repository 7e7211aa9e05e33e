"""Write the synthetic register: a reference, the tables of three agencies, and the truth apart."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self, TypeAlias

import numpy as np

from socialpoll.demo.register.adversarial import WITHOUT_IDENTIFIERS, hard_people
from socialpoll.demo.register.households import Drawing, people_of
from socialpoll.demo.register.layouts import LAYOUTS, REFERENCE
from socialpoll.demo.register.recording import Errors, written
from socialpoll.demo.register.tables import table_of, truth_of, who_is_who

if TYPE_CHECKING:
    import pyarrow as pa

    from socialpoll.demo.register.people import People

__all__ = ["CHUNK", "SEED", "FileFormat", "synthesise_hard_cases", "synthesise_register"]

FileFormat: TypeAlias = Literal["parquet", "csv"]
Stream: TypeAlias = np.random.SeedSequence

SEED = 2020
CHUNK = 100_000
"""People who are in memory at a time."""
FAULTLESS = Errors(identifier_missing=0, name_typo=0, birth_date_slip=0, duplicate=0)
"""The reference."""


def synthesise_register(
    people: int, *, to: str | Path, seed: int = SEED, file_format: FileFormat = "parquet"
) -> list[Path]:
    """Write a register of so many people, and what agencies know of them.

    The errors of the agencies are those of :mod:`socialpoll.demo.register.supposed`: of their
    records 10 % have no identifier, 8 % a slip in a name, 3 % one in the date of birth; of the
    people 2 % are there twice, and 5 % have moved since the date of the reference.

    Parameters
    ----------
    people : int
        From one to 4.5 million and more. Memory does not grow with them.
    to : str or Path
        Folder, which is made where it is not there. The truth goes to its folder ``truth``.
    seed : int
        Of the random numbers (PCG64). The same files come out every time.
    file_format : {"parquet", "csv"}

    Returns
    -------
    list of Path
        ``reference``, ``civil_status``, ``health``, ``education``; ``truth/people`` and
        ``truth/records``, which tells of whom each record is.
    """
    seeds = Stream(seed).spawn(-(-people // CHUNK))
    with _Files(Path(to), file_format) as files:
        for chunk, stream in enumerate(seeds):
            of_people, of_tables, of_places = stream.spawn(3)
            first = chunk * CHUNK
            count = min(CHUNK, people - first)
            drawn = people_of(_drawing(of_people), _drawing(of_places), chunk, first, count)
            files.write(drawn, of_tables, Errors())
        return files.paths


def synthesise_hard_cases(
    pairs: int, *, to: str | Path, seed: int = SEED, file_format: FileFormat = "parquet"
) -> list[Path]:
    """Write pairs of people who are easily mistaken, none of whose records has an identifier.

    Parameters
    ----------
    pairs : int
        Of twins, of people with one name, and of people whose names are swapped.
    to, seed, file_format
        As of :func:`synthesise_register`.

    Returns
    -------
    list of Path
        As there.
    """
    of_people, of_tables, of_places = Stream(seed).spawn(3)
    drawn = hard_people(_drawing(of_people), _drawing(of_places), pairs)
    with _Files(Path(to), file_format) as files:
        files.write(drawn, of_tables, WITHOUT_IDENTIFIERS)
        return files.paths


def _drawing(stream: Stream) -> Drawing:
    return Drawing(np.random.Generator(np.random.PCG64(stream)).random)


class _Files:
    """The files of a register, which grow by one piece after the other."""

    def __init__(self, folder: Path, file_format: FileFormat) -> None:
        self.paths: list[Path] = []
        self._folder, self._format = folder, file_format
        self._stack = ExitStack()
        self._writers: dict[str, pa.parquet.ParquetWriter | pa.csv.CSVWriter] = {}
        self._records = dict.fromkeys((REFERENCE, *LAYOUTS), 0)

    def __enter__(self) -> Self:
        (self._folder / "truth").mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def write(self, people: People, stream: Stream, errors: Errors) -> None:
        """Write some people, and what each table has of them."""
        for layout, own in zip(self._records, stream.spawn(len(self._records)), strict=True):
            found = FAULTLESS if layout == REFERENCE else errors
            records = written(_drawing(own), people, layout, found)
            first = self._records[layout]
            self._append(layout.name, table_of(records, layout, first))
            self._append("truth/records", who_is_who(records, layout, first))
            self._records[layout] += len(records.person)
        self._append("truth/people", truth_of(people))

    def _append(self, name: str, table: pa.Table) -> None:
        if name not in self._writers:
            path = self._folder / f"{name}.{self._format}"
            self.paths.append(path)
            self._writers[name] = self._stack.enter_context(_writer(path, table.schema))
        self._writers[name].write_table(table)


def _writer(path: Path, schema: pa.Schema) -> pa.parquet.ParquetWriter | pa.csv.CSVWriter:
    if path.suffix == ".csv":
        from pyarrow import csv

        return csv.CSVWriter(path, schema)
    from pyarrow import parquet

    return parquet.ParquetWriter(path, schema)
