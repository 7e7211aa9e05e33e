"""The figures of one indicator as a cube: dimensions, and a value for each of their crossings.

References
----------
Badosa, X., *JSON-stat format*, version 2.0: ``id``, ``size``, ``role``, ``dimension``, ``value``,
``status``. Values stand in the order of the dimensions, the last of them changing fastest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal, TypeAlias

from socialpoll import Edition
from socialpoll.disclosure import SHORTHAND, situation_of
from socialpoll.report import Scalar
from socialpoll.schema import say

__all__ = ["Measure", "cube_of", "value_at"]

Measure: TypeAlias = Literal["estimate", "ci_low", "ci_high", "se", "n_base"]
Row: TypeAlias = Mapping[str, Scalar]
WORDS: Mapping[str, Mapping[str, str]] = {
    "measure": {"en": "Measure", "ar": "القياس"},
    "wave": {"en": "Wave", "ar": "الدورة"},
    "item": {"en": "Item", "ar": "البند"},
    "category": {"en": "Answer", "ar": "الإجابة"},
    "statistic": {"en": "Statistic", "ar": "المقياس الإحصائي"},
    "unit": {"en": "Unit", "ar": "الوحدة"},
    "domain": {"en": "Group", "ar": "الفئة"},
    "estimate": {"en": "Estimate", "ar": "تقدير"},
    "ci_low": {"en": "Confidence interval, lower limit", "ar": "فترة الثقة، الحد الأدنى"},
    "ci_high": {"en": "Confidence interval, upper limit", "ar": "فترة الثقة، الحد الأعلى"},
    "se": {"en": "Standard error", "ar": "الخطأ المعياري"},
    "n_base": {"en": "Respondents in the base", "ar": "عدد المستجيبين في القاعدة"},
}
"""Of what the catalogues have no words for in a table of codes."""
WITHIN = {"item": "question", "category": "question"}
DIMENSIONS = ("wave", "item", "category", "statistic", "unit", "domain")
EVERYBODY = "_T"
ALWAYS = ("domain",)
"""Dimensions that a cube has even if all its figures are alike in them."""


@dataclass(frozen=True)
class Dimension:
    """A dimension with its codes, in the order of the figures, and their words."""

    name: str
    words: Mapping[str, str]


def cube_of(edition: Edition, indicator: str, measures: Sequence[str]) -> dict[str, Any]:
    """Return the dataset of an indicator.

    Parameters
    ----------
    edition : Edition
    indicator : str
    measures : sequence of Measure

    Returns
    -------
    dict
        Plain values for JSON.
    """
    rows = [row for row in edition.report.figures if row["indicator"] == indicator]
    dimensions = [*_dimensions(edition, rows), _measures(edition, measures)]
    placed = {tuple(_code(row, one.name) for one in dimensions[:-1]): row for row in rows}
    cells = list(product(*(one.words for one in dimensions)))
    found = [(placed.get(cell[:-1]), cell[-1]) for cell in cells]
    statuses = {
        str(place): status
        for place, (row, _) in enumerate(found)
        if row is not None and (status := situation_of(row).shorthand)
    }
    return {
        "version": "2.0",
        "class": "dataset",
        "label": edition.label("indicator", indicator),
        "id": [one.name for one in dimensions],
        "size": [len(one.words) for one in dimensions],
        # Waves are called by names that need be no dates, so none has the role of time.
        "role": {"metric": [dimensions[-1].name]},
        "dimension": {one.name: _written(edition, one) for one in dimensions},
        "value": [_value(row, measure) for row, measure in found],
        "status": statuses,
        "extension": {"status": {"label": _status_words(edition, statuses.values())}},
    }


def value_at(cube: Mapping[str, Any], **codes: str) -> float | None:
    """Return the value of a dataset at a code of each dimension.

    Parameters
    ----------
    cube : mapping
        A JSON-stat dataset, read from a file.
    **codes : str
        By dimension; those of one code alone may be left out.

    Raises
    ------
    KeyError
        There is no such code, or a dimension of several is not named.
    """
    place = 0
    for name, size in zip(cube["id"], cube["size"], strict=True):
        index: list[str] = cube["dimension"][name]["category"]["index"]
        code = codes.get(name, index[0] if size == 1 else None)
        if code not in index:
            raise KeyError(name)
        place = place * size + index.index(code)
    value: float | None = cube["value"][place]
    return value


def _dimensions(edition: Edition, rows: Sequence[Row]) -> Iterator[Dimension]:
    """Yield what the figures differ in, each with the words of its codes."""
    for name in DIMENSIONS:
        first = {_code(row, name): row for row in reversed(rows)}
        codes = dict.fromkeys(_code(row, name) for row in rows)
        if len(codes) > 1 or name in ALWAYS:
            yield Dimension(name, {one: _words(edition, name, first[one]) for one in codes})


def _measures(edition: Edition, measures: Sequence[str]) -> Dimension:
    return Dimension("measure", {one: say(WORDS[one], edition.language) for one in measures})


def _code(row: Row, name: str) -> str:
    """Return the code of a row; groups of several breakdowns are told apart by theirs."""
    if name == "domain" and row["breakdown"] != EVERYBODY:
        return f"{row['breakdown']}:{row['domain']}"
    return str(row[name])


def _words(edition: Edition, name: str, row: Row) -> str:
    code = str(row[name])
    if name == "domain":
        return edition.label(f"domain:{row['breakdown']}", code)
    return edition.label(f"{name}:{row[WITHIN[name]]}" if name in WITHIN else name, code)


def _written(edition: Edition, dimension: Dimension) -> dict[str, Any]:
    return {
        "label": say(WORDS[dimension.name], edition.language),
        "category": {"index": list(dimension.words), "label": dict(dimension.words)},
    }


def _value(row: Row | None, measure: str) -> float | None:
    """Return a value; None where there is no such figure or it is suppressed."""
    if row is None or row["flag"] == "suppressed":
        return None
    value = row[measure]
    return value if isinstance(value, int | float) else None


def _status_words(edition: Edition, statuses: Iterable[str]) -> dict[str, str]:
    return {one: say(SHORTHAND[one], edition.language) for one in dict.fromkeys(statuses)}
