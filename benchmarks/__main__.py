"""Runs the benchmarks and shows their tables; ``--write`` keeps them in the README beside this."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from rich.console import Console
from rich.table import Table

import benchmarks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Rows = list[dict[str, object]]

README = Path(__file__).with_name("README.md")
PREFIX = "bench_"
LIBRARIES = ("socialpoll", "numpy", "pandas", "scipy")


class Benchmark(Protocol):
    """What a ``bench_*`` module offers.

    It may have ``keep(rows)`` too, where it keeps more than a table, ``declare(parser)``, where it
    takes options on the command line, which are then what ``run`` is called with, and
    ``require(rows)``, where results are promised: it leaves with an error if they are not kept.
    """

    NAME: str

    def run(self, *options: argparse.Namespace) -> Rows:
        """Measure, and return a row for each thing measured."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmarks named on the command line, or all of them."""
    available = find()
    options = parse(arguments, available)
    console = Console()
    for name in options.names or available:
        takes = hasattr(available[name], "declare")
        rows = available[name].run(*([options] if takes else []))
        console.print(table(name, rows))
        if options.write:
            write(name, rows)
            keep = getattr(available[name], "keep", None)
            if keep is not None:
                keep(rows)
        require = getattr(available[name], "require", None)
        if require is not None:
            require(rows)


def find() -> dict[str, Benchmark]:
    """Return every benchmark by its name."""
    modules = (
        importlib.import_module(f"benchmarks.{found.name}")
        for found in pkgutil.iter_modules(benchmarks.__path__)
        if found.name.startswith(PREFIX)
    )
    return {module.NAME: cast("Benchmark", module) for module in modules}


def parse(
    arguments: Sequence[str] | None, available: Mapping[str, Benchmark]
) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = sorted(available)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(names)}")
    parser.add_argument("--write", action="store_true", help=f"write the results to {README.name}")
    for benchmark in available.values():
        declare = getattr(benchmark, "declare", None)
        if declare is not None:
            declare(parser)
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in names]:
        parser.error(f"no benchmark {', '.join(unknown)}; there are: {', '.join(names)}")
    return options


def table(name: str, rows: Rows) -> Table:
    """Lay rows out for the terminal."""
    result = Table(*rows[0], title=name, title_justify="left")
    for row in rows:
        result.add_row(*map(str, row.values()))
    return result


def write(name: str, rows: Rows) -> None:
    """Put the results of one benchmark between its markers, which are added if missing."""
    opening, closing = f"<!-- results: {name} -->", f"<!-- end: {name} -->"
    section = f"{opening}\n## {name}\n\n{machine()}\n\n{markdown(rows)}\n{closing}"
    text = README.read_text(encoding="utf-8")
    place = re.compile(f"{re.escape(opening)}.*?{re.escape(closing)}", re.DOTALL)
    if place.search(text):
        text = place.sub(lambda _: section, text)
    else:
        text = f"{text.rstrip()}\n\n{section}\n"
    README.write_text(text, encoding="utf-8")


def markdown(rows: Rows) -> str:
    """Lay rows out as a Markdown table."""
    lines = [list(rows[0]), ["---"] * len(rows[0]), *(list(row.values()) for row in rows)]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def machine() -> str:
    """Say when and on what the results came about, without naming the host."""
    libraries = ", ".join(f"{name} {version_of(name)}" for name in LIBRARIES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}; {processor()}, {os.cpu_count()} cores; "
        f"Python {platform.python_version()}, {libraries}."
    )


def version_of(library: str) -> str:
    """Return the installed version of a library."""
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"


def processor() -> str:
    """Return the model of the processor, as far as the system tells it."""
    try:
        described = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        described = ""
    model = re.search(r"^model name\s*:\s*(.+)$", described, re.MULTILINE)
    return model[1] if model else platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
