"""The group of all commands, and what they have in common."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from socialpoll import __version__
from socialpoll.cli.console import show_error, show_text
from socialpoll.errors import SocialpollError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FAILED", "FOLDER", "POLL_FILE", "counted", "examples", "main", "show_paths"]

FAILED = 1
POLL_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(path_type=Path)


def examples(*lines: str) -> str:
    """Return the end of a help text."""
    # A backspace keeps click from joining the lines.
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


class Commands(click.Group):
    """Commands that end with a message, never a traceback, where the library refuses."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click declares it
        """Run a command."""
        try:
            return super().invoke(ctx)
        except SocialpollError as error:
            show_error(error)
            ctx.exit(FAILED)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("socialpoll demo -o out/", "socialpoll run poll.toml -o out/"),
)
@click.version_option(__version__, prog_name="socialpoll")
def main() -> None:
    """Take a poll from its questionnaire to the documents that decision makers read.

    A command ends with 0 when it is done, with 1 when something is wrong with the poll or a
    document could not be made, and with 2 when the command itself was not understood.
    """


def show_paths(paths: Sequence[Path], out: Path) -> None:
    """Say which files were written."""
    show_text(f"Wrote {counted(len(paths), 'file')} to {out}")
    for path in paths:
        show_text(f"  {path.name}")


def counted(number: int, noun: str) -> str:
    """Write how many of something there are."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
