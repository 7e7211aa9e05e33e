"""The banner table as it is declared: which indicators, for whom, marked at which levels."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, TypeAlias, get_args

from socialpoll.errors import ReportError, nearest
from socialpoll.schema import Text
from socialpoll.schema.border import BORDER, settle

__all__ = ["Banner", "Sorting"]

Sorting: TypeAlias = Literal["questionnaire", "largest", "smallest"]
MOST_LEVELS = 2


@dataclass(frozen=True, kw_only=True)
class Banner:
    """A table of many indicators (rows) by many groups side by side (columns).

    Parameters
    ----------
    name : str
        Plain name for files.
    title : Text
        Of the table; of the catalogues where there is none.
    rows : tuple of str
        Indicators in the order wanted; all that have figures in the columns where empty. Those of
        one question stand together where the first of them stands.
    columns : tuple of str
        Breakdowns as in the figures, a crossing as ``sex|age_group``; all of them where empty.
    total : bool
        Whether the figures of everybody come first.
    sort : {"questionnaire", "largest", "smallest"}
        Order of the answers within an indicator: as declared, or by the figures of everybody (of
        the last wave). Answers that exclude all others and missing codes stay last.
    levels : tuple of float
        Significance levels, at most two, the stricter first: capital letters mark differences at
        the first, small letters those at the second alone. Nothing is marked where empty.
    intervals : bool
        Whether confidence intervals stand with the figures.

    Raises
    ------
    ReportError
        Levels that are none, too many or not in order; an order nobody knows; a row or column
        that is named twice.
    """

    name: str = "banner"
    title: Text = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    total: bool = True
    sort: Sorting = "questionnaire"
    levels: tuple[float, ...] = (0.05,)
    intervals: bool = False

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("title",), tuples=("rows", "columns", "levels"))
        _check_levels(self.levels)
        _check_names("Banner.rows", self.rows)
        _check_names("Banner.columns", self.columns)
        if self.sort not in get_args(Sorting):
            raise ReportError(
                "answers cannot be sorted like this",
                where="Banner.sort",
                found=repr(self.sort),
                allowed=nearest(self.sort, get_args(Sorting)),
            )


def _check_levels(levels: object) -> None:
    if isinstance(levels, tuple) and len(levels) <= MOST_LEVELS:
        within = all(isinstance(one, float) and 0 < one < 1 for one in levels)
        if within and all(first < second for first, second in pairwise(levels)):
            return
    raise ReportError(
        "these are no levels of significance to mark figures at",
        where="Banner.levels",
        found=repr(levels),
        allowed="none, one or two numbers between 0 and 1, the smaller first",
        advice="write (0.05,) for one level, (0.01, 0.05) for capital and small letters",
    )


def _check_names(where: str, names: object) -> None:
    if not isinstance(names, tuple) or not all(isinstance(one, str) for one in names):
        raise ReportError("these are no names", where=where, found=repr(names), allowed="a tuple")
    twice = [one for place, one in enumerate(names) if one in names[:place]]
    if twice:
        raise ReportError(
            "a banner shows everything once",
            where=where,
            found=f"{twice[0]!r} twice",
            allowed="each name once",
        )
