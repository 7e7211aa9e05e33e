"""What a policy promises of small counts: between which limits nobody may find them.

The threshold below a count and above it, in weights as many respondents of the mean weight of its
base; but who did not answer, and who was not asked, is known where these are not few, nor few are
left. Of several bases the narrowest interval is promised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

import socialpoll as sp
from socialpoll.disclosure.subjects import subjects_of
from socialpoll.indicators import KEYS
from tests.disclosure.known import Figures
from tests.disclosure.people import Mask
from tests.disclosure.sums import Floats, Row


@dataclass(frozen=True)
class Promise:
    """A small count, and what nobody may exclude of it.

    Parameters
    ----------
    row : str
        The figure, by its keys.
    of : {"category", "rest", "base"}
    by : {"respondents", "weights"}
    target : float array (kinds,)
        Whom it counts.
    value, least, most : float
    """

    row: str
    of: str
    by: str
    target: Floats
    value: float
    least: float
    most: float


def truths(estimates: Sequence[sp.Estimates]) -> Mapping[tuple[object, ...], Row]:
    """Return the estimated figures by their keys, with the weights of who answered, was asked."""
    frames = []
    for one in estimates:
        subjects = subjects_of(one)
        weights = {
            "answered": [subject.answered for subject in subjects],
            "asked": [subject.asked for subject in subjects],
        }
        frames.append(one.frame.assign(**weights))
    raw = pd.concat(frames).drop_duplicates(list(KEYS))
    return {tuple(row[key] for key in KEYS): row for row in raw.to_dict("records")}


def narrowest(promises: Iterable[Promise]) -> list[Promise]:
    """Return one promise for each count: what all that are made of it have in common."""
    found: dict[tuple[str, bytes], Promise] = {}
    for one in promises:
        key = (one.by, one.target.tobytes())
        known = found.setdefault(key, one)
        least, most = max(known.least, one.least), min(known.most, one.most)
        found[key] = replace(known, least=least, most=most)
    return list(found.values())


def promised(
    known: Figures, row: Row, true: Row, threshold: int, *, zeros: bool
) -> Iterator[Promise]:
    """Yield what is promised of a figure: of its base, of its answer, of the rest of its base."""
    name = "/".join(str(true[key]) for key in KEYS)
    base, everybody = float(true["n_base"]), known.base(row).astype(float)
    for by in _known_by(true):
        unit = 1.0 if by == "respondents" else float(true["population"]) / max(base, 1.0)
        if 0 < base < threshold:
            asked = float(true["n_asked"])
            # How many were asked may be shown where they are not few themselves.
            most = min(asked if asked >= threshold else np.inf, base + threshold)
            yield Promise(name, "base", by, everybody, base * unit, 0.0, most * unit)
        if pd.isna(true["n_category"]) or base == 0:
            continue
        gave = known.gave(row)
        low, high = _room(known, row, true, (by, gave, threshold))
        fewest, largest = _room(known, row, true, ("respondents", gave, threshold))
        count, value = float(true["n_category"]), _value(true, by)
        for of, target, size, around in (
            ("category", gave.astype(float), count - fewest, (value, low, high)),
            ("rest", everybody - gave, largest - count, _turned(base * unit, value, low, high)),
        ):
            if (0 if zeros else 1) <= size < threshold:
                least = max(around[1], around[0] - threshold * unit)
                most = min(around[2], around[0] + threshold * unit)
                yield Promise(name, of, by, target, around[0], least, most)


def _turned(base: float, value: float, low: float, high: float) -> tuple[float, float, float]:
    return base - value, base - high, base - low


def _room(known: Figures, row: Row, true: Row, what: tuple[str, Mask, int]) -> tuple[float, float]:
    """Return how many can have given an answer, as bases tell that are not few."""
    by, gave, threshold = what
    asked, answered = (known.base(row) & one for one in _states(known, row))
    base = known.base(row)
    whole, inner, outer = _sizes(true, "respondents")
    few = 0 < inner < threshold
    fewer = 0 < outer < threshold or 0 < whole - outer < threshold
    whole, inner, outer = _sizes(true, by)
    around = whole if fewer else outer
    low = high = 0.0
    for part, size, most, told in (
        (answered, inner, around, not few),
        (asked & ~answered, outer - inner, around, not few and not fewer),
        (base & ~asked, whole - outer, whole, not fewer),
    ):
        if (part & gave).any():
            high += size if told else most
            low += size if told and not (part & ~gave).any() else 0.0
    return low, min(high, whole)


def _states(known: Figures, row: Row) -> tuple[Mask, Mask]:
    question = str(row["question"])
    return known.people.was_asked(question), known.people.answered(question)


def _sizes(true: Row, by: str) -> tuple[float, float, float]:
    """Return the base, those of it who answered, and those who were asked."""
    names = ("n_base", "n_answered", "n_asked")
    names = names if by == "respondents" else ("population", "answered", "asked")
    whole, inner, outer = (float(true[name]) for name in names)
    return whole, min(inner, whole), outer


def _known_by(true: Row) -> tuple[str, ...]:
    """Return in what a count is known; the weight of one is not, whose share is of responses."""
    of_responses = true["statistic"] == "share_of_responses"
    return ("respondents",) if of_responses else ("respondents", "weights")


def _value(true: Row, by: str) -> float:
    if by == "respondents":
        return float(true["n_category"])
    share = float(true["estimate"])
    return share if true["statistic"] == "total" else share * float(true["population"])
