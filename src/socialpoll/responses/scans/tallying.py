"""Binding answers that lie elsewhere: their distinct combinations stand for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from socialpoll.errors import BindingError, DesignError
from socialpoll.responses.binding import NO_ROWS, bound, column_problems, require_plain
from socialpoll.responses.design import SampleDesign, design_problems, per_stage
from socialpoll.responses.needing import needed, raw_columns
from socialpoll.responses.scans.addressing import names_in
from socialpoll.responses.scans.clusters import clusters_in
from socialpoll.responses.scans.grouping import grouped_by, lazily
from socialpoll.responses.scans.pointing import pointed

if TYPE_CHECKING:
    import narwhals as nw

    from socialpoll.responses.responses import Responses
    from socialpoll.responses.scans.clusters import Clusters
    from socialpoll.responses.scans.summing import Summed
    from socialpoll.schema import Questionnaire

__all__ = ["Answers", "Apart", "require_consistent", "tallied", "tally", "told_apart_by"]


@dataclass(frozen=True, eq=False)
class Answers:
    """Answers where they lie, with what they are bound to.

    Attributes
    ----------
    frame : narwhals.LazyFrame
        With columns at their addresses.
    questionnaire : Questionnaire
    design : SampleDesign
    wave : str or None
    clusters : Clusters or None
        Those of the design, counted.
    """

    frame: nw.LazyFrame[Any]
    questionnaire: Questionnaire
    design: SampleDesign
    wave: str | None
    clusters: Clusters | None


@dataclass(frozen=True, eq=False)
class Apart:
    """What is told apart of what stands in columns: every value, unless said.

    Attributes
    ----------
    merged : mapping of str to narwhals.Expr
        What is grouped by in place of columns, with values put together.
    numbers : mapping of Summed to int
        Numbers of which only sums matter, and up to which power.
    by_base_weight : bool
        Whether cases of different base weight are told apart.
    """

    merged: Mapping[str, nw.Expr] = field(default_factory=dict)
    numbers: Mapping[Summed, int] = field(default_factory=dict)
    by_base_weight: bool = False

    @property
    def squared(self) -> tuple[int, ...]:
        """Places of the numbers whose squares are summed as well."""
        return tuple(place for place, power in enumerate(self.numbers.values()) if power > 1)


def tally(
    source: object,
    questionnaire: Questionnaire,
    design: SampleDesign | None = None,
    *,
    names: Iterable[str],
    wave: str | None = None,
) -> Responses:
    """Bind some variables of answers that are too many to be held in memory.

    Answers are functions of the columns they lie in, so rows that agree in all of these are
    answered alike. The engine groups by them, counts, and sums base weights; what comes back is
    bound as if each combination were a case. It costs as much as there are combinations.

    Parameters
    ----------
    source : frame
        Of any kind that narwhals knows: lazy ones of Polars, DuckDB or Spark are asked once, and
        no row is fetched.
    questionnaire : Questionnaire
        What was asked.
    design : SampleDesign, optional
        How the sample was drawn.
    names : iterable of str
        The variables to be used together: questions, derived variables, items of grids. Those
        that they are made from, and those that say of whom they were asked, come along.
    wave : str, optional
        Name of the wave.

    Returns
    -------
    Responses
        Of these variables; each of its rows stands for so many equal cases as its ``repeats``
        say. Findings count cases; their rows are those of combinations.

    Raises
    ------
    BindingError
        Where columns are missing, or there is no row or no frame.
    DesignError
        Where the design contradicts itself or the data, or a later stage adds to variances.
    UnknownNameError
        A name that is no variable of the questionnaire.
    """
    require_plain(wave)
    design = SampleDesign() if design is None else design
    require_consistent(design)
    wanted = needed(questionnaire, names)
    frame = lazily(source)
    lacking = column_problems(names_in(frame), questionnaire, wanted, design)
    if lacking:
        raise BindingError("the answers", lacking)
    clusters = clusters_in(frame, design)
    return tallied(Answers(frame, questionnaire, design, wave, clusters), wanted)


def tallied(
    answers: Answers,
    wanted: Collection[str],
    apart: Apart | None = None,
    *,
    most: int | None = None,
) -> Responses:
    """Bind variables, with all that they are made from.

    Parameters
    ----------
    answers : Answers
    wanted : collection of str
    apart : Apart, optional
        What is told apart of what stands in columns.
    most : int, optional
        How many combinations there may be.

    Raises
    ------
    BindingError
        Where there is no row.
    CombinationsError
        Where there are more combinations.
    DesignError
        Where the design contradicts itself or the data.
    """
    apart = Apart() if apart is None else apart
    frame, design = answers.frame, answers.design
    columns = raw_columns(answers.questionnaire, wanted, names_in(frame))
    designed = told_apart_by(design)
    if apart.by_base_weight and design.weight is not None:
        designed = (*designed, design.weight)
    by = list(dict.fromkeys([*columns, *designed]))
    numbers = tuple(apart.numbers)
    found = grouped_by(frame, by, design.weight, at_most=most, merged=apart.merged, numbers=numbers)
    if not len(found.frame):
        raise BindingError("the answers", [NO_ROWS])
    if numbers:
        found = pointed(found, numbers, apart.squared)
    return bound(
        found.frame,
        answers.questionnaire,
        design,
        found.weight,
        wave=answers.wave,
        among=wanted,
        repeats=replace(found.repeats, clusters=answers.clusters),
    )


def told_apart_by(design: SampleDesign) -> tuple[str, ...]:
    """Return the columns of a design by which combinations are told apart.

    Not the clusters: nearly every case would be a combination of its own. Nor later stages, which
    are within them.
    """
    first = per_stage(design)[0]
    named = (first.stratum, first.fpc, design.disposition, design.similarity)
    return tuple(name for name in named if name is not None)


def require_consistent(design: SampleDesign) -> None:
    """Raise DesignError where a design contradicts itself."""
    problems = design_problems(design)
    if problems:
        raise DesignError("the sample design", problems)
