"""Response, cooperation, refusal and contact rates of a sample."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.errors import DesignError, Problem, UnknownNameError, nearest
from socialpoll.responses.columns import Categorical
from socialpoll.responses.counting import counting_of
from socialpoll.responses.design import per_stage
from socialpoll.responses.dispositions import OUTCOMES
from socialpoll.responses.eligibility import EligibleShare, eligibility_of
from socialpoll.responses.outcome_rates import RATES
from socialpoll.responses.rate_lines import EVERYBODY, Cell, cells_of, count_lines, rate_lines
from socialpoll.responses.responses import Responses
from socialpoll.responses.scans.scanning import Scan
from socialpoll.schema import Fact, FactValue

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ResponseRates", "response_rates"]

Floats = npt.NDArray[np.float64]
SUBJECT = "the response rates"


@dataclass(frozen=True, eq=False, repr=False)
class ResponseRates:
    """The outcome rates of a sample.

    ``rates["RR3"]`` is one rate of all cases, from 0 to 1; NaN where it cannot be had.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a frame, group and rate: ``frame``, ``breakdown`` and ``domain`` (``_T`` for all);
        ``rate``; ``value`` from 0 to 1; ``numerator`` and ``denominator`` in cases, or in sums of
        base weights; ``formula`` in the letters of AAPOR; ``e_household`` and ``e_other``, the e of
        the cases of outcome UH and UO, where the rate needs them, and ``e_from``: ``given`` or
        ``cases``; ``note``, why there is no value.
    counts : pandas.DataFrame
        What they are made of, one row a frame, group and outcome: ``frame``, ``breakdown``,
        ``domain``, ``outcome``, ``letter``, ``count`` in cases, or in sums of base weights.
    weighted : bool
        Whether cases count by their base weights.
    """

    frame: pd.DataFrame
    counts: pd.DataFrame
    weighted: bool

    def __repr__(self) -> str:
        return f"<ResponseRates RR1 {self['RR1']:.1%}, RR3 {self['RR3']:.1%}>"

    def __getitem__(self, rate: str) -> float:
        """Return a rate of all cases; UnknownNameError where AAPOR has none of that name."""
        if rate not in RATES:
            raise UnknownNameError(
                f"there is no outcome rate {rate!r}",
                found=repr(rate),
                allowed=nearest(rate, RATES),
            )
        return float(self._row(rate)["value"])

    def fact(self) -> Fact:
        """Return what the methodology is to say of them.

        Returns
        -------
        Fact
            ``("responses", "rates")``: every rate of all cases; ``e``, the part of all cases of
            unknown eligibility that is taken for eligible, and ``e_from``; ``unknown``, whether
            there are such cases; ``weighted``; ``frames``, the names of several. What cannot be had
            is None.
        """
        values: dict[str, FactValue] = {name: _plain(self[name]) for name in RATES}
        most, taken, least = (self._row(name)["denominator"] for name in ("RR1", "RR3", "RR5"))
        values["unknown"] = bool(most > least)
        values["e"] = _plain((taken - least) / (most - least)) if most > least else None
        values["e_from"] = str(self._row("RR3")["e_from"])
        values["weighted"] = self.weighted
        frames = self.frame["frame"].unique().tolist()
        values["frames"] = tuple(name for name in frames if name != EVERYBODY)
        return Fact("responses", "rates", values)

    def _row(self, rate: str) -> dict[str, Any]:
        whole = (self.frame["frame"] == EVERYBODY) & (self.frame["domain"] == EVERYBODY)
        row = self.frame[whole & (self.frame["rate"] == rate)].iloc[0]
        return {str(name): value for name, value in row.items()}


class _Parts(NamedTuple):
    """The cases in parts; ``of_case`` int64 array (n,) is the part of each."""

    of_case: npt.NDArray[np.int64]
    labels: tuple[str, ...]


def response_rates(
    responses: Responses | Scan,
    e: EligibleShare | Mapping[str, EligibleShare] | None = None,
    *,
    frames: str | None = None,
    by: str | None = None,
    weighted: bool = False,
) -> ResponseRates:
    """Compute the outcome rates of AAPOR, for all cases, frames and groups.

    Parameters
    ----------
    responses : Responses or Scan
        All sampled cases; the design declares ``outcomes``.
    e : number, pair of numbers, "cases", or a mapping of frame to these, optional
        Part of the cases of unknown eligibility that is taken for eligible, in RR3, RR4, REF2 and
        CON2. A pair has one for ``unknown_household`` and one for ``unknown_other``. ``"cases"``,
        also where absent: the part of eligible cases among those of known eligibility of the frame,
        (I + P + R + NC + O) / (I + P + R + NC + O + NE) (proportional allocation, CASRO 1982).
    frames : str, optional
        Column of the frame that each case was drawn from (landline, mobile, web): the design's
        first strata, or a variable with one answer that is there for every sampled case. Every
        frame has its own e; the rates of all cases are from the sums over frames of numerators and
        denominators.
    by : str, optional
        Such a column, of groups to have rates of their own. The e of a group is that of its frame.
    weighted : bool
        Count cases by their base weights, as where their chances of selection differ (AAPOR 2016,
        "Some complex designs").

    Returns
    -------
    ResponseRates

    Raises
    ------
    DesignError
        No outcomes are declared, e is no part, or a case has no frame or group.
    UnknownNameError
        There is no such variable.

    References
    ----------
    AAPOR (2016), *Standard Definitions*, 9th edition, "Calculating rates from response
    distributions", pp. 60-65; the same formulas in the 10th edition (2023).

    Examples
    --------
    >>> import pandas as pd
    >>> import socialpoll as sp
    >>> became = ["done"] * 6 + ["refused"] * 2 + ["no answer"] * 4 + ["no number"] * 2
    >>> answers = pd.DataFrame({"became": became, "vote": ["yes"] * 6 + [None] * 8})
    >>> outcomes = {
    ...     "done": "interview",
    ...     "refused": "refusal",
    ...     "no answer": "unknown_household",
    ...     "no number": "ineligible",
    ... }
    >>> asked = sp.Questionnaire.infer(answers, exclude=["became"])
    >>> design = sp.SampleDesign(disposition="became", outcomes=outcomes)
    >>> rates = sp.response_rates(sp.bind(answers, asked, design))
    >>> [round(rates[name], 4) for name in ("RR1", "RR3", "RR5", "COOP1")]
    [0.5, 0.5357, 0.75, 0.75]
    """
    if isinstance(responses, Scan):
        named = {frames, by}
        responses = responses.outline(one for one in responses.questionnaire.names if one in named)
    outcome = _outcome(responses)
    problems: list[Problem] = []
    of_frame = _parts(responses, frames, "frames", problems)
    of_group = _parts(responses, by, "by", problems)
    if isinstance(e, Mapping) and frames is None:
        what, advice = "e is given by frame, but no frames are named", "name their column in frames"
        problems.append(Problem(what, "e", advice=advice))
    if problems:
        raise DesignError(SUBJECT, problems)
    times = counting_of(responses.repeats).times
    counts = _counts(outcome, of_frame, of_group, responses.base_weight if weighted else times)
    eligibility = eligibility_of(e, of_frame.labels, counts.sum(axis=0), problems)
    if problems:
        raise DesignError(SUBJECT, problems)
    cells = list(cells_of(counts, eligibility, of_frame.labels, of_group.labels))
    return ResponseRates(
        _frame_of(cells, by or EVERYBODY, rate_lines),
        _frame_of(cells, by or EVERYBODY, count_lines),
        weighted,
    )


def _outcome(responses: object) -> npt.NDArray[np.int8]:
    if not isinstance(responses, Responses):
        found, allowed = type(responses).__name__, "Responses, as bind returns them"
        raise DesignError(SUBJECT, [Problem("these are no responses", "", found, allowed)])
    if responses.outcome is None:
        what = "it is not declared what became of the sampled cases"
        advice = (
            "give the column of dispositions and the outcome of each, as in "
            "SampleDesign(disposition='result', outcomes={'completed': 'interview', 'refused': "
            "'refusal'}); 'aapor' where they are AAPOR's codes"
        )
        allowed = ", ".join(OUTCOMES)
        problem = Problem(what, "design, outcomes", allowed=allowed, advice=advice)
        raise DesignError(SUBJECT, [problem])
    return responses.outcome


def _parts(responses: Responses, name: str | None, role: str, problems: list[Problem]) -> _Parts:
    """Return the parts that a column divides the cases into; all are one where there is none."""
    if name is None:
        return _Parts(np.zeros(len(responses), dtype=np.int64), (EVERYBODY,))
    first_stage = responses.stages[0]
    # In a stack of waves every wave has strata of its own, but all have the same questions.
    is_whole = first_stage.wave is None or name not in responses.columns
    if name == per_stage(responses.design)[0].stratum and is_whole:
        return _Parts(first_stage.stratum.astype(np.int64), responses.strata_labels)
    column = responses[name]
    where = f"{role} = {name!r}"
    if not isinstance(column, Categorical):
        what, allowed = "this variable has not one answer a case", "a question with one answer"
        problems.append(Problem(what, where, allowed=allowed))
        return _Parts(np.zeros(len(responses), dtype=np.int64), (EVERYBODY,))
    lacking = column.position < 0
    if lacking.any():
        counting = counting_of(responses.repeats)
        what = f"{counting.number(lacking)} sampled case(s) have no valid value of it"
        advice = "it must be there for every sampled case, also for those without an interview"
        problems.append(Problem(what, where, counting.told(lacking), advice=advice))
    present = np.unique(column.position[~lacking])
    labels = tuple(str(column.categories[place].code) for place in present.tolist())
    return _Parts(np.searchsorted(present, column.position), labels)


def _counts(
    outcome: npt.NDArray[np.int8],
    of_frame: _Parts,
    of_group: _Parts,
    weight: Floats | npt.NDArray[np.int64] | None,
) -> Floats:
    """Count cases, or sum their weights, float64 array (groups, frames, 8)."""
    shape = len(of_group.labels), len(of_frame.labels), len(OUTCOMES)
    cell = (of_group.of_case * shape[1] + of_frame.of_case) * shape[2] + outcome
    counts = np.bincount(cell, weight, minlength=int(np.prod(shape)))
    return counts.astype(np.float64).reshape(shape)


def _frame_of(
    cells: Sequence[Cell], by: str, lines_of: Callable[[Cell], Iterator[dict[str, object]]]
) -> pd.DataFrame:
    import pandas as pd

    lines = [
        {
            "frame": cell.frame,
            "breakdown": EVERYBODY if cell.domain == EVERYBODY else by,
            "domain": cell.domain,
            **line,
        }
        for cell in cells
        for line in lines_of(cell)
    ]
    return pd.DataFrame(lines)


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
