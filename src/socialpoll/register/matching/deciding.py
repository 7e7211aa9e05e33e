"""What people decided of pairs, read back."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.errors import Problem, RegisterError
from socialpoll.register.matching.links import Links
from socialpoll.register.matching.reviewing import DECISION, PAIR

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Decisions", "decide", "read_review"]

COLUMNS = (*PAIR, DECISION)
ALLOWED = ("same", "other")
BY_PEOPLE = "decision"
SUBJECT = "the decisions"


@dataclass(frozen=True, eq=False)
class Decisions:
    """What people decided.

    Attributes
    ----------
    frame : pandas.DataFrame
        A row a pair that was decided of: ``source``, ``record`` and ``person`` as in links, and
        ``decision``: ``same`` or ``other``.
    undecided : int
        How many pairs of the file have no decision.
    """

    frame: pd.DataFrame = field(repr=False)
    undecided: int


def read_review(path: str | Path) -> Decisions:
    """Read what people decided of pairs.

    Parameters
    ----------
    path : str or Path
        A file that :func:`write_review` wrote, with decisions. Names are not read.

    Returns
    -------
    Decisions

    Raises
    ------
    RegisterError
        The file cannot be read, a column is missing, or a decision is none: all at once.

    See Also
    --------
    decide : What they do to the links.
    """
    import pandas as pd

    header, rows = _read(Path(path))
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        advice = "keep the columns of the file as they were"
        raise RegisterError(
            SUBJECT,
            [
                Problem(f"there is no column {name!r}", Path(path).name, advice=advice)
                for name in missing
            ],
        )
    places = [header.index(name) for name in COLUMNS]
    told = [(line, [row[place].strip() for place in places]) for line, row in rows]
    problems = list(_problems(told))
    if problems:
        raise RegisterError(SUBJECT, problems)
    decided = [row for _, row in told if row[-1]]
    frame = pd.DataFrame(decided, columns=list(COLUMNS))
    return Decisions(frame, undecided=len(told) - len(decided))


def decide(links: Links, decisions: Decisions) -> Links:
    """Return links in which what people decided holds.

    A pair that is the same is a ``match``, or a ``duplicate`` where the person has a record of the
    source already; a record of another is of nobody. All else stays as it is. Decisions that are
    given twice do the same as once.

    Parameters
    ----------
    links : Links
        They are not changed.
    decisions : Decisions

    Returns
    -------
    Links

    Raises
    ------
    RegisterError
        Decisions of pairs that are not among the links, or that nobody was asked about.

    See Also
    --------
    write_review : Writes the pairs to be decided of.
    """
    frame = links.frame.copy()
    told = decisions.frame.rename(columns={"person": "asked_of"})
    decision = frame.merge(told, on=["source", "record"], how="left").set_axis(frame.index)
    is_open = frame["role"] == "review"
    known = decision["asked_of"].eq(frame["person"])
    before = np.where(frame["person"] == "", decision[DECISION].eq("other"), known)
    as_before = (frame["by"] == BY_PEOPLE) & before & decision[DECISION].notna()
    _require_asked(int((is_open & known | as_before).sum()), len(told))
    same, other = (is_open & decision[DECISION].eq(one) for one in ALLOWED)
    frame.loc[same | other, "by"] = BY_PEOPLE
    frame.loc[other, "person"] = ""
    frame.loc[other, "role"] = "none"
    frame.loc[same, "role"] = "match"
    matched = frame.assign(new=same)[frame["role"] == "match"].sort_values(["new", "record"])
    again = matched.index[matched.duplicated(["source", "person"])]
    frame.loc[again, "role"] = "duplicate"
    return replace(links, frame=frame)


def _require_asked(found: int, told: int) -> None:
    if found < told:
        problem = Problem(
            "nobody was asked about these pairs",
            found=f"{told - found} of {told}",
            advice="give the links of which the file was written",
        )
        raise RegisterError(SUBJECT, [problem])


def _read(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    failure = ""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            width = len(header)
            rows = [(reader.line_num, [*row, *[""] * width][:width]) for row in reader if any(row)]
            return header, rows
    except (OSError, UnicodeError, csv.Error) as error:
        failure = type(error).__name__
    advice = "name the file that was written for review, saved as CSV in UTF-8"
    raise RegisterError(
        SUBJECT, [Problem("the file cannot be read", path.name, failure, advice=advice)]
    )


def _problems(told: Sequence[tuple[int, list[str]]]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    for line, (*pair, decision) in told:
        where = f"line {line}"
        if decision and decision not in ALLOWED:
            yield Problem("a decision is none", f"{where}: {DECISION}", allowed=", ".join(ALLOWED))
        before = seen.setdefault(tuple(pair[:-1]), line)
        if before != line:
            yield Problem("a record is there twice", where, f"line {before} too")
