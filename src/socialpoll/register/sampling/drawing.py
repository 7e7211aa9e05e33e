"""A sample drawn from a population."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.errors import Problem, RegisterError
from socialpoll.register.keys import LinkageKey
from socialpoll.register.populations import Population
from socialpoll.register.registers import PERSON
from socialpoll.register.sampling.checking import (
    problems_of_frame,
    problems_of_people,
    problems_of_the_call,
)
from socialpoll.register.sampling.declared import Sample, several
from socialpoll.register.sampling.designing import Designing
from socialpoll.register.sampling.disguising import Disguise
from socialpoll.register.sampling.drawn import Drawn
from socialpoll.register.sampling.frames import SamplingFrame, framed
from socialpoll.register.sampling.stages import choose

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draw"]


def draw(
    population: Population,
    sample: Sample,
    key: LinkageKey,
    *,
    name: str,
    seed: int | np.random.Generator,
    keep: str | Sequence[str] = (),
) -> Drawn:
    """Draw a probability sample from a population.

    Parameters
    ----------
    population : Population
        The order of its rows makes no difference.
    sample : StratifiedSample, ClusterSample or ProportionalSample
    key : LinkageKey
        Of the pseudonyms of cases and clusters.
    name : str
        Of the sample: letters and digits of ASCII, ``_``, ``.`` and ``-``. Samples of two names
        have no pseudonym in common.
    seed : int or numpy.random.Generator
        The same gives the same sample. Who has it and the population can draw the sample again: it
        is kept where the key is.
    keep : str or sequence of str
        Variables of the population that the cases keep.

    Returns
    -------
    Drawn

    Raises
    ------
    RegisterError
        Columns that are not there, people without a value in them, clusters in several strata,
        strata without a number, sizes of no sense, a name that is not plain. All at once, and in
        counts.

    See Also
    --------
    bind : Answers with the design of the sample.

    Examples
    --------
    >>> import datetime as dt
    >>> import pandas as pd
    >>> from socialpoll.register import LinkageKey, Population, StratifiedSample, draw
    >>> key = LinkageKey(bytes(range(32)))
    >>> frame = pd.DataFrame({"sex": ["female"] * 60 + ["male"] * 40})
    >>> frame.insert(0, "person", key.pseudonyms("person", map(str, frame.index)))
    >>> people = Population(frame, pd.DataFrame(), dt.date(2024, 3, 1), "A register made up")
    >>> drawn = draw(people, StratifiedSample("sex", 10), key, name="2024-03", seed=1)
    >>> drawn
    <Drawn '2024-03': 10 cases, a stratified sample>
    >>> drawn.strata[["sex", "people", "taken", "lowest"]]
          sex  people  taken  lowest
    0  female      60      6     0.1
    1    male      40      4     0.1
    """
    people = _in_order(population.frame)
    kept = several(keep) if isinstance(keep, str) else tuple(keep)
    frame = _drawable(people, sample, kept, list(problems_of_the_call(name, seed)))
    generator = np.random.default_rng(seed)
    digest = _digest(generator, key)
    chosen = choose(frame, sample, generator)
    disguise = Disguise(key, name, population.keys)
    made = Designing(people, frame, sample, chosen, disguise)
    return Drawn(made.cases(kept), made.design(), made.strata(), name, sample, digest)


def _in_order(people: pd.DataFrame) -> pd.DataFrame:
    """Return people in the order of their pseudonyms, if they have these as they must."""
    if PERSON not in people or people[PERSON].is_monotonic_increasing:
        return people
    return people.sort_values(PERSON, ignore_index=True)


def _drawable(
    people: pd.DataFrame, sample: Sample, keep: Sequence[str], problems: Sequence[Problem]
) -> SamplingFrame:
    """Return the sampling frame; RegisterError where there are problems already, or with it."""
    of_people = list(problems_of_people(people, sample, keep))
    frame = None if of_people else framed(people, sample)
    of_frame = () if frame is None else problems_of_frame(frame, sample)
    found = [*problems, *of_people, *of_frame]
    if frame is None or found:
        raise RegisterError(f"the draw of {sample.kind}", found)
    return frame


def _digest(generator: np.random.Generator, key: LinkageKey) -> str:
    # With the key: a seed is a number that is soon found by trying, were it hashed alone.
    state = json.dumps(generator.bit_generator.state, sort_keys=True, default=np.ndarray.tolist)
    return key.pseudonym("seed", state)
