"""Which figures are sensitive in themselves: counts and complements below the threshold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.ledger import COUNTS, Ledger, Row, View
from socialpoll.disclosure.policy import Policy
from socialpoll.disclosure.solving import Needs

__all__ = ["Primary", "needs_of", "primary_of"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Primary:
    """Rows that may not be shown, and why; bool arrays (rows,).

    Attributes
    ----------
    category, complement, base : bool array (rows,)
        Too few gave the answer; too few of the base did not; too few are in the base.
    """

    category: Truths
    complement: Truths
    base: Truths

    @property
    def rows(self) -> Truths:
        """All of them."""
        return self.category | self.complement | self.base


def primary_of(rows: Sequence[Row], ledger: Ledger, policy: Policy) -> Primary:
    """Judge every row by the respondents it counts; its base alone where it is of a number."""
    count = _column(rows, "n_category")
    count[ledger.category < 0] = np.nan
    base = _column(rows, "n_base")
    rest = base - count
    few, fewer = (_few(one, base, policy) for one in (count, rest))
    small = (base > 0) & (base < policy.threshold)
    domains = [(row["wave"], row["indicator"], row["breakdown"], row["domain"]) for row in rows]
    wrong = {domain for domain, one in zip(domains, small, strict=True) if one}
    return Primary(few, fewer, np.array([one in wrong for one in domains], dtype=np.bool_))


def needs_of(
    rows: Sequence[Row], ledger: Ledger, primary: Primary, policy: Policy
) -> Mapping[View, Needs]:
    """Return how uncertain each sensitive count must stay, in respondents and in weights.

    No interval can be wider than what is around it: the base of a category, those who were asked of
    a base.
    """
    threshold = float(policy.threshold)
    base, asked = (_column(rows, name) for name in ("n_base", "n_asked"))
    around: dict[int, tuple[float, int]] = {}
    for row in np.flatnonzero(primary.category | primary.complement):
        around.setdefault(int(ledger.category[row]), (base[row], int(ledger.base[row])))
    for row in np.flatnonzero(primary.base & (base < threshold)):
        limit = asked[row] if asked[row] >= threshold else np.inf
        around.setdefault(int(ledger.base[row]), (limit, int(ledger.base[row])))
    forms = np.array(list(around), dtype=np.intp)
    limits = np.array([limit for limit, _ in around.values()])
    bases = np.array([form for _, form in around.values()], dtype=np.intp)
    counts = ledger.values[COUNTS]
    small = forms == bases
    whole = _interval(forms, counts[forms], limits, np.full(forms.size, threshold))
    made = {_knowing(COUNTS): whole.chosen(~small), _knowing(COUNTS).less: whole.chosen(small)}
    for kind in ledger.systems[1:]:
        values = ledger.values[kind]
        told = np.flatnonzero(~np.isnan(values[forms]) & ~np.isnan(values[bases]))
        mean = values[bases[told]] / counts[bases[told]]
        own = forms[told]
        limit = np.where(own == bases[told], limits[told] * mean, values[bases[told]])
        whole = _interval(own, values[own], limit, threshold * mean)
        made[_knowing(kind)] = whole.chosen(~small[told])
        made[_knowing(kind).less] = whole.chosen(small[told])
    return made


def _knowing(system: str) -> View:
    return View(system, bases=True, gaps=True)


def _interval(forms: npt.NDArray[np.intp], value: Floats, limit: Floats, by: Floats) -> Needs:
    return Needs(forms, np.maximum(0.0, value - by), np.minimum(limit, value + by))


def _few(count: Floats, base: Floats, policy: Policy) -> Truths:
    least = 0 if policy.zeros == "show" else -1
    return np.asarray((base > 0) & (count > least) & (count < policy.threshold))


def _column(rows: Sequence[Row], name: str) -> Floats:
    return np.array([np.nan if row[name] is None else float(str(row[name])) for row in rows])
