"""``python -m socialpoll.demo.register --people 100000 --to FOLDER`` writes a register."""

from __future__ import annotations

import click

from socialpoll.demo.register.synthesise import (
    SEED,
    FileFormat,
    synthesise_hard_cases,
    synthesise_register,
)


@click.command()
@click.option("--people", type=click.IntRange(min=1), default=4500, show_default=True)
@click.option("--to", required=True, help="Folder; it is made where it is not there.")
@click.option("--seed", default=SEED, show_default=True)
@click.option("--format", "file_format", type=click.Choice(["parquet", "csv"]), default="parquet")
@click.option("--hard", is_flag=True, help="Only people who are easily mistaken for each other.")
def main(*, people: int, to: str, seed: int, file_format: FileFormat, hard: bool) -> None:
    """Write a register of synthetic people, the tables of three agencies, and the truth apart."""
    if hard:
        synthesise_hard_cases(-(-people // 6), to=to, seed=seed, file_format=file_format)
    else:
        synthesise_register(people, to=to, seed=seed, file_format=file_format)


if __name__ == "__main__":
    main()
