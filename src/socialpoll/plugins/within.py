"""What a process does in which an exporter is isolated: it reads an order, and answers it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from socialpoll.errors import PluginError, RenderingError, SocialpollError
from socialpoll.hooks import Document, Exporter
from socialpoll.plugins.asking import offers_of
from socialpoll.plugins.crossing import Order, read_order, write_answer, write_error
from socialpoll.plugins.discovering import built_in, third_party
from socialpoll.plugins.isolating import ANSWER, HEADS, ORDER
from socialpoll.plugins.promises import sparing
from socialpoll.plugins.rendering import documents_of

if TYPE_CHECKING:
    from socialpoll.plugins.limits import Limits
    from socialpoll.plugins.offers import Offer

__all__ = ["answer", "main"]


def main(folder: str) -> None:
    """Answer the order in a folder, and end what was started meanwhile."""
    place = Path(folder)
    order = read_order(place / ORDER)
    _hold_to(order.limits)
    answer(order, place / ANSWER)
    _end_others()


def answer(order: Order, path: Path) -> None:
    """Write the documents that were ordered to a file, or the error that they met."""
    try:
        offer = _offer(order)
        exporter = cast("Exporter", offer.record)
        documents = documents_of(
            order.reports,
            _Scale(order.limits.size).under(exporter if offer.built_in else sparing(exporter)),
            order.options,
            languages=order.languages,
            digits=order.digits,
        )
    except SocialpollError as error:
        write_error(error, path)
    else:
        write_answer(documents, path)


def _offer(order: Order) -> Offer:
    """Load the plugin that is meant, and no other."""
    for found in (*built_in(), *third_party()):
        if (found.distribution, found.name) == (order.distribution, order.plugin):
            for offer in offers_of(found, {}):
                if (offer.kind, offer.name, offer.state) == ("exporter", order.exporter, "ok"):
                    return offer
    raise PluginError(
        "the exporter is not to be had in a process of its own",
        where=f"exporter {order.exporter!r}",
        found=f"{order.plugin!r} of {order.distribution}",
        advice="render in this process, and tell the makers of the exporter",
    )


@dataclass
class _Scale:
    """Adds up documents as they are made, and stops their maker when they are too much."""

    most: int
    weight: int = 0

    def under(self, exporter: Exporter) -> Exporter:
        finish = exporter.finish
        return replace(
            exporter,
            render=self._weighing(exporter.render),
            finish=None if finish is None else self._weighing(finish),
        )

    def _weighing(
        self, make: Callable[[Any, Any], Iterable[Document]]
    ) -> Callable[[Any, Any], Iterator[Document]]:
        def made(given: object, options: object) -> Iterator[Document]:
            for document in make(given, options):
                content: object = getattr(document, "content", None)
                self.weight += len(content) if isinstance(content, bytes) else 0
                if self.weight > self.most:
                    raise RenderingError(
                        "the exporter made more than it may",
                        allowed=f"{self.most} bytes of documents",
                        advice="nothing was written; raise the limit of the host, or render in "
                        "this process",
                    )
                yield document

        return made


def _hold_to(limits: Limits) -> None:
    """Have the system refuse what goes beyond the limits, where it can."""
    if sys.platform == "win32":
        return
    import resource

    memory, size = _taken() + limits.memory, limits.size + HEADS
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, size)):
        _, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # Some systems know a limit and do not let it be set.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (allowed, allowed))


def _taken() -> int:
    """Return the bytes of address space that the libraries have taken, where the system tells."""
    import resource

    told = Path("/proc/self/statm")
    return int(told.read_text().split()[0]) * resource.getpagesize() if told.is_file() else 0


def _end_others() -> None:
    """End what the exporter started and left behind, which is of the group of this process."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.killpg(os.getpgrp(), signal.SIGTERM)
