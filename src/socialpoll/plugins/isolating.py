"""Documents made by an exporter in a process of its own, which can end without ending ours."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from pydantic_core import PydanticSerializationError, to_jsonable_python

from socialpoll.errors import PluginError, RenderingError
from socialpoll.plugins.choosing import file_options, options_of
from socialpoll.plugins.crossing import Order, read_answer, write_order
from socialpoll.plugins.promises import check_documents, check_names
from socialpoll.plugins.watching import Ending, run_watched

if TYPE_CHECKING:
    from socialpoll.hooks import Document, Exporter
    from socialpoll.plugins.limits import Limits
    from socialpoll.plugins.offers import Offer
    from socialpoll.report import Digits, Report

__all__ = ["ANSWER", "HEADS", "ORDER", "isolated_documents"]

ORDER, ANSWER, SAID, WORK = "order", "answer", "said", "work"
START = (
    "import sys; folder, *sys.path[:] = sys.argv[1:]; "
    "from socialpoll.plugins.within import main; main(folder)"
)
"""The process finds modules where we do, and then does as it is told in its folder."""
HEADS = 1 << 20
"""Bytes that the names of documents may take beside these."""
LONGEST = 200


def isolated_documents(
    offer: Offer,
    reports: Iterable[Report],
    options: Mapping[str, Any],
    *,
    languages: str | Sequence[str] | None,
    digits: Digits,
    limits: Limits,
) -> list[Document]:
    """Make documents in a process of its own; the same bytes as in this one.

    Parameters
    ----------
    offer : Offer
        Of a usable exporter of something that is installed.
    reports : iterable of Report
    options : mapping of str to value
    languages, digits
        As for :func:`socialpoll.render`.
    limits : Limits

    Raises
    ------
    OptionsError, ExportError, RenderingError
        As for :func:`socialpoll.render`.
    PluginError
        Options that are not the same on the other side of JSON.
    """
    exporter = cast("Exporter", offer.record)
    order = Order(
        distribution=offer.distribution,
        plugin=offer.plugin,
        exporter=offer.name,
        options=_plain(exporter, options),
        languages=[languages] if isinstance(languages, str) else languages and list(languages),
        digits=digits,
        limits=limits,
        reports=tuple(reports),
    )
    # Where a process that it left behind still writes, a folder cannot be removed: no reason to
    # lose the documents.
    try:
        with TemporaryDirectory(prefix="socialpoll-", ignore_cleanup_errors=True) as folder:
            documents = _made(order, Path(folder))
    except OSError as error:
        raise _error(order, "a process of its own cannot be had", str(error)) from error
    where = f"exporter {offer.name!r}"
    check_documents(where, documents)
    check_names(exporter, documents)
    return documents


def _plain(exporter: Exporter, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options as JSON can hold them, if they are the same when they are read again."""
    settings = options_of(exporter, options)
    files = file_options(exporter, options)
    chosen = {
        name: _placed(Path(value) if name in files else value, getattr(settings, name))
        for name, value in options.items()
    }
    where = f"the options of exporter {exporter.name!r}"
    try:
        plain = dict(to_jsonable_python(chosen, inf_nan_mode="constants"))
    except (PydanticSerializationError, UnicodeError) as error:
        raise _uncrossable(where, str(error)) from error
    here, there = (options_of(exporter, one) for one in (chosen, plain))
    # What is not equal to itself, such as a number that is none, is still written alike.
    if here != there and repr(here) != repr(there):
        raise _uncrossable(where, repr(there))
    return plain


def _placed(given: object, read: object) -> object:
    """Return what was given for an option, with paths that mean the same from another folder."""
    if isinstance(given, Path):
        return str(given.absolute())
    if isinstance(read, tuple | list) and any(isinstance(one, Path) for one in read):
        return [_placed(one, one) for one in read]
    return given


def _uncrossable(where: str, found: str) -> PluginError:
    return PluginError(
        "values of options cannot be handed to another process",
        where=where,
        found=found,
        allowed="what JSON can hold, read by the types that the options declare",
        advice="render in this process",
    )


def _made(order: Order, folder: Path) -> list[Document]:
    work, said, answer = folder / WORK, folder / SAID, folder / ANSWER
    work.mkdir()
    write_order(order, folder / ORDER)
    paths = [os.path.abspath(one) for one in sys.path]  # noqa: PTH100 - "" is a folder here
    command = [sys.executable, "-c", START, str(folder), *paths]
    ending = run_watched(command, work, said, order.limits)
    if ending.overrun:
        raise _overrun(order, ending)
    if not answer.is_file():
        raise _error(order, "its process ended without an answer", _ended(ending, said))
    if answer.stat().st_size > order.limits.size + HEADS:
        raise _overrun(order, Ending(ending.code, "size"))
    try:
        return read_answer(answer)
    except ValueError as error:
        raise _error(order, "its process gave an answer that is none", str(error)) from error


def _error(order: Order, what: str, found: str) -> RenderingError:
    return RenderingError(
        f"the exporter made no documents: {what}",
        where=f"exporter {order.exporter!r}",
        found=found,
        advice="nothing was written; tell the makers of the exporter",
    )


def _overrun(order: Order, ending: Ending) -> RenderingError:
    limits = order.limits
    what, allowed = {
        "seconds": ("took longer than it may", f"{limits.seconds:g} seconds"),
        "size": ("wrote more than it may", f"{limits.size} bytes of documents"),
    }[ending.overrun]
    return RenderingError(
        f"the exporter was ended, for it {what}",
        where=f"exporter {order.exporter!r}",
        allowed=allowed,
        advice="nothing was written; raise the limit of the host, or render in this process",
    )


def _ended(ending: Ending, said: Path) -> str:
    """Tell how a process ended, with the last line that it printed."""
    how = f"exit code {ending.code}"
    if ending.code < 0:
        known = (one.name for one in signal.Signals if one == -ending.code)
        how = f"signal {next(known, -ending.code)}"
    with said.open("rb") as file:
        file.seek(max(0, said.stat().st_size - 4 * LONGEST))
        lines = file.read().decode(errors="replace").split("\n")
    words = [line.strip() for line in lines if line.strip()]
    return f"{how}: {words[-1][:LONGEST]}" if words else how
