"""Populations of a few people, made by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

import socialpoll as sp

KEY = sp.LinkageKey(bytes(range(32)))
KEYS = ("household", "block")


def population_of(columns: Mapping[str, Sequence[object]]) -> sp.Population:
    """Return a population of the people numbered from 0 on; keys become pseudonyms."""
    frame = pd.DataFrame(dict(columns))
    frame.insert(0, "person", KEY.pseudonyms("person", map(str, range(len(frame)))))
    for one in KEYS:
        if one in frame:
            frame[one] = KEY.pseudonyms(one, map(str, frame[one]))
    frame = frame.sort_values("person", ignore_index=True)
    return sp.Population(frame, pd.DataFrame(), dt.date(2024, 3, 1), "A register made up")


def households(sizes: Sequence[int]) -> list[int]:
    """Return the number of the household of each person, given the sizes of households."""
    return [at for at, size in enumerate(sizes) for _ in range(size)]
