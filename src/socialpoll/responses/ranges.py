"""Answers outside what is declared: they count as unreadable, and are told of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from socialpoll.responses.columns import UNREADABLE, Truths
from socialpoll.responses.distinct import first_and_count
from socialpoll.responses.findings import Finding

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["ADVICE", "out_of_range"]

ADVICE = "correct it, declare it as a missing code, or widen the range"


def out_of_range(
    beyond: Iterable[tuple[Truths, str]],
    state: npt.NDArray[np.int8],
    question: str,
    shown: Callable[[int], str],
    advice: str = ADVICE,
) -> list[Finding]:
    """Mark valid answers outside the declared limits as unreadable, and tell of each kind once.

    Parameters
    ----------
    beyond : iterable of (bool array (n,), str)
        Which answers are beyond a limit, and what that is.
    state : int8 array (n,)
        0 for valid answers; changed in place.
    question : str
    shown : callable
        From the row of an answer to how it is told.
    advice : str
    """
    findings = []
    for outside, what in beyond:
        rows: Truths = outside & (state == 0)
        if not rows.any():
            continue
        state[rows] = UNREADABLE
        first, count = first_and_count(rows)
        findings.append(
            Finding(
                severity="error",
                row=first,
                question=question,
                value=shown(first),
                count=count,
                what=what,
                advice=advice,
                rule="out_of_range",
                cases=rows,
            )
        )
    return findings
