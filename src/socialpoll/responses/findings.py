"""What reading has to say about the answers, as one frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Finding", "Severity", "findings_frame"]

Severity: TypeAlias = Literal["error", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found in the answers.

    Attributes
    ----------
    severity : {"error", "note"}
        ``error`` where an answer cannot be right; ``note`` where it is only worth knowing.
    row : int
        The first row it was found in, counted from 0 as in ``frame.iloc``.
    question : str
        Name of the question or derived variable.
    value : str
        What was found there; empty for a blank.
    count : int
        In how many rows.
    what : str
        What is the matter.
    advice : str
        What is allowed or nearest, and what to do.
    """

    severity: Severity
    row: int
    question: str
    value: str
    count: int
    what: str
    advice: str


COLUMNS = [field.name for field in fields(Finding)]


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as a frame, one row each, errors first, then in the order they were found."""
    import pandas as pd

    ordered = sorted(findings, key=lambda one: one.severity != "error")
    frame = pd.DataFrame([astuple(one) for one in ordered], columns=COLUMNS)
    words = [name for name in COLUMNS if name not in {"row", "count"}]
    return frame.astype({"row": "int64", "count": "int64"} | dict.fromkeys(words, "object"))
