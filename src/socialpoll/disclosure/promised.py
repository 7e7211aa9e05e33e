"""How uncertain a sensitive count is promised to stay, in respondents and in weights.

From the threshold below a count to the threshold above it; in weights, that many respondents of the
mean weight of its base. No interval is wider than what is around it: of a small base those who were
asked; of an answer, and of its rest, what bases leave room for. What is counted on several bases
has the narrowest of its intervals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.ledger import COUNTS, Ledger, View, column
from socialpoll.disclosure.policy import Policy
from socialpoll.disclosure.primary import Primary
from socialpoll.disclosure.solving import Needs
from socialpoll.disclosure.surrounding import Parts
from socialpoll.disclosure.telling import Row

__all__ = ["needs_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Truths = npt.NDArray[np.bool_]


def needs_of(
    rows: Sequence[Row], ledger: Ledger, primary: Primary, policy: Policy, parts: Parts
) -> Mapping[View, Needs]:
    """Return between which limits nobody may find sensitive counts, and from whom they are safe."""
    threshold = float(policy.threshold)
    inside = np.flatnonzero(primary.category | primary.complement)
    base, asked = (column(rows, name) for name in ("n_base", "n_asked"))
    small = np.flatnonzero(primary.base & (base < threshold))
    around = np.where(asked[small] >= threshold, asked[small], np.inf)
    made: dict[View, Needs] = {}
    for system, values in ledger.values.items():
        knowing = View(system, bases=True, gaps=True)
        mean = _mean(ledger, values, small)
        limits = np.zeros(small.size), around * mean
        forms = ledger.base[small]
        made[knowing] = _of_answers(ledger, primary, parts, (inside, values, threshold))
        made[knowing.less] = _narrowest(forms, values[forms], limits, threshold * mean)
    return made


def _of_answers(
    ledger: Ledger, primary: Primary, parts: Parts, what: tuple[Places, Floats, float]
) -> Needs:
    """Return the limits of answers that few gave, and of the rest where few did not."""
    inside, values, threshold = what
    base, answered, asked, gave = (
        values[of[inside]] for of in (ledger.base, ledger.answered, ledger.asked, ledger.category)
    )
    low, high = parts.chosen(inside).room(base, answered, asked)
    few, fewer = primary.category[inside], primary.complement[inside]

    def of_both(category: npt.NDArray[np.generic], rest: npt.NDArray[np.generic]) -> Floats:
        return np.concatenate([category[few], rest[fewer]])

    by = threshold * _mean(ledger, values, inside)
    return _narrowest(
        of_both(ledger.category[inside], ledger.rest[inside]).astype(np.intp),
        of_both(gave, base - gave),
        (of_both(low, base - high), of_both(high, base - low)),
        of_both(by, by),
    )


def _mean(ledger: Ledger, values: Floats, rows: Places) -> Floats:
    """Return the mean weight of a respondent in the base of some rows."""
    return values[ledger.base[rows]] / ledger.values[COUNTS][ledger.base[rows]]


def _narrowest(forms: Places, value: Floats, limits: tuple[Floats, Floats], by: Floats) -> Needs:
    """Return each form once, with what all its intervals have in common."""
    told = ~np.isnan(value) & ~np.isnan(by)
    found, place = np.unique(forms[told], return_inverse=True)
    low, high = np.zeros(found.size), np.full(found.size, np.inf)
    np.maximum.at(low, place, np.maximum(limits[0], value - by)[told])
    np.minimum.at(high, place, np.minimum(limits[1], value + by)[told])
    return Needs(found, low, high)
