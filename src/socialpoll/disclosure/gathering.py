"""Estimates put together for a release: of one questionnaire, every figure once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.errors import ReleaseError
from socialpoll.indicators import COLUMNS, KEYS, Estimates

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from socialpoll.weighting import KnownSum

__all__ = ["gathered", "known_sums_of", "together"]

LISTED = 5
ROUNDING = 1e-9
"""Relative difference that the order of a sum may make between two values of one figure."""


def gathered(
    estimates: Estimates | Sequence[Estimates],
) -> tuple[tuple[Estimates, ...], pd.DataFrame]:
    """Return all estimates, of one questionnaire, and their figures together, each once.

    Raises
    ------
    ReleaseError
        Nothing to release; estimates of different questionnaires; one figure with two values.
    """
    several = _several(estimates)
    _require_one_questionnaire(several)
    return several, together([one.frame for one in several], COLUMNS)


def known_sums_of(several: Sequence[Estimates]) -> list[KnownSum]:
    """Return the groups whose weights were made to sum to known figures, of all estimates."""
    return list(dict.fromkeys(one for each in several for one in each.known_sums))


def together(
    frames: Sequence[pd.DataFrame], columns: tuple[str, ...], keys: Sequence[str] = KEYS
) -> pd.DataFrame:
    """Stack frames; a figure that is there twice, by its keys, must be the same figure."""
    import pandas as pd

    filled = [one for one in frames if len(one)] or list(frames[:1])
    stacked = pd.concat(filled, ignore_index=True)
    stacked = stacked.reindex(
        columns=[*columns, *stacked.columns.difference(list(columns), sort=False)]
    )
    again = stacked.duplicated(list(keys))
    once, others = stacked[~again].reset_index(drop=True), stacked[again]
    twice = others[~_as_before(others, once, list(keys))]
    if len(twice):
        named = ["/".join(map(str, row)) for row in twice[list(keys)].itertuples(index=False)]
        raise ReleaseError(
            "one figure has two values",
            where="estimates",
            found="; ".join(named[:LISTED]) + (" …" if len(named) > LISTED else ""),
            advice="give one of the indicators another name, or estimate them together",
        )
    return once


def _as_before(others: pd.DataFrame, once: pd.DataFrame, keys: list[str]) -> npt.NDArray[np.bool_]:
    """Say which rows are those of the same keys in ``once``, up to the order of a sum."""
    numbers = list(others.select_dtypes("number"))
    words = [name for name in others.columns if name not in {*keys, *numbers}]
    before = others[keys].merge(once, on=keys, how="left")
    said, said_before = (_said(one[words]) for one in (others, before))
    found, found_before = (
        one[numbers].to_numpy(np.float64, na_value=np.nan) for one in (others, before)
    )
    near = np.isclose(found, found_before, rtol=ROUNDING, atol=ROUNDING, equal_nan=True)
    return np.asarray((said == said_before).all(axis=1) & near.all(axis=1))


def _said(words: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Return words and truths, None where there is none."""
    return words.astype(object).where(words.notna(), None).to_numpy()


def _several(estimates: Estimates | Sequence[Estimates]) -> tuple[Estimates, ...]:
    several: tuple[object, ...] = (
        (estimates,) if isinstance(estimates, Estimates) else tuple(estimates)
    )
    strangers = [type(one).__name__ for one in several if not isinstance(one, Estimates)]
    if strangers or not several:
        raise ReleaseError(
            "there is nothing to release",
            where="estimates",
            found=", ".join(strangers) or "an empty sequence",
            allowed="Estimates, or several of them",
        )
    return tuple(one for one in several if isinstance(one, Estimates))


def _require_one_questionnaire(several: Sequence[Estimates]) -> None:
    first = several[0].questionnaire
    for number, one in enumerate(several[1:], start=2):
        if one.questionnaire != first:
            raise ReleaseError(
                "estimates of different questionnaires cannot be released together",
                where=f"estimates {number}",
                found=repr(dict(one.questionnaire.title)),
                allowed=repr(dict(first.title)),
                advice="release each questionnaire on its own",
            )
