"""Figures of another poll as targets: estimates, with a sampling error of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, TargetError, WeightingError, nearest
from socialpoll.responses import Responses, Scan, counting_of
from socialpoll.schema import NOT_APPLICABLE, TOTAL, CodeValue, Text
from socialpoll.totals import Basis, Mass, Present, Rows, rows_of
from socialpoll.weighting.targeting.codes import APART, Combination, listed, named, rows_named
from socialpoll.weighting.targeting.tabulated import Tabulated
from socialpoll.weighting.variables import usable

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.weighting.weights import Weights

__all__ = ["Measured", "as_estimates", "in_estimates", "in_responses"]

SUBJECT = "the figures of another poll"
WORDS = {"en": "estimates of a survey", "ar": "تقديرات مسح"}
"""What is said of the source; in another language the English words stand."""
COLUMNS = (
    "wave",
    "indicator",
    "question",
    "item",
    "category",
    "statistic",
    "breakdown",
    "domain",
    "estimate",
    "population",
)
"""Those of the column contract of estimates that are read."""


class Measured(NamedTuple):
    """Weighted figures, and the poll they are of.

    Attributes
    ----------
    variables : tuple of str
    values : dict
        Combination of codes to persons, or to shares.
    title : Text
    date : datetime.date or None
        Last day of fieldwork, where it is declared.
    """

    variables: tuple[str, ...]
    values: dict[Combination, float]
    title: Text
    date: dt.date | None


def as_estimates(source: Text | None) -> Text:
    """Return a source that says what the numbers are.

    Examples
    --------
    >>> as_estimates({"en": "Labour force survey"})
    {'en': 'Labour force survey (estimates of a survey)'}
    """
    if source is None:
        return dict(WORDS)
    words = {tag: WORDS.get(tag.partition("-")[0], WORDS["en"]) for tag in source}
    return {tag: f"{text} ({words[tag]})" for tag, text in source.items()}


def in_responses(
    weights: Weights | Responses | Scan, of: tuple[str, ...], missing: Literal["raise", "leave_out"]
) -> Measured:
    """Sum the weights of a poll by combination of codes; TargetError where that cannot be done."""
    if missing not in {"raise", "leave_out"}:
        raise WeightingError(
            "no such policy of 'missing'",
            where=SUBJECT,
            found=repr(missing),
            allowed="'raise', 'leave_out'",
        )
    if not isinstance(weights, Responses):
        weights = weights.tally(of)
    responses = weights if isinstance(weights, Responses) else weights.responses
    mass = (
        Mass.of(weights.base_weight, weights.interviewed)
        if isinstance(weights, Responses)
        else weights.mass
    )
    found = usable(responses, of, SUBJECT, lenient=of)
    if found.problems:
        raise TargetError(SUBJECT, found.problems)
    engine = rows_of(responses, mass)
    lacking = engine.counted & np.logical_or.reduce(
        [found.columns[name].position < 0 for name in of]
    )
    if missing == "raise" and lacking.any():
        raise TargetError(SUBJECT, [_lacking(np.flatnonzero(lacking), of, engine)])
    sums = engine.cells(Basis(Present(of, base="valid"), breakdown=of)).ravel()
    if not sums.any():
        raise TargetError(SUBJECT, [Problem("nobody counts", where=SUBJECT, found=named(of))])
    total, n = float(engine.weight.sum()), counting_of(responses.repeats).number(engine.counted)
    if missing == "leave_out" or abs(total / n - 1) <= APART:
        sums = sums / sums.sum()
    codes = product(*([one.code for one in found.columns[name].categories] for name in of))
    return Measured(
        of,
        dict(zip(codes, sums.tolist(), strict=True)),
        responses.questionnaire.title,
        responses.methodology.declared.fieldwork_end,
    )


def in_estimates(frame: pd.DataFrame, of: tuple[str, ...]) -> Tabulated:
    """Read shares from a frame of estimates; TargetError where it has no such figures."""
    absent = [one for one in COLUMNS if one not in frame.columns]
    if absent:
        problem = Problem(
            "there is no such column of estimates",
            where=SUBJECT,
            found=listed(absent),
            allowed=listed([str(one) for one in frame.columns]),
            advice="give the frame of sp.estimate(...)",
        )
        raise TargetError(SUBJECT, [problem])
    shares = frame[(frame["statistic"] == "share") & (frame["item"] == NOT_APPLICABLE)]
    records = [
        dict(zip(COLUMNS, row, strict=True))
        for row in shares[list(COLUMNS)].itertuples(index=False, name=None)
    ]
    rows = _of_the_figure(records, of)
    problems = list(_row_problems(rows)) if rows else [_not_there(records, of)]
    if problems:
        raise TargetError(SUBJECT, problems)
    return Tabulated(of, {_combination(one, of): _persons(one) for one in rows})


def _of_the_figure(
    records: Sequence[Mapping[str, Any]], of: tuple[str, ...]
) -> list[Mapping[str, Any]]:
    """Return the rows of the first variable whose shares are there by all the others."""
    for name in of:
        others = {*of} - {name} or {TOTAL}
        found = [
            one
            for one in records
            if one["question"] == name and set(one["breakdown"].split("|")) == others
        ]
        if found:
            return found
    return []


def _combination(row: Mapping[str, Any], of: tuple[str, ...]) -> Combination:
    codes: dict[str, CodeValue] = {row["question"]: row["category"]}
    if row["breakdown"] != TOTAL:
        by = zip(row["breakdown"].split("|"), row["domain"].split("|"), strict=True)
        codes.update(by)
    return tuple(codes[name] for name in of)


def _persons(row: Mapping[str, Any]) -> float:
    # Of an empty base there is no share, but its persons are known: none.
    return float(row["estimate"] * row["population"]) if row["population"] else 0.0


def _row_problems(rows: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    figures = dict.fromkeys(
        (one["wave"], one["indicator"], one["question"], one["breakdown"]) for one in rows
    )
    if len(figures) > 1:
        yield Problem(
            "rows of several figures",
            where=SUBJECT,
            found=listed([f"wave {one[0]}, indicator {one[1]}, by {one[3]}" for one in figures]),
            advice="keep the rows of one wave, indicator and breakdown in the frame",
        )
    empty = [one for one in rows if not np.isfinite(_persons(one))]
    if empty:
        words = [f"{one['domain']}: {one['category']}" for one in empty]
        yield Problem(
            "figures that are empty",
            where=SUBJECT,
            found=listed(words),
            advice="take the estimates before anything in them was suppressed",
        )


def _not_there(records: Sequence[Mapping[str, Any]], of: tuple[str, ...]) -> Problem:
    known = dict.fromkeys(
        one["question"] if one["breakdown"] == TOTAL else f"{one['question']} by {one['breakdown']}"
        for one in records
    )
    wanted = of[0] if len(of) == 1 else f"shares of one of {', '.join(of)} by the others"
    return Problem(
        "there are no such shares",
        where=SUBJECT,
        found=wanted,
        allowed=nearest(wanted, known),
        advice="estimate them first, as in sp.estimate(weights, ['school'], by=['sex'])",
    )


def _lacking(rows: npt.NDArray[np.intp], of: tuple[str, ...], engine: Rows) -> Problem:
    number = counting_of(engine.responses.repeats).number
    return Problem(
        f"{number(rows)} of {number(engine.counted)} interviews have no value of {named(of)}",
        where=SUBJECT,
        found=rows_named(rows) if engine.responses.repeats is None else "",
        allowed="a code for every interview, as long as missing = 'raise'",
        advice="with missing = 'leave_out' they are left out, and the targets are shares among "
        "the others",
    )
