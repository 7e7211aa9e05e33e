"""The policy ``cells``: which rows are hidden, in themselves and for others."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.attacking import Equations, equations_of
from socialpoll.disclosure.complementing import Complements, Problem, complemented
from socialpoll.disclosure.earlier import earlier_of
from socialpoll.disclosure.grains import Grains
from socialpoll.disclosure.ledger import Ledger, View, ledger_of
from socialpoll.disclosure.measuring import measured
from socialpoll.disclosure.optimal import Optimum, harm_of, optimum
from socialpoll.disclosure.policy import Policy
from socialpoll.disclosure.primary import Primary, primary_of
from socialpoll.disclosure.promised import needs_of
from socialpoll.disclosure.pruning import pruned
from socialpoll.disclosure.public_sums import with_public_sums
from socialpoll.disclosure.routed import Routes
from socialpoll.disclosure.rules import ReliabilityRule
from socialpoll.disclosure.screening import HIDDEN, judged, plain_rows
from socialpoll.disclosure.solving import nothing, possible
from socialpoll.disclosure.spreading import spread
from socialpoll.disclosure.subjects import Subject, subjects_of
from socialpoll.disclosure.surrounding import parts_of
from socialpoll.disclosure.telling import Row, Teller, Told
from socialpoll.errors import ReleaseError
from socialpoll.indicators import KEYS
from socialpoll.indicators.mentioning import OF_TIME
from socialpoll.schema import TOTAL, Multiple, Questionnaire

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.indicators import Estimates

__all__ = ["Suppression", "suppression_of"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]

STEPS = 2
"""From who knows all bases to who does not know that nobody lacks an answer."""
AS_MANY_AS = 100.0
"""How many rows a row of everybody is worth: it is what readers look for first."""


@dataclass(frozen=True, eq=False)
class Suppression:
    """What is hidden under the policy ``cells``, and why.

    Attributes
    ----------
    figures : int
        How many rows are figures; those published before come after them.
    judged : list of str
        Situations by the rules and the minimum base alone.
    primary : Primary
    problem : Problem
    optimum : Optimum
    others : list of int
        Places of earlier releases that are of other answers.
    """

    figures: int
    judged: list[str]
    primary: Primary
    problem: Problem
    optimum: Optimum
    others: list[int]

    @property
    def complements(self) -> Complements:
        """What is hidden for others."""
        return self.optimum.complements

    @property
    def hidden(self) -> Truths:
        """Which rows are hidden (rows,)."""
        return self.complements.rows(self.problem)

    @property
    def situations(self) -> list[str]:
        """The situation of every figure (:data:`SITUATIONS`)."""
        first, hidden = self.primary.rows, self.hidden
        found = []
        for place, judged_so in enumerate(self.judged):
            if first[place]:
                found.append("suppressed")
            elif hidden[place] and judged_so not in HIDDEN:
                found.append("suppressed_secondary")
            else:
                found.append(judged_so)
        return found


def suppression_of(
    several: Sequence[Estimates],
    figures: pd.DataFrame,
    rules: Sequence[ReliabilityRule],
    policy: Policy,
) -> Suppression:
    """Decide which rows are hidden.

    Parameters
    ----------
    several : sequence of Estimates
    figures : pandas.DataFrame
        Their frames together, each figure once.
    rules : sequence of ReliabilityRule
    policy : Policy
        ``cells``.

    Raises
    ------
    ReleaseError
        Parts of all time: where few spend much of it, they tell how much that is.
    """
    rows: list[Row] = [*plain_rows(figures)]
    _refuse_parts_of_time(rows)
    subjects = _subjects(several, rows)
    asked = several[0].questionnaire
    grains = Grains(asked, _complete(asked, rows))
    teller = Teller(grains)
    earlier = earlier_of(policy.already_published, rows, subjects, teller)
    size = len(rows)
    rows += earlier.rows
    subjects += earlier.subjects
    pinned = np.arange(len(rows)) >= size
    breakdowns = _breakdowns(rows, grains)
    more = [*_of_numbers(rows[:size], subjects, teller, breakdowns), *earlier.told]
    ledger = ledger_of(rows, subjects, teller, pinned, more, exact=policy.full_precision)
    ledger = with_public_sums(ledger, several, teller)
    parts = parts_of(rows, teller, policy.threshold)
    primary = primary_of(rows, ledger, policy, parts)
    situations = judged(figures, rules, policy)
    by_rules = np.array([one in HIDDEN for one in situations] + [False] * len(earlier.rows))
    problem = Problem(
        ledger=ledger,
        equations=_equations(ledger, grains, breakdowns),
        needs=needs_of(rows, ledger, primary, policy, parts),
        hidden=(primary.rows | by_rules) & ~ledger.pinned,
        harm=_harm(rows, policy),
        shared=_shared(ledger, [grains.source(teller.variable(row)) for row in rows]),
        effort=policy.effort,
    )
    return Suppression(size, situations, primary, *_solved(problem, rows), earlier.others)


def _complete(asked: Questionnaire, rows: Sequence[Row]) -> frozenset[str]:
    """Return the questions that nobody can leave blank, if no figure says that somebody did."""
    grains = Grains(asked)
    teller = Teller(grains)
    blank = {
        grains.source(teller.variable(row)) for row in rows if row["n_answered"] != row["n_asked"]
    }
    several = (one for one in asked.asked if isinstance(one, Multiple) and one.blank == "none")
    return frozenset(one.name for one in several) - blank


def _equations(ledger: Ledger, grains: Grains, breakdowns: Collection[str]) -> Equations:
    """Return the equations of the attacker, who knows the routing where all figures obey it."""
    none = np.zeros(ledger.base.size, dtype=np.bool_)
    figures = [ledger.known(none, View(system)) for system in ledger.systems]
    made = equations_of(ledger.forms, Routes(grains), breakdowns)
    routed = any(one.asked_if is not None for one in grains.questionnaire.asked)
    if routed and not all(possible(made, known) for known in figures):
        made = equations_of(ledger.forms, Routes(grains, obeyed=False), breakdowns)
    return replace(made, nobody=made.nobody & nothing(made, figures[0]))


def _breakdowns(rows: Sequence[Row], grains: Grains) -> set[str]:
    """Return the questions by whose answers figures are broken down."""
    several = {str(row["breakdown"]) for row in rows} - {TOTAL}
    return {grains.source(name) for one in several for name in one.split("|")}


def _of_numbers(
    rows: Sequence[Row], subjects: Sequence[Subject], teller: Teller, breakdowns: Container[str]
) -> Iterator[tuple[Told, ...]]:
    """Yield what each row tells of the numbers by whose bands figures are broken down.

    Groups have no answers beside which a number could be shown.
    """
    for row, subject in zip(rows, subjects, strict=False):
        source = teller.grains.source(teller.variable(row))
        yield tuple(measured(row, subject, teller)) if source in breakdowns else ()


def _solved(problem: Problem, rows: Sequence[Row]) -> tuple[Problem, Optimum]:
    """Hide for others what must be; what cannot be safe from who knows much, from others."""
    made = complemented(problem)
    for _ in range(STEPS):
        if made.given_up:
            problem = problem.knowing_less(made.given_up)
            made = complemented(problem, replace(made.copy(), given_up=set()))
    made = complemented(problem, pruned(problem, made))
    best = optimum(problem, made)
    made = spread(problem, best.complements, rows)
    return problem, best._replace(complements=made, harm=harm_of(problem, made))


def _refuse_parts_of_time(rows: Sequence[Row]) -> None:
    named = dict.fromkeys(str(row["indicator"]) for row in rows if row["statistic"] == OF_TIME)
    if named:
        raise ReleaseError(
            "the disclosure policy 'cells' cannot protect parts of all time: where few use an "
            "option, theirs tells how much time they spend",
            where="policy",
            found=", ".join(named),
            allowed="figures that count respondents, and means, ratios and quantiles",
            advice="release the reach of these sets without time instead",
        )


def _subjects(several: Sequence[Estimates], rows: Sequence[Row]) -> list[Subject]:
    """Return the subject of every row; of a figure that is there twice, that of the first."""
    found: dict[tuple[object, ...], Subject] = {}
    for one in several:
        keys = one.frame[list(KEYS)].itertuples(index=False, name=None)
        for key, subject in zip(keys, subjects_of(one), strict=True):
            found.setdefault(key, subject)
    return [found[tuple(row[name] for name in KEYS)] for row in rows]


def _harm(rows: Sequence[Row], policy: Policy) -> Floats:
    """Return the harm of hiding each row."""
    counts = [row["n_base"] if row["n_category"] is None else row["n_category"] for row in rows]
    respondents = np.maximum([float(str(one or 0)) for one in counts], 1.0)
    harm = {
        "respondents": respondents,
        "cells": np.ones(respondents.size),
        "log": np.log1p(respondents),
    }[policy.harm]
    everybody = np.array([row["breakdown"] == TOTAL for row in rows], dtype=np.bool_)
    return np.where(everybody, AS_MANY_AS * harm, harm)


def _shared(ledger: Ledger, questions: Sequence[str]) -> Truths:
    """Say which forms rows of several questions tell."""
    number = {name: place for place, name in enumerate(dict.fromkeys(questions))}
    of_row = np.array([number[name] for name in questions], dtype=np.intp)
    pairs = np.unique(np.stack([ledger.form, of_row[ledger.row]]), axis=1)
    return np.bincount(pairs[0], minlength=len(ledger.forms)) > 1
