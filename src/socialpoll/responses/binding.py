"""Binding a frame of answers to its questionnaire and sample design."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from socialpoll.errors import BindingError, DesignError, Problem, nearest
from socialpoll.responses.answered import state_of
from socialpoll.responses.cases import base_weights_in, became_in, facts_of
from socialpoll.responses.choices import read_choices
from socialpoll.responses.columns import Clock, Column, Days, Numeric, Ticks, Words
from socialpoll.responses.constraining import constrain
from socialpoll.responses.days import read_days
from socialpoll.responses.deriving import derive
from socialpoll.responses.design import SampleDesign, design_columns, design_problems
from socialpoll.responses.digesting import digest_of
from socialpoll.responses.distinct import frozen
from socialpoll.responses.findings import Finding, findings_frame, flagged_by
from socialpoll.responses.measures import read_measures
from socialpoll.responses.responses import Responses
from socialpoll.responses.routing import route
from socialpoll.responses.staging import stages_of
from socialpoll.responses.ticks import option_columns, read_ticks
from socialpoll.responses.times import read_times
from socialpoll.responses.verbatim import read_words
from socialpoll.schema import Date, FreeText, Methodology, Multiple, Scale, Single, TimeOfDay
from socialpoll.schema.keys import PLAIN_RULE, is_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from socialpoll.responses.columns import Truths
    from socialpoll.schema import OneAnswer, Questionnaire

__all__ = ["bind"]

MANY = 50_000
"""Rows from which on threads are worth their start."""
AT_ONCE = 4
"""Questions that are read at a time."""


def bind(
    frame: pd.DataFrame,
    questionnaire: Questionnaire,
    design: SampleDesign | None = None,
    *,
    wave: str | None = None,
) -> Responses:
    """Bind answers to what was asked and to how the sample was drawn.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a sampled case, in any types; it is not changed. Columns that neither questionnaire
        nor design names are left alone.
    questionnaire : Questionnaire
        What was asked.
    design : SampleDesign, optional
        How the sample was drawn. Where absent, every row is an interview of weight 1.
    wave : str, optional
        Name of the wave, such as ``"2019-03"``.

    Returns
    -------
    Responses
        Coded once, read-only. What does not fit the questionnaire is in ``findings``, not raised.

    Raises
    ------
    BindingError
        Where columns are missing or there twice, or there is no row or no frame.
    DesignError
        Where the design contradicts itself or the data.

    See Also
    --------
    Questionnaire.infer : A questionnaire from the frame itself.

    check : More findings about answers.

    rake : What comes next.
    """
    design = SampleDesign() if design is None else design
    if wave is not None and not is_plain(wave):
        what = "the name of the wave is not plain"
        raise BindingError("the wave", [Problem(what, "wave", repr(wave), PLAIN_RULE)])
    _require_frame(frame)
    _require_columns(frame, questionnaire, design)
    problems = design_problems(design)
    staged = stages_of(frame, design, problems)
    base_weight = base_weights_in(frame, design, problems)
    became = became_in(frame, design, problems)
    if problems:
        raise DesignError("the sample design", problems)
    columns, findings = _read_all(frame, questionnaire, became.interviewed)
    methodology = Methodology(declared=questionnaire.methodology)
    return Responses(
        questionnaire=questionnaire,
        design=design,
        columns=columns,
        stages=staged.stages,
        strata_labels=staged.strata_labels,
        base_weight=base_weight,
        interviewed=became.interviewed,
        findings=findings_frame(findings),
        methodology=methodology.adding(*facts_of(design, staged, became, wave)),
        digest=digest_of(
            {"questionnaire": questionnaire.digest, "wave": wave},
            design,
            columns,
            staged.stages,
            {"base_weight": base_weight, **became.arrays},
        ),
        wave=wave,
        unit_labels=staged.unit_labels,
        outcome=became.outcome,
        flagged=flagged_by(findings),
    )


def _require_frame(frame: object) -> None:
    import pandas as pd

    if isinstance(frame, pd.DataFrame):
        return
    found, allowed = type(frame).__name__, "a pandas DataFrame"
    problem = Problem("this is no frame of answers", found=found, allowed=allowed)
    raise BindingError("the answers", [problem])


def _require_columns(
    frame: pd.DataFrame, questionnaire: Questionnaire, design: SampleDesign
) -> None:
    """Raise where a column that is needed is not there, or is there twice."""
    needed = [
        (f"question {question.name!r}", name)
        for question in questionnaire.asked
        for name in _columns_of(question)
    ]
    needed += [(f"design, {field}", name) for field, name in design_columns(design)]
    known = list(dict.fromkeys(frame.columns))
    times = frame.columns.value_counts().to_dict()
    problems = [
        Problem(f"there is no column {name!r}", where, allowed=nearest(name, known))
        for where, name in needed
        if name not in times
    ]
    problems += [
        Problem(
            f"column {name!r} is there {times[name]} times",
            where,
            advice="keep the one that holds the answers",
        )
        for where, name in needed
        if times.get(name, 1) > 1
    ]
    if not len(frame):
        problems.append(
            Problem(
                "there is not one row of answers",
                found="0 rows",
                advice="look at the file, and at any filter that came before",
            )
        )
    if problems:
        raise BindingError("the answers", problems)


def _columns_of(question: OneAnswer) -> tuple[str, ...]:
    if isinstance(question, Multiple) and question.layout == "columns":
        return option_columns(question)
    return (question.column or question.name,)


def _read_all(
    frame: pd.DataFrame, questionnaire: Questionnaire, interviewed: Truths
) -> tuple[dict[str, Column], list[Finding]]:
    """Read every question in the order it was asked, and after each what is derived from it."""
    columns: dict[str, Column] = {}
    findings: list[Finding] = []
    for question, (column, found) in zip(
        questionnaire.asked, _each_read(frame, questionnaire.asked), strict=True
    ):
        findings += found
        findings += route(question, column, columns, interviewed)
        columns[question.name] = _frozen(column)
        for derived in questionnaire.derived:
            if derived.of == question.name:
                made, noticed = derive(derived, question, column)
                findings += noticed
                columns[derived.name] = _frozen(made)
    for constraint in questionnaire.constraints:
        findings += constrain(constraint, columns)
    return {name: columns[name] for name in questionnaire.names}, findings


def _each_read(
    frame: pd.DataFrame, questions: Sequence[OneAnswer]
) -> Iterable[tuple[Column, list[Finding]]]:
    """Read questions in order; of many rows several at a time, as no answer depends on another."""
    if len(frame) < MANY:
        return [_read(frame, question) for question in questions]
    with ThreadPoolExecutor(min(len(questions), os.cpu_count() or 1, AT_ONCE) or 1) as pool:
        return list(pool.map(partial(_read, frame), questions))


def _read(frame: pd.DataFrame, question: OneAnswer) -> tuple[Column, list[Finding]]:
    match question:
        case Single() | Scale():
            return read_choices(frame, question)
        case Multiple():
            return read_ticks(frame, question)
        case TimeOfDay():
            return read_times(frame, question)
        case FreeText():
            return read_words(frame, question)
        case Date():
            return read_days(frame, question)
        case _:
            return read_measures(frame, question)


def _frozen(column: Column) -> Column:
    frozen(state_of(column))
    match column:
        case Clock(minutes=array) | Numeric(values=array) | Days(day=array) | Words(words=array):
            frozen(array)
        case Ticks(ticked=ticked):
            frozen(ticked)
    return column
