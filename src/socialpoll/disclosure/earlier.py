"""What earlier releases tell of the same respondents."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from socialpoll.disclosure.grains import Grains
from socialpoll.disclosure.measuring import measured
from socialpoll.disclosure.recognising import Recognised, key_of_row, recognised, same_counts
from socialpoll.disclosure.released import Release
from socialpoll.disclosure.remembering import EXACTLY, ROUNDED, remembered
from socialpoll.disclosure.screening import plain_rows
from socialpoll.disclosure.status import SUPPRESSED
from socialpoll.disclosure.subjects import Subject
from socialpoll.disclosure.telling import Row, Teller, Told
from socialpoll.errors import ReleaseError
from socialpoll.schema import TOTAL

__all__ = ["Earlier", "earlier_of"]

READ_BY_KEYS = ("share", "total", "share_of_responses", "mean", "median", "quantile")
"""Statistics of one question, so that its keys tell whom a figure counts."""
NUMBERS = ("mean", "median", "quantile")
"""Statistics that tell more than their keys do: of squares, and by rules."""


class Earlier(NamedTuple):
    """Rows that were published before, what they are of, and what they tell beside that.

    Attributes
    ----------
    rows, subjects, told : list
    others : list of int
        Places of releases that are of other answers, and tell nothing.
    """

    rows: list[Row]
    subjects: list[Subject]
    told: list[tuple[Told, ...]]
    others: list[int]

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
        all stays protected; or it tells of a variable that the questionnaire no longer has.
    """
    now = {key_of_row(row): place for place, row in enumerate(rows)}
    sources = {_source(row, teller) for row in rows}
    made = Earlier([], [], [], [])
    for number, release in enumerate(releases):
        of = recognised(release, rows, subjects)
        if of is None:
            made.others.append(number)
            continue
        _check_hidden(release, now, sources, teller)
        shown = plain_rows(release.figures[release.figures["estimate"].notna().to_numpy()])
        near = EXACTLY if _rounding(release) == "none" else ROUNDED
        for row in _readable(release, shown, sources, teller):
            place = now.get(key_of_row(row))
            if place is not None and subjects[place].universe == of.universe:
                if same_counts(row, rows[place]):
                    own = rows[place], subjects[place]
                    made.add(*own, measured(*own, teller))
            elif row["statistic"] in READ_BY_KEYS:
                subject = _subject(release, row, of)
                told = remembered(row, subject, teller, near) if subject.weights else ()
                made.add({**row, "estimate": None, "population": None}, subject, told)
    return made


def _readable(
    release: Release, rows: Iterable[Row], sources: Container[str], teller: Teller
) -> Iterator[Row]:
    """Yield the rows whose variables the questionnaire has; refuse others that tell of them."""
    known = set(teller.grains.questionnaire.names)
    before = Grains(release.questionnaire)
    lost: dict[str, None] = {}
    for row in rows:
        crossed = str(row["breakdown"]).split("|") if row["breakdown"] != TOTAL else []
        gone = [one for one in (teller.variable(row), *crossed) if one not in known]
        if not gone:
            yield row
        for name in gone:
            if before.source(name) in sources:
                lost[name] = None
    if lost:
        raise ReleaseError(
            "an earlier release tells of variables that the questionnaire no longer has",
            where="policy.already_published",
            found=", ".join(lost),
            advice="derive them again, so that what they tell of others can be taken into account",
        )


def _check_hidden(
    release: Release, now: Container[tuple[object, ...]], sources: set[str], teller: Teller
) -> None:
    """Refuse to release figures of a question beside others of it that were hidden before."""
    figures = release.figures
    hidden = plain_rows(figures[(figures["flag"] == SUPPRESSED).to_numpy()])
    lost = [row for row in hidden if _source(row, teller) in sources and key_of_row(row) not in now]
    parts = plain_rows(figures[figures["indicator"].isin(release.partial).to_numpy()])
    lost += [row for row in parts if key_of_row(row) not in now]
    numbers = plain_rows(figures[figures["statistic"].isin(NUMBERS).to_numpy()])
    lost += [
        row for row in numbers if _source(row, teller) in sources and key_of_row(row) not in now
    ]
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


def _subject(release: Release, row: Row, of: Recognised) -> Subject:
    question = str(row["question"])
    if question in release.questionnaire.grids:
        question = f"{question}_{row['item']}"
    return Subject(of.universe, of.weights, (question,))


def _rounding(release: Release) -> object:
    return (release.methodology.fact("disclosure", "policy") or {}).get("rounding")
