"""The part of the cases of unknown eligibility that is taken for eligible: e.

AAPOR (2016), *Standard Definitions*, 9th edition, under response rate 3: e is to follow the best
information there is, its basis must be stated, and there may be one estimate for each kind of
unknown cases. Methods: Smith (2009), *A Revised Review of Methods to Estimate the Status of Cases
with Unknown Eligibility*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, nearest
from socialpoll.responses.dispositions import LETTERS
from socialpoll.schema.keys import key_of

__all__ = ["Eligibility", "EligibleShare", "eligibility_of", "share_in_cases"]

Floats = npt.NDArray[np.float64]
EligibleShare: TypeAlias = float | tuple[float, float] | Literal["cases"]
"""Of the unknown cases of one frame: a part, one for each kind, or as among the known cases."""
FROM_CASES = "cases"
GIVEN = "given"
ALLOWED = "a number from 0 to 1; two of them, for unknown_household and unknown_other; or 'cases'"
_INELIGIBLE = LETTERS.index("NE")
_ELIGIBLE = slice(0, LETTERS.index("UH"))


@dataclass(frozen=True, eq=False)
class Eligibility:
    """The e of every frame.

    Attributes
    ----------
    share : float64 array (frames, 2)
        Of the cases of outcome UH and UO; NaN where it could not be estimated.
    source : tuple of {"given", "cases"}
        Where that of each frame comes from.
    """

    share: Floats
    source: tuple[str, ...]


def share_in_cases(counts: Floats) -> Floats:
    """Return the part of eligible cases among those of known eligibility.

    Proportional allocation: unknown cases are taken for eligible in the same part as the known
    ones (CASRO 1982; Smith 2009).

    Parameters
    ----------
    counts : float64 array (…, 8)
        Cases of each outcome, or sums of their weights.

    Returns
    -------
    float64 array (…)
        NaN where the eligibility of no case is known.

    Examples
    --------
    >>> share_in_cases(np.array([60.0, 5, 20, 10, 5, 40, 10, 25])).tolist()
    0.8
    """
    eligible = counts[..., _ELIGIBLE].sum(axis=-1)
    known = eligible + counts[..., _INELIGIBLE]
    nothing = np.full(known.shape, np.nan)
    share: Floats = np.divide(eligible, known, out=nothing, where=known > 0)
    return share


def eligibility_of(
    e: object, frames: Sequence[str], counts: Floats, problems: list[Problem]
) -> Eligibility:
    """Return the e of every frame, as it was given or from the cases.

    Parameters
    ----------
    e : number, pair of numbers, "cases", mapping of frame to these, or None
        None is ``"cases"``.
    frames : sequence of str
    counts : float64 array (frames, 8)
    problems : list of Problem
        Takes what is wrong with e.
    """
    found = share_in_cases(counts)
    share, source = np.stack([found, found], axis=-1), [FROM_CASES] * len(frames)
    for place, one in enumerate(_by_frame(e, frames, problems)):
        if one is None or (isinstance(one, str) and one == FROM_CASES):
            continue
        pair = one if isinstance(one, tuple | list) else (one, one)
        if len(pair) != 2 or not all(map(_is_part, pair)):  # noqa: PLR2004
            where = f"e, frame {frames[place]!r}" if isinstance(e, Mapping) else "e"
            problem = Problem("this is no share of eligible cases", where, repr(one), ALLOWED)
            if problem not in problems:
                problems.append(problem)
            continue
        share[place], source[place] = pair, GIVEN
    return Eligibility(share, tuple(source))


def _by_frame(e: object, frames: Sequence[str], problems: list[Problem]) -> list[object]:
    if not isinstance(e, Mapping):
        return [e] * len(frames)
    given = {str(key_of(name, "string")): one for name, one in e.items()}
    problems += [
        Problem(f"there is no frame {name!r}", "e", allowed=nearest(name, frames))
        for name in given
        if name not in frames
    ]
    problems += [
        Problem(
            f"frame {name!r} has no e",
            "e",
            ", ".join(map(repr, given)),
            advice="give one for every frame; 'cases' estimates it from the cases",
        )
        for name in frames
        if name not in given
    ]
    return [given.get(name) for name in frames]


def _is_part(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | np.floating):
        return False
    return 0 <= float(value) <= 1
