"""What reading and the checks have to say about the answers, as one frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.responses.counting import Counting

__all__ = ["COLUMNS", "Finding", "Severity", "findings_frame", "flagged_by"]

Severity: TypeAlias = Literal["error", "warning", "note"]
"""The worst first."""
Truths: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found in the answers.

    Attributes
    ----------
    severity : {"error", "warning", "note"}
        ``error`` where an answer cannot be right; ``warning`` where it had better be looked at;
        ``note`` where it is only worth knowing.
    row : int
        The first row it was found in, counted from 0 as in ``frame.iloc``.
    question : str
        Name of the question or derived variable; empty where it is of the whole case.
    value : str
        What was found there; empty for a blank.
    count : int
        In how many rows.
    what : str
        What is the matter.
    advice : str
        What is allowed or nearest, and what to do.
    rule : str
        Name of the rule by which it was found.
    cases : bool array (n,) or None
        The rows; perhaps together with those of other findings of the rule. No part of the frame.
    at : int array or None
        Places of the rows, where ``cases`` holds those of other findings as well.
    """

    severity: Severity
    row: int
    question: str
    value: str
    count: int
    what: str
    advice: str
    rule: str = ""
    cases: Truths | None = field(default=None, compare=False, repr=False)
    at: npt.NDArray[np.intp] | None = field(default=None, compare=False, repr=False)

    def counted(self, counting: Counting) -> Finding:
        """Return the same with the number of sampled cases that its rows stand for."""
        rows = self.cases if self.at is None else self.at
        return self if rows is None else replace(self, count=counting.number(rows))


COLUMNS = ("severity", "row", "question", "value", "count", "what", "advice", "rule")


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as a frame, one row each, the worst first, then as they were found."""
    import pandas as pd

    ordered = sorted(findings, key=lambda one: get_args(Severity).index(one.severity))
    rows = [[getattr(one, name) for name in COLUMNS] for one in ordered]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    words = [name for name in COLUMNS if name not in {"row", "count"}]
    return frame.astype({"row": "int64", "count": "int64"} | dict.fromkeys(words, "object"))


def flagged_by(findings: Iterable[Finding]) -> Mapping[str, Truths]:
    """Return the cases that the findings of each rule concern: bool array (n,), read-only."""
    flagged: dict[str, Truths] = {}
    for one in findings:
        if one.cases is not None:
            before = flagged.get(one.rule)
            flagged[one.rule] = one.cases.copy() if before is None else before | one.cases
    for array in flagged.values():
        array.flags.writeable = False
    return flagged
