"""What is maintained in SDMX: agency, identifiers, version and the columns of a report's data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from socialpoll.errors import ExportError
from socialpoll.exporters.feed_columns import Column, figure_columns, publication_columns
from socialpoll.report import Report

__all__ = ["Artefacts", "artefacts_of"]

Package: TypeAlias = Literal["codelist", "conceptscheme", "datastructure"]
NAME = re.compile("[A-Za-z][A-Za-z0-9_-]*")
AGENCY = re.compile(rf"{NAME.pattern}(\.{NAME.pattern})*")
VERSION = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}")
EDITION = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){0,2}")
LETTERS = "a letter from A to z, then such letters, digits, '_' and '-'"


@dataclass(frozen=True)
class Artefacts:
    """How everything of a report is called in SDMX.

    Parameters
    ----------
    agency, flow, version : str
        The dataflow, and its structure of the same name, are ``agency:flow(version)``.
    figures, publication : tuple of Column
        What a figure has of its own, and what all have of their publication.
    """

    agency: str
    flow: str
    version: str
    figures: tuple[Column, ...]
    publication: tuple[Column, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns of the data, in their order."""
        return (*self.figures, *self.publication)

    @property
    def reference(self) -> str:
        """What a row says of its structure."""
        return self._named(self.flow)

    @property
    def concepts(self) -> str:
        """Identifier of the concept scheme."""
        return f"CS_{self.flow}"

    def code_list(self, column: Column) -> str:
        """Return the identifier of the list of a column's codes."""
        return f"CL_{self.flow}_{column.heading}"

    def urn(self, package: Package, kind: str, name: str, *inside: str) -> str:
        """Return the name of something maintained, or of something in it, in the whole world."""
        return urn(package, kind, ".".join((self._named(name), *inside)))

    def _named(self, name: str) -> str:
        return f"{self.agency}:{name}({self.version})"


def urn(package: Package, kind: str, named: str) -> str:
    """Return a name in the whole world, given agency, identifier and version."""
    return f"urn:sdmx:org.sdmx.infomodel.{package}.{kind}={named}"


def artefacts_of(report: Report, agency: str, flow: str, version: str) -> Artefacts:
    """Return how everything of a report is called, where it can be called so.

    Raises
    ------
    ExportError
        Something is no identifier or version of SDMX.
    """
    flow = flow or _flow_of(report.name)
    version = version or _version_of(report.life_cycle.edition)
    _require(AGENCY, "agency", agency, f"{LETTERS}; parts joined by '.'")
    _require(NAME, "flow", flow, LETTERS)
    _require(VERSION, "version", version, "three numbers joined by '.', as in '2.0.0'")
    columns = figure_columns(report)
    for one in columns:
        if not NAME.fullmatch(one.heading):
            raise ExportError(
                "the name of a column cannot be that of a concept of SDMX",
                where=f"column {one.name!r} of the figures",
                found=repr(one.heading),
                allowed=LETTERS,
                advice="call it otherwise, or use the exporter 'csv'",
            )
    return Artefacts(agency, flow, version, columns, publication_columns())


def _require(pattern: re.Pattern[str], option: str, value: str, allowed: str) -> None:
    if not pattern.fullmatch(value):
        raise ExportError(
            f"no {option} of SDMX", where=f"option {option!r}", found=repr(value), allowed=allowed
        )


def _flow_of(name: str) -> str:
    plain = re.sub("[^A-Z0-9_]", "_", name.upper())
    return plain if plain[:1].isalpha() else f"POLL_{plain}"


def _version_of(edition: str) -> str:
    if not EDITION.fullmatch(edition):
        return "1.0.0"
    return ".".join([*edition.split("."), "0", "0"][:3])
