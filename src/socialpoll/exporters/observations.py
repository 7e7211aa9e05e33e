"""Released figures as observations: SDMX names, the status of the publication on every row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from socialpoll.disclosure.status import SUPPRESSED
from socialpoll.exporters.code_lists import words_for
from socialpoll.exporters.feed_columns import (
    KEY_COLUMNS,
    KEYS,
    figure_columns,
    publication_columns,
)
from socialpoll.report import Edition, Report, Scalar
from socialpoll.schema import say

__all__ = ["headings", "labels_of", "observations", "publication_of", "rows_of", "screened"]

STRUCTURE: Mapping[str, Scalar] = {
    "STRUCTURE": "dataflow",
    "STRUCTURE_ID": "SOCIALPOLL:FIGURES(1.0.0)",
    "ACTION": "I",
}
STATUS = ("flag", "obs_status", "conf_status")


def headings(report: Report) -> list[str]:
    """Return the names of all columns of the feed, in their order."""
    columns = (*figure_columns(report), *publication_columns())
    return [*STRUCTURE, *(one.heading for one in columns)]


def observations(report: Report) -> Iterator[dict[str, Scalar]]:
    """Yield a row a figure, in the order of the report.

    Parameters
    ----------
    report : Report

    Yields
    ------
    dict
        Name in the feed to value; a suppressed row has keys and status only.
    """
    return ({**STRUCTURE, **row} for row in rows_of(report))


def rows_of(report: Report) -> Iterator[dict[str, Scalar]]:
    """Yield what :func:`observations` does without the three columns of SDMX-CSV."""
    columns = figure_columns(report)
    publication = publication_of(report)
    for figure in map(screened, report.figures):
        yield {**{one.heading: figure.get(one.name) for one in columns}, **publication}


def screened(figure: Mapping[str, Scalar]) -> Mapping[str, Scalar]:
    """Return a figure; where it is suppressed, its keys and status alone, whoever made it."""
    if figure.get("flag") != SUPPRESSED:
        return figure
    kept = (*KEYS, *STATUS)
    return {
        name: value if name in kept else "" if isinstance(value, str) else None
        for name, value in figure.items()
    }


def labels_of(edition: Edition, figure: Mapping[str, Scalar], language: str) -> dict[str, str]:
    """Return words for the codes of a figure, in one language.

    Parameters
    ----------
    edition : Edition
    figure : mapping
        A row of ``report.figures``.
    language : str

    Returns
    -------
    dict
        ``INDICATOR_AR`` and so on; a code without words stands for itself.
    """
    return {
        f"{one.heading}_{language.upper()}": words_for(edition, one.name, figure, language)
        for one in KEY_COLUMNS
    }


def publication_of(report: Report) -> dict[str, Scalar]:
    """Return what every row says of its publication, so that a row that is cut out still does."""
    life = report.life_cycle
    language = report.languages[0] if report.languages else "en"
    return {
        "SYNTHETIC": report.synthetic,
        "PUBLISHER": say(report.publisher.name, language),
        "CONTACT": report.publisher.contact,
        "EDITION": life.edition,
        "PUBLICATION_STATUS": life.status,
        "RELEASE_DATE": life.release_date.isoformat() if life.release_date else None,
        "NEXT_RELEASE": life.next_release.isoformat() if life.next_release else None,
        "EMBARGO": life.embargo.isoformat() if life.embargo else None,
        "SUPERSEDES": life.supersedes,
        "LICENCE": say(life.licence, language),
    }
