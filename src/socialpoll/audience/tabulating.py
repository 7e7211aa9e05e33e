"""A plan as a tidy frame: a row an audience."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from socialpoll.indicators.reaching import JOINT

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.audience.planned import AudiencePlan, Leading
    from socialpoll.audience.platforms import Shared

__all__ = ["COLUMNS", "tabulated"]

PREFERENCES = ("times", "days", "formats", "languages")
COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(("wave", "breakdown", "domain"), "str"),
    "base": "Int64",
    **dict.fromkeys(("refusal", "platforms"), "str"),
    **dict.fromkeys(("cost", "reach", "optimism", "expected", "ci_low", "ci_high"), "float64"),
    "verdict": "str",
    "first": "boolean",
    **dict.fromkeys(("rival", "loss_of"), "str"),
    **dict.fromkeys(("loss", "loss_low", "loss_high"), "float64"),
    "loss_tells": "boolean",
    **{
        f"{name}{column}": kind
        for name in PREFERENCES
        for column, kind in (("", "str"), ("_share", "float64"), ("_alone", "boolean"))
    },
    "caveat": "str",
    "at_most": "float64",
    **dict.fromkeys(("shared_reach", "shared_loss"), "float64"),
    "shared_tells": "boolean",
}
"""The columns with their types."""


def tabulated(audiences: Sequence[AudiencePlan]) -> pd.DataFrame:
    """Return a row an audience; empty, NaN or NA where the plan says nothing."""
    import pandas as pd

    rows = [_row(one) for one in audiences]
    return pd.DataFrame(
        {
            name: pd.Series([_filled(row.get(name), kind) for row in rows], dtype=kind)
            for name, kind in COLUMNS.items()
        }
    )


def _filled(value: object, kind: str) -> object:
    return "" if value is None and kind == "str" else value


def _row(one: AudiencePlan) -> dict[str, object]:
    return {
        "wave": one.wave,
        "breakdown": one.breakdown,
        "domain": one.domain,
        "base": one.base,
        "refusal": one.refusal,
        **_reach(one),
        **_loss(one),
        **_preference("times", one.times),
        **_preference("days", one.days),
        **_preference("formats", one.formats),
        **_preference("languages", one.languages),
        "caveat": one.caveat,
        "at_most": one.at_most,
        **_shared(one.shared),
    }


def _reach(one: AudiencePlan) -> dict[str, object]:
    if one.chosen is None:
        return {}
    return {
        "platforms": JOINT.join(one.chosen.options),
        "cost": one.chosen.cost,
        "reach": one.chosen.observed,
        "optimism": one.chosen.optimism,
        "expected": one.chosen.expected,
        "ci_low": one.chosen.low,
        "ci_high": one.chosen.high,
        "verdict": one.verdict,
        "first": one.first,
        "rival": None if one.rival is None else JOINT.join(one.rival.options),
    }


def _loss(one: AudiencePlan) -> dict[str, object]:
    if not one.losses:
        return {}
    largest = one.losses[0]
    return {
        "loss_of": largest.option,
        "loss": largest.loss,
        "loss_low": largest.low,
        "loss_high": largest.high,
        "loss_tells": largest.tells,
    }


def _shared(shared: Shared | None) -> dict[str, object]:
    if shared is None:
        return {}
    return {
        "shared_reach": shared.reached.observed,
        "shared_loss": shared.loss,
        "shared_tells": shared.tells,
    }


def _preference(name: str, leading: Leading | None) -> dict[str, object]:
    """Return what comes first and beside it; whether alone is not known where it is not tested."""
    if leading is None:
        return {}
    foremost = (leading.first, *leading.beside)
    return {
        name: JOINT.join(one.code for one in foremost),
        f"{name}_share": leading.first.share,
        f"{name}_alone": leading.alone if leading.tested else None,
    }
