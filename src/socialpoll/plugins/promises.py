"""What an exporter promises of its documents and of the report, and how it is held to that."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from socialpoll.errors import ExportError, RenderingError, SocialpollError, TemplateError
from socialpoll.hooks import PROJECT, Document, Exporter
from socialpoll.plugins.naming import flaw_in_name, folded

if TYPE_CHECKING:
    from socialpoll.report import Edition

__all__ = ["check_documents", "check_names", "held", "sparing"]

OURS = f"{PROJECT}.plugins."


def held(where: str, make: Callable[[], Iterable[Document]]) -> list[Document]:
    """Have documents made, and hold their maker to what it promised.

    Parameters
    ----------
    where : str
        Which exporter, for errors.
    make : callable
        Code that may do anything.

    Raises
    ------
    TemplateError
        As it is: the template is the user's own, and the error says where in it to look.
    RenderingError
        The code failed, with its own error as the cause and its own last line in ``found``.
    ExportError
        The code refused by an error of the library, or made something else than documents.
    """
    try:
        documents = list(make())
    except TemplateError:
        raise
    except SocialpollError as error:
        kind = RenderingError if isinstance(error, RenderingError) else ExportError
        raise kind(
            error.what,
            where=f"{where}, {error.where}" if error.where else where,
            found=error.found,
            allowed=error.allowed,
            advice=error.advice,
        ) from error
    except (Exception, SystemExit) as error:
        raise RenderingError(
            f"the exporter failed: {type(error).__name__}: {error}",
            where=where,
            found=_own_line(error),
            advice="nothing was written; tell the makers of the exporter",
        ) from error
    check_documents(where, documents)
    return documents


def check_documents(where: str, documents: Iterable[object]) -> None:
    """Refuse what is no document with a plain name; ExportError."""
    for number, document in enumerate(documents, start=1):
        flaw = _flaw_in(document)
        if flaw:
            message = f"the exporter made something that cannot be written: {flaw}"
            raise ExportError(message, where=f"{where}, document {number}")


def check_names(exporter: Exporter, documents: Iterable[Document]) -> None:
    """Refuse two documents of one name; ExportError."""
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


def sparing(exporter: Exporter) -> Exporter:
    """Return an exporter that cannot change the report of others.

    It gets a copy of its own for each edition; that it changed it is an error, for its documents
    would say something else than those of others.
    """

    def render(edition: Edition, options: Any) -> Iterator[Document]:  # noqa: ANN401 - its own
        lent = replace(edition, report=deepcopy(edition.report))
        yield from exporter.render(lent, options)
        if lent.report != edition.report:
            raise RenderingError(
                "the exporter changed the report that it was given",
                advice="nothing was written; tell the makers of the exporter",
            )

    return replace(exporter, render=render)


def _flaw_in(document: object) -> str:
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


def _own_line(error: BaseException) -> str:
    """Tell the last line of the exporter's own code that an error came through."""
    lines: Sequence[tuple[str, int, str]] = [
        (frame.f_globals.get("__name__", ""), line, frame.f_code.co_name)
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    theirs = [one for one in lines if not one[0].startswith(OURS)]
    if not theirs:
        return ""
    package = theirs[0][0].partition(".")[0]
    module, line, function = [one for one in theirs if one[0].partition(".")[0] == package][-1]
    return f"{module}, line {line}, in {function}"
