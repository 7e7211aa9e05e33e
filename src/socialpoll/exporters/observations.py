"""Released figures as observations: SDMX names, the status of the publication on every row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from socialpoll.disclosure import FOOTNOTE, PROSE, REVISION
from socialpoll.report import Edition, Report, Scalar
from socialpoll.schema import say

__all__ = ["headings", "labels_of", "observations"]

STRUCTURE: Mapping[str, Scalar] = {
    "STRUCTURE": "dataflow",
    "STRUCTURE_ID": "SOCIALPOLL:FIGURES(1.0.0)",
    "ACTION": "I",
}
KEYS = {
    "wave": "WAVE",
    "indicator": "INDICATOR",
    "question": "QUESTION",
    "item": "ITEM",
    "category": "CATEGORY",
    "statistic": "STATISTIC",
    "unit": "UNIT_MEASURE",
    "breakdown": "BREAKDOWN",
    "domain": "DOMAIN",
}
ESTIMATE = {
    "estimate": "OBS_VALUE",
    "se": "STD_ERR",
    "ci_low": "CI_LOWER",
    "ci_high": "CI_UPPER",
}
DETAILS = (
    "ci_level ci_method df moe base n_base n_asked n_answered n_category n_effective population"
    " deff cv caveat weights_id flag obs_status conf_status"
    f" {FOOTNOTE} {REVISION}"
)
COLUMNS = KEYS | ESTIMATE | {name: name.upper() for name in DETAILS.split()}
"""The columns of the estimates and their names in the feed; neither is ever renamed."""
STATUS = ("flag", "obs_status", "conf_status")
SUPPRESSED = "suppressed"


def headings(report: Report) -> list[str]:
    """Return the names of all columns of the feed, in their order."""
    return [*STRUCTURE, *_columns(report).values(), *_publication(report)]


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
    columns = _columns(report)
    publication = _publication(report)
    for figure in report.figures:
        hidden = figure.get("flag") == SUPPRESSED
        values = {
            heading: None if hidden and name not in (*KEYS, *STATUS) else figure.get(name)
            for name, heading in columns.items()
        }
        yield {**STRUCTURE, **values, **publication}


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
    code = {name: str(figure.get(name) or "") for name in KEYS}
    dimension = {name: name for name in KEYS}
    dimension["item"] = f"item:{code['question']}"
    dimension["category"] = f"category:{code['question']}"
    dimension["domain"] = f"domain:{code['breakdown']}"
    return {
        f"{heading}_{language.upper()}": edition.label(
            dimension[name], code[name], language=language
        )
        for name, heading in KEYS.items()
    }


def _columns(report: Report) -> dict[str, str]:
    """Return the columns of the figures and their names in the feed; unknown ones come last."""
    known = {*COLUMNS, PROSE}
    more = {name: name.upper() for row in report.figures for name in row if name not in known}
    return COLUMNS | more


def _publication(report: Report) -> dict[str, Scalar]:
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
