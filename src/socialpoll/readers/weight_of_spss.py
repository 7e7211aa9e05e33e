"""The weight of a data file of SPSS, which its header names by the place of the variable."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from struct import Struct
from typing import IO

__all__ = ["weight_in"]

HEADER = 176
LAYOUT, WEIGHT = 64, 76
VARIABLE = 2
CONTINUED = -1
ROUNDED_TO = 4
LONGEST_LABEL = 1 << 16


def weight_in(file: Path, names: Sequence[str]) -> str:
    """Return the variable that cases are weighted by; an empty string where there is none.

    Parameters
    ----------
    file : Path
        Of a sound data file of SPSS.
    names : sequence of str
        Of all variables.

    Returns
    -------
    str
        One of the names; where the file keeps long strings in several variables, and so counts
        more of them than there are names, the short name that the file gives the weight.
    """
    with file.open("rb") as content:
        header = content.read(HEADER)
        order = "<" if header[LAYOUT : LAYOUT + 4] in {b"\2\0\0\0", b"\3\0\0\0"} else ">"
        number = Struct(f"{order}i")
        (place,) = number.unpack_from(header, WEIGHT)
        if place <= 0:
            return ""
        try:
            short = list(_short_names(content, Struct(f"{order}6i8s"), number))
        except struct.error:
            return ""
    if place > len(short):
        return ""
    named = [one for one in short if one is not None]
    wanted = short[place - 1]
    if wanted is not None and len(named) == len(names):
        return names[sum(one is not None for one in short[: place - 1])]
    return wanted or ""


def _short_names(content: IO[bytes], variable: Struct, number: Struct) -> Iterator[str | None]:
    """Yield the short name in each record of a variable, None where it continues the last."""
    while True:
        record = content.read(variable.size)
        kind, width, labelled, missing, _, _, name = variable.unpack(record)
        if kind != VARIABLE:
            return
        yield None if width == CONTINUED else name.decode("ascii", "replace").strip()
        if labelled:
            (length,) = number.unpack(content.read(number.size))
            if not 0 <= length <= LONGEST_LABEL:
                return
            content.seek(-(-length // ROUNDED_TO) * ROUNDED_TO, 1)
        content.seek(abs(missing) * 8, 1)
