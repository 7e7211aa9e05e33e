"""The choices of a release: put together, as far as they may be told, and rounded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.disclosure.choosing import ABOUT, Untold, untold, without_untold
from socialpoll.disclosure.gathering import together
from socialpoll.disclosure.overlapping import without_overlaps
from socialpoll.disclosure.policy import Policy
from socialpoll.disclosure.rounding import SHARE_DECIMALS, round_half_away
from socialpoll.disclosure.screening import plain_rows
from socialpoll.disclosure.telling import Row
from socialpoll.indicators import CHOICE_COLUMNS, Estimates, no_choices
from socialpoll.indicators.choices import BEST, CHOSEN, SHARED

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Choices", "choices_told", "typed"]

OF = "of"
"""Of what there is one choice: a line, a size, what is left of a set; one set that is chosen, and
one that is everybody's."""
SHARES = ("difference", "se", "ci_low", "ci_high", "optimism", "at_most")


@dataclass(frozen=True, eq=False)
class Choices:
    """What may be told of choices, and why no more.

    Attributes
    ----------
    told : pandas.DataFrame
    why : list of str
        Of each choice that there was, why it may not be told (:data:`Untold`).
    """

    told: pd.DataFrame
    why: Sequence[Untold]

    @property
    def counted(self) -> Mapping[str, int]:
        """How many choices there were, how many may be told, and how many not, by reason."""
        times = Counter(self.why)
        reasons = {one: times[one] for one in ("hidden", "beside_hidden", "too_few")}
        return {"rows": len(self.why), "shown": len(self.told), **reasons}

    @property
    def account(self) -> Mapping[str, int]:
        """What the methodology says of them; nothing where there was none."""
        return {"choices_removed": len(self.why) - len(self.told)} if self.why else {}


def choices_told(several: Sequence[Estimates], figures: pd.DataFrame, policy: Policy) -> Choices:
    """Return what may be told of the choices of all estimates, rounded as the policy asks.

    Parameters
    ----------
    several : sequence of Estimates
    figures : pandas.DataFrame
        All of them together, judged, with nothing left of what is hidden.
    policy : Policy

    Raises
    ------
    ReleaseError
        Two choices are of the same: sets chosen twice for one indicator in one group, or one with
        two values.
    """
    asked = several[0].questionnaire
    choices = _together(several)
    if choices.empty:
        return Choices(choices, ())
    why = untold(choices, figures, asked, policy)
    told = without_untold(choices, why, figures)
    if policy.complementary:
        told = without_overlaps(told, figures, asked, policy)
    return Choices(told if policy.full_precision else _rounded(told), why)


def typed(choices: pd.DataFrame) -> pd.DataFrame:
    """Return choices with the types of their columns, whatever they were written with."""
    types = no_choices().dtypes.to_dict()
    return choices.astype({name: kind for name, kind in types.items() if name in choices})


def _together(several: Sequence[Estimates]) -> pd.DataFrame:
    """Return the choices of all estimates, each once."""
    frames = [typed(one.choices) for one in several]
    named = [one.assign(**{OF: [_of(row) for row in plain_rows(one)]}) for one in frames]
    return together(named, CHOICE_COLUMNS, (*ABOUT, "role", OF)).drop(columns=OF)


def _of(row: Row) -> str:
    if row["role"] in {CHOSEN, SHARED}:
        return ""
    return str(row["size"]) if row["role"] == BEST else f"{row['item']}/{row['category']}"


def _rounded(choices: pd.DataFrame) -> pd.DataFrame:
    """Round shares; what is paid, p values and degrees of freedom stay exact."""
    rounded = {
        name: round_half_away(choices[name].to_numpy(np.float64), SHARE_DECIMALS) for name in SHARES
    }
    return choices.assign(**rounded)
