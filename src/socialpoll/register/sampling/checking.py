"""Mistakes of a draw: what is asked of a population that it cannot give, all at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.errors import Problem, nearest
from socialpoll.register.registers import PERSON
from socialpoll.register.sampling.declared import ProportionalSample, Sample, several
from socialpoll.register.sampling.designing import IN_CLUSTER, IN_STRATUM
from socialpoll.register.sampling.disguising import looks_like_a_pseudonym
from socialpoll.register.sampling.drawn import CASE, PROBABILITY, STRATUM, TOLD, UNIT, WEIGHT
from socialpoll.register.sampling.frames import SamplingFrame, cluster_of
from socialpoll.register.sampling.stages import number_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["problems_of_frame", "problems_of_people", "problems_of_the_call"]

PLAIN = "[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"
TAKEN = (CASE, STRATUM, UNIT, PROBABILITY, WEIGHT, IN_STRATUM, IN_CLUSTER)


def problems_of_the_call(name: object, seed: object) -> Iterator[Problem]:
    """Tell of a name that is not plain, and of a seed that is none."""
    if not isinstance(name, str) or not re.fullmatch(PLAIN, name):
        allowed = "1 to 64 of A-Z a-z 0-9 _ . -, the first a letter or a digit"
        yield Problem("the name is not plain", "name", repr(name), allowed)
    whole = isinstance(seed, int | np.integer) and not isinstance(seed, bool) and seed >= 0
    if not (whole or isinstance(seed, np.random.Generator)):
        allowed = "a whole number from 0 on, or a numpy.random.Generator"
        yield Problem("that is no seed", "seed", repr(seed), allowed)


def problems_of_people(
    people: pd.DataFrame, sample: Sample, keep: Sequence[str]
) -> Iterator[Problem]:
    """Tell what the columns of the population do not give: the frame is made where they do."""
    yield from _of_persons(people)
    twice = [one for one, times in Counter(several(sample.strata)).items() if times > 1]
    if twice:
        yield Problem("columns are named twice", "strata", ", ".join(map(repr, twice)))
    for field, column in _columns(sample, keep):
        where = f"{field} = {column!r}"
        if column == PERSON:
            advice = "leave it out: who is in the sample is told by the key alone"
            yield Problem("pseudonyms of people do not leave with a sample", where, advice=advice)
        elif column not in people.columns:
            allowed = nearest(column, [one for one in people.columns if one != PERSON])
            yield Problem("the population has no such column", where, allowed=allowed)
        elif column in TAKEN or (field == "strata" and column in TOLD):
            advice = "give the variable of the population another name"
            yield Problem("the name is taken by the sample's own columns", where, advice=advice)
        elif field == "size":
            yield from _of_sizes(people[column], where)
        elif field != "keep" and (blank := int(people[column].isna().sum())):
            what = f"{blank} of {len(people)} people have no value"
            advice = "leave them out of the population with `complete`"
            yield Problem(what, where, advice=advice)


def _of_persons(people: pd.DataFrame) -> Iterator[Problem]:
    if not len(people):
        yield Problem("there is nobody in the population")
    if PERSON not in people:
        yield Problem("the population has no pseudonyms of people", allowed=f"column {PERSON!r}")
        return
    blank = int(people[PERSON].isna().sum())
    twice = int(people[PERSON].dropna().duplicated().sum())
    for what, count in (("have no pseudonym", blank), ("are there a second time", twice)):
        if count:
            advice = "take a population as `population` makes it: a row a person"
            yield Problem(f"{count} of {len(people)} people {what}", PERSON, advice=advice)


def _columns(sample: Sample, keep: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from (("strata", one) for one in several(sample.strata))
    yield from (("clusters", one) for one in several(cluster_of(sample)))
    if isinstance(sample, ProportionalSample):
        yield from (("size", one) for one in several(sample.size))
        yield from (("order", one) for one in several(sample.order))
    yield from (("keep", one) for one in keep)


def _of_sizes(size: pd.Series, where: str) -> Iterator[Problem]:
    if size.dtype.kind not in "iuf":
        yield Problem("sizes are no numbers", where, str(size.dtype))
        return
    wrong = int((size.isna() | (size < 0) | (size == np.inf)).sum())
    if wrong:
        what = f"{wrong} of {len(size)} people have no size"
        yield Problem(what, where, allowed="0 or more", advice="leave them out of the population")


def problems_of_frame(frame: SamplingFrame, sample: Sample) -> Iterator[Problem]:
    """Tell what cannot be drawn from a frame."""
    for astray, field in zip(frame.astray, ("strata", "order"), strict=True):
        if astray:
            found = f"{astray} of {frame.stratum.size} clusters"
            advice = "take columns that are the same throughout a cluster"
            yield Problem("clusters are in several at once", field, found, advice=advice)
    if isinstance(sample, ProportionalSample) and (empty := int((frame.size <= 0).sum())):
        found = f"{empty} of {frame.size.size}"
        advice = "leave them out of the population: they can never be drawn"
        yield Problem("units have no size", f"size = {sample.size!r}", found, advice=advice)
    number, allocation = number_of(sample), sample.allocation
    if isinstance(number, Mapping):
        yield from _of_names(number, "numbers", frame, sample)
    else:
        yield from _of_number(number, frame, sample)
    if isinstance(allocation, Mapping):
        yield from _of_names(allocation, "allocation", frame, sample)


def _of_number(number: int, frame: SamplingFrame, sample: Sample) -> Iterator[Problem]:
    lowest = int(np.minimum(frame.units, sample.least).sum())
    highest = int(frame.units.sum())
    if not lowest <= number <= highest:
        found = f"{number} in {len(frame.units)} strata, with at least {sample.least} of each"
        yield Problem("so many cannot be drawn", sample.kind, found, f"{lowest} to {highest}")


def _of_names(
    given: Mapping[object, object], field: str, frame: SamplingFrame, sample: Sample
) -> Iterator[Problem]:
    table = frame.strata.table
    if not several(sample.strata):
        advice = "give one number, or name the strata"
        yield Problem("there are no strata that could have their own", field, advice=advice)
        return
    if any(looks_like_a_pseudonym(table[one]) for one in table):
        advice = "give one number, or name a variable as strata"
        yield Problem("strata that are keys have none of their own", field, advice=advice)
        return
    names = frame.strata.names
    for one in given:
        if one not in names:
            allowed = nearest(one, names)
            yield Problem("the population has no such stratum", field, repr(one), allowed)
    if missing := sum((Counter(names) - Counter(given.keys())).values()):
        found = f"{missing} of {len(names)}"
        yield Problem("strata are left out", field, found, advice="give one for each")
