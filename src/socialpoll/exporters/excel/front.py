"""The first sheets of a workbook: what it is, what is in it, and what has to be known of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from socialpoll.exporters.excel.ledger import Ledger
from socialpoll.exporters.excel.sheets import Entry, Field, Line, Logo, Sheet
from socialpoll.exporters.facts import facts_of
from socialpoll.report import SYNTHETIC_NOTICE, Edition, Message, Phrase, Said
from socialpoll.report.listing import listed
from socialpoll.schema import say
from socialpoll.schema.legible import legible

__all__ = ["contents", "cover", "notes"]


def cover(edition: Edition, name: str, *, contents: str) -> Sheet:
    """Return the sheet that says what a workbook is, and shows whose.

    Parameters
    ----------
    edition : Edition
    name, contents : str
        Names of this sheet and of the one that lists all others.
    """
    report, language = edition.report, edition.language
    facts = facts_of(edition)
    lines = [say(report.subtitle, language)]
    lines += [_words(edition, SYNTHETIC_NOTICE)] if report.synthetic else []
    fields = (
        _field(edition, Message("Item"), [one["label"] for one in facts]),
        _field(edition, Message("Description"), [one["text"] for one in facts]),
    )
    return Sheet(
        name=name,
        title=say(report.title, language),
        lines=(*map(Line, filter(None, lines)), Line(contents, contents)),
        table="publication",
        fields=fields,
        logo=_logo(edition),
    )


def _logo(edition: Edition) -> Logo | None:
    logo = edition.report.style.logo
    if logo is None:
        return None
    return Logo(logo.content, legible(say(logo.alt, edition.language)))


def contents(edition: Edition, name: str, sheets: Sequence[Sheet]) -> Sheet:
    """Return the sheet that lists others, each with a link to it."""
    links = tuple(Entry(one.name, link=one.name) for one in sheets)
    titles = _field(edition, Message("Title"), [one.title for one in sheets])
    fields = (Field(_words(edition, Message("Sheet")), "label", links), titles)
    title = _words(edition, Message("Contents"))
    return Sheet(name=name, title=title, lines=(), table="contents", fields=fields)


def notes(edition: Edition, name: str, ledger: Ledger, *, contents: str) -> Sheet:
    """Return the sheet of all notes, each with the sheets whose tables it is about."""
    rows = list(ledger.rows())
    sheets = [
        _words(edition, listed(Said({"und": one}) for one in several)) for _, _, several in rows
    ]
    fields = (
        Field(
            _words(edition, Message("Note")),
            "label",
            tuple(Entry(number, "0") for number, _, _ in rows),
        ),
        _field(edition, Message("Description"), [words for _, words, _ in rows]),
        _field(edition, Message("Sheet"), sheets),
    )
    lines = (*(Line(_words(edition, one)) for one in _of_workbooks()), Line(contents, contents))
    title = _words(edition, Message("Notes"))
    return Sheet(name=name, title=title, lines=lines, table="notes", fields=fields)


def _of_workbooks() -> Iterator[Phrase]:
    """Tell how a workbook is to be read."""
    yield Message(
        "Figures are numbers that can be calculated with: percentages are stored as shares of "
        "one, times of day as parts of a day."
    )
    yield Message(
        "Columns of marks hold the letters and shorthand of the figures before them, and are "
        "empty where there are none."
    )
    yield Message(
        "Shorthand in place of a number says why there is none; cells marked [z] have no figure."
    )


def _field(edition: Edition, heading: Phrase, words: Sequence[str]) -> Field:
    return Field(_words(edition, heading), "text", tuple(map(Entry, words)))


def _words(edition: Edition, phrase: Phrase) -> str:
    return legible(edition.text(phrase))
