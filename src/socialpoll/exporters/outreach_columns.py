"""The columns of the feed of a plan of whom to reach: a row an audience."""

from __future__ import annotations

from collections.abc import Iterator

from socialpoll.exporters.feed_columns import Column, Kind
from socialpoll.exporters.observations import publication_of
from socialpoll.report import Edition, Message, Report, Said, Scalar

__all__ = ["LISTS", "OUTREACH_KEYS", "outreach_columns", "outreach_labels", "outreach_rows"]

PREFERENCES = {
    "times": Message("Time of day"),
    "days": Message("Day"),
    "formats": Message("Format of content"),
    "languages": Message("Language"),
}


def _column(name: str, kind: Kind, title: Message, heading: str = "") -> Column:
    return Column(name, heading or name.upper(), kind, title)


def _preference(name: str, title: Message) -> Iterator[Column]:
    """Yield what comes first, its share, and whether it does so alone."""
    alone = Message("Comes first alone")
    yield _column(name, "code", title)
    share = Message("{of}: {what}", {"of": title, "what": Message("Percentage")})
    yield _column(f"{name}_share", "number", share)
    yield _column(f"{name}_alone", "truth", Message("{of}: {what}", {"of": title, "what": alone}))


OUTREACH_KEYS = (
    _column("wave", "code", Message("Wave")),
    _column("breakdown", "code", Message("Breakdown")),
    _column("domain", "code", Message("Group")),
)
"""They name an audience together."""
_PLANNED = (
    _column("base", "integer", Message("Unweighted base"), "N_BASE"),
    _column("refusal", "code", Message("Why there is no advice")),
    _column("platforms", "code", Message("Platforms")),
    _column("cost", "number", Message("Cost")),
    _column("reach", "number", Message("Observed reach")),
    _column("optimism", "number", Message("What choosing adds to the observed reach")),
    _column("expected", "number", Message("Potential reach")),
    _column("ci_low", "number", Message("Lower confidence limit"), "CI_LOWER"),
    _column("ci_high", "number", Message("Upper confidence limit"), "CI_UPPER"),
    _column("verdict", "code", Message("Whether the goal is reached")),
    _column("first", "truth", Message("Reaches more than every other choice")),
    _column("rival", "code", Message("Choice that is told apart least")),
    _column("loss_of", "code", Message("Platform with the largest loss")),
    _column("loss", "number", Message("Loss without it")),
    _column("loss_low", "number", Message("Lower confidence limit of the loss")),
    _column("loss_high", "number", Message("Upper confidence limit of the loss")),
    _column("loss_tells", "truth", Message("Whether the loss is statistically significant")),
    *(one for name, title in PREFERENCES.items() for one in _preference(name, title)),
    _column("caveat", "text", Message("Caveat")),
    _column("at_most", "number", Message("What no choice reaches more than")),
    _column(
        "shared_reach", "number", Message("Observed reach of the platforms chosen for everybody")
    ),
    _column("shared_loss", "number", Message("Loss with the platforms chosen for everybody")),
    _column(
        "shared_tells",
        "truth",
        Message("Whether the loss with the platforms chosen for everybody is significant"),
    ),
)
LISTS = ("platforms", "rival", *PREFERENCES)
"""Columns with several codes in a cell, parted by ``|``."""
WORDS = {name: name for name in ("refusal", "verdict", "platforms", *PREFERENCES)} | {
    "rival": "platforms",
    "loss_of": "platforms",
}
"""Columns of codes, and whose words among those of a plan they have."""


def outreach_columns(report: Report) -> tuple[Column, ...]:
    """Return the columns in their order; those that nobody knows come last."""
    known = (*OUTREACH_KEYS, *_PLANNED)
    names = {one.name for one in known}
    more = dict.fromkeys(name for row in report.outreach for name in row if name not in names)
    return (*known, *(Column(one, one.upper(), "text", Said({"und": one})) for one in more))


def outreach_rows(report: Report) -> Iterator[dict[str, Scalar]]:
    """Yield a row an audience, in the order of the plan, with its publication."""
    columns, publication = outreach_columns(report), publication_of(report)
    for row in report.outreach:
        yield {**{one.heading: row.get(one.name) for one in columns}, **publication}


def outreach_labels(edition: Edition, place: int, language: str) -> dict[str, str]:
    """Return words for the codes of an audience, in one language.

    Parameters
    ----------
    edition : Edition
    place : int
        Of the audience in the plan of the report.
    language : str

    Returns
    -------
    dict
        ``DOMAIN_AR`` and so on; empty where there is no code.
    """
    row = {name: str(value or "") for name, value in edition.report.outreach[place].items()}
    dimensions = {
        "wave": "wave",
        "breakdown": "breakdown",
        "domain": f"domain:{row['breakdown']}",
        **{name: f"outreach:{words}" for name, words in WORDS.items()},
    }
    return {
        f"{one.heading}_{language.upper()}": edition.label(
            dimensions[one.name], row[one.name], language=language
        )
        if row.get(one.name)
        else ""
        for one in outreach_columns(edition.report)
        if one.name in dimensions
    }
