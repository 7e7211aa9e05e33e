"""The delimiter of a table in text: the one that parts its lines alike."""

from __future__ import annotations

import csv
from io import StringIO
from itertools import islice
from typing import NamedTuple

__all__ = ["DELIMITERS", "Delimiter", "delimiter_of"]

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
ROWS_LOOKED_AT = 50


class Delimiter(NamedTuple):
    """A delimiter, and what there is to say about how it was found."""

    character: str
    findings: tuple[str, ...] = ()


class _Parted(NamedTuple):
    """How a delimiter parts the first lines; of two the better is the greater."""

    agreeing: float
    names: int


def delimiter_of(text: str) -> Delimiter:
    r"""Return the delimiter that parts most lines into as many cells as the first has names.

    Of delimiters that do so equally well, it is the one that gives most names; a text that none of
    them parts is one column, read with commas.

    Parameters
    ----------
    text : str
        The beginning of a file; its last line may be incomplete.

    Examples
    --------
    >>> delimiter_of("id;says, in words\n1;yes, often\n2;no\n").character
    ';'
    """
    parted = {one: _parted(text, one) for one in DELIMITERS}
    best = max(parted, key=lambda one: parted[one])
    rivals = [
        one
        for one, how in parted.items()
        if how.names > 1 and how.agreeing == parted[best].agreeing and one != best
    ]
    if not rivals or parted[best].agreeing < 1:
        return Delimiter(best)
    others = " or ".join(DELIMITERS[one] for one in rivals)
    told = f"the delimiter is taken to be the {DELIMITERS[best]}; {others} would part it as well"
    return Delimiter(best, (told,))


def _parted(text: str, delimiter: str) -> _Parted:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [row for row in islice(reader, ROWS_LOOKED_AT + 1) if row]
    except csv.Error:
        return _Parted(0.0, 0)
    if not rows or len(rows[0]) == 1:
        return _Parted(0.0, len(rows[0]) if rows else 0)
    # The text may have been cut in its last line.
    others = rows[1:] if text[-1] in "\r\n" else rows[1:-1] or rows[1:]
    agreeing = sum(len(row) == len(rows[0]) for row in others) / max(len(others), 1)
    return _Parted(agreeing, len(rows[0]))
