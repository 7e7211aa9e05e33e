"""What is known of the sampled cases beside their answers: base weights and dispositions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, nearest
from socialpoll.responses.counting import ONE_EACH, Counting
from socialpoll.responses.design import per_stage
from socialpoll.responses.dispositions import (
    INTERVIEWS,
    OUTCOMES,
    outcome_of,
    undeclared,
    well_formed,
)
from socialpoll.responses.distinct import frozen
from socialpoll.responses.levels import Codes, Levels, levels_in, numbers_in
from socialpoll.schema import Fact
from socialpoll.schema.keys import key_of

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.responses.design import SampleDesign
    from socialpoll.responses.staging import Staged

__all__ = ["Became", "base_weights_in", "became_in", "facts_of", "weight_problems"]

Truths = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int8]


class Became(NamedTuple):
    """What became of the sampled cases.

    Attributes
    ----------
    dispositions : Levels or None
        As they were read.
    interviewed : bool array (n,)
    outcome : int8 array (n,) or None
        Position in ``OUTCOMES``; None where no outcomes are declared.
    """

    dispositions: Levels | None
    interviewed: Truths
    outcome: Numbers | None

    @property
    def arrays(self) -> dict[str, Truths | Numbers]:
        """The arrays that there are, by name."""
        arrays: dict[str, Truths | Numbers] = {"interviewed": self.interviewed}
        return arrays if self.outcome is None else {**arrays, "outcome": self.outcome}


def base_weights_in(frame: pd.DataFrame, design: SampleDesign) -> npt.NDArray[np.float64]:
    """Return the base weight of every case; NaN where there is none."""
    if design.weight is None:
        return np.ones(len(frame))
    return numbers_in(frame[design.weight])


def weight_problems(
    weight: npt.NDArray[np.float64], design: SampleDesign, counting: Counting
) -> Iterator[Problem]:
    """Tell what is wrong with base weights; zero is allowed, but not for all cases."""
    where = f"weight = {design.weight!r}"
    wrong = (
        (np.isnan(weight), "no base weight, or one that is no number"),
        (weight < 0, "a base weight below 0"),
        (np.isinf(weight), "an infinite base weight"),
    )
    for rows, what in wrong:
        if rows.any():
            yield Problem(
                f"{counting.number(rows)} row(s) have {what}",
                where,
                counting.told(rows),
                advice="give every sampled case its design weight; 0 is allowed",
            )
    if len(weight) and not weight.any():
        yield Problem("every base weight is 0", where)


def became_in(
    frame: pd.DataFrame, design: SampleDesign, problems: list[Problem], counting: Counting
) -> Became:
    """Read what became of every sampled case; all of them are interviews without dispositions."""
    if design.disposition is None:
        interviewed = np.ones(len(frame), dtype=np.bool_)
        frozen(interviewed)
        return Became(None, interviewed, None)
    found = levels_in(frame[design.disposition])
    if found.blank.any():
        what = f"{counting.number(found.blank)} row(s) have no disposition"
        where = f"disposition = {design.disposition!r}"
        problems.append(Problem(what, where, counting.told(found.blank, "a blank")))
    outcome = _outcome(found, design, problems, counting)
    interviewed = _interviewed(found, outcome, design, problems)
    frozen(interviewed)
    return Became(found, interviewed, outcome)


def _outcome(
    found: Levels, design: SampleDesign, problems: list[Problem], counting: Counting
) -> Numbers | None:
    outcomes = design.declared_outcomes
    if not outcomes or not well_formed(outcomes):
        return None
    made = [outcome_of(label, outcomes) for label in found.labels]
    # Rows without a disposition are counted in a place of their own, the first.
    counts = counting.by_place(found.of_row + 1, len(found.labels) + 1)[1:]
    problems += [
        undeclared(label, outcomes, f"disposition = {design.disposition!r}", f"{count} case(s)")
        for label, one, count in zip(found.labels, made, counts.tolist(), strict=True)
        if one is None
    ]
    places = [OUTCOMES.index(one) if one in OUTCOMES else -1 for one in made]
    outcome = np.array([*places, -1], dtype=np.int8)[found.of_row]
    frozen(outcome)
    return outcome


def _interviewed(
    found: Levels, outcome: Numbers | None, design: SampleDesign, problems: list[Problem]
) -> Truths:
    if design.interviewed:
        wanted = {str(key_of(one, "string")) for one in design.interviewed}
        table = np.array([*(label in wanted for label in found.labels), False])
        interviewed = table[found.of_row]
    elif outcome is not None:
        interviewed = (outcome >= 0) & (outcome < len(INTERVIEWS))
    else:
        return np.zeros(len(found.of_row), dtype=np.bool_)
    if not interviewed.any():
        named = design.interviewed or INTERVIEWS
        where = f"disposition = {design.disposition!r}"
        shown = ", ".join(map(repr, named))
        problems.append(
            Problem("no case is an interview", where, shown, nearest(named[0], found.labels))
        )
    return interviewed


def facts_of(
    design: SampleDesign,
    staged: Staged,
    became: Became,
    wave: str | None,
    counting: Counting = ONE_EACH,
) -> tuple[Fact, Fact]:
    """Return what the methodology is to say of the cases and of the design.

    Returns
    -------
    tuple of Fact
        ``("responses", "cases")``: cases, interviews, wave; dispositions, and outcomes where they
        are declared, with their counts as words. ``("responses", "design")``: sampling, stages,
        strata, units of the first stage, and the columns and policies that the design names.
    """
    found, outcome = became.dispositions, became.outcome
    number = counting.number(np.ones_like(became.interviewed))

    def counts(places: Numbers | Codes, size: int) -> tuple[str, ...]:
        return tuple(map(str, counting.by_place(places, size).tolist()))

    cases = {
        "cases": number,
        "interviews": counting.number(became.interviewed),
        "wave": wave,
        "dispositions": () if found is None else found.labels,
        "disposition_counts": () if found is None else counts(found.of_row, len(found.labels)),
        "outcomes": () if outcome is None else OUTCOMES,
        "outcome_counts": () if outcome is None else counts(outcome, len(OUTCOMES)),
    }
    columns = per_stage(design)
    made = {
        "sampling": design.sampling,
        "stages": len(columns),
        "stratified": columns[0].stratum is not None,
        "strata": len(staged.strata_labels),
        "strata_columns": tuple(one.stratum for one in columns if one.stratum is not None),
        "clustered": columns[0].cluster is not None,
        "units": _first_stage_units(staged, counting),
        "cluster_columns": tuple(one.cluster for one in columns if one.cluster is not None),
        "fpc": design.fpc_as,
        "lonely": design.lonely,
        "similarity": design.similarity,
        "weight": design.weight,
    }
    return Fact("responses", "cases", cases), Fact("responses", "design", made)


def _first_stage_units(staged: Staged, counting: Counting) -> int:
    """Return how many clusters were sampled, or how many cases where there are none."""
    if staged.clusters is not None:
        return int(staged.clusters.sum())
    unit = staged.stages[0].unit
    if counting.times is not None:
        return int(counting.times.sum())
    return int(unit.max(initial=-1)) + 1
