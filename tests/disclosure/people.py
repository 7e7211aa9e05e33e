"""Every kind of person that a questionnaire allows, for somebody who knows no answers.

Nothing of the library but the questionnaire is read here, and what its documentation says of bases,
nets, groups, bands and boxes is told anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, combinations, pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

import socialpoll as sp
from socialpoll.schema import AnyDerived, AnyQuestion, Condition

Mask: TypeAlias = npt.NDArray[np.bool_]
State: TypeAlias = object
"""A code, a number that stands for its band, a set of options, or one of the two below."""

BLANK = ("blank",)
NOT_ASKED = ("not asked",)


class People:
    """The kinds of people who may be behind the tables of some questions.

    Parameters
    ----------
    questionnaire : Questionnaire
        What was asked; everybody can read it.
    names : iterable of str
        Questions and derived variables of the tables.
    complete : iterable of str
        Questions that nobody left blank, as those whose answers come from the sampling frame.
    """

    def __init__(
        self,
        questionnaire: sp.Questionnaire,
        names: Iterable[str],
        complete: Iterable[str] = (),
    ) -> None:
        self.questionnaire = questionnaire
        self.complete = frozenset(complete)
        self.derived = {one.name: one for one in questionnaire.derived}
        asked = {one.name: one for one in questionnaire.questions}
        wanted = dict.fromkeys(self.root(name) for name in names)
        self.asked = {name: asked[name] for name in wanted}
        states = [self._states(one) for one in self.asked.values()]
        self.states = dict(zip(self.asked, states, strict=True))
        sizes = [len(one) for one in states]
        kinds = np.indices(sizes).reshape(len(sizes), -1)
        self.kinds: dict[str, npt.NDArray[np.int64]] = dict(zip(self.asked, kinds, strict=True))
        possible = self._routed()
        self.kinds = {name: kind[possible] for name, kind in self.kinds.items()}

    def __len__(self) -> int:
        return len(next(iter(self.kinds.values())))

    def root(self, name: str) -> str:
        """Return the question that a variable is made of, or is."""
        return self.derived[name].of if name in self.derived else name

    def everybody(self) -> Mask:
        """Return all of them."""
        return np.ones(len(self), dtype=bool)

    # -- what they can have answered

    def _states(self, question: AnyQuestion) -> list[State]:
        codes = [str(one.code) for one in question.missing]
        routed = [NOT_ASKED] if question.asked_if is not None else []
        blank = [] if question.name in self.complete else [BLANK]
        return [*self._answers(question), *codes, *blank, *routed]

    def _answers(self, question: AnyQuestion) -> Sequence[State]:
        if isinstance(question, sp.Multiple):
            options = [str(one.code) for one in question.options]
            sets = chain.from_iterable(combinations(options, size) for size in range(9))
            none = [frozenset()] if question.blank == "none" else []
            return [*none, *(frozenset(one) for one in sets if one)]
        if isinstance(question, sp.Number | sp.Duration):
            return self._numbers(question.name)
        if isinstance(question, sp.Single | sp.Scale):
            return [str(one.code) for one in question.options]
        raise NotImplementedError(f"{type(question).__name__} {question.name}")

    def _numbers(self, name: str) -> list[State]:
        bands = [
            band
            for one in self.derived.values()
            if one.of == name and isinstance(one, sp.Bands)
            for band in one.bands
        ]
        limits = sorted({x for b in bands for x in (b.minimum, b.maximum) if x is not None})
        if not limits:
            return [0.0]
        between = [(low + high) / 2 for low, high in pairwise(limits)]
        return sorted([limits[0] - 1.0, *limits, *between, limits[-1] + 1.0])

    def _routed(self) -> Mask:
        """Say who can be: a question is put to whom its condition names."""
        can_be = np.ones(int(np.prod([len(one) for one in self.states.values()])), dtype=bool)
        for name, question in self.asked.items():
            if question.asked_if is None or not questions_of(question.asked_if) <= set(self.asked):
                continue
            out = self._among(name, lambda state: state is NOT_ASKED)
            can_be &= out == ~self.holds(question.asked_if)
        return can_be

    # -- who is who

    def _among(self, root: str, holds: Callable[[State], bool]) -> Mask:
        chosen = np.array([holds(one) for one in self.states[root]], dtype=bool)
        return chosen[self.kinds[root]]

    def holds(self, condition: Condition) -> Mask:
        """Return for whom a condition holds."""
        if isinstance(condition, sp.Is):
            masks = [self.gave(condition.question, str(one)) for one in condition.codes]
            return np.logical_or.reduce(masks)
        if isinstance(condition, sp.Not):
            return ~self.holds(condition.condition)
        if isinstance(condition, sp.All):
            return np.logical_and.reduce([self.holds(one) for one in condition.conditions])
        if isinstance(condition, sp.Any):
            return np.logical_or.reduce([self.holds(one) for one in condition.conditions])
        raise NotImplementedError(repr(condition))

    def gave(self, name: str, code: str) -> Mask:
        """Return who gave an answer, chose an option, or is in a group, a band, a box or a net."""
        if name in self.derived:
            return self._in_derived(self.derived[name], code)
        return self._among(name, lambda state: _is(state, code))

    def _in_derived(self, one: AnyDerived, code: str) -> Mask:
        if isinstance(one, sp.Bands):
            band = next((band for band in one.bands if band.code == code), None)
            if band is None:
                return self.gave(one.of, code)
            low = -np.inf if band.minimum is None else band.minimum
            high = np.inf if band.maximum is None else band.maximum
            several = self._exclusive(one.of)
            return self._among(one.of, lambda state: low <= _size(state, several) <= high)
        codes = self._codes_of(one, code)
        return np.logical_or.reduce([self.gave(one.of, each) for each in codes])

    def _exclusive(self, root: str) -> frozenset[str]:
        """Return the options that are none of the others."""
        question = self.asked[root]
        options = question.options if isinstance(question, sp.Multiple) else ()
        return frozenset(str(one.code) for one in options if getattr(one, "exclusive", False))

    def _codes_of(self, one: AnyDerived, code: str) -> list[str]:
        if isinstance(one, sp.Nets):
            return [str(each) for net in one.nets if net.code == code for each in net.codes]
        if isinstance(one, sp.Boxes):
            scale = [str(each.code) for each in self.asked[one.of].options]
            top, bottom = scale[len(scale) - one.top :], scale[: one.bottom]
            middle = scale[one.bottom : len(scale) - one.top]
            return {"top": top, "middle": middle, "bottom": bottom}.get(code, [code])
        groups = {str(group.code): list(map(str, group.codes)) for group in one.groups}
        named = {each for codes in groups.values() for each in codes}
        rest = [str(each.code) for each in self.asked[one.of].options]
        rest = [each for each in rest if each not in named]
        return groups.get(code, [code]) + (rest if code == str(one.rest) else [])

    def was_asked(self, name: str) -> Mask:
        """Return to whom a question was put."""
        return ~self._among(self.root(name), lambda state: state is NOT_ASKED)

    def answered(self, name: str) -> Mask:
        """Return who gave an answer that counts."""
        question = self.asked[self.root(name)]
        out = {str(one.code) for one in question.missing if not one.in_base}
        return self._among(
            question.name, lambda s: s is not BLANK and s is not NOT_ASKED and s not in out
        )

    def in_base(self, name: str, base: str) -> Mask:
        """Return who is in a base: those who answered, those who were asked, or everybody."""
        if base == "all":
            return self.everybody()
        return self.was_asked(name) if base == "asked" else self.answered(name)

    def counted(self, name: str, code: str, base: str) -> Mask:
        """Return who counts as giving an answer; among all, also who was routed out."""
        gave = self.gave(name, code) & self.in_base(name, base)
        meant = self.asked[self.root(name)].if_not_asked
        if base == "all" and meant is not None and self._means(name, str(meant), code):
            return gave | ~self.was_asked(name)
        return gave

    def _means(self, name: str, meant: str, code: str) -> bool:
        if name not in self.derived:
            return meant == code
        return meant in self._codes_of(self.derived[name], code)

    def scored(self, name: str) -> npt.NDArray[np.float64]:
        """Return what an answer is worth in a mean: its score, or how many were chosen."""
        if name in self.derived:
            return self._scored_groups(self.derived[name])
        question = self.asked[name]
        if isinstance(question, sp.Multiple):
            sets = [one for one in self.states[name] if isinstance(one, frozenset)]
            worth = {one: _size(one, self._exclusive(name)) for one in sets}
        else:
            worth = {
                str(one.code): float(place if one.score is None else one.score)
                for place, one in enumerate(question.options, 1)
            }
        each = np.array([worth.get(one, np.nan) for one in self.states[name]])
        return each[self.kinds[name]]

    def limits(self, name: str) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return between what the number lies that each kind gave; NaN of those who gave none."""
        question = self.asked[name]
        numbers = [one for one in self.states[name] if _number(one)]
        least = -np.inf if question.minimum is None else float(question.minimum)
        most = np.inf if question.maximum is None else float(question.maximum)
        ends = [least, *numbers[1::2], most] if len(numbers) > 1 else [least, most]
        # Numbers are a limit of bands and what lies between two of them, by turns.
        low, high = (
            {
                one: one if place % 2 else ends[place // 2 + side]
                for place, one in enumerate(numbers)
            }
            for side in (0, 1)
        )
        each = ([one.get(state, np.nan) for state in self.states[name]] for one in (low, high))
        lows, highs = (np.array(one)[self.kinds[name]] for one in each)
        return lows, highs

    def _scored_groups(self, one: AnyDerived) -> npt.NDArray[np.float64]:
        if isinstance(one, sp.Boxes):
            scores = {"top": 100.0, "middle": 0.0, "bottom": -100.0}
        else:
            several = one.bands if isinstance(one, sp.Bands) else one.groups
            scores = {str(each.code): float(each.score) for each in several}
        worth = np.full(len(self), np.nan)
        for code, score in scores.items():
            worth[self.gave(one.name, code)] = score
        return worth


def _is(state: State, code: str) -> bool:
    return code in state if isinstance(state, frozenset) else state == code


def _number(state: State) -> bool:
    return isinstance(state, float)


def _size(state: State, exclusive: frozenset[str]) -> float:
    """Return a number, or how many options were chosen; NaN of who told neither."""
    if isinstance(state, frozenset):
        return float(len(state - exclusive))
    return state if _number(state) else np.nan


def rows_of_crossing(breakdown: str, domain: str) -> list[tuple[str, str]]:
    """Return the variables of a breakdown, each with its code."""
    if breakdown == "_T":
        return []
    return list(zip(breakdown.split("|"), domain.split("|"), strict=True))


def questions_of(condition: Condition) -> set[str]:
    """Return the questions that a condition is about."""
    if isinstance(condition, sp.Not):
        return questions_of(condition.condition)
    if isinstance(condition, sp.All | sp.Any):
        return set().union(*map(questions_of, condition.conditions))
    return {condition.question}
