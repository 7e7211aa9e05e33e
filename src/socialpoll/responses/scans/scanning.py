"""Answers that are bound where they lie, and counted as far as they are needed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from socialpoll.errors import CombinationsError
from socialpoll.responses.counting import counting_of, without_cases
from socialpoll.responses.design import SampleDesign, design_columns
from socialpoll.responses.needing import needed, uncoded
from socialpoll.responses.responses import Responses, require_clean
from socialpoll.responses.scans.clusters import clusters_in
from socialpoll.responses.scans.glancing import require_few
from socialpoll.responses.scans.keeping import Kept, Of
from socialpoll.responses.scans.looking_through import (
    digest_of_scan,
    findings_of_scan,
    without_answers,
)
from socialpoll.responses.scans.merging import only_derived_from
from socialpoll.responses.scans.narrowing import inside_as_one
from socialpoll.responses.scans.standing_in import StandIns
from socialpoll.responses.scans.summing import Summed, require_powers, summable
from socialpoll.responses.scans.tallying import Answers, Apart, tallied

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import narwhals as nw
    import pandas as pd

    from socialpoll.responses.columns import Column
    from socialpoll.schema import Fact, Methodology, OneAnswer, Questionnaire

__all__ = ["MOST", "Scan", "require_memory"]

MOST = 2_000_000
"""Combinations of answers that are held in memory for one question to the engine."""


@dataclass(frozen=True, eq=False)
class Scan:
    """Answers that stay where they lie, bound to what was asked and to how the sample was drawn.

    Made by :func:`scan`. Nothing is read before it is needed; what was counted once is kept.

    Attributes
    ----------
    questionnaire : Questionnaire
    design : SampleDesign
    wave : str or None
    facts : tuple of Fact
        What is told of the answers beside cases and design, such as their response rates.
    source : str or None
        File, folder or pattern of files of the answers; None where they were given as a frame.
    """

    questionnaire: Questionnaire
    design: SampleDesign
    wave: str | None
    _frame: nw.LazyFrame[Any] = field(repr=False)
    source: str | None = field(default=None, repr=False)
    # The same answers, where these are counted by base weight too.
    _whole: Scan | None = field(default=None, repr=False)
    facts: tuple[Fact, ...] = ()
    # What was tallied: known answers to questions, no state.
    _kept: Kept = field(default_factory=Kept, repr=False)
    # The same with the numbers within the range of a question as one.
    _narrowed: dict[str, Scan | None] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        """Return the number of sampled cases."""
        told = self.tally(())
        return counting_of(told.repeats).number(np.ones(len(told), dtype=np.bool_))

    def __repr__(self) -> str:
        wave = f" of wave {self.wave!r}" if self.wave is not None else ""
        return f"<Scan{wave}, variables: {len(self.questionnaire.names)}>"

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """Every question and derived variable as it is coded, without one case."""
        return without_answers(self.questionnaire, 0)

    @cached_property
    def _stand_ins(self) -> StandIns:
        return StandIns(self._frame, self.questionnaire)

    @property
    def methodology(self) -> Methodology:
        """Facts of cases and design, as those of answers in memory, and what else is told."""
        return self.tally(()).methodology.adding(*self.facts)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of questionnaire, design, and how each variable is distributed.

        Of each variable alone: how many cases of each stratum gave each answer, and the smallest
        and largest of their base weights. These are exact, whatever engine counts and in whatever
        order. It costs at most one query a question, once. Free texts are not among them, and of
        numbers that make too many combinations only how many are within their range.
        """
        return digest_of_scan(self) if self._whole is None else self._whole.digest

    @cached_property
    def findings(self) -> pd.DataFrame:
        """What does not fit the questionnaire: as findings of answers in memory, without rows.

        At most one query a question: those of few answers are counted together. Free texts are not
        looked through.
        """
        return findings_of_scan(self) if self._whole is None else self._whole.findings

    def require_clean(self) -> Scan:
        """Return itself, if nothing in the answers is wrong.

        Raises
        ------
        UncleanError
            Where any finding is of severity ``error``; all of them are among its problems.
        """
        require_clean(self.findings)
        return self

    def tally(
        self,
        names: Iterable[str],
        *,
        most: int = MOST,
        summed: Mapping[str, int] = MappingProxyType({}),
    ) -> Responses:
        """Bind variables that are used together: their distinct combinations stand for cases.

        Parameters
        ----------
        names : iterable of str
            Questions, derived variables, items of grids. What they are made from, and what says
            of whom they were asked, comes along.
        most : int
            How many combinations there may be.
        summed : mapping of str to int
            Those of the names that are numbers of which only sums matter, and up to which power: 1
            for means, totals and ratios, 2 for variances. However many values they have, they make
            no more combinations: a few rows stand for the numbers of each, with the same sums, and
            the same sums of products, as its cases. No other figures can be made of these.

        Returns
        -------
        Responses
            Of these variables, and perhaps of others that were counted together with them.

        Raises
        ------
        UnknownNameError
            A name that is no variable.
        CombinationsError
            Where there are more combinations; it says which variables make them.
        BindingError
            A power that is neither 1 nor 2.
        DesignError
            Where the design contradicts the data.
        """
        require_powers(summed)
        asked = (*names, *summed)
        wanted = needed(self.questionnaire, asked)
        designed = [column for _, column in design_columns(self.design)]
        sources = only_derived_from(self.questionnaire, asked, wanted, designed)
        among = frozenset(wanted) - sources.keys()
        known = self._kept.serving(among, summed, most)
        if known is not None:
            return known
        merged = self._stand_ins.merged(sources)
        keys = summable(self.questionnaire, wanted, summed, designed)
        numbers = self._stand_ins.numbers(keys, summed)
        of = Of.some({*wanted} - merged.keys(), {one.name: n for one, n in numbers.items()})
        self._kept.require_few(of, most)
        try:
            found = self._tallied(wanted, merged, numbers, most)
        except CombinationsError as refusal:
            self._kept.refuse(of, most, refusal)
            raise
        columns = {name: one for name, one in found.columns.items() if name not in merged}
        return self._kept.keep(of, replace(found, columns=columns))

    def _tallied(
        self,
        wanted: Collection[str],
        merged: Mapping[str, nw.Expr],
        numbers: Mapping[Summed, int],
        most: int,
    ) -> Responses:
        valued = {*wanted} - merged.keys() - {one.name for one in numbers}
        require_few(self._frame, uncoded(self.questionnaire, valued), most)
        apart = Apart(self._stand_ins.by_column(merged), numbers, self.is_by_base_weight)
        return tallied(self._answers, wanted, apart, most=most)

    @cached_property
    def _answers(self) -> Answers:
        clusters = clusters_in(self._frame, self.design)
        return Answers(self._frame, self.questionnaire, self.design, self.wave, clusters)

    def narrowed(self, question: OneAnswer) -> Scan | None:
        """Return the same with one number for all within the range of a question for a number.

        Whatever does not fit the question is as it was. None where its answers are no numbers.
        """
        if question.name not in self._narrowed:
            frame = inside_as_one(self._frame, question)
            self._narrowed[question.name] = None if frame is None else self._of(frame)
        return self._narrowed[question.name]

    def _of(self, frame: nw.LazyFrame[Any]) -> Scan:
        """Return a scan of another frame, of which nothing is known yet."""
        return Scan(self.questionnaire, self.design, self.wave, frame)

    def is_few(
        self, names: Iterable[str], most: int, summed: Mapping[str, int] = MappingProxyType({})
    ) -> bool:
        """Say whether variables make no more than so many combinations; they are kept if so."""
        try:
            self.tally(names, most=most, summed=summed)
        except CombinationsError:
            return False
        return True

    def keeps(self, tally: Responses) -> bool:
        """Say whether this very tally is still at hand, as those are that were of use last."""
        return tally in self._kept

    @property
    def is_by_base_weight(self) -> bool:
        """Whether cases of different base weight are never of one combination."""
        return self._whole is not None

    def by_base_weight(self) -> Scan:
        """Return the same answers, with the cases of each base weight counted apart."""
        if self.is_by_base_weight:
            return self
        asked, design, wave = self.questionnaire, self.design, self.wave
        return Scan(asked, design, wave, self._frame, source=self.source, _whole=self)

    def outline(self, names: Iterable[str] = ()) -> Responses:
        """Return everybody who was sampled, with the answers to some variables only.

        All other variables are there as if nobody had answered: what is asked of answers in
        memory about their kind, their codes, the design and its sampling units can be asked here.
        """
        told = self.tally(names)
        blank = without_answers(self.questionnaire, len(told))
        columns = {**blank, **told.columns}
        return replace(told, columns=columns, methodology=told.methodology.adding(*self.facts))


def require_memory(responses: object) -> None:
    """Raise EstimationError where answers lie elsewhere, and what follows looks at single cases."""
    if isinstance(responses, Scan):
        raise without_cases()
