"""The command that starts something: a poll, or a plugin."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from socialpoll.cli.console import show_table, show_text
from socialpoll.cli.group import FOLDER, POLL_FILE, counted, examples, main

if TYPE_CHECKING:
    from socialpoll.starting import Started, StartedPlugin

__all__: list[str] = []


@main.command(
    epilog=examples(
        "socialpoll new my-poll",
        "socialpoll new my-poll --template e-services",
        "socialpoll new my-poll --from answers.sav",
        "socialpoll new --template",
        "socialpoll new --plugin my-cards --kind exporter",
    )
)
@click.argument("folder", type=FOLDER, metavar="DIR", required=False)
@click.option(
    "--template",
    is_flag=False,
    flag_value="",
    metavar="[NAME]",
    help="Start from a whole poll; without a name: list those there are.",
)
@click.option("--from", "source", type=POLL_FILE, help="Start from this file of answers or form.")
@click.option("--reader", metavar="NAME", help="Of the file; by its ending where absent.")
@click.option(
    "--plugin",
    metavar="NAME",
    help="Start a plugin of this name instead of a poll; DIR is then socialpoll-NAME where absent.",
)
@click.option(
    "--kind",
    type=click.Choice(["exporter", "reader", "rule"]),
    help="What the plugin offers; an exporter where absent.",
)
def new(
    folder: Path | None,
    template: str | None,
    source: Path | None,
    reader: str | None,
    plugin: str | None,
    kind: str | None,
) -> None:
    """Start a poll in a new folder, or the package of a plugin.

    Without options a poll has five questions, and every key explained. Nothing is ever overwritten.
    """
    from socialpoll.starting import start_from_file, start_from_template, start_plugin, templates

    if plugin is None and kind is not None:
        raise click.UsageError("--kind is of a plugin: name it with --plugin.")
    if plugin is not None:
        if not (template is None and source is None and reader is None):
            raise click.UsageError("A plugin is started from its name alone.")
        _show_plugin(start_plugin(plugin, kind or "exporter", folder=folder))
        return
    if template == "":
        show_table(["template", "what it is"], [(one.name, one.title) for one in templates()])
        return
    if folder is None:
        raise click.UsageError("Missing argument 'DIR'.")
    if source is not None and template is not None:
        raise click.UsageError("A poll is started from a template or from a file, not from both.")
    if source is None:
        _show_started(start_from_template(folder, template or "minimal"))
    else:
        _show_started(start_from_file(folder, source, reader=reader))


def _show_started(started: Started) -> None:
    show_text(f"Started a poll in {started.folder}")
    _show_files(started)
    if started.guesses:
        count = counted(started.guesses, "place")
        show_text(f"Look at the {count} marked 'check this:'.")
    poll, out = (shlex.quote(str(one)) for one in (started.poll_file, started.folder / "out"))
    show_text("" if started.answered else "The answers are still to come. Then:")
    show_text(f"  socialpoll check {poll}")
    show_text(f"  socialpoll run {poll} -o {out}")


def _show_plugin(started: StartedPlugin) -> None:
    show_text(f"Started the plugin {started.name} in {started.folder}")
    _show_files(started)
    folder = shlex.quote(str(started.folder))
    show_text("Install it, and see whether it keeps what plugins promise:")
    show_text(f"  pip install -e {shlex.quote(f'{started.folder}[test]')}")
    show_text(f"  pytest {folder}")


def _show_files(started: Started | StartedPlugin) -> None:
    for path in started.paths:
        show_text(f"  {path.relative_to(started.folder).as_posix()}")
