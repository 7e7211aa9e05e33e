"""Who is drawn: units at the first stage, people of these at the second."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.register.sampling.allocating import allocated
from socialpoll.register.sampling.choosing import certainties, simple_random, systematic
from socialpoll.register.sampling.declared import (
    Numbers,
    ProportionalSample,
    Sample,
    StratifiedSample,
)
from socialpoll.register.sampling.frames import SamplingFrame

__all__ = ["Chosen", "choose", "number_of", "within_of"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Chosen(NamedTuple):
    """Who is drawn, and how likely that was.

    Attributes
    ----------
    people : int64 array (cases,)
        Their positions.
    probability : float64 array (cases,)
        Of inclusion.
    units : bool array (units,)
        Which are in the sample.
    certain : bool array (units,)
        Which are by their size.
    asked : int64 array (strata,)
        Units that were to be taken.
    """

    people: Ints
    probability: Floats
    units: Flags
    certain: Flags
    asked: Ints


def number_of(sample: Sample) -> Numbers:
    """Return how many units a sample takes."""
    return sample.size if isinstance(sample, StratifiedSample) else sample.number


def within_of(sample: Sample) -> int | None:
    """Return how many people of each unit a sample takes; None for all."""
    return None if isinstance(sample, StratifiedSample) else sample.within


def choose(frame: SamplingFrame, sample: Sample, generator: np.random.Generator) -> Chosen:
    """Draw a sample.

    Parameters
    ----------
    frame : SamplingFrame
    sample : Sample
    generator : numpy.random.Generator

    Returns
    -------
    Chosen
    """
    asked = _asked(frame, sample)
    certain = np.zeros(frame.stratum.size, dtype=bool)
    if isinstance(sample, ProportionalSample):
        first, certain = _by_size(frame, asked, generator)
    else:
        first = _by_chance(frame, asked, generator)
    people = np.flatnonzero(first[frame.unit] > 0)
    probability = first[frame.unit[people]]
    within = within_of(sample)
    if within is not None:
        take = np.minimum(frame.people, within)
        kept = simple_random(frame.unit[people], take, generator.random(people.size))
        people, probability = people[kept], probability[kept]
        probability = probability * (take / frame.people)[frame.unit[people]]
    return Chosen(people, probability, first > 0, certain, asked)


def _asked(frame: SamplingFrame, sample: Sample) -> Ints:
    number, allocation, names = number_of(sample), sample.allocation, frame.strata.names
    if isinstance(number, Mapping):
        return np.array([number[one] for one in names], dtype=np.int64)
    measure = frame.measure(sample)
    if isinstance(allocation, Mapping):
        measure = measure * np.array([allocation[one] for one in names], dtype=np.float64)
    elif allocation == "equal":
        measure = np.ones(measure.size)
    elif allocation == "power":
        measure = np.sqrt(measure)
    return allocated(measure, frame.units, number, sample.least)


def _by_chance(frame: SamplingFrame, asked: Ints, generator: np.random.Generator) -> Floats:
    """Return the probability of each unit that is chosen by simple random sampling, else 0."""
    take = np.minimum(asked, frame.units)
    chosen = simple_random(frame.stratum, take, generator.random(frame.stratum.size))
    return np.where(chosen, (take / frame.units)[frame.stratum], 0.0)


def _by_size(
    frame: SamplingFrame, asked: Ints, generator: np.random.Generator
) -> tuple[Floats, Flags]:
    """Return the probability of each unit chosen in proportion to size, else 0; which are sure."""
    probability = np.zeros(frame.stratum.size)
    certain = np.zeros(frame.stratum.size, dtype=bool)
    order = np.lexsort((generator.random(frame.stratum.size), frame.place, frame.stratum))
    rows = np.split(order, np.cumsum(frame.units)[:-1])
    starts = generator.random(len(rows)).tolist()
    for members, wanted, start in zip(rows, asked.tolist(), starts, strict=True):
        number = min(wanted, members.size)
        sure = certainties(frame.size[members], number)
        probability[members[sure]], certain[members[sure]] = 1.0, True
        rest, left = members[~sure], number - int(sure.sum())
        if left:
            size = frame.size[rest]
            hit = systematic(size, left, start)
            probability[rest[hit]] = left * size[hit] / size.sum()
    return probability, certain
