"""A folder of reference cases: data with its schema, designs, results."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Case", "Dataset", "Folder"]

BASE_WEIGHT = "base_w"
DTYPES = {"string": "str", "factor": "str", "int": "Int64", "float": "float64"}


@dataclass(frozen=True, eq=False)
class Case:
    """One reference result."""

    record: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Its name, for messages only."""
        return str(self.record["id"])

    @property
    def topic(self) -> str:
        """``t01_estimates`` and so on."""
        return str(self.record["topic"])

    @property
    def params(self) -> Mapping[str, Any]:
        """What was asked for, whatever the language."""
        return dict(self.record["params"])

    @property
    def stat(self) -> str:
        """Which kind of figure was asked for."""
        return str(self.record["params"]["stat"])

    @property
    def flags(self) -> frozenset[str]:
        """How the answer is to be judged."""
        return frozenset(self.record.get("flags", ()))

    @property
    def options(self) -> Mapping[str, Any]:
        """R's options."""
        return dict(self.record.get("options", {}))

    @property
    def expect(self) -> Mapping[str, Any]:
        """R's answer."""
        return dict(self.record["expect"])


@dataclass(frozen=True, eq=False)
class Dataset:
    """Data as R read them: a frame, the type of each column, the levels of factors."""

    name: str
    frame: pd.DataFrame
    types: Mapping[str, str]
    levels: Mapping[str, tuple[str, ...]]

    def kept(self, frame: pd.DataFrame) -> Dataset:
        """Return the same data with other rows or values."""
        return Dataset(self.name, frame, self.types, self.levels)


class Folder:
    """Where the reference cases are.

    Parameters
    ----------
    path : Path
        Holds ``data/*.csv``, ``data/schema.json``, ``results/designs.json``, ``results/t*.json``.

    Attributes
    ----------
    sources : dict
        Responses and weights that were made before, so that cases of one design share them.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sources: dict[Hashable, Any] = {}
        self._datasets: dict[str, Dataset] = {}

    @cached_property
    def designs(self) -> Mapping[str, Any]:
        """Every design by its name."""
        return dict(self._json("results/designs.json"))

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Every case of every topic."""
        return tuple(self._cases())

    def base(self, design: str | Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the base design that a design was derived from."""
        found = self.designs[design] if isinstance(design, str) else design
        while "base" in found:
            found = self.designs[found["base"]]
        return dict(found)

    def dataset(self, name: str) -> Dataset:
        """Read the data of one name; only an empty field is missing."""
        if name not in self._datasets:
            self._datasets[name] = self._read(name)
        return self._datasets[name]

    def replicate_weights(self, file: str) -> pd.DataFrame:
        """Read the weights of replicates, one row a case, without those of the full sample."""
        import pandas as pd

        return pd.read_csv(self.path / "results" / file).drop(columns=BASE_WEIGHT)

    def _cases(self) -> Iterator[Case]:
        for path in sorted((self.path / "results").glob("t*.json")):
            for record in json.loads(path.read_text(encoding="utf-8"))["cases"]:
                yield Case(record)

    def _json(self, name: str) -> Any:
        return json.loads((self.path / name).read_text(encoding="utf-8"))

    def _read(self, name: str) -> Dataset:
        import pandas as pd

        schema = self._json("data/schema.json")[name]
        types = schema["types"]
        path = self.path / "data" / f"{name}.csv"
        written = pd.read_csv(path, keep_default_na=False, na_values=[""], dtype="str")
        frame = pd.DataFrame(
            {
                column: _typed(written[column], DTYPES.get(kind, "str"))
                for column, kind in types.items()
            }
        )
        levels = {column: tuple(several) for column, several in schema["levels"].items()}
        return Dataset(name, frame, types, levels)


def _typed(column: pd.Series, dtype: str) -> pd.Series:
    """Read numbers as Python does, which is exact to the last digit."""
    if dtype == "str":
        return column
    return column.map(float, na_action="ignore").astype(float).astype(dtype)
