"""Commands beside a run: a poll is written in the forms of others."""

from __future__ import annotations

import json
from pathlib import Path

import click

from socialpoll.cli.console import show_text
from socialpoll.cli.group import FOLDER, POLL_FILE, examples, main, show_paths

__all__: list[str] = []


@main.command(
    epilog=examples(
        "socialpoll codebook poll.toml -o out/",
        "socialpoll codebook poll.toml --format html --format csv --no-bases",
    )
)
@click.argument("poll", type=POLL_FILE)
@click.option("-o", "--out", type=FOLDER, default="out", show_default=True, help="Output folder.")
@click.option(
    "--format",
    "formats",
    type=click.Choice(["word", "html", "csv"]),
    multiple=True,
    default=["word"],
    show_default=True,
    help="May be repeated.",
)
@click.option(
    "-l", "--language", multiple=True, metavar="TAG", help="Only in this language; may be repeated."
)
@click.option(
    "--bases/--no-bases",
    default=True,
    show_default=True,
    help="Read the answers, and tell how many were asked and answered.",
)
def codebook(
    poll: Path, out: Path, formats: tuple[str, ...], language: tuple[str, ...], *, bases: bool
) -> None:
    """Write the codebook: every variable, with its codes and what they stand for."""
    from socialpoll.plugins import write_codebook
    from socialpoll.poll import Poll

    made = Poll.load(poll).codebook(bases=bases)
    show_paths(write_codebook(made, to=out, formats=formats, languages=language or None), out)


@main.command(epilog=examples("socialpoll xlsform poll.toml -o out/form.xlsx"))
@click.argument("poll", type=POLL_FILE)
@click.option(
    "-o", "--out", type=FOLDER, default="form.xlsx", show_default=True, help="The file to write."
)
def xlsform(poll: Path, out: Path) -> None:
    """Write the questionnaire as an XLSForm, for Kobo or ODK, and tell what it cannot hold."""
    from socialpoll.plugins import write_xlsform
    from socialpoll.poll import Poll

    losses = write_xlsform(Poll.load(poll).questionnaire, out)
    show_text(f"Wrote {out}")
    for one in losses:
        show_text(f"  {one}")


@main.command(
    epilog=examples(
        "socialpoll answers poll.toml -o answers.sav",
        "socialpoll answers poll.toml -o answers.dta --language ar",
    )
)
@click.argument("poll", type=POLL_FILE)
@click.option(
    "-o",
    "--out",
    type=FOLDER,
    default="answers.sav",
    show_default=True,
    help="The file to write: .sav for SPSS, .dta for Stata.",
)
@click.option("-l", "--language", metavar="TAG", help="Of the labels; the first where absent.")
def answers(poll: Path, out: Path, language: str | None) -> None:
    """Write the answers with their labels for SPSS or Stata, and tell what these cannot hold."""
    from socialpoll.plugins import write_dta, write_sav
    from socialpoll.poll import Poll

    write = {".sav": write_sav, ".dta": write_dta}.get(out.suffix.lower())
    if write is None:
        raise click.BadParameter(f"{out.name!r} ends neither in .sav nor in .dta", param_hint="-o")
    losses = write(Poll.load(poll).responses(), out, language=language)
    show_text(f"Wrote {out}")
    for one in losses:
        show_text(f"  {one}")


@main.command(epilog=examples("socialpoll schema questionnaire -o questionnaire.schema.json"))
@click.argument("file", type=click.Choice(["questionnaire", "poll", "report"]))
@click.option("-o", "--out", type=FOLDER, metavar="FILE", help="Write to this file.")
def schema(file: str, out: Path | None) -> None:
    """Show the JSON Schema of a kind of file, for editors that help to write one.

    That of a report is for programs that read what the exporter json writes.
    """
    from socialpoll.poll.json_schema import json_schema_of
    from socialpoll.schema.writing import write_whole

    words = json.dumps(json_schema_of(file), ensure_ascii=False, indent=2)
    if out is None:
        show_text(words)
    else:
        show_text(f"Wrote {write_whole(out, words + chr(10))}")
