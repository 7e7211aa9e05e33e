"""Whether answers go together: tests of independence on the sample's design."""

from __future__ import annotations

from socialpoll.errors import EstimationError
from socialpoll.indicators.associations import Association
from socialpoll.indicators.independence import independence
from socialpoll.indicators.marginal_independence import marginal_independence
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.sampled import Sampled
from socialpoll.responses import Responses, Scan, Ticks
from socialpoll.schema import Condition
from socialpoll.weighting import Replicates, Weights

__all__ = ["association"]


def association(
    source: Weights | Replicates | Responses | Scan,
    row: str,
    column: str,
    *,
    where: Condition | None = None,
    precision: Precision | None = None,
) -> Association:
    """Test whether the answers to two questions go together.

    Pearson's X² of the weighted shares is divided by the mean generalised design effect and
    referred to F, with degrees of freedom that allow for how the design effects differ (Rao & Scott
    1984, §4; Thomas & Rao 1987); the joint covariance of the shares is linearised through every
    weighting step. For two single answers as R's ``svychisq``, with Δ at the observed shares.

    With multiple response X² is a sum over tables. One such question: each option, chosen or not,
    by the categories of the other, a test of multiple marginal independence (Agresti & Liu 1999;
    Decady & Thomas 2000; Thomas & Decady 2004). Two: each pair of options, a test of simultaneous
    pairwise marginal independence (Bilder & Loughin 2004; 2009 for complex samples). An exclusive
    option is an option as the others are.

    Parameters
    ----------
    source : Weights, Replicates, Responses or Scan
        Responses count with their base weights; replicates give the covariance.
    row, column : str
        Variables of one category a case, or multiple-response questions; in any order. Those count
        who gave a valid answer to both: a don't-know is one where it is an option, or a group of
        its own.
    where : Condition, optional
        Only for those of whom this is true.
    precision : Precision, optional
        Degrees of freedom; the level is not used.

    Returns
    -------
    Association

    Raises
    ------
    CombinationsError
        Of a scan: answers to be counted together that differ too much.
    UnknownNameError
        A variable that is not in the questionnaire.
    EstimationError
        A variable of another kind, or with fewer than two categories that occur, or without an
        option that some chose and some did not; a sample that is no probability sample.

    Examples
    --------
    >>> import pandas as pd
    >>> import socialpoll as sp
    >>> answers = pd.DataFrame({"sex": list("fmfmfmfmfm"), "uses": list("ynynyynyyn")})
    >>> responses = sp.bind(answers, sp.Questionnaire.infer(answers))
    >>> found = sp.association(responses, "sex", "uses")
    >>> round(found.chi_square, 3), round(found.p, 3)
    (1.667, 0.252)
    >>> round(found.effect.odds_ratio, 3), round(found.effect.phi, 3)
    (0.167, -0.408)

    Of options, each has a test of its own:

    >>> apps = sp.Multiple(
    ...     name="apps",
    ...     text="apps",
    ...     options=(sp.Code(code="a", label="A"), sp.Code(code="b", label="B")),
    ...     layout="cell",
    ... )
    >>> asked = sp.Questionnaire(title="t", questions=(apps, responses.questionnaire["sex"]))
    >>> answers["apps"] = ["a", "b", "a b", "b", "b", "a b", "a", "b", "a b", "b"]
    >>> found = sp.association(sp.bind(answers, asked), "apps", "sex")
    >>> round(found.chi_square, 3), round(found.p, 3)
    (6.1, 0.043)
    >>> found.items[["row_item", "p", "p_adjusted", "phi"]].round(3)
      row_item      p  p_adjusted  phi
    0        a  0.051       0.102  0.6
    1        b  0.117       0.117 -0.5
    """
    sampled = Sampled.of(source, (row, column), where, precision)
    kinds = [sampled.answers(one, where_) for one, where_ in ((row, "row"), (column, "column"))]
    if row == column:
        raise EstimationError(
            "a variable is not tested against itself", where="column", found=repr(column)
        )
    several = any(isinstance(one, Ticks) for one in kinds)
    test = marginal_independence if several else independence
    return test(sampled, row, column, where)
