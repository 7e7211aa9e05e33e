"""The groups of a breakdown: which of them may be shown, and what their files are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialpoll.errors import ReportError, nearest
from socialpoll.report.measured import Shown, plain_rows
from socialpoll.schema import TOTAL

if TYPE_CHECKING:
    from socialpoll.disclosure import Release

__all__ = ["Groups", "groups_in"]

CROSSED = "|"
LONGEST = 40
"""Letters of a code that are kept in the name of a file."""


@dataclass(frozen=True, kw_only=True)
class Groups:
    """The groups of a breakdown in a release.

    Attributes
    ----------
    breakdown : str
        As in the figures; a crossing as ``governorate|sex``.
    shown : tuple of str
        Codes of the groups of which some figure may be shown, in the order of the figures.
    hidden : tuple of str
        Those of which none may be.
    names : mapping of str to str
        Code to a plain name for files, each of its own: ``governorate-muscat``.
    """

    breakdown: str
    shown: tuple[str, ...]
    hidden: tuple[str, ...]
    names: dict[str, str]


def groups_in(release: Release, breakdown: str | Sequence[str]) -> Groups:
    """Return the groups of a breakdown, those apart of which nothing may be shown.

    Parameters
    ----------
    release : Release
    breakdown : str or sequence of str
        A variable, or several for their crossing.

    Returns
    -------
    Groups

    Raises
    ------
    ReportError
        Nothing in the release is measured by it.

    See Also
    --------
    compose : With ``group``, the report of one of them.
    """
    wanted = breakdown if isinstance(breakdown, str) else CROSSED.join(breakdown)
    rows = [Shown(place, row) for place, row in enumerate(plain_rows(release.figures))]
    known = dict.fromkeys(str(one.row["breakdown"]) for one in rows)
    several = [one for one in known if one != TOTAL]
    if wanted not in several:
        raise ReportError(
            "nothing in the release is measured by this breakdown",
            where="groups",
            found=repr(wanted),
            allowed=nearest(wanted, several),
            advice="add it to 'by' of the indicators",
        )
    found: dict[str, bool] = {}
    for one in rows:
        if one.row["breakdown"] == wanted:
            code = str(one.row["domain"])
            found[code] = found.get(code, False) or one.value is not None
    return Groups(
        breakdown=wanted,
        shown=tuple(code for code, there in found.items() if there),
        hidden=tuple(code for code, there in found.items() if not there),
        names=_named(wanted, found),
    )


def _named(breakdown: str, codes: Iterable[str]) -> dict[str, str]:
    """Return a name for each code; those that would be alike, or empty, have their number too."""
    stem = _plain(breakdown)
    names: dict[str, str] = {}
    taken: set[str] = set()
    for number, code in enumerate(codes, start=1):
        parts = [one for one in (stem, _plain(code)) if one]
        name = "-".join(parts)
        while len(parts) == 1 or name.casefold() in taken or not parts:
            parts.append(str(number))
            name = "-".join(parts)
        taken.add(name.casefold())
        names[code] = name
    return names


def _plain(code: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]+", "-", code).strip("-")[:LONGEST]
