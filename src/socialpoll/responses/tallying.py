"""Binding answers that lie elsewhere: their distinct combinations stand for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from socialpoll.errors import BindingError, DesignError, Problem
from socialpoll.responses.binding import NO_ROWS, bound, column_problems, require_plain
from socialpoll.responses.design import SampleDesign, design_columns, design_problems
from socialpoll.responses.grouping import grouped_by, lazily
from socialpoll.responses.needing import needed, raw_columns

if TYPE_CHECKING:
    from socialpoll.responses.responses import Responses
    from socialpoll.schema import Questionnaire

__all__ = ["tally"]


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
        How the sample was drawn, without clusters.
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
        Where the design contradicts itself or the data, or has clusters.
    UnknownNameError
        A name that is no variable of the questionnaire.
    """
    require_plain(wave)
    design = SampleDesign() if design is None else design
    problems = design_problems(design)
    if design.clusters is not None:
        what, allowed = "combinations of answers do not tell clusters apart", "no clusters"
        problems.append(Problem(what, "clusters", repr(design.clusters), allowed))
    if problems:
        raise DesignError("the sample design", problems)
    wanted = needed(questionnaire, names)
    frame = lazily(source)
    there = frame.collect_schema().names()
    lacking = column_problems(there, questionnaire, wanted, design)
    if lacking:
        raise BindingError("the answers", lacking)
    columns = raw_columns(questionnaire, wanted, there)
    designed = (name for field, name in design_columns(design) if field != "weight")
    found = grouped_by(frame, list(dict.fromkeys([*columns, *designed])), design.weight)
    if not len(found.frame):
        raise BindingError("the answers", [NO_ROWS])
    return bound(
        found.frame,
        questionnaire,
        design,
        found.weight,
        wave=wave,
        among=wanted,
        repeats=found.repeats,
    )
