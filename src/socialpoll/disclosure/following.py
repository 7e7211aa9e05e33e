"""Changes and trends between waves: those that may be shown, rounded as figures are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from socialpoll.disclosure.screening import rounded
from socialpoll.indicators import KEYS

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.disclosure.released import Release

__all__ = ["shown_between_waves"]

WAVE, *OTHERS = KEYS


def shown_between_waves(release: Release, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the changes or trends all of whose figures are released.

    Parameters
    ----------
    release : Release
        Of the estimates that they were made from.
    frame : pandas.DataFrame
        Of :func:`socialpoll.change` or :func:`socialpoll.trend`.

    Returns
    -------
    pandas.DataFrame
        Rounded from the unrounded, unless the release holds figures as they were computed; what
        touches a figure that is suppressed is not in it.
    """
    figures = release.figures
    shown: dict[tuple[str, ...], set[str]] = {}
    for wave, *keys in figures.loc[figures["estimate"].notna(), list(KEYS)].itertuples(index=False):
        shown.setdefault(tuple(keys), set()).add(wave)
    keys_of = list(frame[OTHERS].itertuples(index=False, name=None))
    if "wave_a" in frame:
        pairs = zip(keys_of, frame["wave_a"], frame["wave_b"], strict=True)
        kept = [{a, b} <= shown.get(keys, set()) for keys, a, b in pairs]
    else:
        several = zip(keys_of, frame["waves"], strict=True)
        kept = [len(shown.get(keys, ())) == waves for keys, waves in several]
    made = frame.take(np.flatnonzero(np.array(kept, dtype=bool))).reset_index(drop=True)
    policy = release.methodology.fact("disclosure", "policy") or {}
    return made if policy.get("rounding") == "none" else rounded(made)
