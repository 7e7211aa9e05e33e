"""Figures of answers that a wave did not offer: there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.indicators.reaching import JOINT

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.schema import CodeValue

__all__ = ["NOT_OFFERED", "without_offer"]

NOT_OFFERED = "not offered"
"""The caveat of such a figure, in place of any other."""
EMPTIED = ("estimate", "se", "ci_low", "ci_high", "moe", "deff", "cv")


def without_offer(
    frame: pd.DataFrame, not_offered: Mapping[str, Mapping[str, Sequence[CodeValue]]]
) -> pd.DataFrame:
    """Empty the figures of answers in waves that did not offer them: 0 would say nobody chose them.

    Parameters
    ----------
    frame : pandas.DataFrame
    not_offered : mapping of str to mapping of str to codes
        By wave, by question.
    """
    gone = np.zeros(len(frame), dtype=bool)
    for wave, questions in not_offered.items():
        for name, codes in questions.items():
            words = {str(code) for code in codes}
            here = (frame["wave"] == wave) & (frame["question"] == name)
            # The options of a multiple-response question are items, those of others categories.
            answers = frame["category"].where(frame["category"] != "_Z", frame["item"])
            # A set of options is there with all of them, or not at all.
            lacking = [not words.isdisjoint(one.split(JOINT)) for one in answers]
            gone |= here.to_numpy(dtype=bool) & np.array(lacking, dtype=bool)
    if not gone.any():
        return frame
    made = frame.copy()
    for name in EMPTIED:
        made[name] = made[name].mask(gone)
    made["n_category"] = made["n_category"].mask(gone)
    for name, word in (("ci_method", ""), ("caveat", NOT_OFFERED)):
        made[name] = np.where(gone, word, made[name].to_numpy(dtype=object))
    return made
