"""What a document says of its publication: who publishes it, when, and in which edition."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from socialpoll.report import Edition, Message
from socialpoll.schema import say
from socialpoll.schema.legible import legible

__all__ = ["Fact", "facts_of"]


class Fact(NamedTuple):
    """A line of what is said of a publication: a plain name, and words in a language."""

    name: str
    label: str
    text: str


LABELS = (
    ("name", Message("Publisher")),
    ("release_date", Message("Release date")),
    ("edition", Message("Edition")),
    ("status", Message("Status")),
    ("supersedes", Message("Supersedes")),
    ("embargo", Message("Embargo")),
    ("next_release", Message("Next release")),
    ("contact", Message("Contact")),
    ("website", Message("Website")),
    ("licence", Message("Licence")),
)


def facts_of(edition: Edition) -> tuple[Fact, ...]:
    """Return what is known of a publication, in the words of an edition.

    Parameters
    ----------
    edition : Edition

    Returns
    -------
    tuple of Fact
        In the order in which readers look for them; what nobody declared is left out.
    """
    publisher, life = edition.report.publisher, edition.report.life_cycle
    texts = {
        "name": say(publisher.name, edition.language),
        "release_date": _date(edition, life.release_date),
        "edition": legible(life.edition),
        "status": edition.text(Message(life.status)) if life.status else "",
        "supersedes": legible(life.supersedes),
        "embargo": _date(edition, life.embargo),
        "next_release": _date(edition, life.next_release),
        "contact": legible(publisher.contact),
        "website": legible(publisher.website),
        "licence": say(life.licence, edition.language),
    }
    labels = ((name, legible(edition.text(label))) for name, label in LABELS if texts[name])
    return tuple(Fact(name, label, texts[name]) for name, label in labels)


def _date(edition: Edition, date: dt.date | None) -> str:
    return legible(edition.text(Message("{date}", {"date": date}))) if date else ""
