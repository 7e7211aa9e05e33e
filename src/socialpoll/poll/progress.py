"""How far a run has come: its stages, told as they begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

__all__ = ["STAGES", "Progress", "Steps"]

STAGES = (
    "Reading the answers",
    "Weighting",
    "Estimating",
    "Deciding what may be shown",
    "Composing the report",
)


class Progress(Protocol):
    """Is told how far a run has come."""

    def __call__(self, what: str, done: int, of: int, /) -> None:
        """Take note of the step that begins now, the steps that are done, and all there are."""


@dataclass
class Steps:
    """Counts the steps of a run."""

    progress: Progress | None
    names: Sequence[str]

    def __iter__(self) -> Iterator[str]:
        for done, name in enumerate(self.names):
            self._tell(name, done)
            yield name
        self._tell("", len(self.names))

    def _tell(self, name: str, done: int) -> None:
        if self.progress is not None:
            self.progress(name, done, len(self.names))
