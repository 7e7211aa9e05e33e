"""What a reader has to say, one sentence for all the variables that it is true of."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Notes"]

SHOWN_AT_MOST = 12


@dataclass
class Notes:
    """Sentences in the order in which they were first needed."""

    said: dict[str, dict[str, None]] = field(default_factory=dict)

    def add(self, what: str, *about: str) -> None:
        """Say something of the file, or of variables or whatever else it is about."""
        self.said.setdefault(what, {}).update(dict.fromkeys(about))

    def sentences(self) -> tuple[str, ...]:
        """Return one sentence for each thing said, with what it is about behind a colon."""
        return tuple(what + _listed(list(about)) for what, about in self.said.items())


def _listed(names: list[str]) -> str:
    more = len(names) - SHOWN_AT_MOST
    shown = ", ".join(names[:SHOWN_AT_MOST]) + (f" and {more} more" if more > 0 else "")
    return f": {shown}" if names else ""
