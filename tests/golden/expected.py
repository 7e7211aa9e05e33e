"""What is to be expected of a case: R's answer, or the right one where R is known to be wrong."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator, Mapping
from typing import Any

from scipy import special

from tests.golden.folder import Case, Folder

__all__ = ["as_number", "neighbours", "readings"]

WORDS = {"NA": math.nan, "NaN": math.nan, "Inf": math.inf, "-Inf": -math.inf}
LATEST = "survey 4.5"
RIGHT_FROM_SE = ("ci_z", "ci_t", "ci_t_fulldf")


def as_number(value: object) -> float | None:
    """Return a leaf as a number; None for words that are none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        return WORDS.get(value)
    return float(value) if isinstance(value, int | float) else None


def readings(case: Case) -> list[Mapping[str, Any]]:
    """Return the answers of which any one is right, leaf by leaf; the first is the main one."""
    record = case.record
    alternatives = record.get("expect_alt", {})
    if "r_bug" in case.flags:
        if "expect_correct" in record:
            return [_corrected(case.expect, record["expect_correct"])]
        return [_patched(case.expect, alternatives[LATEST])]
    return [case.expect, *(_patched(case.expect, one) for one in alternatives.values())]


def neighbours(folder: Folder, case: Case) -> list[float]:
    """Return the data points of the variable of a quantile, in order, each once."""
    values = (
        folder.dataset(folder.base(case.record["design"])["dataset"])
        .frame[case.params["var"]]
        .dropna()
    )
    return sorted({float(one) for one in values})


def _patched(expect: Mapping[str, Any], changes: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an answer with some leaves replaced, each by its path ``/se/0``."""
    made = copy.deepcopy(dict(expect))
    for path, value in changes.items():
        *above, last = path.strip("/").split("/")
        at: Any = made
        for step in above:
            at = at[int(step)] if isinstance(at, list) else at[step]
        if isinstance(at, list):
            at[int(last)] = value
        else:
            at[last] = value
    return made


def _corrected(expect: Mapping[str, Any], correct: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an answer with the right leaves, and with those that follow from the right SE."""
    right = {name: value for name, value in correct.items() if name != "why"}
    made = copy.deepcopy(dict(expect)) | right
    if "se" in right:
        made |= dict(_following(made, right))
    return made


def _following(made: Mapping[str, Any], right: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    estimate, se = made["estimate"], right["se"]
    if "vcov" in made and "vcov" not in right and len(se) == 1:
        yield "vcov", [[se[0] ** 2]]
    if "cv" in made and "cv" not in right:
        yield "cv", [s / e for s, e in zip(se, estimate, strict=True)]
    for name in RIGHT_FROM_SE:
        if name in made and name not in right:
            level, df = made[name]["level"], as_number(made[name]["df"])
            tail = 0.5 + level / 2
            t = special.ndtri(tail) if df == math.inf else special.stdtrit(df, tail)
            yield (
                name,
                made[name]
                | {
                    "lower": [e - t * s for e, s in zip(estimate, se, strict=True)],
                    "upper": [e + t * s for e, s in zip(estimate, se, strict=True)],
                },
            )
