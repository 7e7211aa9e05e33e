"""A run: from a poll to its documents, and a manifest of what went in and what came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from socialpoll.errors import ExportError, SocialpollError, nearest
from socialpoll.hooks import Document, Exporter
from socialpoll.plugins.naming import folded
from socialpoll.plugins.rendering import artist_at_hand, documents_by
from socialpoll.plugins.writing import write_documents
from socialpoll.poll.carrying import carried_out
from socialpoll.poll.declared import Export
from socialpoll.poll.editions import RELEASE, keep_earlier, release_document
from socialpoll.poll.files import located
from socialpoll.poll.following import changes_in, documents_in, trends_in
from socialpoll.poll.manifest import (
    MANIFEST,
    Made,
    file_in,
    manifest_document,
    manifest_of,
)
from socialpoll.poll.narrowing import Withheld, in_figures, reports_of, withheld_by
from socialpoll.poll.progress import STAGES, Progress, Steps
from socialpoll.poll.stages import composed
from socialpoll.poll.wave_manifest import manifest_of_waves

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.disclosure import Release
    from socialpoll.indicators import Breakdown
    from socialpoll.plugins import PluginHost
    from socialpoll.poll.poll import Poll
    from socialpoll.report import Artist, Report

__all__ = ["Failure", "Run", "run"]

LAST = "Writing the manifest"
RESERVED = {folded(MANIFEST): "the manifest", folded(RELEASE): "the release"}


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Documents that could not be made.

    Attributes
    ----------
    export : Export
        What was asked for.
    error : SocialpollError
        Why it could not be had.
    """

    export: Export
    error: SocialpollError


@dataclass(frozen=True, kw_only=True, eq=False)
class Run:
    """What came of a run.

    Attributes
    ----------
    paths : tuple of Path
        Every file that was written, the manifest last.
    failures : tuple of Failure
        Exports that failed; empty where all went well.
    manifest : mapping
        What ``manifest.json`` holds.
    release : Release
    report : Report
        Of everybody.
    withheld : tuple of Withheld
        Groups that have no documents of their own, for nothing of them may be shown.
    changes, trends : pandas.DataFrame or None
        Between waves, as far as they may be shown; None where no indicator asks for them.
    """

    paths: tuple[Path, ...]
    failures: tuple[Failure, ...]
    manifest: Mapping[str, Any]
    release: Release
    report: Report
    withheld: tuple[Withheld, ...] = ()
    changes: pd.DataFrame | None = None
    trends: pd.DataFrame | None = None


@dataclass
class _Output:
    """The folder of a run, with what was made in it so far."""

    folder: Path
    artist: Artist | None
    release: Release
    reports: dict[Breakdown | None, list[Report]]
    isolated: bool | None
    made: list[Made] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    withheld: dict[Withheld, None] = field(default_factory=dict)
    reserved: dict[str, str] = field(default_factory=lambda: dict(RESERVED))

    def reports_for(self, poll: Poll, for_each: Breakdown | None) -> list[Report]:
        """Return the report of everybody, or that of each group; kept for the next export."""
        self.withheld |= dict.fromkeys(withheld_by(for_each, self.release))
        if for_each not in self.reports and for_each is not None:
            self.reports[for_each] = list(reports_of(poll, self.release, for_each))
        return self.reports[for_each]


def run(
    poll: Poll,
    to: Path,
    *,
    progress: Progress | None,
    only: Sequence[str] | None,
    host: PluginHost,
    isolated: bool | None = None,
) -> Run:
    """Run a poll; see :meth:`Poll.run`."""
    keep_earlier(poll, to)
    exports = _chosen(poll, only)
    names = [*STAGES, *(_named(one) for one in exports), LAST]
    steps = iter(Steps(progress, names))
    carried = carried_out(poll, steps, host)
    release = carried.release
    report = composed(poll, release)
    changes, trends = (one(poll, carried.estimates, release) for one in (changes_in, trends_in))
    output = _Output(to, artist_at_hand(), release, {None: [report]}, isolated)
    followed = list(documents_in(poll, changes, trends))
    output.reserved |= {folded(one.name): "the waves" for one in followed}
    for export in exports:
        next(steps)
        _try(poll, export, output, host)
    next(steps)
    failed = [(one.export, one.error) for one in output.failures]
    manifest = manifest_of(poll, carried.answers, carried.weights, release, output.made, failed)
    kept = release_document(release)
    of_waves = manifest_of_waves(poll, carried.answers, carried.weights, followed)
    manifest |= {"withheld": [asdict(one) for one in output.withheld]}
    manifest |= {"release": file_in(kept)} | of_waves
    output.paths += write_documents([*followed, kept, manifest_document(manifest)], to)
    next(steps, None)
    return Run(
        paths=tuple(output.paths),
        failures=tuple(output.failures),
        manifest=manifest,
        release=release,
        report=report,
        withheld=tuple(output.withheld),
        changes=changes,
        trends=trends,
    )


def _chosen(poll: Poll, only: Sequence[str] | None) -> tuple[Export, ...]:
    if only is None:
        return poll.exports
    used = list(dict.fromkeys(one.exporter for one in poll.exports))
    for name in only:
        if name not in used:
            raise ExportError(
                f"the poll makes nothing with exporter {name!r}",
                where="only",
                allowed=nearest(name, used),
                advice="add it to the poll file under [[exports]]",
            )
    return tuple(one for one in poll.exports if one.exporter in only)


def _named(export: Export) -> str:
    each = "" if export.for_each is None else f" for each {in_figures(export.for_each)}"
    return f"Exporting {export.exporter} ({', '.join(export.languages)}){each}"


def _try(poll: Poll, export: Export, output: _Output, host: PluginHost) -> None:
    """Make the documents of an export; that it fails is no reason to make no others."""
    try:
        _make(poll, export, output, host)
    except SocialpollError as error:
        output.failures.append(Failure(export=export, error=error))


def _make(poll: Poll, export: Export, output: _Output, host: PluginHost) -> None:
    offer = host.offer("exporter", export.exporter)
    exporter = cast("Exporter", offer.record)
    options = located(exporter, export.options, poll.folder)
    isolated = export.isolated if output.isolated is None else output.isolated
    limits = host.limits_for(offer, isolated=isolated)
    documents = documents_by(
        offer,
        output.reports_for(poll, export.for_each),
        options,
        languages=export.languages,
        digits=export.digits,
        artist=output.artist,
        limits=limits,
    )
    _refuse_taken(documents, output, export)
    output.paths += write_documents(documents, output.folder)
    output.made += [Made(one, export, offer, limits is not None) for one in documents]


def _refuse_taken(documents: Sequence[Document], output: _Output, export: Export) -> None:
    taken = {folded(one.document.name): one.export.exporter for one in output.made}
    taken |= output.reserved
    for document in documents:
        owner = taken.get(folded(document.name))
        if owner is not None:
            raise ExportError(
                f"a document of the name {document.name!r} was already made by {owner}",
                where=f"exporter {export.exporter!r}",
                advice="run one of the two with 'only' and another output folder",
            )
