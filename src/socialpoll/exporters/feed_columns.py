"""The columns of a feed: their names, what stands in them, and their titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from socialpoll.disclosure import FOOTNOTE, PROSE, REVISION
from socialpoll.report import Edition, Message, Report, Said, Scalar

__all__ = [
    "CODED",
    "COLUMNS",
    "KEYS",
    "KEY_COLUMNS",
    "Column",
    "Kind",
    "figure_columns",
    "publication_columns",
    "title_of",
]

Kind: TypeAlias = Literal["code", "text", "number", "integer", "truth", "date", "moment"]
"""What stands in a column; a moment is a day with its time."""


@dataclass(frozen=True)
class Column:
    """A column of a feed.

    Parameters
    ----------
    name : str
        Of the column in ``report.figures``; of the publication, the name in the feed.
    heading : str
        Its name in the feed, which is never changed.
    kind : Kind
    title : Message or Said
        What people call it.
    """

    name: str
    heading: str
    kind: Kind
    title: Message | Said


def _column(name: str, kind: Kind, title: Message, heading: str = "") -> Column:
    return Column(name, heading or name.upper(), kind, title)


KEY_COLUMNS = (
    _column("wave", "code", Message("Wave")),
    _column("indicator", "code", Message("Indicator")),
    _column("question", "code", Message("Question")),
    _column("item", "code", Message("Item")),
    _column("category", "code", Message("Answer")),
    _column("statistic", "code", Message("Statistic")),
    _column("unit", "code", Message("Unit"), "UNIT_MEASURE"),
    _column("breakdown", "code", Message("Breakdown")),
    _column("domain", "code", Message("Group")),
)
_MEASURED = (
    _column("estimate", "number", Message("Estimate"), "OBS_VALUE"),
    _column("se", "number", Message("Standard error"), "STD_ERR"),
    _column("ci_low", "number", Message("Lower confidence limit"), "CI_LOWER"),
    _column("ci_high", "number", Message("Upper confidence limit"), "CI_UPPER"),
    _column("ci_level", "number", Message("Confidence level")),
    _column("ci_method", "text", Message("Method of the confidence interval")),
    _column("df", "number", Message("Degrees of freedom")),
    _column("moe", "number", Message("Margin of error")),
    _column("base", "code", Message("Base")),
    _column("n_base", "integer", Message("Unweighted base")),
    _column("n_asked", "integer", Message("Respondents who were asked")),
    _column("n_answered", "integer", Message("Respondents who answered")),
    _column("n_category", "integer", Message("Respondents who gave this answer")),
    _column("n_effective", "number", Message("Effective base")),
    _column("population", "number", Message("Sum of the weights of the base")),
    _column("deff", "number", Message("Design effect")),
    _column("cv", "number", Message("Relative standard error")),
    _column("caveat", "text", Message("Caveat")),
    _column("weights_id", "text", Message("Hash of answers and weights")),
    _column("flag", "text", Message("Flag of the release")),
    _column("obs_status", "code", Message("Status of the figure")),
    _column("conf_status", "code", Message("Confidentiality of the figure")),
    _column(FOOTNOTE, "text", Message("Codes of footnotes")),
    _column(REVISION, "text", Message("Change since the edition before")),
)
_PUBLICATION = (
    _column("SYNTHETIC", "truth", Message("Synthetic data")),
    _column("PUBLISHER", "text", Message("Publisher")),
    _column("CONTACT", "text", Message("Contact")),
    _column("EDITION", "text", Message("Edition")),
    _column("PUBLICATION_STATUS", "text", Message("Status")),
    _column("RELEASE_DATE", "date", Message("Release date")),
    _column("NEXT_RELEASE", "date", Message("Next release")),
    _column("EMBARGO", "moment", Message("Embargo")),
    _column("SUPERSEDES", "text", Message("Supersedes")),
    _column("LICENCE", "text", Message("Licence")),
)
COLUMNS = (*KEY_COLUMNS, *_MEASURED)
"""Those of the column contract of figures."""
KEYS = tuple(one.name for one in KEY_COLUMNS)
"""They name a figure together."""
CODED = tuple(one.name for one in COLUMNS if one.kind == "code")
"""The columns whose codes have words."""


def figure_columns(report: Report) -> tuple[Column, ...]:
    """Return the columns of the figures in their order; those that nobody knows come last."""
    known = {*(one.name for one in COLUMNS), PROSE}
    more = dict.fromkeys(name for row in report.figures for name in row if name not in known)
    return (*COLUMNS, *(_unknown(name, _values(report, name)) for name in more))


def publication_columns() -> tuple[Column, ...]:
    """Return the columns that every row has of its publication."""
    return _PUBLICATION


def title_of(column: Column, edition: Edition, language: str) -> str:
    """Return what people call a column, in one language."""
    return edition.text(column.title, language=language)


def _unknown(name: str, values: Iterable[Scalar]) -> Column:
    return Column(name, name.upper(), _kind_of(values), Said({"und": name}))


def _values(report: Report, name: str) -> Iterator[Scalar]:
    return (row.get(name) for row in report.figures)


def _kind_of(values: Iterable[Scalar]) -> Kind:
    types = {type(one) for one in values if one is not None}
    for kind, allowed in KINDS.items():
        if types <= allowed:
            return kind
    return "text"


KINDS: Mapping[Kind, set[type]] = {"truth": {bool}, "integer": {int}, "number": {int, float}}
"""The narrowest kind comes first."""
