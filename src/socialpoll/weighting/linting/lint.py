"""Everything that is wrong, or will be, with a recipe: told before anything is solved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, TargetError
from socialpoll.responses import Responses, Scan
from socialpoll.weighting.attaching import outlined
from socialpoll.weighting.checking import Examined, examined
from socialpoll.weighting.declared import Adjusting
from socialpoll.weighting.findings import Severity, WeightingFinding, findings_frame
from socialpoll.weighting.linting.forewarning import forewarnings
from socialpoll.weighting.linting.proposals import Proposal, proposals_frame
from socialpoll.weighting.recipe import Recipe

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Lint", "lint", "problems_of"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Lint:
    """What there is to say of a recipe before it is run.

    Attributes
    ----------
    problems : tuple of (int, Problem)
        What is wrong, each with its step, counted from 1.
    findings : tuple of WeightingFinding
        The same as errors, and beside them warnings and notes.
    proposals : tuple of Proposal
        Merges that would help, the best first within each step.
    """

    problems: tuple[tuple[int, Problem], ...]
    findings: tuple[WeightingFinding, ...]
    proposals: tuple[Proposal, ...]

    def __repr__(self) -> str:
        count = dict.fromkeys(get_args(Severity), 0)
        for finding in self.findings:
            count[finding.severity] += 1
        words = ", ".join(
            f"{number} {one}{'' if number == 1 else 's'}" for one, number in count.items()
        )
        merges = {(one.step, one.variable, one.codes) for one in self.proposals}
        return f"<Lint: {words}, {len(merges)} merge{'' if len(merges) == 1 else 's'} proposed>"

    @property
    def frame(self) -> pd.DataFrame:
        """Findings: severity, step, margin, level, value, what, advice; the worst first."""
        return findings_frame(self.findings)

    @property
    def merges(self) -> pd.DataFrame:
        """Merges of two levels that would help, the best first within each step.

        Columns step, margin, variable, codes (joined by ``|``), level (what they become), n
        (interviews in it), deff_before and deff_after (1 + CV² of the weights after the step),
        saves (the difference; infinite where the step cannot be done without a merge),
        unreachable (levels of the step that even then cannot be reached) and recipe: what to
        write in the margin. A variable of several margins is merged in all of them: a row for
        each, and what is foretold is of all. Nothing is merged that the recipe does not say.
        """
        return proposals_frame(self.proposals)

    def raise_if_errors(self) -> None:
        """Raise TargetError with every problem of every step, if there is any."""
        if self.problems:
            raise TargetError("the recipe", [one for _, one in self.problems])


def lint(responses: Responses | Scan, recipe: Recipe) -> Lint:
    """Look for everything that is wrong with the margins of a recipe, without running it.

    Parameters
    ----------
    responses : Responses or Scan
    recipe : Recipe
        Steps that rake, post-stratify or calibrate to margins are looked at. The weights that
        enter any but the first step are not known before those before it are run: base weights
        stand for them, scaled to the persons of the margins before, and a note says so.

    Returns
    -------
    Lint

    Examples
    --------
    >>> import pandas as pd
    >>> import socialpoll as sp
    >>> answers = pd.DataFrame({"sex": ["male"] * 60 + ["female"] * 40})
    >>> responses = sp.bind(answers, sp.Questionnaire.infer(answers))
    >>> step = sp.PostStratify("sex", {"male": 0.5, "femal": 0.5})
    >>> for number, problem in lint(responses, sp.Recipe((step,))).problems:
    ...     print(number, problem.what)
    1 a target for a code that 'sex' does not have
    1 respondents of levels that have no target
    """
    if isinstance(responses, Scan):
        responses = outlined(responses, recipe)
    problems: list[tuple[int, Problem]] = []
    findings: list[WeightingFinding] = []
    proposals: list[Proposal] = []
    for number, step in _examined(responses, recipe):
        problems += [(number, one) for _, one in step.problems]
        findings += [_as_finding(number, margin, one) for margin, one in step.problems]
        findings += step.benchmarks.findings if step.problems else step.controls(number).findings
        findings += forewarnings(step, number)
        proposals += step.proposals.ranked
        if number > 1:
            findings.append(_approximate(number))
    return Lint(tuple(problems), tuple(findings), tuple(proposals))


def problems_of(responses: Responses, recipe: Recipe) -> list[tuple[int, Problem]]:
    """Return what is wrong with the margins of a recipe, each with its step, counted from 1.

    As :func:`lint`, without foretelling anything: cheap enough to come before every run.
    """
    return [
        (number, one) for number, step in _examined(responses, recipe) for _, one in step.problems
    ]


def _examined(responses: Responses, recipe: Recipe) -> Iterator[tuple[int, Examined]]:
    """Lay out each step that has margins to reach, on base weights."""
    weights = np.where(responses.interviewed, responses.base_weight, 0.0)
    for number, step in enumerate(recipe.steps, start=1):
        if not isinstance(step, Adjusting) or not step.margins:
            continue
        found = examined(responses, step, number, weights)
        yield number, found
        total = float(weights.sum())
        if total > 0 and not found.problems:
            weights = weights * (found.benchmarks.total / total)


def _as_finding(number: int, margin: str, problem: Problem) -> WeightingFinding:
    allowed = f"allowed: {problem.allowed}; " if problem.allowed else ""
    return WeightingFinding(
        severity="error",
        step=number,
        margin=margin,
        value=problem.found,
        what=problem.what,
        advice=f"{allowed}{problem.advice}".removesuffix("; "),
    )


def _approximate(number: int) -> WeightingFinding:
    return WeightingFinding(
        severity="note",
        step=number,
        margin="",
        value="base weights",
        what="this step was looked at with base weights, for those that enter it are not known "
        "before the steps before it are run",
        advice="what is foretold of it is approximate; look at the weights' diagnostics afterwards",
    )
