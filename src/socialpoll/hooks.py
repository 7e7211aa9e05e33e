"""What a plugin registers: pluggy markers, hook specifications and the records they return."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pluggy

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from socialpoll.report import Edition
    from socialpoll.schema import Questionnaire

__all__ = [
    "HOOKS_VERSION",
    "PROJECT",
    "Document",
    "Exporter",
    "Reader",
    "Source",
    "hookimpl",
    "hookspec",
]

PROJECT = "socialpoll"
HOOKS_VERSION = 1

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes ready to be written by the host.

    Parameters
    ----------
    name : str
        A plain file name: no folder, nothing that leads out of the folder.
    content : bytes
        The whole file.
    media_type : str
        For example ``"text/csv"``.
    """

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """A way to turn editions of a report into documents.

    Parameters
    ----------
    name : str
        What users type: ``"word"``.
    title : str
        One line for lists of exporters.
    media_type : str
        Of the documents it makes.
    suffix : str
        Of the documents it makes, with its dot.
    render : callable
        ``render(edition, options)`` yields :class:`Document` objects. It writes nothing.
    options : type, optional
        A frozen dataclass whose fields all have defaults; an instance reaches ``render``.
    editions : {"each", "all"}
        Whether ``render`` is called once a language or once with all of them.
    requires : tuple of str
        Requirements that must be installed, as pip names them (``"matplotlib>=3.11"``).
    finish : callable, optional
        ``finish(documents, options)`` yields what else is made of all documents of an export
        together, once all languages and groups are rendered.
    facing : bool
        Whether ``render`` takes an edition of two languages too (``"ar+en"``), for one document
        that holds both; of exporters that are called once a language.
    """

    name: str
    title: str
    media_type: str
    suffix: str
    render: Callable[[Edition, Any], Iterable[Document]]
    options: type | None = None
    editions: Literal["each", "all"] = "each"
    requires: tuple[str, ...] = ()
    finish: Callable[[Sequence[Document], Any], Iterable[Document]] | None = None
    facing: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader found in a file.

    Parameters
    ----------
    questionnaire : Questionnaire or None
        Where the file declares one.
    frame : pandas.DataFrame or None
        The answers as they stand in the file, one row a case.
    findings : tuple of str
        What the reader has to say about the file.
    """

    questionnaire: Questionnaire | None
    frame: pd.DataFrame | None
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A way to read answers, a questionnaire, or both from a file.

    Parameters
    ----------
    name : str
        What users type: ``"csv"``.
    title : str
        One line for lists of readers.
    suffixes : tuple of str
        File endings it takes, with their dots, in lower case. A reader without any is used where
        it is named.
    read : callable
        ``read(path)`` returns a :class:`Source`.
    requires : tuple of str
        Requirements that must be installed.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], Source]
    requires: tuple[str, ...] = ()


@hookspec
def socialpoll_exporters() -> Iterable[Exporter]:
    """Return the exporters this plugin offers."""
    raise NotImplementedError


@hookspec
def socialpoll_readers() -> Iterable[Reader]:
    """Return the readers this plugin offers."""
    raise NotImplementedError


@hookspec
def socialpoll_reliability_rules() -> Iterable[object]:
    """Return the reliability rules this plugin offers: named callables of one estimate row.

    They answer with a verdict or, to tell something of a figure that is shown, with a Ruling.
    """
    raise NotImplementedError
