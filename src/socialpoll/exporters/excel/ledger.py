"""The notes of all tables of a workbook, each told once, under a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Ledger"]


class Ledger:
    """Notes by number.

    Parameters
    ----------
    notes : mapping of str to sequence of str
        Name of a sheet to the notes of its table. Shorthand comes first, then the others in the
        order in which they are met.

    Examples
    --------
    >>> ledger = Ledger({"Table 1": ["Weighted.", "[c] suppressed"], "Table 2": ["Weighted."]})
    >>> list(ledger.rows())
    [(1, '[c] suppressed', ['Table 1']), (2, 'Weighted.', ['Table 1', 'Table 2'])]
    >>> ledger.numbers("Table 2")
    [2]
    """

    def __init__(self, notes: Mapping[str, Sequence[str]]) -> None:
        self._notes = notes
        met = dict.fromkeys(note for several in notes.values() for note in several)
        ordered = sorted(met, key=lambda note: not note.startswith("["))
        self._number = {note: number for number, note in enumerate(ordered, start=1)}

    def numbers(self, sheet: str) -> list[int]:
        """Return the numbers of the notes of a sheet, in order."""
        return sorted({self._number[note] for note in self._notes[sheet]})

    def rows(self) -> Iterable[tuple[int, str, list[str]]]:
        """Yield number, words and sheets of every note, in the order of the numbers."""
        for note, number in self._number.items():
            yield number, note, [name for name, several in self._notes.items() if note in several]
