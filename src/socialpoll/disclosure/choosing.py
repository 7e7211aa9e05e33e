"""Which choices may be told: none about a hidden figure, or from which something of one follows.

That a set of options is the best says of every other that it does not reach more, be its figure
shown, hidden or not there at all. So under the policy ``cells`` a choice stays only where nothing
of its question is hidden in its group, and where the bound that it is on counts elsewhere is no
tighter than what protects them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import numpy as np

from socialpoll.disclosure.grains import Grains
from socialpoll.disclosure.policy import Policy
from socialpoll.disclosure.screening import plain_rows
from socialpoll.disclosure.status import SUPPRESSED
from socialpoll.disclosure.telling import Row, Teller
from socialpoll.indicators.choices import BEST, CHOSEN, LINE, SHARED
from socialpoll.schema import NOT_APPLICABLE, TOTAL

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.schema import Questionnaire

__all__ = ["ABOUT", "Untold", "is_alone", "untold", "without_untold"]

Key: TypeAlias = tuple[object, ...]
Untold: TypeAlias = Literal["", "hidden", "beside_hidden", "too_few"]
"""Why a choice may not be told: a figure of it is hidden, or another of its question in its group,
or few respondents are at what it says that nothing exceeds; empty where it may."""
ABOUT = ("wave", "indicator", "question", "breakdown", "domain")
"""What a choice is about, and for whom."""
AGAINST = ("difference", "se", "df", "ci_low", "ci_high", "p", "p_adjusted", "alike")
"""What a choice says of the figure that it is against."""
COUNTED = ("item", "category", "n_base", "n_category")
TIMES = 2
"""What is hidden has few respondents, and as many again that protect it."""


def untold(
    choices: pd.DataFrame, figures: pd.DataFrame, questionnaire: Questionnaire, policy: Policy
) -> list[Untold]:
    """Say of each choice why it may not be told.

    Parameters
    ----------
    choices : pandas.DataFrame
        In the column contract.
    figures : pandas.DataFrame
        Judged, with nothing left of what is hidden.
    questionnaire : Questionnaire
    policy : Policy
    """
    rows = plain_rows(choices)
    counts = _counts(figures)
    chosen = {_about(row) for row in rows if row["role"] == CHOSEN and _own(row) in counts}
    lost = {_about(row) for row in rows if row["role"] != LINE} - chosen
    found: list[Untold] = ["hidden" if _is_hidden(row, counts, lost) else "" for row in rows]
    if policy.complementary:
        found = _protected(rows, found, figures, Grains(questionnaire), policy)
    return _as_everybody(rows, found)


def _protected(
    rows: Sequence[Row],
    found: Sequence[Untold],
    figures: pd.DataFrame,
    grains: Grains,
    policy: Policy,
) -> list[Untold]:
    """Say what else of choices may not be told under the policy ``cells``."""
    teller = Teller(grains)
    earlier = (one.figures for one in policy.already_published)
    beside = {_question(row, teller) for frame in (figures, *earlier) for row in _hidden(frame)}
    few = _few(rows, _counts(figures), TIMES * policy.threshold)
    return [
        why
        or ("beside_hidden" if _question(row, teller) in beside else "")
        or ("too_few" if _family(row) in few else "")
        for row, why in zip(rows, found, strict=True)
    ]


def _as_everybody(rows: Sequence[Row], found: Sequence[Untold]) -> list[Untold]:
    """Tell in no group which set is chosen for everybody where it is not told of everybody."""
    several = list(zip(rows, found, strict=True))
    chosen = {_about(row): why for row, why in several if row["role"] == CHOSEN}

    def told(row: Row, why: Untold) -> Untold:
        return why or chosen.get((*_about(row)[:-2], TOTAL, TOTAL), "hidden")

    return [told(row, why) if row["role"] == SHARED else why for row, why in several]


def without_untold(
    choices: pd.DataFrame, why: Sequence[Untold], figures: pd.DataFrame
) -> pd.DataFrame:
    """Keep the choices that may be told; what is chosen stays where only its rival is hidden.

    It is then said of nothing how it compares.
    """
    kept = choices.take([place for place, one in enumerate(why) if not one]).reset_index(drop=True)
    counts = _counts(figures)
    alone = np.array([_against(row) not in counts for row in plain_rows(kept)], dtype=np.bool_)
    for name in ("against_item", "against_category"):
        kept[name] = kept[name].mask(alone, "")
    alone &= (kept["role"] == CHOSEN).to_numpy()
    for name in AGAINST:
        kept[name] = kept[name].mask(alone)
    return kept


class _Family(NamedTuple):
    """Choices that are made of the same figures: lines, of a grid for each item, or sets."""

    about: Key
    of_lines: bool
    item: str


def _family(row: Row) -> _Family:
    of_lines = row["role"] == LINE
    of_an_item = of_lines and row["category"] != NOT_APPLICABLE
    return _Family(_about(row), of_lines, str(row["item"]) if of_an_item else "")


def _about(row: Row) -> Key:
    return tuple(row[name] for name in ABOUT)


def _own(row: Row) -> Key:
    return (*_about(row), row["item"], row["category"])


def _against(row: Row) -> Key:
    return (*_about(row), row["against_item"], row["against_category"])


def is_alone(row: Row) -> bool:
    """Say whether a choice is against nothing."""
    return not row["against_item"] and not row["against_category"]


def _counts(figures: pd.DataFrame) -> Mapping[Key, int]:
    """Return how many respondents are behind each figure that is shown."""
    shown = figures.loc[figures["estimate"].notna(), [*ABOUT, *COUNTED]]
    return {_own(row): _respondents(row) for row in plain_rows(shown)}


def _respondents(row: Row) -> int:
    """Return who gave an answer; of a number, who is in its base."""
    counted = row["n_base"] if row["n_category"] is None else row["n_category"]
    return int(float(str(counted or 0)))


def _is_hidden(row: Row, counts: Mapping[Key, int], lost: set[Key]) -> bool:
    """Say whether a choice touches a figure that is not shown."""
    if _own(row) not in counts or (row["role"] != LINE and _about(row) in lost):
        return True
    return row["role"] != CHOSEN and not is_alone(row) and _against(row) not in counts


def _hidden(figures: pd.DataFrame) -> Iterable[Row]:
    return plain_rows(figures.loc[figures["flag"] == SUPPRESSED, [*ABOUT, "item"]])


def _question(row: Row, teller: Teller) -> Key:
    """Return which question a row is about, in which group."""
    name = teller.variable(row)
    known = name in teller.grains.questionnaire.names
    source = teller.grains.source(name) if known else name
    return (source, row["wave"], row["breakdown"], row["domain"])


def _few(rows: Iterable[Row], counts: Mapping[Key, int], fewest: int) -> set[_Family]:
    """Return families in which few respondents are at what nothing exceeds."""
    first = (row for row in rows if row["role"] in {BEST, CHOSEN} or is_alone(row))
    return {_family(row) for row in first if counts.get(_own(row), 0) < fewest}
