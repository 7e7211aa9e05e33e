"""What a plugin offers, or why it cannot be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from socialpoll.hooks import PROJECT

if TYPE_CHECKING:
    from socialpoll.disclosure import ReliabilityRule
    from socialpoll.hooks import Exporter, Reader

__all__ = ["Kind", "Offer", "Record", "State"]

Kind: TypeAlias = Literal["exporter", "reader", "rule", "plugin"]
"""``plugin`` stands for one of which nothing more is known, because it did not load."""
State: TypeAlias = Literal["ok", "broken", "blocked", "missing requirement"]
Record: TypeAlias = "Exporter | Reader | ReliabilityRule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One line of the list of plugins.

    Attributes
    ----------
    name : str
        What users type; of a plugin that did not load, the name of its entry point.
    kind : {"exporter", "reader", "rule", "plugin"}
    title : str
        One line for people.
    distribution, version : str
        What was installed, as pip names it.
    plugin : str
        Name of the entry point that it came through.
    state : {"ok", "broken", "blocked", "missing requirement"}
    reason : str
        Why it cannot be used; empty where it can.
    install : str
        The command that installs what is missing; else empty.
    record : Exporter, Reader, reliability rule or None
        What the plugin registered; None where nothing usable came.
    """

    name: str
    kind: Kind
    title: str = ""
    distribution: str
    version: str
    plugin: str = ""
    state: State = "ok"
    reason: str = ""
    install: str = ""
    record: Record | None = field(default=None, repr=False, compare=False)

    @property
    def origin(self) -> str:
        """Distribution and version in one: ``"socialpoll 0.1.0"``."""
        return f"{self.distribution} {self.version}".strip()

    @property
    def built_in(self) -> bool:
        """Whether it is part of the library."""
        return self.distribution == PROJECT

    def as_dict(self) -> dict[str, str]:
        """Return the line as plain values, without the record."""
        return {
            "name": self.name,
            "kind": self.kind,
            "title": self.title,
            "distribution": self.distribution,
            "version": self.version,
            "state": self.state,
            "reason": self.reason,
            "install": self.install,
        }
