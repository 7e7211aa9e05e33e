"""The commands."""

from __future__ import annotations

import json
import shlex
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from socialpoll import __version__
from socialpoll.cli.console import show_error, show_progress, show_table, show_text
from socialpoll.errors import SocialpollError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from socialpoll.poll import Poll
    from socialpoll.starting import Started

__all__ = ["main"]

FAILED = 1
POLL_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(path_type=Path)


def _examples(*lines: str) -> str:
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
    epilog=_examples("socialpoll demo -o out/", "socialpoll run poll.toml -o out/"),
)
@click.version_option(__version__, prog_name="socialpoll")
def main() -> None:
    """Take a poll from its questionnaire to the documents that decision makers read.

    A command ends with 0 when it is done, with 1 when something is wrong with the poll or a
    document could not be made, and with 2 when the command itself was not understood.
    """


@main.command(
    epilog=_examples(
        "socialpoll new my-poll",
        "socialpoll new my-poll --template e-services",
        "socialpoll new my-poll --from answers.sav",
        "socialpoll new --template",
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
def new(folder: Path | None, template: str | None, source: Path | None, reader: str | None) -> None:
    """Start a poll in a new folder.

    Without options it has five questions, and every key explained. Nothing is ever overwritten.
    """
    from socialpoll.starting import start_from_file, start_from_template, templates

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


@main.command(
    epilog=_examples(
        "socialpoll check poll.toml", "socialpoll check poll.toml --report findings.html"
    )
)
@click.argument("poll", type=POLL_FILE)
@click.option(
    "--report",
    type=FOLDER,
    metavar="FILE",
    help="Write what is found to this file too: .html, or .csv for spreadsheets.",
)
def check(poll: Path, report: Path | None) -> None:
    """Look for mistakes in a poll without making documents.

    Goes through everything up to the report, and lists what it finds in the poll file, the
    questionnaire, the answers, the targets and the exports.
    """
    from socialpoll.plugins.findings import findings_format, write_findings
    from socialpoll.poll import Poll

    if report is not None:
        findings_format(report)
    findings = Poll.load(poll).findings()
    if findings.remarks:
        show_table(*_with_rules(findings.frame))
    counts = findings.counts
    show_text(f"{', '.join(_counted(count, one) for one, count in counts.items())} in {poll}")
    if report is not None:
        show_text(f"Wrote {write_findings(findings, report)}")
    if counts["error"]:
        click.get_current_context().exit(FAILED)


@main.command(
    epilog=_examples(
        "socialpoll run poll.toml -o out/", "socialpoll run poll.toml -o out/ --only word"
    )
)
@click.argument("poll", type=POLL_FILE)
@click.option("-o", "--out", type=FOLDER, default="out", show_default=True, help="Output folder.")
@click.option(
    "--only", multiple=True, metavar="EXPORTER", help="Make only what this exporter makes."
)
def run(poll: Path, out: Path, only: tuple[str, ...]) -> None:
    """Make every document that a poll file asks for, and a manifest.

    An exporter that fails stops no other.
    """
    from socialpoll.poll import Poll

    _run(Poll.load(poll), out, only)


@main.command(
    epilog=_examples(
        "socialpoll export poll.toml word --language ar -o out/",
        "socialpoll export poll.toml word --option charts=false",
    )
)
@click.argument("poll", type=POLL_FILE)
@click.argument("exporter")
@click.option("-o", "--out", type=FOLDER, default="out", show_default=True, help="Output folder.")
@click.option(
    "-l", "--language", multiple=True, metavar="TAG", help="Only in this language; may be repeated."
)
@click.option("--digits", type=click.Choice(["latn", "arab"]), default="latn", show_default=True)
@click.option(
    "--option",
    "options",
    multiple=True,
    metavar="KEY=VALUE",
    callback=lambda _context, _parameter, values: _options(values),
    help="An option of the exporter; a repeated key makes a list.",
)
def export(
    poll: Path,
    exporter: str,
    out: Path,
    language: tuple[str, ...],
    digits: Any,  # noqa: ANN401 - one of the two that click lets through
    options: dict[str, Any],
) -> None:
    """Make the documents of one exporter, whatever the poll file asks for."""
    from socialpoll.plugins import PluginHost
    from socialpoll.plugins.rendering import documents_of
    from socialpoll.plugins.writing import write_documents
    from socialpoll.poll import Poll

    host = PluginHost()
    chosen = host.exporter(exporter)
    with show_progress() as progress:
        progress("Composing the report", 0, 2)
        report = Poll.load(poll).report(host)
        progress(f"Exporting {exporter}", 1, 2)
        documents = documents_of(report, chosen, options, languages=language or None, digits=digits)
    _show_paths(write_documents(documents, out), out)


@main.command(
    epilog=_examples(
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
    _show_paths(write_codebook(made, to=out, formats=formats, languages=language or None), out)


@main.command(epilog=_examples("socialpoll xlsform poll.toml -o out/form.xlsx"))
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


@main.command(epilog=_examples("socialpoll plugins", "socialpoll plugins --json"))
@click.option("--json", "as_json", is_flag=True, help="Write the list as JSON.")
def plugins(*, as_json: bool) -> None:
    """List exporters, readers and rules, and what is wrong with those that cannot be used."""
    from socialpoll.plugins import PluginHost

    # What a plugin prints while it loads is no part of the list.
    with redirect_stdout(sys.stderr):
        offers = PluginHost().listing()
    if as_json:
        show_text(json.dumps([one.as_dict() for one in offers], ensure_ascii=False, indent=2))
        return
    rows = [
        (one.name, one.kind, one.title, one.origin, one.state, one.install or one.reason)
        for one in offers
    ]
    show_table(["name", "kind", "title", "from", "state", "what to know"], rows)


@main.command(epilog=_examples("socialpoll schema questionnaire -o questionnaire.schema.json"))
@click.argument("file", type=click.Choice(["questionnaire", "poll"]))
@click.option("-o", "--out", type=FOLDER, metavar="FILE", help="Write to this file.")
def schema(file: str, out: Path | None) -> None:
    """Show the JSON Schema of a kind of file, for editors that help to write one."""
    from socialpoll.poll.json_schema import json_schema_of
    from socialpoll.schema.writing import write_whole

    words = json.dumps(json_schema_of(file), ensure_ascii=False, indent=2)
    if out is None:
        show_text(words)
    else:
        show_text(f"Wrote {write_whole(out, words + chr(10))}")


@main.command(epilog=_examples("socialpoll demo -o out/"))
@click.option("-o", "--out", type=FOLDER, default="out", show_default=True, help="Output folder.")
def demo(out: Path) -> None:
    """Run the bundled poll: social media in Oman, with synthetic answers."""
    from socialpoll.demo import POLL_FILE as BUNDLED
    from socialpoll.poll import Poll

    _run(Poll.load(BUNDLED), out, ())


def _run(poll: Poll, out: Path, only: tuple[str, ...]) -> None:
    with show_progress() as progress:
        run = poll.run(out, progress=progress, only=only or None)
    _show_paths(run.paths, out)
    for failure in run.failures:
        show_error(failure.error)
    if run.failures:
        click.get_current_context().exit(FAILED)


def _show_paths(paths: Sequence[Path], out: Path) -> None:
    show_text(f"Wrote {_counted(len(paths), 'file')} to {out}")
    for path in paths:
        show_text(f"  {path.name}")


def _show_started(started: Started) -> None:
    show_text(f"Started a poll in {started.folder}")
    for path in started.paths:
        show_text(f"  {path.relative_to(started.folder).as_posix()}")
    if started.guesses:
        count = _counted(started.guesses, "place")
        show_text(f"Look at the {count} marked 'check this:'.")
    poll, out = (shlex.quote(str(one)) for one in (started.poll_file, started.folder / "out"))
    show_text("" if started.answered else "The answers are still to come. Then:")
    show_text(f"  socialpoll check {poll}")
    show_text(f"  socialpoll run {poll} -o {out}")


def _with_rules(findings: pd.DataFrame) -> tuple[list[str], Iterable[Sequence[object]]]:
    """Put the rule before what is the matter: consoles are too narrow for a column of its own."""
    rules = findings["rule"]
    what = findings["what"].where(rules == "", rules + ": " + findings["what"])
    shown = findings.assign(what=what).drop(columns="rule")
    return list(shown.columns), shown.itertuples(index=False, name=None)


def _options(pairs: Iterable[str]) -> dict[str, Any]:
    several: dict[str, list[str]] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not (key and equals):
            raise click.BadParameter(f"{pair!r} is not of the form KEY=VALUE")
        several.setdefault(key, []).append(value)
    return {key: one if len(one) > 1 else one[0] for key, one in several.items()}


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
