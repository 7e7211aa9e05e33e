"""What choices may tell of their errors under the policy ``cells``.

The error of a difference between two figures of the same people tells how many are in both (their
covariance is that overlap less the product of the shares), and a p value tells the error to the
last digit. Where one excludes the other, where one set holds the other and where both together are
a figure that is shown, that is known already. Elsewhere a choice keeps its difference, and whether
the two are told apart: one bit for as many unknown counts as there are figures.

The optimism of a set is one number of all patterns of answers at once, those among them that no
figure counts: rounded, it leaves each of them free, for the others can make up for it. All its
digits could be tried against guesses, so they stay behind. The limit of what no set reaches is a
sum over the few patterns that come closest to it, and is left out.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.disclosure.choosing import ABOUT, is_alone
from socialpoll.disclosure.grains import Grains
from socialpoll.disclosure.policy import Policy
from socialpoll.disclosure.screening import plain_rows
from socialpoll.disclosure.telling import Row, Teller
from socialpoll.indicators.reaching import JOINT

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.schema import Questionnaire

__all__ = ["without_overlaps"]

ERRORS = ("se", "df", "ci_low", "ci_high", "p", "p_adjusted")


def without_overlaps(
    choices: pd.DataFrame, figures: pd.DataFrame, questionnaire: Questionnaire, policy: Policy
) -> pd.DataFrame:
    """Empty what tells of respondents whom no figure counts.

    Parameters
    ----------
    choices : pandas.DataFrame
        Those that may be told.
    figures : pandas.DataFrame
        Judged, with nothing left of what is hidden.
    questionnaire : Questionnaire
    policy : Policy
        ``cells``.
    """
    made = choices.copy()
    teller = Teller(Grains(questionnaire))
    told = figures.loc[figures["estimate"].notna(), [*ABOUT, "item"]]
    shown = {_figure(row) for row in plain_rows(told)}
    known = [_is_known(row, shown, teller) for row in plain_rows(choices)]
    tells = ~np.array(known, dtype=np.bool_)
    for name in ERRORS:
        made[name] = made[name].mask(tells)
    emptied = ("at_most", "optimism") if policy.full_precision else ("at_most",)
    return made.assign(**dict.fromkeys(emptied, float("nan")))


def _figure(row: Row) -> tuple[object, ...]:
    return (*(row[name] for name in ABOUT), frozenset(str(row["item"]).split(JOINT)))


def _is_known(row: Row, shown: Collection[tuple[object, ...]], teller: Teller) -> bool:
    """Say whether it is known without its error how many are in both figures of a choice."""
    if is_alone(row):
        return True
    if row["item"] == row["against_item"]:
        return not teller.grains.several(teller.variable(row))
    one, other = (frozenset(str(row[name]).split(JOINT)) for name in ("item", "against_item"))
    both = (*(row[name] for name in ABOUT), one | other)
    return one <= other or other <= one or both in shown
