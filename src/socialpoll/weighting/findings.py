"""What weighting has to say that is no error: one record a finding, one frame of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["WeightingFinding", "findings_frame"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightingFinding:
    """One thing found while weighting.

    Attributes
    ----------
    severity : {"error", "note"}
        ``error`` where a margin was missed and the recipe said to go on; else ``note``.
    step : int
        Step of the recipe, counted from 1.
    margin : str
        Its variables, joined by ``|``.
    level : str
        Codes of the level; empty where it is of the whole margin.
    value : str
        What was found.
    what : str
        What is the matter.
    advice : str
        What was done about it, or can be.
    """

    severity: Literal["error", "note"]
    step: int
    margin: str
    level: str = ""
    value: str
    what: str
    advice: str


COLUMNS = [one.name for one in fields(WeightingFinding)]


def findings_frame(findings: Iterable[WeightingFinding]) -> pd.DataFrame:
    """Return findings as a frame, one row each, errors first, then in the order they were found."""
    import pandas as pd

    ordered = sorted(findings, key=lambda one: one.severity != "error")
    frame = pd.DataFrame([astuple(one) for one in ordered], columns=COLUMNS)
    words = [name for name in COLUMNS if name != "step"]
    return frame.astype({"step": "int64"} | dict.fromkeys(words, "object"))
