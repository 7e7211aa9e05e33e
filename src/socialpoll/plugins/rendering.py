"""From a report to documents, by an exporter that is not trusted to be without mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast, get_args

from socialpoll.errors import ExportError, PluginError
from socialpoll.hooks import Document, Exporter
from socialpoll.plugins.choosing import options_of
from socialpoll.plugins.host import PluginHost
from socialpoll.plugins.isolating import isolated_documents
from socialpoll.plugins.offers import Offer
from socialpoll.plugins.promises import check_names, held, sparing
from socialpoll.plugins.requirements import unmet
from socialpoll.plugins.validating import flaw_in
from socialpoll.report import Digits, Edition
from socialpoll.report.together import languages_of, problem_of_edition

if TYPE_CHECKING:
    from socialpoll.plugins.limits import Limits
    from socialpoll.report import Artist, Report

__all__ = [
    "CHARTS",
    "artist_at_hand",
    "check_editions",
    "documents_by",
    "documents_of",
    "render",
]

CHARTS = "matplotlib>=3.11"
"""What must be installed for charts to be drawn."""


def render(
    report: Report,
    exporter: str | Exporter,
    *,
    languages: str | Sequence[str] | None = None,
    digits: Digits = "latn",
    host: PluginHost | None = None,
    isolated: bool | None = None,
    **options: Any,  # noqa: ANN401 - the exporter's own, checked against its options
) -> list[Document]:
    """Turn a report into documents without writing them.

    Parameters
    ----------
    report : Report
    exporter : str or Exporter
        Name of an exporter, built in or of a plugin; or the record of one.
    languages : str or sequence of str, optional
        Editions to make, among the report's languages; all of them where absent. ``"ar+en"`` is
        one document in two languages, for exporters that can make one.
    digits : {"latn", "arab"}
        Numbering system of Arabic text.
    host : PluginHost, optional
        Where names are looked up; a new one where absent.
    isolated : bool, optional
        Whether the exporter, which is then given by its name, renders in a process of its own,
        within the limits of the host. As the host was made where absent: a new one isolates none.
    **options
        The exporter's own options.

    Returns
    -------
    list of Document
        In the order in which the exporter made them.

    Raises
    ------
    PluginError
        The exporter cannot be had, or its record is unsound.
    OptionsError
        Options that it does not have, or values that do not fit.
    RenderingError
        The exporter failed, with its own error as the cause; it changed the report; or it overran a
        limit of the process of its own. It is a PluginError and an ExportError.
    ExportError
        A language that the report is not in; the exporter returned something else than documents
        with plain names.

    See Also
    --------
    export : The same documents, written to a folder.
    """
    hosted = host or PluginHost()
    offer = _offer(exporter, hosted)
    limits = hosted.limits_for(offer, isolated=isolated)
    return documents_by(offer, [report], options, languages=languages, digits=digits, limits=limits)


def documents_by(
    offer: Offer,
    reports: Iterable[Report],
    options: Mapping[str, Any],
    *,
    languages: str | Sequence[str] | None = None,
    digits: Digits = "latn",
    artist: Artist | None = None,
    limits: Limits | None = None,
) -> list[Document]:
    """Do what :func:`render` does for several reports, such as those of the groups of a breakdown.

    The exporter is given by what a host offers, its options as a mapping. ``artist`` draws the
    charts; one of several exports draws each once where it is given to all of them. With limits,
    the exporter renders in a process of its own, where nobody else has drawn anything.
    """
    exporter = cast("Exporter", offer.record)
    if limits is not None:
        return isolated_documents(
            offer, reports, options, languages=languages, digits=digits, limits=limits
        )
    return documents_of(
        reports,
        exporter if offer.built_in else sparing(exporter),
        options,
        languages=languages,
        digits=digits,
        artist=artist,
    )


def documents_of(
    reports: Iterable[Report],
    exporter: Exporter,
    options: Mapping[str, Any],
    *,
    languages: str | Sequence[str] | None = None,
    digits: Digits = "latn",
    artist: Artist | None = None,
) -> list[Document]:
    """Do what :func:`documents_by` does, by an exporter that is given by its record, here."""
    settings = options_of(exporter, options)
    check_editions(exporter, languages)
    drawing = artist or artist_at_hand()
    documents: list[Document] = []
    for report in reports:
        several = _languages(report, languages)
        for edition in _editions(report, exporter, several, _digits(digits), drawing):
            made = _rendered(exporter, edition, settings)
            documents += [_of_group(report, one) for one in made]
    check_names(exporter, documents)
    documents += _finished(exporter, documents, settings)
    check_names(exporter, documents)
    return documents


def _of_group(report: Report, document: Document) -> Document:
    """Return a document whose name tells the group, where the exporter has not told it."""
    if not report.group or report.group in document.name:
        return document
    stem, point, suffix = document.name.rpartition(".")
    name = f"{stem}-{report.group}.{suffix}" if point else f"{suffix}-{report.group}"
    return replace(document, name=name)


def check_editions(exporter: Exporter, languages: str | Sequence[str] | None) -> None:
    """Refuse two languages in one document of an exporter that makes no such thing.

    Parameters
    ----------
    exporter : Exporter
    languages : str or sequence of str, optional
        As for :func:`render`.

    Raises
    ------
    ExportError
    """
    for name in _named(languages or ()):
        if len(languages_of(name)) > 1 and not exporter.facing:
            raise ExportError(
                f"exporter {exporter.name!r} does not put two languages into one document",
                where="languages",
                found=repr(name),
                allowed=", ".join(languages_of(name)),
                advice="name them one by one",
            )


def _offer(exporter: str | Exporter, host: PluginHost) -> Offer:
    if isinstance(exporter, str):
        return host.offer("exporter", exporter)
    flaw = flaw_in("exporter", exporter)
    if flaw:
        raise PluginError("this exporter cannot be used", where="exporter", found=flaw)
    return Offer(name=exporter.name, kind="exporter", distribution="", version="", record=exporter)


def _languages(report: Report, wanted: str | Sequence[str] | None) -> tuple[str, ...]:
    if wanted is None:
        return report.languages
    languages = tuple(dict.fromkeys("+".join(languages_of(name)) for name in _named(wanted)))
    for name in languages:
        problem = problem_of_edition(name, report.languages)
        if problem is not None:
            raise ExportError(
                problem.what, where="languages", found=problem.found, allowed=problem.allowed
            )
    if not languages:
        raise ExportError("no language to export", allowed=", ".join(report.languages))
    return languages


def _named(wanted: str | Sequence[str]) -> Sequence[str]:
    return (wanted,) if isinstance(wanted, str) else wanted


def _digits(digits: Digits) -> Digits:
    if digits not in get_args(Digits):
        allowed = ", ".join(get_args(Digits))
        raise ExportError("no such digits", where="digits", found=repr(digits), allowed=allowed)
    return digits


def _editions(
    report: Report,
    exporter: Exporter,
    languages: tuple[str, ...],
    digits: Digits,
    artist: Artist | None,
) -> list[Edition]:
    each = [languages_of(name) for name in languages]
    groups = [languages] if exporter.editions == "all" else each
    return [Edition(report, group, digits, artist) for group in groups]


def artist_at_hand() -> Artist | None:
    """Return who draws charts, each plot once; None where matplotlib is not installed."""
    if unmet([CHARTS]):
        return None
    from socialpoll.drawing import Studio

    return Studio()


def _rendered(exporter: Exporter, edition: Edition, options: object) -> list[Document]:
    """Call an exporter for one edition."""
    render: Callable[[Edition, Any], Iterable[Document]] = exporter.render
    where = f"exporter {exporter.name!r}, edition {'+'.join(edition.languages)}"
    return held(where, lambda: render(edition, options))


def _finished(exporter: Exporter, documents: Sequence[Document], options: object) -> list[Document]:
    """Have an exporter make what it makes of all its documents together."""
    finish = exporter.finish
    if finish is None or not documents:
        return []
    return held(f"exporter {exporter.name!r}", lambda: finish(tuple(documents), options))
