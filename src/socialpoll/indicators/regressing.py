"""Linear and logistic regression with design-based covariance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError, nearest
from socialpoll.indicators.fitting import fitted
from socialpoll.indicators.intervals import student
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.sampled import Sampled, TestConvention, checked_convention, t_tails
from socialpoll.indicators.terms import INTERCEPT, Coded, Outcome, Term, coded, names_in
from socialpoll.indicators.wald import WaldTest, wald_test
from socialpoll.responses import Categorical, Responses, Scan
from socialpoll.schema import NOT_APPLICABLE, CodeValue, Condition
from socialpoll.totals import Basis, Function, Model, Present, Replication, Rows

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.weighting import Replicates, Weights

__all__ = ["Family", "Regression", "regress"]

Floats = npt.NDArray[np.float64]
Family: TypeAlias = Literal["linear", "logistic"]
LINKS: dict[str, Literal["identity", "logit"]] = {"linear": "identity", "logistic": "logit"}


@dataclass(frozen=True, eq=False)
class Regression:
    """A fitted regression.

    Attributes
    ----------
    outcome : str
    family : {"linear", "logistic"}
    labels : tuple of (str, str)
        Term and category of each coefficient. The first is ``(intercept)``; a number has category
        ``_Z``; the parts of an interaction are joined by ``|``.
    coefficients : float64 array (p,)
        NaN for a category without a case. Differences of means, or of log odds.
    covariance : float64 array (p, p)
        Their design-based covariance; NaN where there is no coefficient.
    fixed : bool array (p,)
        Coefficients that do not vary between samples, by weighting or by strata.
    n_base : int
        Cases in the regression: valid answers to outcome and all terms.
    df_design : float
        Clusters less strata with cases in the regression.
    df : float
        Degrees of freedom of intervals and tests.
    level : float
        Of the intervals.
    convention : {"R", "Stata"}
    caveat : str
        Of every coefficient; empty where there is none.
    """

    outcome: str
    family: Family
    labels: tuple[tuple[str, str], ...]
    coefficients: Floats
    covariance: Floats
    fixed: npt.NDArray[np.bool_]
    n_base: int
    df_design: float
    df: float
    level: float
    convention: TestConvention
    caveat: str = ""

    @property
    def frame(self) -> pd.DataFrame:
        """The coefficients, one a row.

        Columns: outcome, term, category, estimate, se, t, df, p, ci_low, ci_high, ci_level, n_base,
        caveat; for logistic regression also odds_ratio, odds_low, odds_high.
        """
        import pandas as pd

        variance = np.where(self.fixed, np.nan, np.diag(self.covariance))
        se = np.sqrt(variance)
        t = self.coefficients / np.where(se > 0, se, np.nan)
        margin = student(np.array([self.df]), self.level)[0] * se
        columns = {
            "outcome": self.outcome,
            "term": [term for term, _ in self.labels],
            "category": [category for _, category in self.labels],
            "estimate": self.coefficients,
            "se": np.where(self.fixed, 0.0, se),
            "t": t,
            "df": self.df,
            "p": t_tails(t, self.df),
            "ci_low": self.coefficients - margin,
            "ci_high": self.coefficients + margin,
            "ci_level": self.level,
            "n_base": self.n_base,
            "caveat": self._caveats(),
        }
        made = pd.DataFrame(columns)
        if self.family == "logistic":
            for name, of in (("ratio", "estimate"), ("low", "ci_low"), ("high", "ci_high")):
                made[f"odds_{name}"] = np.exp(made[of])
        return made

    @property
    def tests(self) -> pd.DataFrame:
        """A Wald test of each term, one a row: outcome, term, statistic, df, ddf, p."""
        import pandas as pd

        terms = dict.fromkeys(term for term, _ in self.labels if term != INTERCEPT)
        found = [(term, self.test(term)) for term in terms]
        rows = [(self.outcome, term, t.statistic, t.df, t.ddf, t.p) for term, t in found]
        return pd.DataFrame(rows, columns=["outcome", "term", "statistic", "df", "ddf", "p"])

    def test(self, *terms: Term) -> WaldTest:
        """Test that all coefficients of some terms are zero, as R's ``regTermTest``.

        Parameters
        ----------
        *terms : str or tuple of str
            As they were given to ``regress``.

        Returns
        -------
        WaldTest
            F on the number of their coefficients, and ``df`` (R), or adjusted (Stata).

        Raises
        ------
        EstimationError
            No such term.
        """
        names = tuple(one if isinstance(one, str) else "|".join(one) for one in terms)
        known = list(dict.fromkeys(term for term, _ in self.labels))
        for name in names or ("",):
            if name not in known:
                raise EstimationError(
                    "there is no such term in the regression",
                    where="test",
                    found=repr(name),
                    allowed=nearest(name, known),
                )
        places = [
            place
            for place, (term, _) in enumerate(self.labels)
            if term in names and not np.isnan(self.coefficients[place])
        ]
        return wald_test(
            self.coefficients[places],
            self.covariance[np.ix_(places, places)],
            self.df,
            convention=self.convention,
            terms=names,
        )

    def _caveats(self) -> list[str]:
        rest = "df<1" if self.df < 1 else ""
        own = (
            "zero cases" if np.isnan(b) else "fixed by weighting" if fixed else rest
            for b, fixed in zip(self.coefficients, self.fixed, strict=True)
        )
        return ["; ".join(filter(None, (self.caveat, one))) for one in own]


def regress(
    source: Weights | Replicates | Responses | Scan,
    outcome: Outcome,
    terms: Sequence[Term],
    *,
    family: Family = "linear",
    where: Condition | None = None,
    reference: Mapping[str, CodeValue] | None = None,
    precision: Precision | None = None,
    convention: TestConvention = "R",
) -> Regression:
    """Regress an outcome on terms, with the final weights.

    Coefficients solve Σ w x (y - μ(x'b)) = 0. Their covariance is that of the estimating equations
    between the inverse informations, linearised through every weighting step (Binder 1983; Fuller
    1975 for linear regression); cases outside keep their sampling unit in it. As R's ``svyglm``
    with ``gaussian`` and ``quasibinomial``.

    Parameters
    ----------
    source : Weights, Replicates, Responses or Scan
        Responses count with their base weights; replicates give the covariance.
    outcome : str or (str, code)
        A number or a scale with scores; or a question and the code (or option) that counts as 1,
        all other valid answers as 0. A number of a logistic regression lies between 0 and 1.
    terms : list of str or tuple of str
        Numbers enter as they are; categories as differences from the reference, options of a
        multiple response each as 0 and 1. A tuple is an interaction; its parts are terms too.
        Cases without a valid answer to any of them are left out.
    family : {"linear", "logistic"}
        Difference of means, or of log odds.
    where : Condition, optional
        Only for those of whom this is true.
    reference : dict of str to code, optional
        Reference category by variable; the first one where absent.
    precision : Precision, optional
        Level and degrees of freedom.
    convention : {"R", "Stata"}
        Degrees of freedom of intervals and tests, for p coefficients on ν clusters less strata: ν +
        1 - p (R's ``svyglm``), or ν (Stata, SUDAAN), and with it the adjusted Wald test.

    Returns
    -------
    Regression

    Raises
    ------
    CombinationsError
        Of a scan: answers to be counted together that differ too much.
    UnknownNameError
        A variable that is not in the questionnaire.
    EstimationError
        Terms that are collinear or do not fit; nobody in the reference category; an outcome that
        the terms tell exactly; a sample that is no probability sample.

    Examples
    --------
    >>> import pandas as pd
    >>> import socialpoll as sp
    >>> answers = pd.DataFrame({"sex": ["f", "m"] * 4, "hours": [1.5, 3, 2.5, 4, 3.5, 2, 5, 4.5]})
    >>> responses = sp.bind(answers, sp.Questionnaire.infer(answers))
    >>> found = sp.regress(responses, "hours", ["sex"])
    >>> found.frame[["term", "category", "estimate"]]
              term category  estimate
    0  (intercept)       _Z     3.125
    1          sex        m     0.250
    """
    checked_convention(convention)
    if family not in LINKS:
        raise EstimationError(
            "there is no such family", where="family", found=repr(family), allowed=", ".join(LINKS)
        )
    sampled = Sampled.of(source, names_in(outcome, terms), where, precision)
    one = coded(sampled, outcome, terms, LINKS[family], reference or {})
    base = Basis(Present(one.model.questions, "valid"), (), where)
    cases = int(sampled.engine.cells(base, "cases").sum())
    if not cases:
        raise EstimationError("nobody answered outcome and all terms", where="regress")
    coefficients, covariance, fixed = _estimated(sampled, one, where)
    df_design = sampled.degrees(base)
    spent = int(np.isfinite(coefficients).sum()) - 1
    return Regression(
        one.outcome,
        family,
        one.labels,
        coefficients,
        covariance,
        fixed,
        cases,
        df_design,
        sampled.residual(df_design, spent, convention),
        sampled.precision.level,
        convention,
        sampled.caveat(""),
    )


def _estimated(
    sampled: Sampled, one: Coded, where: Condition | None
) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Return coefficients, covariance and what is fixed; NaN for columns without a case."""
    size = len(one.labels)
    said = [
        term if category == NOT_APPLICABLE else f"{term} {category}"
        for term, category in one.labels
    ]
    _refuse_empty_references(sampled, one.model, where)
    fit = fitted(sampled.engine, one.model, where, said)
    coefficients = np.full(size, np.nan)
    covariance = np.full((size, size), np.nan)
    fixed = np.zeros(size, dtype=bool)
    coefficients[fit.kept] = fit.coefficients
    made = Function(fit.basis, _nothing, fit.slopes)
    if isinstance(sampled.uncertainty, Replication):

        def again(rows: Rows) -> Floats:
            return fitted(rows, one.model, where, said).coefficients

        found, held = sampled.uncertainty.covariance_of(again, fit.coefficients, made)
    else:
        found, held = sampled.covariance(made)
    covariance[np.ix_(fit.kept, fit.kept)] = found
    fixed[fit.kept] = held
    return coefficients, covariance, fixed


def _nothing(totals: Floats) -> Floats:
    """Return the sums of the estimating equations, which are 0 at the solution."""
    return totals.ravel()


def _refuse_empty_references(sampled: Sampled, model: Model, where: Condition | None) -> None:
    """Say why the terms would be collinear: without a reference, they add up to the intercept."""
    names = {name for column in model.columns for name, place in column if place is not None}
    for name in sorted(names):
        column = sampled.responses.columns[name]
        if not isinstance(column, Categorical):
            continue
        coded_places = {place for one in model.columns for other, place in one if other == name}
        (left,) = set(range(len(column.categories))) - coded_places
        basis = Basis(Present(model.questions, "valid"), (name,), where)
        cases = sampled.engine.cells(basis, "cases")[:, 0]
        if cases[left] == 0:
            codes = [str(c.code) for c, n in zip(column.categories, cases, strict=True) if n]
            raise EstimationError(
                f"nobody is in the reference category of {name!r}",
                where="reference",
                found=repr(column.categories[left].code),
                allowed=", ".join(map(repr, codes)),
                advice="name another one: reference={variable: code}",
            )
