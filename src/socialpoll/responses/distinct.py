"""The distinct values of a column, so that each is looked at once however many rows there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from socialpoll.responses.columns import BLANK, UNREADABLE, Positions, Truths
from socialpoll.responses.findings import Finding
from socialpoll.schema.keys import key_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Distinct",
    "distinct",
    "first_and_count",
    "frozen",
    "grouped",
    "is_numeric",
    "shrunk",
]

MOST_IN_A_BYTE = 120
MOST_COUNTED = 1000
MOST_TOLD = 100


@dataclass(frozen=True, slots=True)
class Distinct:
    """Distinct values and where they stand.

    Attributes
    ----------
    found : sequence of object
        The values; nothing missing among them, but perhaps some that stand nowhere.
    of_row : integer array (n,)
        Place in ``found`` of each row's value; -1 where there is none.
    """

    found: Sequence[object]
    of_row: npt.NDArray[np.integer[Any]]

    def spread(self, by_value: Sequence[int], categories: int, missing: int) -> Positions:
        """Return the position of each row, array (n,), from that of each distinct value.

        Parameters
        ----------
        by_value : sequence of int
            As long as ``found``.
        categories, missing : int
            How many there are of each; they decide the type of the array.
        """
        # The last place is read by rows without a value, which stand at -1.
        table = shrunk(np.array([*by_value, BLANK], dtype=np.int16), categories, missing)
        position: Positions = table[self.of_row]
        return position

    def unreadable(
        self, position: Positions, question: str, what: str, advise: Callable[[str], str]
    ) -> list[Finding]:
        """Return a finding for each distinct value that stands in a row at UNREADABLE.

        Of very many values the first are told one by one, and the others together.
        """
        cases: Truths = position == UNREADABLE
        rows = np.flatnonzero(cases)
        places, several = grouped(self.of_row[rows], rows)
        findings = []
        order = np.argsort([one[0] for one in several])
        for number in order[:MOST_TOLD]:
            value, at = self.found[int(places[number])], several[number]
            shown = str(value) if isinstance(value, str) else str(key_of(value, "string"))
            findings.append(
                Finding(
                    severity="error",
                    row=int(at[0]),
                    question=question,
                    value=shown,
                    count=at.size,
                    what=what,
                    advice=advise(shown),
                    rule="undeclared",
                    cases=cases,
                    at=at,
                )
            )
        others = order[MOST_TOLD:]
        if others.size:
            at = np.concatenate([several[number] for number in others])
            findings.append(
                Finding(
                    severity="error",
                    row=int(at[0]),
                    question=question,
                    value=f"{others.size} other values",
                    count=at.size,
                    what=what,
                    advice="is this the right column, of the right kind of question?",
                    rule="undeclared",
                    cases=cases,
                    at=at,
                )
            )
        return findings


def distinct(series: pd.Series) -> Distinct:
    """Find the distinct values of a column of any type."""
    import pandas as pd

    if isinstance(series.dtype, pd.CategoricalDtype):
        return Distinct(list(series.cat.categories), series.cat.codes.to_numpy())
    if isinstance(series.dtype, np.dtype) and series.dtype.kind in "iu" and len(series):
        numbers = series.to_numpy()
        lowest, highest = int(numbers.min()), int(numbers.max())
        if highest - lowest < MOST_COUNTED:
            return Distinct(range(lowest, highest + 1), numbers.astype(np.int32) - lowest)
    try:
        of_row, found = pd.factorize(series)
    except TypeError:  # lists and the like, which are told apart by how they are written
        of_row, found = pd.factorize(series.map(str, na_action="ignore"))
    return Distinct(list(found), of_row)


def is_numeric(series: pd.Series) -> bool:
    """Say whether a column holds numbers or truth values, rather than words."""
    import pandas as pd

    kind = series.dtype
    return pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_complex_dtype(kind)


def shrunk(position: npt.NDArray[np.int16], categories: int, missing: int) -> Positions:
    """Return positions in the smallest type that holds so many categories and missing codes."""
    fits = max(categories, missing) <= MOST_IN_A_BYTE
    return position.astype(np.int8) if fits else position


def grouped(
    values: npt.NDArray[Any], rows: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[Any], list[npt.NDArray[np.intp]]]:
    """Return the distinct values that stand in some rows, in their order, and the rows of each."""
    order = np.argsort(values, kind="stable")
    found, first = np.unique(values[order], return_index=True)
    return found, np.split(rows[order], first[1:]) if found.size else []


def first_and_count(rows: Truths) -> tuple[int, int]:
    """Return the first row where something is true, and in how many rows it is."""
    return int(np.argmax(rows)), int(np.count_nonzero(rows))


def frozen(*arrays: npt.NDArray[Any] | None) -> None:
    """Make arrays read-only."""
    for array in arrays:
        if array is not None:
            array.flags.writeable = False
