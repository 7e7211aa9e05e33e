"""The codes of a feed with their words: a list a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from socialpoll.disclosure import CONF_STATUS, OBS_STATUS
from socialpoll.exporters.feed_columns import CODED, Column, figure_columns
from socialpoll.report import Edition, Report, Scalar
from socialpoll.schema import say

__all__ = ["STATUSES", "Code", "CodeList", "code_lists", "words_for"]

WITHIN = {"item": "question", "category": "question", "domain": "breakdown"}
"""Codes that mean something only beside that of another column: of a question, of a breakdown."""
STATUSES = {"obs_status": OBS_STATUS, "conf_status": CONF_STATUS}
"""The lists of SDMX, which are whole whatever the figures have of them."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code, and what it stands within; empty where it stands alone."""

    code: str
    within: str = ""


@dataclass(frozen=True)
class CodeList:
    """All codes of a column, in the order in which the figures have them.

    Parameters
    ----------
    column : Column
    within : Column or None
        Whose codes its own stand within.
    codes : tuple of Code
    """

    column: Column
    within: Column | None
    codes: tuple[Code, ...]

    def words(self, edition: Edition, code: Code, language: str) -> str:
        """Return the words for a code in one language; the code where there are none."""
        return _words(edition, self.column.name, code, language)


def code_lists(report: Report) -> tuple[CodeList, ...]:
    """Return a list for each column of codes, in the order of the columns."""
    columns = {one.name: one for one in figure_columns(report)}
    return tuple(
        CodeList(
            columns[name],
            columns[WITHIN[name]] if name in WITHIN else None,
            tuple(map(Code, STATUSES[name])) if name in STATUSES else _found(report, name),
        )
        for name in CODED
    )


def words_for(edition: Edition, name: str, figure: Mapping[str, Scalar], language: str) -> str:
    """Return the words for the code that a figure has in a column."""
    return _words(edition, name, code_of(figure, name), language)


def code_of(figure: Mapping[str, Scalar], name: str) -> Code:
    """Return the code that a figure has in a column."""
    within = _written(figure, WITHIN[name]) if name in WITHIN else ""
    return Code(_written(figure, name), within)


def _found(report: Report, name: str) -> tuple[Code, ...]:
    found = dict.fromkeys(code_of(figure, name) for figure in report.figures)
    # Suppressed figures have no base; that is no code.
    return tuple(one for one in found if one.code or name != "base")


def _words(edition: Edition, name: str, code: Code, language: str) -> str:
    if name in STATUSES:
        return say(STATUSES[name].get(code.code), language, default=code.code)
    dimension = f"{name}:{code.within}" if name in WITHIN else name
    return edition.label(dimension, code.code, language=language)


def _written(figure: Mapping[str, Scalar], name: str) -> str:
    value = figure.get(name)
    return "" if value is None else str(value)
