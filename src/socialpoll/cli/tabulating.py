"""The command that shows banner tables: many indicators by many groups."""

from __future__ import annotations

from pathlib import Path

import click

from socialpoll.cli.console import show, show_progress, show_text
from socialpoll.cli.group import FOLDER, POLL_FILE, examples, main

__all__: list[str] = []


def _names(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in value.split(","))))


@main.command(
    epilog=examples(
        "socialpoll tables poll.toml",
        "socialpoll tables poll.toml --banner by-sex --language ar",
        'socialpoll tables poll.toml --rows account,hours --columns sex,"sex|age_group"',
        "socialpoll tables poll.toml --html tables.html",
    )
)
@click.argument("poll", type=POLL_FILE)
@click.option("--banner", metavar="NAME", help="Only this one of the poll file's [[banners]].")
@click.option(
    "--rows", default="", metavar="NAMES", callback=_names, help="Indicators, parted by commas."
)
@click.option(
    "--columns",
    default="",
    metavar="NAMES",
    callback=_names,
    help="Breakdowns, parted by commas; a crossing as sex|age_group.",
)
@click.option("-l", "--language", metavar="TAG", help="Of the tables; of a page: only this one.")
@click.option(
    "--html",
    type=FOLDER,
    metavar="FILE",
    help="Write a page of the tables to this file instead of showing them.",
)
def tables(
    poll: Path,
    banner: str | None,
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    language: str | None,
    html: Path | None,
) -> None:
    """Show the banner tables of a poll: many indicators by many groups.

    They hold what may be published and nothing else. Without [[banners]] in the poll file there is
    one table of everything; --rows and --columns choose what stands in one.
    """
    from socialpoll.plugins.tables import check_page, write_tables
    from socialpoll.poll import Poll

    if html is not None:
        check_page(html)
    with show_progress() as progress:
        made = Poll.load(poll).tables(
            banner, rows=rows, columns=columns, language=language, progress=progress
        )
    if made.empty:
        show_text("No figure of these tables may be shown.")
    elif html is None:
        show(*made.tables)
    else:
        show_text(f"Wrote {write_tables(made.report, html, languages=language)}")
