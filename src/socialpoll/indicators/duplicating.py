"""Who uses two of several options: the matrix of duplication."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.indicators.candidates import candidates_of
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.sources import Source, engine_of, tallied_for
from socialpoll.schema import CodeValue, Condition
from socialpoll.totals import Basis, Options

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["duplication"]


def duplication(
    source: Source,
    question: str,
    *,
    among: Sequence[CodeValue] | None = None,
    where: Condition | None = None,
) -> pd.DataFrame:
    """Lay out of the users of each option, which part uses each of the others as well.

    Cell (i, j) is Σ w 1[i and j] / Σ w 1[i], the duplication of i by j (Goodhardt, Ehrenberg &
    Collins 1987, The Television Audience). It is not symmetric: most users of a small platform may
    use a large one, and few of the large one's the small one.

    Parameters
    ----------
    source : Weights, Replicates, Responses or Scan
    question : str
        A ``multiple`` question, or nets of one question.
    among : list of codes, optional
        Options that stand in the matrix; all but the exclusive ones where absent.
    where : Condition, optional
        Only for those of whom this is true.

    Returns
    -------
    pandas.DataFrame
        (m, m), rows ``users_of`` and columns ``also_use``, in the order of the questionnaire:
        shares from 0 to 1, on the diagonal 1. A row is missing where nobody uses the option.

    Raises
    ------
    CombinationsError
        Of a scan: answers to be counted together that differ too much.
    UnknownNameError
        No such question.
    EstimationError
        A question of another kind, an option that it does not have, exclusive options, stacked
        waves.

    See Also
    --------
    Profile : ``Profile(question, question)`` estimates the same shares with their precision; only
        these go into releases and reports.

    Reach : Who uses at least one of several options.

    Examples
    --------
    >>> import pandas as pd
    >>> import socialpoll as sp
    >>> apps = sp.Multiple(
    ...     name="apps",
    ...     text="apps",
    ...     options=(sp.Code(code="a", label="A"), sp.Code(code="b", label="B")),
    ...     layout="cell",
    ... )
    >>> answers = pd.DataFrame({"apps": ["a", "a b", "a", "a", "a b", "b"]})
    >>> asked = sp.Questionnaire(title="t", questions=(apps,))
    >>> sp.duplication(sp.bind(answers, asked), "apps").round(2)
    also_use     a    b
    users_of
    a         1.00  0.4
    b         0.67  1.0
    """
    import pandas as pd

    counted = tallied_for(source, [question], where)
    column, places = candidates_of(counted, question, among)
    sums = engine_of(counted, Precision()).cells(Basis(Options(question), (question,), where))
    used, users = sums[np.ix_(places, places)], sums[list(places), -1:]
    shares = np.divide(used, users, out=np.full(used.shape, np.nan), where=users > 0)
    codes = [str(column.options[one].code) for one in places]
    rows, columns = pd.Index(codes, name="users_of"), pd.Index(codes, name="also_use")
    return pd.DataFrame(shares, index=rows, columns=columns)
