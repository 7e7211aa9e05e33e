"""Binding a frame of answers to its questionnaire and sample design."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from socialpoll.errors import BindingError, DesignError, Problem, nearest
from socialpoll.responses.cases import base_weights_in, became_in, facts_of, weight_problems
from socialpoll.responses.counting import counting_of
from socialpoll.responses.design import SampleDesign, design_columns, design_problems
from socialpoll.responses.digesting import digest_of
from socialpoll.responses.distinct import frozen
from socialpoll.responses.findings import findings_frame, flagged_by
from socialpoll.responses.needing import columns_of
from socialpoll.responses.reading import read_answers
from socialpoll.responses.responses import Responses
from socialpoll.responses.staging import stages_of
from socialpoll.schema import Methodology
from socialpoll.schema.keys import PLAIN_RULE, is_plain

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from socialpoll.responses.counting import Repeats
    from socialpoll.schema import Questionnaire

__all__ = ["NO_ROWS", "bind", "bound", "column_problems", "require_plain"]

NO_ROWS = Problem(
    "there is not one row of answers",
    found="0 rows",
    advice="look at the file, and at any filter that came before",
)


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
    require_plain(wave)
    _require_frame(frame)
    problems = column_problems(frame.columns, questionnaire, questionnaire.names, design)
    if not len(frame):
        problems.append(NO_ROWS)
    if problems:
        raise BindingError("the answers", problems)
    return bound(frame, questionnaire, design, base_weights_in(frame, design), wave=wave)


def bound(
    frame: pd.DataFrame,
    questionnaire: Questionnaire,
    design: SampleDesign,
    base_weight: npt.NDArray[np.float64],
    *,
    wave: str | None = None,
    among: Collection[str] | None = None,
    repeats: Repeats | None = None,
) -> Responses:
    """Bind rows that are cases, or that stand for several equal ones each.

    Parameters
    ----------
    frame : pandas.DataFrame
        With all columns that are needed.
    questionnaire : Questionnaire
    design : SampleDesign
    base_weight : float64 array (n,)
        Of each row, or the sum of those of the cases it stands for; NaN where there is none.
    wave : str, optional
    among : collection of str, optional
        The variables to read, with all that they are made from; every one where absent.
    repeats : Repeats, optional
        How many cases each row stands for; one where absent.

    Returns
    -------
    Responses

    Raises
    ------
    DesignError
        Where the design contradicts itself or the data.
    """
    counting = counting_of(repeats)
    clusters = None if repeats is None else repeats.clusters
    problems = design_problems(design)
    staged = stages_of(frame, design, problems, counting, clusters)
    problems += weight_problems(base_weight, design, counting)
    became = became_in(frame, design, problems, counting)
    if problems:
        raise DesignError("the sample design", problems)
    frozen(base_weight)
    columns, found = read_answers(frame, questionnaire, became.interviewed, among)
    if repeats is not None and repeats.points is not None:
        columns = repeats.points.put(columns)
    findings = found if repeats is None else [one.counted(counting) for one in found]
    methodology = Methodology(declared=questionnaire.methodology)
    arrays: dict[str, npt.NDArray[Any]] = {"base_weight": base_weight, **became.arrays}
    if repeats is not None:
        frozen(repeats.times, repeats.dispersion, repeats.least, repeats.most)
        arrays |= {"times": repeats.times, "dispersion": repeats.dispersion}
    if staged.clusters is not None:
        arrays["clusters"] = staged.clusters
    return Responses(
        questionnaire=questionnaire,
        design=design,
        columns=columns,
        stages=staged.stages,
        strata_labels=staged.strata_labels,
        base_weight=base_weight,
        interviewed=became.interviewed,
        findings=findings_frame(findings),
        methodology=methodology.adding(*facts_of(design, staged, became, wave, counting)),
        digest=digest_of(
            {"questionnaire": questionnaire.digest, "wave": wave},
            design,
            columns,
            staged.stages,
            arrays,
        ),
        wave=wave,
        unit_labels=staged.unit_labels,
        outcome=became.outcome,
        flagged=flagged_by(findings),
        repeats=repeats,
    )


def require_plain(wave: str | None) -> None:
    """Raise BindingError where the name of a wave is not plain."""
    if wave is not None and not is_plain(wave):
        what = "the name of the wave is not plain"
        raise BindingError("the wave", [Problem(what, "wave", repr(wave), PLAIN_RULE)])


def _require_frame(frame: object) -> None:
    import pandas as pd

    if isinstance(frame, pd.DataFrame):
        return
    found, allowed = type(frame).__name__, "a pandas DataFrame"
    problem = Problem("this is no frame of answers", found=found, allowed=allowed)
    raise BindingError("the answers", [problem])


def column_problems(
    known: Iterable[Hashable],
    questionnaire: Questionnaire,
    among: Collection[str],
    design: SampleDesign,
) -> list[Problem]:
    """Tell of columns that are needed and are not there, or are there twice.

    Parameters
    ----------
    known : iterable of hashable
        Names of the columns that there are.
    questionnaire : Questionnaire
    among : collection of str
        Names of the questions that are to be read.
    design : SampleDesign

    Returns
    -------
    list of Problem
    """
    needed = [
        (f"question {question.name!r}", name)
        for question in questionnaire.asked
        if question.name in among
        for name in columns_of(question)
    ]
    needed += [(f"design, {field}", name) for field, name in design_columns(design)]
    times = Counter(known)
    problems = [
        Problem(f"there is no column {name!r}", where, allowed=nearest(name, list(times)))
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
        if times[name] > 1
    ]
    return problems
