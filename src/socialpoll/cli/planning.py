"""The command that shows the plan of a poll: whom to reach, where, when and with what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from socialpoll.cli.console import show_table, show_text
from socialpoll.cli.group import FAILED, FOLDER, POLL_FILE, examples, main

if TYPE_CHECKING:
    from socialpoll.poll import Poll
    from socialpoll.report import Edition, Section, Table
    from socialpoll.report.blocks import Cell

__all__: list[str] = []


@main.command(
    epilog=examples(
        "socialpoll plan poll.toml",
        "socialpoll plan poll.toml --language ar",
        "socialpoll plan poll.toml --csv plan.csv",
    )
)
@click.argument("poll", type=POLL_FILE)
@click.option("-l", "--language", metavar="TAG", help="In which the plan is shown.")
@click.option(
    "--csv",
    "to",
    type=FOLDER,
    metavar="FILE",
    help="Write a row an audience to this file instead of showing the plan.",
)
def plan(poll: Path, language: str | None, to: Path | None) -> None:
    """Show the plan of a poll: which platforms reach whom, when, and with what.

    It says what may be published and nothing else. The poll file asks for it with [outreach].
    """
    from socialpoll.poll import Poll
    from socialpoll.report import Edition

    declared = Poll.load(poll)
    if declared.outreach is None:
        show_text(f"No plan: {poll} has no [outreach]", err=True)
        click.get_current_context().exit(FAILED)
    if to is not None:
        _write(declared, to)
        return
    report = declared.report()
    edition = Edition(report, (language or report.languages[0],))
    for section in report.sections:
        if section.role == "outreach":
            _show(edition, section)


def _write(poll: Poll, to: Path) -> None:
    from socialpoll.hooks import Document
    from socialpoll.plugins.writing import write_documents

    made = poll.plan()
    if made is not None:
        content = made.frame.to_csv(index=False, lineterminator="\n").encode()
        (written,) = write_documents([Document(to.name, content, "text/csv")], to.parent)
        show_text(f"Wrote {written}")


def _show(edition: Edition, section: Section) -> None:
    """Show the words and tables of a section; a terminal has no charts."""
    from socialpoll.report import Table, Text

    show_text(edition.text(section.title))
    for block in section.blocks:
        if isinstance(block, Text):
            show_text(" ".join(edition.text(one) for one in block.phrases))
        elif isinstance(block, Table):
            _show_table(edition, block)


def _show_table(edition: Edition, table: Table) -> None:
    show_text(f"\n{edition.text(table.title)}")
    # The words above several headings are left out: lines of a terminal are short.
    heads = [edition.text(one.heading) for one in table.columns]
    rows = [[_cell(edition, one) for one in row.cells] for row in table.rows]
    # A heading inside the table has one cell; the others beside it are empty.
    show_table(heads, [row + [""] * (len(heads) - len(row)) for row in rows])
    for note in table.notes:
        show_text(edition.text(note))


def _cell(edition: Edition, cell: Cell) -> str:
    from socialpoll.report import Figure, Interval

    if cell is None:
        return ""
    return edition.number(cell) if isinstance(cell, Figure | Interval) else edition.text(cell)
