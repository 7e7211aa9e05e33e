"""What the commands show: text, tables and progress, on consoles that can do less or more."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from socialpoll.errors import Problem, ProblemsError, SocialpollError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from socialpoll.poll import Progress

__all__ = ["show", "show_error", "show_problem", "show_progress", "show_table", "show_text"]

SHORT = 20
"""Characters up to which a column of a table keeps its width, where all have room."""
LEAST = 10
"""Characters that must be left for a longer column."""
GAP = 3
"""Characters between columns."""


def show_text(text: str, *, err: bool = False) -> None:
    """Show plain text, one line as one line."""
    _echo(f"{text}\n", err=err)


def show(*renderables: RenderableType) -> None:
    """Show what knows how wide the console is, each on lines of its own."""
    for one in renderables:
        _echo(f"{_rendered(one)}\n", err=False)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Show a table on standard output; nothing in a cell is cut off."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    lines = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, cells)) for cells in zip(columns, *lines, strict=True)]
    least = sum(width if width <= SHORT else LEAST for width in widths) + GAP * len(widths)
    fit = least <= Console(file=sys.stdout).width
    for name, width in zip(columns, widths, strict=True):
        table.add_column(name, overflow="fold", no_wrap=fit and width <= SHORT)
    for line in lines:
        table.add_row(*map(Text, line))
    _echo(_rendered(table), err=False)


def show_error(error: SocialpollError) -> None:
    """Show what is wrong, and all of it, on standard error."""
    if isinstance(error, ProblemsError):
        count = len(error.problems)
        show_text(f"Error: {count} problem{'s' if count > 1 else ''} in {error.subject}", err=True)
        for problem in error.problems:
            show_text(_told(problem, "  - "), err=True)
    else:
        show_text(_told(error.problem, "Error: "), err=True)


def show_problem(problem: Problem, mark: str = "") -> None:
    """Show one thing that is wrong on standard output: it was asked for."""
    show_text(_told(problem, mark))


@contextmanager
def show_progress() -> Iterator[Progress]:
    """Show how far a run has come while it lasts, on standard error if that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress as Bar, TextColumn

    if not sys.stderr.isatty():
        yield _unseen
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def progress(what: str, done: int, of: int, /) -> None:
            bar.update(task, description=what, completed=done, total=of)

        yield progress


def _unseen(_what: str, _done: int, _of: int, /) -> None:
    """Show nothing: nobody is watching."""


def _told(problem: Problem, mark: str) -> str:
    """Write a problem on one line, and beneath it what was found, what is allowed, what to do."""
    head = f"{problem.where}: {problem.what}" if problem.where else problem.what
    more = (("found", problem.found), ("allowed", problem.allowed), ("advice", problem.advice))
    indent = " " * (len(mark) if mark.isspace() or mark.startswith(" ") else 2)
    return "\n".join([mark + head, *(f"{indent}{name}: {words}" for name, words in more if words)])


def _rendered(renderable: RenderableType) -> str:
    from rich.console import Console

    console = Console(file=sys.stdout)
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


def _echo(text: str, *, err: bool) -> None:
    """Write text; letters that the console does not know are written as codes, and that is said."""
    stream = sys.stderr if err else sys.stdout
    encoding = stream.encoding or "utf-8"
    known = text.encode(encoding, errors="backslashreplace").decode(encoding)
    click.echo(known, nl=False, err=err)
    if known != text:
        click.echo(
            f"(This console writes {encoding}, which lacks some letters: they are shown as codes. "
            "Set PYTHONUTF8=1 to see them; the files are right either way.)",
            err=True,
        )
