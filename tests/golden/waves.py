"""What socialpoll answers to R's change between two waves."""

from __future__ import annotations

import math
from typing import Any, Protocol

import socialpoll as sp
from tests.golden.conditions import condition_of
from tests.golden.designs import source_of
from tests.golden.expressions import parse, variables_of
from tests.golden.folder import Case, Folder
from tests.golden.naming import named

__all__ = ["wave_change"]


class Asked(Protocol):
    """A case and the folder it is from."""

    case: Case
    folder: Folder


def wave_change(asked: Asked) -> dict[str, Any]:
    """Answer the mean in each of two waves, and the change."""
    case, folder = asked.case, asked.folder
    params = case.params
    written = params.get("subset")
    columns = [params["var"], *(variables_of(parse(written)) if written else [])]
    names = case.record["design"]
    sources = {name: source_of(folder, name, case.options, columns) for name in names}
    stacked = sp.stack(sources)
    where = condition_of(written, named) if written else None

    def changed(df: float | str) -> Any:
        precision = sp.Precision(df=df)
        indicator = sp.Mean(named(params["var"]))
        return sp.estimate(stacked, indicator, where=where, precision=precision)

    estimates, normal = changed("domain"), sp.change(changed(math.inf)).iloc[0]
    one, se = sp.change(estimates).iloc[0], estimates.frame["se"].tolist()
    return {
        "names": [params["var"]],
        "est1": [one["estimate_a"]],
        "est2": [one["estimate_b"]],
        "se1": [se[0]],
        "se2": [se[1]],
        "diff": [one["change"]],
        "se": [one["se"]],
        "df": one["df"],
        "z": [one["t"]],
        "p_z": [normal["p"]],
        "p_t": [one["p"]],
        "ci_z": _interval(normal),
        "ci_t": _interval(one),
    }


def _interval(one: Any) -> dict[str, Any]:
    df = float(one["df"])
    return {"level": 0.95, "df": df, "lower": [one["ci_low"]], "upper": [one["ci_high"]]}
