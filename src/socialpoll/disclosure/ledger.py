"""All that the rows of a publication tell, and what is still known when some are hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.companions import Companions, companions_of
from socialpoll.disclosure.subjects import Subject
from socialpoll.disclosure.telling import Form, Row, Teller, Told

__all__ = ["COUNTS", "NOTHING", "Known", "Ledger", "View", "column", "ledger_of", "squares_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Truths = npt.NDArray[np.bool_]

COUNTS = "respondents"
"""The system of respondents; those of their weights are called as the weights are."""


def squares_of(kind: str) -> str:
    """Return the name of the system of squared weights of a kind."""
    return f"squares of {kind}"


class View(NamedTuple):
    """What an attacker looks at.

    Attributes
    ----------
    system : str
        Respondents, or the weights of a kind.
    bases : bool
        Whether he knows every base, shown or not. Where answers to several questions are counted
        in one small group, this parts what he learns of one question from the others; what is safe
        from him is safe from somebody who knows less.
    gaps: bool
        Whether he knows in which questions of breakdowns nobody lacks an answer, as whoever knows
        all bases does.
    """

    system: str
    bases: bool = False
    gaps: bool = False

    @property
    def less(self) -> View:
        """What somebody looks at who knows one thing less; this one where nothing is left."""
        return View(self.system, gaps=self.bases)


class Known(NamedTuple):
    """Forms whose values are known, and the values."""

    forms: Places
    values: Floats


NOTHING = Known(np.zeros(0, dtype=np.intp), np.zeros(0))


@dataclass(frozen=True, eq=False)
class Ledger:
    """Who tells what.

    Attributes
    ----------
    forms : tuple of Form
        Each once.
    row, form : int array (entries,)
        A row that tells a form.
    told : mapping of str to float64 array (entries,)
        What it tells, in respondents and in weights of each kind, scaled to a mean of 1 a
        respondent; NaN where it does not.
    base, answered, asked : int array (rows,)
        The forms of a row's base, of who answered and of who was asked.
    category, rest : int array (rows,)
        The forms of who gave a row's answer, and of who else is in its base; -1 for a number.
    bases : bool array (forms,)
        Which forms are bases.
    pinned : bool array (rows,)
        Rows that were published before and cannot be hidden.
    companions : Companions
        Which rows are hidden with which others.
    scales : mapping of str to float
        By what sums of weights were multiplied, by kind.
    public : mapping of str to Known
        What no row need tell, by system: what groups weigh to which weights were made to sum.
    """

    forms: tuple[Form, ...]
    row: Places
    form: Places
    told: Mapping[str, Floats]
    base: Places
    answered: Places
    asked: Places
    category: Places
    rest: Places
    bases: Truths
    pinned: Truths
    companions: Companions
    scales: Mapping[str, float]
    public: Mapping[str, Known] = field(default_factory=dict)

    @property
    def systems(self) -> tuple[str, ...]:
        """Respondents first, then weights."""
        return tuple(self.told)

    def known(self, hidden: Truths, view: View) -> Known:
        """Return what the rows that are not hidden tell, and bases where they are known anyway."""
        told = self.told[view.system]
        usable = ~hidden[self.row] | (self.bases[self.form] & view.bases)
        usable &= ~np.isnan(told)
        public = self.public.get(view.system, NOTHING)
        known = np.concatenate([self.form[usable], public.forms])
        forms, first = np.unique(known, return_index=True)
        return Known(forms, np.concatenate([told[usable], public.values])[first])

    def fixed(self, system: str) -> Truths:
        """Say which forms (forms,) stay known in a system whatever is hidden now."""
        made = self.published.copy()
        made[self.public.get(system, NOTHING).forms] = True
        return made

    @cached_property
    def values(self) -> Mapping[str, Floats]:
        """Return the value of every form in every system; NaN where no row tells it."""
        nobody = np.zeros(self.base.size, dtype=np.bool_)
        made = {}
        for system in self.systems:
            made[system] = np.full(len(self.forms), np.nan)
            known = self.known(nobody, View(system))
            made[system][known.forms] = known.values
        return made

    def rows_of(self, forms: Places) -> Truths:
        """Say which rows tell one of some forms; those that are pinned are not among them."""
        marked = np.zeros(len(self.forms), dtype=np.bool_)
        marked[forms] = True
        made = np.zeros(self.base.size, dtype=np.bool_)
        made[self.row[marked[self.form]]] = True
        return made & ~self.pinned

    def closed(self, hidden: Truths) -> Truths:
        """Return what is hidden with all that goes with it."""
        return self.companions.closed(hidden) & ~self.pinned

    def costs(self, harm: Floats, hidden: Truths) -> Floats:
        """Return what it costs to hide each form: the harm of the rows that go with it."""
        pairs = np.unique(np.stack([self.row, self.form]), axis=1)
        paid = np.where(hidden, 0.0, harm)[pairs[0]]
        found = np.bincount(pairs[1], weights=paid, minlength=len(self.forms))
        return found.astype(np.float64)

    @cached_property
    def depth(self) -> Places:
        """About how many things each form (forms,) makes statements."""
        return np.array([max(len(one.roots) for _, one in form) for form in self.forms])

    @cached_property
    def published(self) -> Truths:
        """Say which forms a pinned row tells."""
        made = np.zeros(len(self.forms), dtype=np.bool_)
        made[self.form[self.pinned[self.row]]] = True
        return made


def ledger_of(
    rows: Sequence[Row],
    subjects: Sequence[Subject],
    teller: Teller,
    pinned: Truths,
    more: Sequence[Sequence[Told]],
    *,
    exact: bool = False,
) -> Ledger:
    """Read rows, each of its subject.

    Parameters
    ----------
    rows : sequence of mapping
    subjects : sequence of Subject
    teller : Teller
    pinned : bool array (rows,)
        Which were published before.
    more : sequence of sequence of Told
        What else each row tells, of numbers.
    exact : bool
        Whether what is shown is not rounded.
    """
    forms: dict[Form, int] = {}
    entries: list[tuple[int, int, float, float, bool]] = []
    whose = np.full((len(rows), 5), -1, dtype=np.intp)
    for number, (row, subject, others) in enumerate(zip(rows, subjects, more, strict=True)):
        for one in (*teller.told(row, subject), *others):
            form = forms.setdefault(one.form, len(forms))
            entries.append((number, form, one.count, one.weight, one.base))
        for place, made in enumerate(_whose(row, subject, teller)):
            whose[number, place] = forms.setdefault(made, len(forms))
    row_of, form_of, count, weight, of_base = (np.array(one) for one in zip(*entries, strict=True))
    weighted = _by_weights(subjects, row_of, weight)
    scales = {kind: _scale(own, count) for kind, own in weighted.items()}
    told = {COUNTS: np.asarray(count, dtype=np.float64)}
    told |= {kind: own * scales[kind] for kind, own in weighted.items()}
    base, answered, asked, category, rest = whose.T
    return Ledger(
        forms=tuple(forms),
        row=row_of.astype(np.intp),
        form=form_of.astype(np.intp),
        told=told,
        base=base,
        answered=answered,
        asked=asked,
        category=category,
        rest=rest,
        bases=np.isin(np.arange(len(forms)), form_of[of_base]),
        pinned=pinned,
        companions=companions_of(rows, subjects, teller, exact=exact),
        scales=scales,
    )


def _by_weights(subjects: Sequence[Subject], row_of: Places, weight: Floats) -> dict[str, Floats]:
    """Return the weighted sums of all entries once for each set of weights, NaN where of others."""
    kinds = np.array([subjects[int(one)].weights for one in row_of])
    named = dict.fromkeys(one.weights for one in subjects if one.weights)
    return {kind: np.where(kinds == kind, weight, np.nan) for kind in named}


def _scale(weight: Floats, count: Floats) -> float:
    """Return by what sums of weights are multiplied to be in mean weights of a respondent."""
    both = ~np.isnan(weight) & (count > 0)
    respondents, weights = count[both].sum(), weight[both].sum()
    return float(respondents / weights) if weights > 0 else 1.0


def _whose(row: Row, subject: Subject, teller: Teller) -> list[Form]:
    """Return who is in the base of a row, answered, was asked, gave its answer, and did not."""
    made = [teller.base(row, subject), *teller.reached(row, subject)]
    if teller.is_of_persons(row):
        made += [teller.category(row, subject), teller.rest(row, subject)]
    return made


def column(rows: Sequence[Row], name: str) -> Floats:
    """Return a number of every row; NaN where it has none."""
    return np.array([np.nan if row[name] is None else float(str(row[name])) for row in rows])
