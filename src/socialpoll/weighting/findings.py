"""What weighting has to say that is no error: one record a finding, one frame of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Severity", "WeightingFinding", "findings_frame"]

Severity: TypeAlias = Literal["error", "warning", "note"]
"""The worst first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightingFinding:
    """One thing found while weighting.

    Attributes
    ----------
    severity : {"error", "warning", "note"}
        ``error`` where it cannot be done, or a margin was missed and the recipe said to go on;
        ``warning`` where it can but had better not; ``note`` where it is only worth knowing.
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

    severity: Severity
    step: int
    margin: str
    level: str = ""
    value: str
    what: str
    advice: str


COLUMNS = [one.name for one in fields(WeightingFinding)]


def findings_frame(findings: Iterable[WeightingFinding]) -> pd.DataFrame:
    """Return findings as a frame, one row each, the worst first, then as they were found."""
    import pandas as pd

    ordered = sorted(findings, key=lambda one: get_args(Severity).index(one.severity))
    frame = pd.DataFrame([astuple(one) for one in ordered], columns=COLUMNS)
    words = [name for name in COLUMNS if name != "step"]
    return frame.astype({"step": "int64"} | dict.fromkeys(words, "object"))
