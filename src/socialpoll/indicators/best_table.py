"""The table of best sets: their figures, what each adds, and how often those reached are met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.contrasts import tested
from socialpoll.indicators.levelling import variances_apart
from socialpoll.indicators.reaching import JOINT
from socialpoll.indicators.set_shares import NEGLIGIBLE
from socialpoll.schema import CodeValue

if TYPE_CHECKING:
    import pandas as pd
    from pandas.api.extensions import ExtensionArray

    from socialpoll.indicators.estimates import Estimates

__all__ = ["Ranked", "table_of"]

Floats = npt.NDArray[np.float64]
COLUMNS = (
    "size",
    "rank",
    "options",
    "reach",
    "se",
    "ci_low",
    "ci_high",
    "ci_method",
    "df",
    "level_with",
    "gain",
    "gain_se",
    "gain_df",
    "gain_p",
    "frequency",
    "n_base",
    "n_reached",
    "caveat",
    "optimism",
    "corrected",
    "frequency_se",
    "at_most",
)


@dataclass(frozen=True, eq=False)
class Ranked:
    """Sets of one size that are kept, as places of options, and how they rank among all.

    How many others are level with a set is not known where not all were looked at.
    """

    sets: tuple[tuple[int, ...], ...]
    rank: npt.NDArray[np.int64]
    level_with: tuple[int | None, ...]


def table_of(
    estimates: Estimates, best: Sequence[Ranked], sets: Sequence[tuple[CodeValue, ...]]
) -> pd.DataFrame:
    """Tabulate sets from estimates of their reach, after which stand the shares of the options."""
    import pandas as pd

    frame = estimates.frame
    rows = frame.iloc[: len(sets)]
    shares = frame.iloc[len(sets) :].set_index("item")["estimate"]
    chosen = [sum(shares[str(code)] for code in one) for one in sets]
    reach = rows["estimate"].to_numpy()
    columns = {
        "size": [len(one) for one in sets],
        "rank": np.concatenate([one.rank for one in best]),
        "options": [JOINT.join(map(str, one)) for one in sets],
        "reach": reach,
        **{name: rows[name].to_numpy() for name in ("se", "ci_low", "ci_high", "ci_method", "df")},
        "level_with": _counts([count for one in best for count in one.level_with]),
        **_gains(estimates, best),
        "frequency": np.divide(chosen, reach, out=np.full(reach.size, np.nan), where=reach > 0),
        "n_base": rows["n_base"].to_numpy(),
        "n_reached": rows["n_category"].to_numpy(),
        "caveat": rows["caveat"].to_numpy(),
        **dict.fromkeys(("optimism", "corrected", "at_most"), np.nan),
        "frequency_se": _frequency_errors(estimates, sets),
    }
    return pd.DataFrame({name: columns[name] for name in COLUMNS})


def _counts(counts: Sequence[int | None]) -> npt.NDArray[np.int64] | ExtensionArray:
    """Return whole numbers, of a type that knows missing ones where there are any."""
    import pandas as pd

    if None in counts:
        return pd.array(counts, dtype="Int64")
    return np.array(counts, dtype=np.int64)


def _frequency_errors(estimates: Estimates, sets: Sequence[tuple[CodeValue, ...]]) -> Floats:
    """Return standard errors of Σ share / reach: ∂/∂share = 1 / reach, ∂/∂reach = -Σ / reach²."""
    frame, number = estimates.frame, len(sets)
    figures = frame["estimate"].to_numpy(dtype=np.float64)
    reach, found = figures[:number], np.full(number, np.nan)
    if frame["se"].iloc[:number].isna().any() or not (reach > 0).any():
        return found
    item = frame["item"].to_numpy()[number:]
    member = np.array([[one in set(map(str, several)) for one in item] for several in sets])
    some = np.flatnonzero(reach > 0)
    chosen = member[some] @ np.nan_to_num(figures[number:])
    slopes = np.vstack(
        [
            np.eye(number)[:, some] * (-chosen / reach[some] ** 2),
            member[some].T / reach[some],
        ]
    )
    variance = estimates.joint.variances_of(range(len(frame)), slopes)
    found[some] = np.sqrt(np.where(variance > NEGLIGIBLE**2, variance, 0.0))
    return found


def _gains(estimates: Estimates, best: Sequence[Ranked]) -> dict[str, list[float]]:
    """Compare each set with the first of the size before, on their joint covariance."""
    sizes = [len(one.sets) for one in best]
    rows = estimates.frame.iloc[: sum(sizes)]
    reach, df = rows["estimate"].to_numpy(), rows["df"].to_numpy()
    covariance = np.full((len(rows), len(rows)), np.nan)
    if not rows["se"].isna().any():
        covariance = estimates.covariance(list(range(len(rows))))
    first = np.cumsum([0, *sizes])
    contrasts = [tested(np.nan, np.nan, np.nan, estimates.precision.level)] * sizes[0]
    for before, start, end in zip(first, first[1:], first[2:], strict=False):
        apart = variances_apart(covariance, before)
        contrasts += [
            tested(reach[row] - reach[before], apart[row], df[row], estimates.precision.level)
            for row in range(start, end)
        ]
    names = {"gain": "estimate", "gain_se": "se", "gain_df": "df", "gain_p": "p"}
    return {ours: [getattr(one, name) for one in contrasts] for ours, name in names.items()}
