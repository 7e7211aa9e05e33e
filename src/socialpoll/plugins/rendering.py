"""From a report to documents, by an exporter that is not trusted to be without mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from socialpoll.errors import ExportError, PluginError, SocialpollError, TemplateError
from socialpoll.hooks import Document, Exporter
from socialpoll.plugins.choosing import options_of
from socialpoll.plugins.host import PluginHost
from socialpoll.plugins.naming import flaw_in_name, folded
from socialpoll.plugins.requirements import unmet
from socialpoll.plugins.validating import flaw_in
from socialpoll.report import Digits, Edition
from socialpoll.report.together import languages_of, problem_of_edition

if TYPE_CHECKING:
    from socialpoll.report import Artist, Report

__all__ = ["CHARTS", "artist_at_hand", "check_editions", "documents_of", "render"]

CHARTS = "matplotlib>=3.11"
"""What must be installed for charts to be drawn."""


def render(
    report: Report,
    exporter: str | Exporter,
    *,
    languages: str | Sequence[str] | None = None,
    digits: Digits = "latn",
    host: PluginHost | None = None,
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
    ExportError
        A language that the report is not in; the exporter failed, with its own error as the cause;
        it returned something else than documents with plain names.

    See Also
    --------
    export : The same documents, written to a folder.
    """
    return documents_of(
        [report], _exporter(exporter, host), options, languages=languages, digits=digits
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
    """Do what :func:`render` does for several reports, such as those of the groups of a breakdown.

    The exporter is given by its record, its options as a mapping. ``artist`` draws the charts; one
    of several documents does so once where it is given to each.
    """
    settings = options_of(exporter, options)
    check_editions(exporter, languages)
    drawing = artist or artist_at_hand()
    documents: list[Document] = []
    for report in reports:
        several = _languages(report, languages)
        for edition in _editions(report, exporter, several, _digits(digits), drawing):
            made = _rendered(exporter, edition, settings)
            documents += [_of_group(report, one) for one in made]
    _check_names(exporter, documents)
    documents += _finished(exporter, documents, settings)
    _check_names(exporter, documents)
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


def _exporter(exporter: str | Exporter, host: PluginHost | None) -> Exporter:
    if isinstance(exporter, str):
        return (host or PluginHost()).exporter(exporter)
    flaw = flaw_in("exporter", exporter)
    if flaw:
        raise PluginError("this exporter cannot be used", where="exporter", found=flaw)
    return exporter


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
    return _held(where, lambda: render(edition, options))


def _finished(exporter: Exporter, documents: Sequence[Document], options: object) -> list[Document]:
    """Have an exporter make what it makes of all its documents together."""
    finish = exporter.finish
    if finish is None or not documents:
        return []
    return _held(f"exporter {exporter.name!r}", lambda: finish(tuple(documents), options))


def _held(where: str, make: Callable[[], Iterable[Document]]) -> list[Document]:
    """Hold an exporter to what it promised."""
    try:
        documents = list(make())
    except TemplateError:
        # The template is the user's own, and the error says where in it to look.
        raise
    except SocialpollError as error:
        raise ExportError(
            error.what,
            where=f"{where}, {error.where}" if error.where else where,
            found=error.found,
            allowed=error.allowed,
            advice=error.advice,
        ) from error
    except (Exception, SystemExit) as error:
        raise ExportError(
            f"the exporter failed: {type(error).__name__}: {error}",
            where=where,
            advice="nothing was written; tell the makers of the exporter",
        ) from error
    for number, document in enumerate(documents, start=1):
        flaw = _flaw_in_document(document)
        if flaw:
            message = f"the exporter made something that cannot be written: {flaw}"
            raise ExportError(message, where=f"{where}, document {number}")
    return documents


def _flaw_in_document(document: object) -> str:
    if not isinstance(document, Document):
        return f"an object of type {type(document).__name__!r} instead of a Document"
    flaw = flaw_in_name(document.name)
    if flaw:
        return f"the name {document.name!r} cannot be given to a file: {flaw}"
    for field, kind in (("content", bytes), ("media_type", str)):
        value = getattr(document, field)
        if not isinstance(value, kind):
            found, expected = type(value).__name__, kind.__name__
            return f"the {field} of {document.name!r} is of type {found!r} instead of {expected!r}"
    return ""


def _check_names(exporter: Exporter, documents: Iterable[Document]) -> None:
    seen: set[str] = set()
    for document in documents:
        name = folded(document.name)
        if name in seen:
            raise ExportError(
                "the exporter made two documents of one name",
                where=f"exporter {exporter.name!r}",
                found=repr(document.name),
                advice="export one language at a time, and tell the makers of the exporter",
            )
        seen.add(name)
