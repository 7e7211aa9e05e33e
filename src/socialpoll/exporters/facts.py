"""What documents say of themselves: edition, dates, embargo, contact, licence."""

from __future__ import annotations

import datetime as dt

from socialpoll.report import Edition, Message
from socialpoll.schema import say
from socialpoll.schema.legible import legible

__all__ = ["FACTS", "cover_of", "facts_of", "life_cycle_of"]

FACTS = (
    ("name", "Publisher"),
    ("release_date", "Release date"),
    ("edition", "Edition"),
    ("status", "Status"),
    ("supersedes", "Supersedes"),
    ("embargo", "Embargo"),
    ("next_release", "Next release"),
    ("contact", "Contact"),
    ("website", "Website"),
    ("licence", "Licence"),
)
"""What may be known, and its label."""
ON_THE_COVER = ("release_date", "edition", "status")


def life_cycle_of(edition: Edition) -> dict[str, str]:
    """Return where a publication stands in its life, in words; empty where there is none."""
    life = edition.report.life_cycle
    return {
        "edition": legible(life.edition),
        "status": _said(edition, life.status),
        "release_date": _date(edition, life.release_date),
        "next_release": _date(edition, life.next_release),
        "licence": say(life.licence, edition.language),
        "embargo": _date(edition, life.embargo),
        "supersedes": legible(life.supersedes),
    }


def facts_of(edition: Edition) -> list[dict[str, str]]:
    """Return what is known: ``name``, ``label`` and ``text`` of each."""
    publisher = edition.report.publisher
    known = {
        **life_cycle_of(edition),
        "name": say(publisher.name, edition.language),
        "contact": legible(publisher.contact),
        "website": legible(publisher.website),
    }
    return [
        {"name": name, "label": _said(edition, label), "text": known[name]}
        for name, label in FACTS
        if known[name]
    ]


def cover_of(facts: list[dict[str, str]]) -> list[str]:
    """Return the lines under a title: date, edition and status; the embargo."""
    lines = {fact["name"]: f"{fact['label']}: {fact['text']}" for fact in facts}
    first = " · ".join(lines[name] for name in ON_THE_COVER if name in lines)
    return [line for line in (first, lines.get("embargo", "")) if line]


def _date(edition: Edition, date: dt.date | None) -> str:
    return legible(edition.text(Message("{date}", {"date": date}))) if date else ""


def _said(edition: Edition, key: str) -> str:
    return legible(edition.text(Message(key)))
