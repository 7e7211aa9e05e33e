"""What earlier releases tell of the same respondents."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from socialpoll.disclosure.measuring import measured
from socialpoll.disclosure.released import Release
from socialpoll.disclosure.remembering import EXACTLY, ROUNDED, remembered
from socialpoll.disclosure.screening import plain_rows
from socialpoll.disclosure.status import SUPPRESSED
from socialpoll.disclosure.subjects import Subject
from socialpoll.disclosure.telling import Row, Teller, Told
from socialpoll.errors import ReleaseError
from socialpoll.indicators import KEYS

__all__ = ["Earlier", "earlier_of"]

COUNTED = ("n_base", "n_category")
READ_BY_KEYS = ("share", "total", "share_of_responses", "mean", "median", "quantile")
"""Statistics of one question, so that its keys tell whom a figure counts."""
NUMBERS = ("mean", "median", "quantile")
"""Statistics that tell more than their keys do: of squares, and by rules."""


class Earlier(NamedTuple):
    """Rows that were published before, what they are of, and what they tell beside that."""

    rows: list[Row]
    subjects: list[Subject]
    told: list[tuple[Told, ...]]

    def add(self, row: Row, subject: Subject, told: Iterable[Told]) -> None:
        """Add a row."""
        self.rows.append(row)
        self.subjects.append(subject)
        self.told.append(tuple(told))


def earlier_of(
    releases: Sequence[Release], rows: Sequence[Row], subjects: Sequence[Subject], teller: Teller
) -> Earlier:
    """Return the shown figures of earlier releases of answers that figures are of now.

    A figure that is estimated now, too, and has the same counts, is taken as it is now: its
    weights are the same, unrounded. Of others the counts are taken, and between what their weights
    lie where these are weights of now; a figure of the same name with other counts is of other
    respondents, and tells nothing of these.

    Raises
    ------
    ReleaseError
        What an earlier release hides of a question, tells of a part of the respondents, or tells
        in means or quantiles of a question, is not estimated now, so that nobody can say whether
        all stays protected.
    """
    now = {_key(row): place for place, row in enumerate(rows)}
    universes = {one.universe for one in subjects}
    kinds = {one.weights for one in subjects}
    made = Earlier([], [], [])
    for release in releases:
        here = set(release.hashes.get("answers", "").split()) & universes
        if len(here) != 1:
            continue
        weights = release.hashes.get("weights", "")
        made_of = next(iter(here)), weights if weights in kinds else ""
        figures = release.figures
        _check_hidden(release, now, {_source(row, teller) for row in rows}, teller)
        shown = figures[figures["estimate"].notna().to_numpy()]
        near = EXACTLY if _rounding(release) == "none" else ROUNDED
        for row in plain_rows(shown):
            place = now.get(_key(row))
            if place is not None and subjects[place].universe in here:
                if all(_same(row[name], rows[place][name]) for name in COUNTED):
                    own = rows[place], subjects[place]
                    made.add(*own, measured(*own, teller))
            elif row["statistic"] in READ_BY_KEYS:
                subject = _subject(release, row, made_of)
                told = remembered(row, subject, teller, near) if subject.weights else ()
                made.add({**row, "estimate": None, "population": None}, subject, told)
    return made


def _check_hidden(
    release: Release, now: Container[tuple[object, ...]], sources: set[str], teller: Teller
) -> None:
    """Refuse to release figures of a question beside others of it that were hidden before."""
    figures = release.figures
    hidden = plain_rows(figures[(figures["flag"] == SUPPRESSED).to_numpy()])
    lost = [row for row in hidden if _source(row, teller) in sources and _key(row) not in now]
    parts = plain_rows(figures[figures["indicator"].isin(release.partial).to_numpy()])
    lost += [row for row in parts if _key(row) not in now]
    numbers = plain_rows(figures[figures["statistic"].isin(NUMBERS).to_numpy()])
    lost += [row for row in numbers if _source(row, teller) in sources and _key(row) not in now]
    if lost:
        tables = [f"{row['indicator']} by {row['breakdown']}" for row in lost]
        raise ReleaseError(
            "an earlier release hides figures, or tells of a part or of numbers, that are not "
            "estimated now",
            where="policy.already_published",
            found=", ".join(dict.fromkeys(tables)),
            advice="estimate them again, and release them together, so that they stay hidden",
        )


def _source(row: Row, teller: Teller) -> str:
    """Return the question that a row is of, as asked; its own name where it is asked no more."""
    name = teller.variable(row)
    known = teller.grains.questionnaire.names
    return teller.grains.source(name) if name in known else name


def _subject(release: Release, row: Row, made_of: tuple[str, str]) -> Subject:
    question = str(row["question"])
    if question in release.questionnaire.grids:
        question = f"{question}_{row['item']}"
    return Subject(*made_of, (question,))


def _rounding(release: Release) -> object:
    return (release.methodology.fact("disclosure", "policy") or {}).get("rounding")


def _key(row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(row[name] for name in KEYS)


def _same(one: object, other: object) -> bool:
    numbers = [np.nan if value is None else float(str(value)) for value in (one, other)]
    return bool(np.array_equal(numbers[:1], numbers[1:], equal_nan=True))
