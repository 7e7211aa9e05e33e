"""Commands about a whole poll: it is checked, run and exported."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from socialpoll.cli.console import show_error, show_progress, show_table, show_text
from socialpoll.cli.group import FAILED, FOLDER, POLL_FILE, counted, examples, main, show_paths
from socialpoll.cli.plugins import BLOCK, ISOLATION, hosted, own_output

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from socialpoll.plugins import PluginHost
    from socialpoll.poll import Poll, Withheld

__all__: list[str] = []


@main.command(
    epilog=examples(
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
@BLOCK
def check(poll: Path, report: Path | None, block: tuple[str, ...]) -> None:
    """Look for mistakes in a poll without making documents.

    Goes through everything up to the report, and lists what it finds in the poll file, the
    questionnaire, the answers, the targets and the exports.
    """
    from socialpoll.plugins import PluginHost
    from socialpoll.plugins.findings import findings_format, write_findings
    from socialpoll.poll import Poll

    if report is not None:
        findings_format(report)
    with own_output():
        findings = Poll.load(poll).findings(PluginHost(blocked=block))
    if findings.remarks:
        show_table(*_with_rules(findings.frame))
    counts = findings.counts
    show_text(f"{', '.join(counted(count, one) for one, count in counts.items())} in {poll}")
    if report is not None:
        show_text(f"Wrote {write_findings(findings, report)}")
    if counts["error"]:
        click.get_current_context().exit(FAILED)


@main.command(
    epilog=examples(
        "socialpoll run poll.toml -o out/", "socialpoll run poll.toml -o out/ --only word"
    )
)
@click.argument("poll", type=POLL_FILE)
@click.option("-o", "--out", type=FOLDER, default="out", show_default=True, help="Output folder.")
@click.option(
    "--only", multiple=True, metavar="EXPORTER", help="Make only what this exporter makes."
)
@ISOLATION
@BLOCK
def run(
    poll: Path, out: Path, only: tuple[str, ...], block: tuple[str, ...], *, isolated: bool | None
) -> None:
    """Make every document that a poll file asks for, and a manifest.

    An exporter that fails stops no other.
    """
    from socialpoll.poll import Poll

    _run(Poll.load(poll), out, only, block, isolated=isolated)


@main.command(
    epilog=examples(
        "socialpoll export poll.toml word --language ar -o out/",
        "socialpoll export poll.toml word --option charts=false",
        "socialpoll export poll.toml word --for-each governorate --option pdf=true",
    )
)
@click.argument("poll", type=POLL_FILE)
@click.argument("exporter")
@click.option("-o", "--out", type=FOLDER, default="out", show_default=True, help="Output folder.")
@click.option(
    "-l",
    "--language",
    multiple=True,
    metavar="TAG",
    help="Only in this language, or in two as ar+en; may be repeated.",
)
@click.option("--digits", type=click.Choice(["latn", "arab"]), default="latn", show_default=True)
@click.option(
    "--for-each",
    multiple=True,
    metavar="BREAKDOWN",
    help="Documents of its own for each group of this breakdown; repeated, for each of a crossing.",
)
@click.option(
    "--option",
    "options",
    multiple=True,
    metavar="KEY=VALUE",
    callback=lambda _context, _parameter, values: _options(values),
    help="An option of the exporter; a repeated key makes a list.",
)
@hosted
def export(
    poll: Path,
    exporter: str,
    out: Path,
    language: tuple[str, ...],
    digits: Any,  # noqa: ANN401 - one of the two that click lets through
    for_each: tuple[str, ...],
    options: dict[str, Any],
    host: PluginHost,
) -> None:
    """Make the documents of one exporter, whatever the poll file asks for."""
    from socialpoll.plugins.rendering import documents_by
    from socialpoll.plugins.writing import write_documents
    from socialpoll.poll import Poll
    from socialpoll.poll.narrowing import reports_of, withheld_by
    from socialpoll.poll.stages import composed

    with own_output():
        offer = host.offer("exporter", exporter)
    limits = host.limits_for(offer)
    declared = Poll.load(poll)
    with own_output(), show_progress() as progress:
        progress("Composing the report", 0, 2)
        release = declared.release(host)
        reports = (
            reports_of(declared, release, for_each) if for_each else [composed(declared, release)]
        )
        progress(f"Exporting {exporter}", 1, 2)
        documents = documents_by(
            offer, reports, options, languages=language or None, digits=digits, limits=limits
        )
    show_paths(write_documents(documents, out), out)
    _warn_of_embargo(declared)
    _tell_withheld(withheld_by(for_each or None, release))


@main.command(epilog=examples("socialpoll demo -o out/"))
@click.option("-o", "--out", type=FOLDER, default="out", show_default=True, help="Output folder.")
def demo(out: Path) -> None:
    """Run the bundled poll: social media in Oman, with synthetic answers."""
    from socialpoll.demo import POLL_FILE as BUNDLED
    from socialpoll.poll import Poll

    _run(Poll.load(BUNDLED), out)


def _run(
    poll: Poll,
    out: Path,
    only: tuple[str, ...] = (),
    block: tuple[str, ...] = (),
    *,
    isolated: bool | None = None,
) -> None:
    from socialpoll.plugins import PluginHost

    host = PluginHost(blocked=block, isolated="third-party")
    with own_output(), show_progress() as progress:
        run = poll.run(out, progress=progress, only=only or None, host=host, isolated=isolated)
    show_paths(run.paths, out)
    _warn_of_embargo(poll)
    _tell_withheld(run.withheld)
    for failure in run.failures:
        show_error(failure.error)
    if run.failures:
        click.get_current_context().exit(FAILED)


def _tell_withheld(groups: Iterable[Withheld]) -> None:
    for one in groups:
        what = f"{one.breakdown} {one.group}: nothing of this group may be shown"
        show_text(f"No documents of {what}", err=True)


def _warn_of_embargo(poll: Poll) -> None:
    """Say that documents are not to be handed on yet; a moment without offset is local time."""
    embargo = poll.publication.life_cycle.embargo
    if embargo is not None and embargo.astimezone() > dt.datetime.now(dt.UTC):
        until = embargo.isoformat(sep=" ", timespec="minutes")
        show_text(f"Warning: embargoed until {until}: not to be handed on before", err=True)


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
