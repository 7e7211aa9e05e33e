"""Reports as Markdown, and a plugin to copy from.

A plugin for socialpoll is a Python package with three things in it:

1. An *entry point* in ``pyproject.toml``, in the group ``socialpoll``. It names this module; that
   is how an installed plugin is found. Nothing is loaded before a name is asked for that is not
   built in.
2. A *hook*, marked with ``socialpoll.hookimpl``. It returns records, and does nothing else. The
   others are ``socialpoll_readers`` and ``socialpoll_reliability_rules``.
3. A *record* for each format, with a function ``render(edition, options)`` in it.

What ``render`` may rely on:

- An ``Edition`` is a report in a language. ``edition.text(phrase)`` and ``edition.number(figure)``
  write everything in it as text, rounded, marked and in the right digits. A plugin needs no
  knowledge of languages, and no table of its own for the shorthand of suppressed figures.
- A report holds sections with a role, and a section holds blocks: Text, Table, Chart, Picture, and
  nothing else. Roles that are not known are printed like the others; new ones may come.
- It sees only what was released. There is nothing in a report that may not be shown.

What is asked of it in return:

- It yields ``Document`` objects, with a plain file name and bytes. It writes no files: the host
  does, and only when everything has been made.
- The same edition and options give the same bytes: no clock, no random names.
- It says when data are made up, and until when a report is under embargo.

``socialpoll.testing.check_exporter`` has a check for each of these; the tests of this package call
them.

Options are a frozen dataclass with defaults. The host turns what users type into their types, and
tells them about every option that does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from socialpoll import Document, Edition, Exporter, hookimpl
from socialpoll.report import Figure, Interval, Message, Section, Table, Text
from socialpoll.report.blocks import Cell, Column
from socialpoll.report.terms import SYNTHETIC_NOTICE
from socialpoll.schema import say

__all__ = ["MarkdownOptions", "render", "socialpoll_exporters"]

MEDIA_TYPE = "text/markdown"
WITH_TABLES = ("indicator", "banner")
LEFT_OUT = frozenset(
    {"publisher", "methodology", "instrument", "text", "recommendations", "timeline", "pictures"}
)
"""Roles that a summary goes without; one that is not known here is printed."""
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


@dataclass(frozen=True, kw_only=True)
class MarkdownOptions:
    """What a summary holds.

    Parameters
    ----------
    tables : bool
        Whether the tables of indicators and banners follow the key findings.
    """

    tables: bool = True


@hookimpl
def socialpoll_exporters() -> list[Exporter]:
    """Return the exporters of this plugin: one, ``markdown``."""
    return [
        Exporter(
            name="markdown",
            title="Key findings and tables in Markdown, one file a language",
            media_type=MEDIA_TYPE,
            suffix=".md",
            render=render,
            options=MarkdownOptions,
        )
    ]


def render(edition: Edition, options: MarkdownOptions) -> Iterator[Document]:
    """Make the summary of an edition; ``editions="each"`` calls this once a language.

    Parameters
    ----------
    edition : Edition
    options : MarkdownOptions

    Yields
    ------
    Document
        ``accounts-ar.md`` of a report named ``accounts``.
    """
    lines = [*_head(edition)]
    for section in edition.report.sections:
        if section.role in WITH_TABLES and not options.tables:
            continue
        if section.role not in LEFT_OUT:
            lines += _section(edition, section)
    text = "\n\n".join(lines)
    # Markdown has no word for direction; a block of HTML around it has.
    body = f'<div dir="{edition.direction}" lang="{edition.language}">\n\n{text}\n\n</div>\n'
    yield Document(f"{edition.report.name}-{edition.language}.md", body.encode(), MEDIA_TYPE)


def _head(edition: Edition) -> Iterator[str]:
    report, language = edition.report, edition.language
    yield f"# {_escaped(say(report.title, language))}"
    if report.subtitle:
        yield _escaped(say(report.subtitle, language))
    life = report.life_cycle
    facts = [say(report.publisher.name, language)]
    if life.release_date:
        facts.append(edition.text(Message("{date}", {"date": life.release_date})))
    yield " · ".join(_escaped(one) for one in facts)
    if life.embargo:
        until = Message("Embargoed until {moment}", {"moment": life.embargo})
        yield f"**{_escaped(edition.text(until))}**"
    if report.synthetic:
        yield f"> {_escaped(edition.text(SYNTHETIC_NOTICE))}"


def _section(edition: Edition, section: Section) -> Iterator[str]:
    yield f"## {_escaped(edition.text(section.title))}"
    texts = [block for block in section.blocks if isinstance(block, Text)]
    if section.role not in WITH_TABLES:
        yield from (_words(edition, one) for one in texts if one.style != "bullet")
        listed = [f"- {_words(edition, one)}" for one in texts if one.style == "bullet"]
        yield from ["\n".join(listed)] if listed else []
    for block in section.blocks:
        if isinstance(block, Table):
            yield _table(edition, block)
            yield from (_escaped(edition.text(note)) for note in block.notes)


def _words(edition: Edition, text: Text) -> str:
    return " ".join(_escaped(edition.text(phrase)) for phrase in text.phrases)


def _table(edition: Edition, table: Table) -> str:
    title = f"**{_escaped(edition.text(table.title))}**\n"
    heads = [_head_of(edition, column) for column in table.columns]
    marks = [":---" if column.kind in ("label", "text") else "---:" for column in table.columns]
    rows = [
        [_bold(edition, cell) if row.role != "body" else _cell(edition, cell) for cell in row.cells]
        for row in table.rows
    ]
    # A heading inside the table has one cell; Markdown wants as many as there are columns.
    filled = [row + [""] * (len(heads) - len(row)) for row in rows]
    return "\n".join([title, *(_line(cells) for cells in (heads, marks, *filled))])


def _head_of(edition: Edition, column: Column) -> str:
    """Write a heading after the words of its group: Markdown knows one row of heads."""
    words = [column.heading] if column.group is None else [column.group, column.heading]
    return ": ".join(_escaped(edition.text(one)) for one in words)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(edition: Edition, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Figure | Interval):
        return _escaped(edition.number(cell))
    return _escaped(edition.text(cell))


def _bold(edition: Edition, cell: Cell) -> str:
    words = _cell(edition, cell)
    return f"**{words}**" if words else ""


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
