"""``python -m socialpoll.demo.register --people 100000 --to FOLDER`` writes a register.

With ``--brief`` a poll of its people follows, from the tables of the agencies to the brief.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from socialpoll.demo.register.declared import declared_tables
from socialpoll.demo.register.polling import poll_from_register
from socialpoll.demo.register.synthesise import (
    SEED,
    FileFormat,
    synthesise_hard_cases,
    synthesise_register,
)
from socialpoll.register import LinkageKey

POLL = "poll"
"""Folder of what a poll makes, beside the tables."""


@click.command()
@click.option("--people", type=click.IntRange(min=1), default=4500, show_default=True)
@click.option("--to", required=True, help="Folder; it is made where it is not there.")
@click.option("--seed", default=SEED, show_default=True)
@click.option("--format", "file_format", type=click.Choice(["parquet", "csv"]), default="parquet")
@click.option("--hard", is_flag=True, help="Only people who are easily mistaken for each other.")
@click.option("--brief", is_flag=True, help=f"Poll them too; what is made goes to TO/{POLL}.")
def main(
    *, people: int, to: str, seed: int, file_format: FileFormat, hard: bool, brief: bool
) -> None:
    """Write a register of synthetic people, the tables of three agencies, and the truth apart.

    A poll draws a key of its own, which is kept nowhere: another run has other pseudonyms, and
    draws another sample.
    """
    if hard and brief:
        message = "people who are easily mistaken are no population: leave out --hard or --brief"
        raise click.UsageError(message)
    if hard:
        synthesise_hard_cases(-(-people // 6), to=to, seed=seed, file_format=file_format)
    else:
        synthesise_register(people, to=to, seed=seed, file_format=file_format)
    if brief:
        _poll(Path(to), file_format)


def _poll(folder: Path, file_format: FileFormat) -> None:
    tables = declared_tables(folder, file_format).values()
    key = LinkageKey(secrets.token_bytes(32))
    poll = poll_from_register(tables, to=folder / POLL, key=key, said=click.echo)
    click.echo(f"Wrote to {folder / POLL}")
    for path in poll.paths:
        click.echo(f"  {path.relative_to(folder / POLL)}")


if __name__ == "__main__":
    main()
