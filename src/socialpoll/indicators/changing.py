"""Change between waves, and trends over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError, nearest
from socialpoll.indicators.breaking import BROKEN
from socialpoll.indicators.contrasts import tested
from socialpoll.indicators.offering import NOT_OFFERED
from socialpoll.schema.clock import AFTER_MIDNIGHT, shortest_arc
from socialpoll.totals import FIXED

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.indicators.estimates import Estimates

__all__ = ["change", "trend"]

Floats = npt.NDArray[np.float64]
KEYS = ("indicator", "question", "item", "category", "statistic", "unit", "breakdown", "domain")
TESTED = ("se", "df", "t", "ci_low", "ci_high", "p", "caveat")


def change(
    estimates: Estimates, against: Literal["previous", "first"] = "previous"
) -> pd.DataFrame:
    """Estimate the change of every figure between waves.

    Parameters
    ----------
    estimates : Estimates
        Of :func:`socialpoll.stack`.
    against : {"previous", "first"}
        The wave each later wave is compared with.

    Returns
    -------
    pandas.DataFrame
        One row a figure and pair of waves: the keys of the figure, wave_a (earlier), wave_b, their
        estimates, change = b - a in the unit of the figure (shares 0-1; minutes of times of day,
        the shorter way round the clock), se, df, t, ci_low, ci_high (level of the estimates), p and
        caveat. Of independent waves the variance is v_a + v_b and the degrees of freedom df_a +
        df_b; of waves with units in common the covariance on those units enters, and common units
        and strata are counted once. Across a declared break there is no change, and the caveat
        says so.

    Raises
    ------
    EstimationError
        The estimates are of one wave.

    See Also
    --------
    stack : The waves that it is between.

    trend : Over all waves.
    """
    waves = _waves(estimates)
    if against not in ("previous", "first"):
        message = "this is no wave to compare with"
        raise EstimationError(
            message, where="against", found=repr(against), allowed="previous, first"
        )
    lines = _lines(estimates, waves)
    parts = []
    for later in range(1, len(waves)):
        earlier = later - 1 if against == "previous" else 0
        slopes = np.zeros(len(waves))
        slopes[[earlier, later]] = -1.0, 1.0
        moved = [line.unrolled([earlier, later]) for line in lines]
        parts.append(
            [
                {
                    **line.keys,
                    "wave_a": waves[earlier],
                    "wave_b": waves[later],
                    "estimate_a": line.figures[earlier],
                    "estimate_b": line.figures[later],
                    **one,
                }
                for line, one in zip(lines, _combined(estimates, moved, slopes), strict=True)
            ]
        )
    names = ["wave_a", "wave_b", "estimate_a", "estimate_b", "change"]
    return _frame([row for rows in zip(*parts, strict=True) for row in rows], names)


def trend(estimates: Estimates, times: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Estimate the linear trend of every figure over waves.

    The slope of the least-squares line through the waves' figures is a contrast with coefficients
    (t_w - t̄) / Σ (t_w - t̄)²; its variance is that of the contrast. A time of day is taken to have
    moved from wave to wave by the shorter way round the clock.

    Parameters
    ----------
    estimates : Estimates
        Of :func:`socialpoll.stack`.
    times : mapping of str to float, optional
        Time of each wave, in the unit in which the slope shall be; 0, 1, 2 … where absent.

    Returns
    -------
    pandas.DataFrame
        One row a figure: its keys, waves (their number), slope per unit of time, se, df, t, ci_low,
        ci_high, p and caveat. A figure with a break among the waves has no trend.

    Raises
    ------
    EstimationError
        The estimates are of one wave, or a wave has no time.

    See Also
    --------
    stack : The waves that it goes over.

    change : From wave to wave.
    """
    waves = _waves(estimates)
    at = _times(waves, times)
    slopes = (at - at.mean()) / ((at - at.mean()) ** 2).sum()
    lines = [line.unrolled(range(len(waves))) for line in _lines(estimates, waves)]
    rows = [
        {**line.keys, "waves": len(waves), **one}
        for line, one in zip(lines, _combined(estimates, lines, slopes), strict=True)
    ]
    return _frame(rows, ["waves", "change"]).rename(columns={"change": "slope"})


@dataclass(frozen=True, eq=False)
class _Line:
    """One figure in every wave: its keys, places in the frame, estimates and standard errors.

    ``breaks`` are the numbers of the waves at which it starts anew, ``lacking`` says why a wave has
    no figure.
    """

    keys: dict[str, str]
    places: list[int]
    figures: Floats
    se: Floats
    breaks: tuple[int, ...] = ()
    lacking: str = "empty base"

    def broken(self, slopes: Floats) -> bool:
        """Say whether it starts anew after the first of the waves that a contrast uses."""
        first, *_, last = np.flatnonzero(slopes)
        return any(first < one <= last for one in self.breaks)

    def unrolled(self, waves: Sequence[int]) -> _Line:
        """Return the line with times of day laid out: each the shortest way from the one before."""
        if self.keys["unit"] != AFTER_MIDNIGHT:
            return self
        known = [wave for wave in waves if np.isfinite(self.figures[wave])]
        times = self.figures[known]
        laid_out = self.figures.copy()
        laid_out[known] = times[:1] + np.cumsum([0.0, *shortest_arc(np.diff(times))])[: len(known)]
        return replace(self, figures=laid_out)


