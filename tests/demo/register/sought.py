"""Looks for people in what a run leaves behind: identifiers, names, numbers of records."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from socialpoll.demo.register.layouts import NAME_COLUMNS
from socialpoll.register import normalise_name

__all__ = ["Sought", "texts_of"]

# A pseudonym has digits in a row by chance, and so has a fraction.
IDENTIFIER = re.compile(r"(?<![0-9A-Za-z.])\d{8}(?![0-9A-Za-z])", re.ASCII)
RECORD = re.compile(r"(?<![0-9A-Za-z])[RCHE]\d{8}(?![0-9A-Za-z])", re.ASCII)
ARABIC = re.compile("[\u0620-\u065f\u0670]+")
ARABIC_DIGIT = re.compile("[٠-٩]")


Words: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Sought:
    """What is known of people in tables: identifiers, and names in words, by how many these are."""

    identifiers: frozenset[str]
    names: dict[int, set[Words]]
    normalised: dict[int, set[Words]]

    @classmethod
    def of(cls, tables: Iterable[pd.DataFrame]) -> Sought:
        """Take everybody in the tables: whole names, and given and family name together."""
        tables = list(tables)
        names = (table["name"] if "name" in table else _joined(table) for table in tables)
        written = set(chain.from_iterable(names))
        return cls(
            frozenset(chain.from_iterable(table["identifier"].dropna() for table in tables)),
            _by_length(written),
            _by_length(map(normalise_name, written)),
        )

    def found_in(self, texts: Iterable[str]) -> set[str]:
        """Return everything of people that is in some texts."""
        return set(chain.from_iterable(map(self._found, texts)))

    def _found(self, text: str) -> Iterator[str]:
        figures = text if text.isascii() else ARABIC_DIGIT.sub(_in_ascii, text)
        yield from self.identifiers.intersection(IDENTIFIER.findall(figures))
        yield from RECORD.findall(figures)
        words = ARABIC.findall(text)
        yield from _windows(words, self.names)
        yield from _windows(normalise_name(" ".join(words)).split(), self.normalised)


def _in_ascii(digit: re.Match[str]) -> str:
    return str(int(digit[0]))


def _joined(table: pd.DataFrame) -> Iterator[str]:
    return map(" ".join, table[list(NAME_COLUMNS)].itertuples(index=False, name=None))


def _by_length(names: Iterable[str]) -> dict[int, set[Words]]:
    """Return names in words, and of each given and family name alone, by the number of words."""
    found: dict[int, set[Words]] = {}
    for name in names:
        words = tuple(name.split())
        for one in (words, (words[0], words[-1])):
            found.setdefault(len(one), set()).add(one)
    return found


def _windows(words: list[str], names: dict[int, set[Words]]) -> Iterator[str]:
    """Yield the names among words, whatever parts the words where they stand."""
    for length, of_length in names.items():
        windows = zip(*(words[start:] for start in range(length)), strict=False)
        yield from map(" ".join, of_length.intersection(windows))


def texts_of(name: str, content: bytes) -> Iterator[str]:
    """Yield a file as text, and all that is packed into it."""
    yield html.unescape(content.decode("utf-8", errors="replace"))
    if name.endswith(".parquet"):
        yield pd.read_parquet(io.BytesIO(content)).to_csv()
    elif name.endswith(".json"):
        yield json.dumps(json.loads(content), ensure_ascii=False)
    elif zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in packed.namelist():
                yield from texts_of(member, packed.read(member))


def texts_in(path: Path) -> Iterator[str]:
    """Yield the texts of a file, or of all files in a folder."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        if file.is_file():
            yield from texts_of(file.name, file.read_bytes())
