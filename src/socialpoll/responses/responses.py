"""Answers as coded, read-only cases bound to their questionnaire and design."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from socialpoll.errors import Problem, UncleanError, UnknownNameError, nearest
from socialpoll.responses.columns import Column
from socialpoll.responses.counting import Repeats
from socialpoll.responses.design import SampleDesign
from socialpoll.responses.framing import answers_frame
from socialpoll.schema import Methodology, Questionnaire

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

__all__ = ["DesignStage", "Responses", "require_clean"]


@dataclass(frozen=True, eq=False)
class DesignStage:
    """The coded columns of one stage of the design.

    Attributes
    ----------
    stratum : int32 array (n,)
        Numbered from 0; strata of later stages are counted within the units of the stage above.
    unit : int32 array (n,)
        Sampling unit, numbered from 0 over the whole stage; one cluster number in two strata is two
        units.
    fraction : float64 array (n,) or None
        Sampling fraction of the case's stratum; None without fpc.
    similar : float64 array (strata,) or None
        First stage only: place of each stratum on the scale by which lonely strata are joined.
    wave : int32 array (n,) or None
        Wave of the case, numbered from 0, where several are stacked.
    """

    stratum: npt.NDArray[np.int32]
    unit: npt.NDArray[np.int32]
    fraction: npt.NDArray[np.float64] | None
    similar: npt.NDArray[np.float64] | None = None
    wave: npt.NDArray[np.int32] | None = None


@dataclass(frozen=True, eq=False)
class Responses:
    """Sampled cases with their answers.

    Attributes
    ----------
    questionnaire : Questionnaire
    design : SampleDesign
    columns : mapping of str to Column
        Every question and derived variable.
    stages : tuple of DesignStage
        At least one; without clusters and strata a single stratum of cases.
    strata_labels : tuple of str
        Of the first stage's strata, by number.
    base_weight : float64 array (n,)
        Positive or zero.
    interviewed : bool array (n,)
        False for sampled cases without an interview.
    findings : pandas.DataFrame
        severity, row, question, value, count, what, advice, rule; one row a finding.
    methodology : Methodology
    digest : str
        SHA-256 of answers, questionnaire and design; part of ``weights_id``.
    wave : str or None
        Name of the wave the cases belong to.
    unit_labels : tuple of str
        Of the first stage's clusters, by number; empty where the cases themselves are sampled.
    outcome : int8 array (n,) or None
        What became of each sampled case: position in ``OUTCOMES`` of
        :mod:`socialpoll.responses.dispositions`; None where the design declares no outcomes.
    flagged : mapping of str to bool array (n,)
        By rule: the cases that its findings concern.
    repeats : Repeats or None
        Where rows are combinations of answers: how many equal cases each stands for, and then
        ``base_weight`` holds the sums of theirs. None where every row is a case.
    """

    questionnaire: Questionnaire
    design: SampleDesign
    columns: Mapping[str, Column]
    stages: tuple[DesignStage, ...]
    strata_labels: tuple[str, ...]
    base_weight: npt.NDArray[np.float64]
    interviewed: npt.NDArray[np.bool_]
    findings: pd.DataFrame
    methodology: Methodology
    digest: str
    wave: str | None = None
    unit_labels: tuple[str, ...] = ()
    outcome: npt.NDArray[np.int8] | None = None
    flagged: Mapping[str, npt.NDArray[np.bool_]] = field(default_factory=dict)
    repeats: Repeats | None = None

    def __len__(self) -> int:
        return int(self.base_weight.shape[0])

    def __repr__(self) -> str:
        wave = f" of wave {self.wave!r}" if self.wave is not None else ""
        cases = f"{len(self)} cases"
        if self.repeats is not None:
            cases = f"{len(self)} combinations of answers of {self.repeats.times.sum()} cases"
        return f"<Responses of {cases}{wave}, variables: {len(self.columns)}>"

    def __getitem__(self, name: str) -> Column:
        """Return the answers to the variable of that name; UnknownNameError where there is none."""
        if name not in self.columns:
            raise UnknownNameError(
                f"there is no question or derived variable {name!r}",
                found=repr(name),
                allowed=nearest(name, self.columns),
            )
        return self.columns[name]

    @property
    def frame(self) -> pd.DataFrame:
        """A copy of the answers as codes, one column a variable.

        A multiple-response question has a 0/1 column an option, named ``{name}_{code}``; a time of
        day is written ``HH:MM``. Typed missing codes stand as their codes; what is blank, was not
        asked or could not be read is NA.
        """
        return answers_frame(self.columns, len(self))

    def require_clean(self) -> Responses:
        """Return these responses, if nothing in them is wrong.

        Returns
        -------
        Responses
            Itself.

        Raises
        ------
        UncleanError
            Where any finding is of severity ``error``; all of them are among its problems.
        """
        require_clean(self.findings)
        return self


def require_clean(findings: pd.DataFrame) -> None:
    """Raise UncleanError with every finding of severity ``error``, if there is any."""
    errors = findings[findings["severity"] == "error"]
    if len(errors):
        raise UncleanError("the answers", [_problem(one) for one in errors.to_dict("records")])


def _rows(count: int, first: int | None) -> str:
    """Say in how many rows, and where first; answers that lie elsewhere have no places."""
    if first is None:
        return f"{count} row(s)"
    return f"{count} rows, first row {first}" if count > 1 else f"row {first}"


def _problem(finding: dict[Hashable, Any]) -> Problem:
    rows = _rows(finding["count"], finding.get("row"))
    return Problem(
        what=finding["what"],
        where=f"question {finding['question']!r}, {rows}" if finding["question"] else rows,
        found=repr(finding["value"]) if finding["value"] else "",
        advice=finding["advice"],
    )
