"""What is known of the sampled cases beside their answers: base weights and dispositions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, nearest
from socialpoll.responses.design import per_stage
from socialpoll.responses.distinct import frozen
from socialpoll.responses.levels import levels_in, numbers_in
from socialpoll.schema import Fact
from socialpoll.schema.keys import key_of

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.responses.design import SampleDesign
    from socialpoll.responses.staging import Staged

__all__ = ["base_weights_in", "facts_of", "interviews_in"]

Truths = npt.NDArray[np.bool_]


def base_weights_in(
    frame: pd.DataFrame, design: SampleDesign, problems: list[Problem]
) -> npt.NDArray[np.float64]:
    """Return the base weight of every case; zero is allowed, but not for all of them."""
    if design.weight is None:
        weight = np.ones(len(frame))
    else:
        weight = numbers_in(frame[design.weight])
        where = f"weight = {design.weight!r}"
        wrong = (
            (np.isnan(weight), "no base weight, or one that is no number"),
            (weight < 0, "a base weight below 0"),
            (np.isinf(weight), "an infinite base weight"),
        )
        problems += [
            Problem(
                f"{np.count_nonzero(rows)} row(s) have {what}",
                where,
                f"first in row {np.argmax(rows)}",
                advice="give every sampled case its design weight; 0 is allowed",
            )
            for rows, what in wrong
            if rows.any()
        ]
        if len(weight) and not weight.any():
            problems.append(Problem("every base weight is 0", where))
    frozen(weight)
    return weight


def interviews_in(frame: pd.DataFrame, design: SampleDesign, problems: list[Problem]) -> Truths:
    """Say which sampled cases gave an interview; all of them without dispositions."""
    if design.disposition is None:
        interviewed = np.ones(len(frame), dtype=np.bool_)
    else:
        found = levels_in(frame[design.disposition])
        where = f"disposition = {design.disposition!r}"
        if found.blank.any():
            what = f"{np.count_nonzero(found.blank)} row(s) have no disposition"
            problems.append(Problem(what, where, f"a blank, first in row {np.argmax(found.blank)}"))
        wanted = {str(key_of(one, "string")) for one in design.interviewed}
        table = np.array([*(label in wanted for label in found.labels), False])
        interviewed = table[found.of_row]
        if wanted and not interviewed.any():
            shown = ", ".join(map(repr, design.interviewed))
            allowed = nearest(design.interviewed[0], found.labels)
            problems.append(Problem("no case is an interview", where, shown, allowed))
    frozen(interviewed)
    return interviewed


def facts_of(
    frame: pd.DataFrame,
    design: SampleDesign,
    staged: Staged,
    interviewed: Truths,
    wave: str | None,
) -> tuple[Fact, Fact]:
    """Return what the methodology is to say of the cases and of the design.

    Returns
    -------
    tuple of Fact
        ``("responses", "cases")``: cases, interviews, wave; dispositions and their counts, the
        latter as words. ``("responses", "design")``: sampling, stages, strata, units of the first
        stage, and the columns and policies that the design names.
    """
    dispositions: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    if design.disposition is not None:
        found = levels_in(frame[design.disposition])
        dispositions = found.labels
        counts = tuple(map(str, np.bincount(found.of_row, minlength=len(found.labels)).tolist()))
    cases = {
        "cases": len(frame),
        "interviews": int(np.count_nonzero(interviewed)),
        "wave": wave,
        "dispositions": dispositions,
        "disposition_counts": counts,
    }
    columns = per_stage(design)
    first = staged.stages[0]
    made = {
        "sampling": design.sampling,
        "stages": len(staged.stages),
        "stratified": columns[0].stratum is not None,
        "strata": len(staged.strata_labels),
        "strata_columns": tuple(one.stratum for one in columns if one.stratum is not None),
        "clustered": columns[0].cluster is not None,
        "units": int(first.unit.max(initial=-1)) + 1,
        "cluster_columns": tuple(one.cluster for one in columns if one.cluster is not None),
        "fpc": design.fpc_as,
        "lonely": design.lonely,
        "similarity": design.similarity,
        "weight": design.weight,
    }
    return Fact("responses", "cases", cases), Fact("responses", "design", made)