def _waves(estimates: Estimates) -> list[str]:
    waves = [str(one) for one in estimates.frame["wave"].unique()]
    if len(waves) < 2:  # noqa: PLR2004
        message = "there is only one wave"
        raise EstimationError(
            message,
            where="estimates",
            found=", ".join(waves),
            advice="estimate sp.stack({...}) of several waves",
        )
    return waves


def _times(waves: Sequence[str], times: Mapping[str, float] | None) -> Floats:
    if times is None:
        return np.arange(len(waves), dtype=np.float64)
    lacking = [wave for wave in waves if wave not in times]
    if lacking:
        message = "a wave has no time"
        raise EstimationError(
            message, where="times", found=lacking[0], allowed=nearest(lacking[0], list(times))
        )
    at = np.array([float(times[wave]) for wave in waves])
    if not np.isfinite(at).all() or not np.ptp(at) > 0:
        message = "the waves are all of one time, or of none"
        raise EstimationError(message, where="times", found=str(dict(times)))
    return at


def _lines(estimates: Estimates, waves: Sequence[str]) -> list[_Line]:
    frame = estimates.frame
    found: dict[tuple[str, ...], dict[str, int]] = {}
    for place, (wave, *key) in enumerate(
        frame[["wave", *KEYS]].astype(str).itertuples(index=False, name=None)
    ):
        found.setdefault(tuple(key), {})[wave] = place
    figures, se = (frame[name].to_numpy(dtype=np.float64) for name in ("estimate", "se"))
    caveats = frame["caveat"].to_numpy(dtype=object)
    lines = []
    for keys, of_wave in found.items():
        places = [of_wave[wave] for wave in waves]
        anew = tuple(map(waves.index, estimates.breaks(places[0]))) if estimates.broken else ()
        lacking = NOT_OFFERED if NOT_OFFERED in caveats[places] else _Line.lacking
        named = dict(zip(KEYS, keys, strict=True))
        lines.append(_Line(named, places, figures[places], se[places], anew, lacking))
    return lines


def _combined(estimates: Estimates, lines: Sequence[_Line], slopes: Floats) -> list[dict[str, Any]]:
    """Return the same contrast of every line, those of one indicator and breakdown together."""
    groups: dict[tuple[str, str], list[_Line]] = {}
    for line in lines:
        if not line.broken(slopes):
            groups.setdefault((line.keys["indicator"], line.keys["breakdown"]), []).append(line)
    made = {id(line): _across_a_break() for line in lines if line.broken(slopes)}
    for group in groups.values():
        for line, one in zip(group, _together(estimates, group, slopes), strict=True):
            made[id(line)] = one
    return [made[id(line)] for line in lines]


def _together(estimates: Estimates, group: Sequence[_Line], slopes: Floats) -> list[dict[str, Any]]:
    used = slopes != 0
    places = [place for line in group for place in np.array(line.places)[used].tolist()]
    width = int(used.sum())
    weights = np.zeros((len(places), len(group)))
    for number, line in enumerate(group):
        varies = line.se[used] > 0
        weights[number * width : (number + 1) * width, number] = slopes[used] * varies
    variances = estimates.joint.variances_of(places, weights)
    freedom: dict[str, float] = {}
    made = []
    for number, line in enumerate(group):
        domain = line.keys["domain"]
        if domain not in freedom:
            freedom[domain] = estimates.degrees_of_freedom(places[number * width :][:width])
        made.append(_tested(line, slopes, float(variances[number]), freedom[domain], estimates))
    return made


def _tested(
    line: _Line, slopes: Floats, variance: float, df: float, estimates: Estimates
) -> dict[str, Any]:
    used = slopes != 0
    figures, se = line.figures[used], line.se[used]
    estimate = float(slopes[used] @ figures)
    caveat = ""
    if not np.isfinite(figures).all():
        variance, caveat = float("nan"), line.lacking
    elif not np.isfinite(se).all():
        variance, caveat = float("nan"), "no standard error"
    elif variance <= FIXED * float(np.abs(slopes[used]) @ se) ** 2:
        variance, caveat = 0.0, "no variation"
    elif df < 1:
        caveat = "df<1"
    one = tested(estimate, variance, df, estimates.precision.level)
    return {
        "change": one.estimate,
        **{name: getattr(one, name) for name in TESTED if name != "caveat"},
        "caveat": caveat,
    }


def _across_a_break() -> dict[str, Any]:
    return {**dict.fromkeys(("change", *TESTED), float("nan")), "caveat": BROKEN}


def _frame(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows), columns=[*KEYS, *names, *TESTED])
