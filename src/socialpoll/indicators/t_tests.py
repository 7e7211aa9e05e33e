"""Design-based t tests: one mean, two answers of the same cases, two groups."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.indicators.intervals import student
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.sampled import Sampled, TestConvention, checked_convention, t_tails
from socialpoll.indicators.standardising import Yardstick
from socialpoll.responses import Responses, Scan
from socialpoll.schema import CodeValue, Condition
from socialpoll.totals import Basis, Function, Present, Values, codes_of

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.weighting import Replicates, Weights

__all__ = ["TTest", "t_test"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class TTest:
    """A design-based t test.

    Attributes
    ----------
    kind : str
        ``one sample``, ``paired`` or ``two samples``.
    outcome : str
        The number, or the two numbers joined by `` - ``.
    groups : tuple of str
        The two groups: the estimate is the mean of the second less that of the first.
    estimate, se : float
        Mean, mean difference, or difference of means, in the unit of the outcome.
    null : float
        The value tested against.
    statistic, df, p : float
        t, its degrees of freedom, and the two-sided p value.
    ci_low, ci_high, ci_level : float
        Confidence interval of the estimate.
    n_base : int
        Cases in the test.
    cohens_d : float
        The estimate less ``null`` in standard deviations of the outcome, weighted and pooled within
        the groups; of pairs, of their differences (Cohen 1988, ch. 2).
    cohens_h : float
        Of an outcome of 0 and 1 its distance in angles: 2 arcsin √p of the second group less the
        first, or of the mean less ``null`` (Cohen 1988, ch. 6). Else NaN.
    caveat : str
        ``fixed by weighting``, ``no variation``, ``df<1``, or nothing.
    """

    kind: str
    outcome: str
    groups: tuple[str, ...]
    estimate: float
    se: float
    null: float
    statistic: float
    df: float
    p: float
    ci_low: float
    ci_high: float
    ci_level: float
    n_base: int
    cohens_d: float
    cohens_h: float
    caveat: str

    @property
    def frame(self) -> pd.DataFrame:
        """The test as a frame of one row; the groups joined by ``|``."""
        import pandas as pd

        row = {one.name: getattr(self, one.name) for one in fields(self)}
        return pd.DataFrame([row | {"groups": "|".join(self.groups)}])


@dataclass(frozen=True, eq=False)
class _Asked:
    """What is compared: a figure, as a function of totals too, and whose clusters count."""

    kind: str
    outcome: str
    groups: tuple[str, ...]
    figures: Function
    base: Basis
    estimate: float
    yardstick: Yardstick


def t_test(  # noqa: PLR0913 - one argument for each way to ask
    source: Weights | Replicates | Responses | Scan,
    outcome: str,
    *,
    by: str | None = None,
    between: tuple[CodeValue, CodeValue] | None = None,
    paired: str | None = None,
    null: float = 0.0,
    where: Condition | None = None,
    precision: Precision | None = None,
    convention: TestConvention = "R",
) -> TTest:
    """Test a mean, the mean difference of two numbers, or the difference of two groups' means.

    The standard error is that of the joint covariance, through every weighting step (Binder 1983);
    cases outside the test keep their sampling unit in it.

    Parameters
    ----------
    source : Weights, Replicates, Responses or Scan
        Responses count with their base weights; replicates give the covariance.
    outcome : str
        A number, a duration, or a scale with scores.
    by : str, optional
        Variable of the two groups; cases without an answer to both are left out.
    between : tuple of two codes, optional
        The groups, where ``by`` has more than two with cases.
    paired : str, optional
        A second number of the same cases; the mean of ``outcome - paired`` is tested.
    null : float
        The value tested against.
    where : Condition, optional
        Only for those of whom this is true.
    precision : Precision, optional
        Level and degrees of freedom.
    convention : {"R", "Stata"}
        Degrees of freedom: clusters less strata, less 1 as R's ``svyttest`` takes them (in its test
        of one mean, too); or not less 1, as Stata does.

    Returns
    -------
    TTest

    Raises
    ------
    CombinationsError
        Of a scan: answers to be counted together that differ too much.
    UnknownNameError
        A variable that is not in the questionnaire.
    EstimationError
        No two groups with cases; an outcome without numbers; a sample that is no probability
        sample.

    Examples
    --------
    >>> import pandas as pd
    >>> import socialpoll as sp
    >>> answers = pd.DataFrame({"sex": ["f", "m"] * 4, "hours": [1.5, 3, 2.5, 4, 3.5, 2, 5, 4.5]})
    >>> responses = sp.bind(answers, sp.Questionnaire.infer(answers))
    >>> found = sp.t_test(responses, "hours", by="sex")
    >>> found.groups, found.estimate, found.df
    (('f', 'm'), 0.25, 6.0)
    """
    checked_convention(convention)
    names = [one for one in (outcome, by, paired) if one is not None]
    sampled = Sampled.of(source, names, where, precision)
    sampled.known(names, "t_test")
    if by is not None and paired is not None:
        raise EstimationError(
            "a t test compares two groups or two answers, not both",
            where="t_test",
            found=f"by={by!r} and paired={paired!r}",
            allowed="one of them",
        )
    if by is not None:
        asked = _groups(sampled, outcome, by, between, where)
    else:
        asked = _mean(sampled, outcome, paired, where)
    return _tested(sampled, asked, null, convention)


def _mean(sampled: Sampled, outcome: str, paired: str | None, where: Condition | None) -> _Asked:
    names = (outcome,) if paired is None else (outcome, paired)
    basis = Basis(Values(names), (), where)
    totals = sampled.engine.cells(basis)[0]
    if totals[-1] == 0:
        raise EstimationError("nobody answered what is to be tested", where=" - ".join(names))
    signs = np.array([1.0, -1.0][: len(names)])
    estimate = float(signs @ totals[:-1] / totals[-1])
    slopes = np.append(signs, -estimate) / totals[-1]
    kind = "one sample" if paired is None else "paired"
    base = Basis(Present(names, "valid"), (), where)

    def mean(several: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.atleast_1d(signs @ several[0, :-1] / several[0, -1])

    figures = Function(basis, mean, slopes[:, None])
    if paired is None:
        yardstick = Yardstick.of_groups(sampled, outcome, (), [0], where)
    else:
        yardstick = Yardstick.of_pairs(sampled, (outcome, paired), where)
    return _Asked(kind, " - ".join(names), (), figures, base, estimate, yardstick)


def _groups(
    sampled: Sampled,
    outcome: str,
    by: str,
    between: tuple[CodeValue, CodeValue] | None,
    where: Condition | None,
) -> _Asked:
    sampled.category(by, "by")
    basis = Basis(Values((outcome,)), (by,), where)
    totals = sampled.engine.cells(basis)
    codes = codes_of(sampled.responses, (by,))
    present = [code for code, weight in zip(codes, totals[:, 1], strict=True) if weight > 0]
    groups = tuple(present) if between is None else tuple(str(one) for one in between)
    if len(groups) != 2 or len(set(groups)) != 2 or not set(groups) <= set(present):  # noqa: PLR2004
        raise EstimationError(
            f"a t test needs two groups of {by!r} with answers to {outcome!r}",
            where="between",
            found=", ".join(map(repr, groups)) or "no groups",
            allowed=f"two of {', '.join(map(repr, present))}",
            advice="name them: between=(first, second)",
        )
    slopes = np.zeros_like(totals)
    means = []
    for group, sign in zip(groups, (-1.0, 1.0), strict=True):
        place = codes.index(group)
        means.append(totals[place, 0] / totals[place, 1])
        slopes[place] = sign * np.array([1.0, -means[-1]]) / totals[place, 1]
    base = Basis(Present((outcome,), "valid"), (by,), _only(by, between, where))
    difference = float(means[1] - means[0])
    first, second = (codes.index(group) for group in groups)

    def apart(several: Floats) -> Floats:
        compared = several[[first, second]]
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = compared[:, 0] / compared[:, 1]
        return np.atleast_1d(mean[1] - mean[0])

    figures = Function(basis, apart, slopes.reshape(-1, 1))
    yardstick = Yardstick.of_groups(sampled, outcome, (by,), [first, second], where)
    return _Asked("two samples", outcome, groups, figures, base, difference, yardstick)


def _only(
    by: str, between: tuple[CodeValue, CodeValue] | None, where: Condition | None
) -> Condition | None:
    """Leave the groups that are not compared out of the degrees of freedom."""
    if between is None:
        return where
    from socialpoll.schema import All, Is

    chosen = Is(by, *between)
    return chosen if where is None else All(where, chosen)


def _tested(sampled: Sampled, asked: _Asked, null: float, convention: TestConvention) -> TTest:
    v, fixed = sampled.covariance(asked.figures)
    df = sampled.residual(sampled.degrees(asked.base), 1, convention)
    variance = float(v[0, 0])
    usable = variance > 0 and df >= 1
    se = float(np.sqrt(variance))
    statistic = (asked.estimate - null) / se if usable else float("nan")
    level = sampled.precision.level
    margin = float(student(np.array([df]), level)[0]) * se if usable else float("nan")
    if fixed[0]:
        caveat = "fixed by weighting"
    else:
        caveat = "df<1" if df < 1 else "no variation" if variance <= 0 else ""
    cases = sampled.engine.cells(asked.base, "cases")
    return TTest(
        asked.kind,
        asked.outcome,
        asked.groups,
        asked.estimate,
        se,
        null,
        statistic,
        df,
        float(t_tails(np.array([statistic]), df)[0]),
        asked.estimate - margin,
        asked.estimate + margin,
        level,
        int(cases.sum()),
        asked.yardstick.d(asked.estimate - null),
        asked.yardstick.h(null),
        sampled.caveat(caveat),
    )
