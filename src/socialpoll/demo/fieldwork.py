"""What comes of a call to a citizen: an interview with its answers, or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TypeAlias

import numpy as np

from socialpoll.demo import supposed
from socialpoll.demo.answering import Answering, Uniform
from socialpoll.demo.chances import Floats
from socialpoll.demo.citizens import INTENSITIES, Citizens, Kind
from socialpoll.demo.preferring import Preferring

__all__ = ["DISPOSITIONS", "INTERVIEW", "Fieldwork", "Seen"]

Seen: TypeAlias = tuple[int, int, int, int]
"""Places of a citizen on the axes of :attr:`Citizens.persons` but for intensity."""
Told: TypeAlias = dict[str, str]
"""Answers, as they stand in the columns of the answers' file."""

INTERVIEW = "interview"
NOT_INTERVIEWED = {"refusal": 0.44, "no_contact": 0.93, "other": 1.0}
"""Cumulative chances of what became of the others."""
DISPOSITIONS = (INTERVIEW, *NOT_INTERVIEWED)


@dataclass(frozen=True, eq=False)
class Fieldwork:
    """Calls to citizens.

    Attributes
    ----------
    uniform : function of nothing to float
        Gives the next random number of those from which calls and answers are drawn.
    willing : float64 array
        Chances of an interview, by kind of citizen.
    """

    uniform: Uniform = field(repr=False)
    willing: Floats = field(repr=False)
    _answering: Answering = field(repr=False)
    _preferring: Preferring = field(repr=False)
    _of_content: Uniform = field(repr=False)

    @classmethod
    def among(cls, citizens: Citizens, seed: int) -> Fieldwork:
        """Begin the calls.

        Parameters
        ----------
        citizens : Citizens
        seed : int
            Of the random numbers (PCG64). What content users prefer is drawn from numbers of its
            own.
        """
        seeds = np.random.SeedSequence(seed)
        uniform = np.random.Generator(np.random.PCG64(seeds)).random
        of_content = np.random.Generator(np.random.PCG64(*seeds.spawn(1))).random
        answering = Answering.of(citizens)
        preferring = Preferring.of(citizens.persons * answering.account)
        return cls(uniform, _willing(citizens), answering, preferring, of_content)

    def call(self, seen: Seen, introduced: Callable[[], Told]) -> Told:
        """Return the disposition of a call, and all answers where it is an interview.

        Parameters
        ----------
        seen : tuple of four int
            Of who is called: places of governorate, sex, age group and education group. How eager
            a user it is, chance decides.
        introduced : function of nothing to dict of str to str
            Gives what an interviewed person tells of herself; it is asked of no other.
        """
        kind = (*seen, _intensity(self.uniform()))
        if self.uniform() < self.willing[kind]:
            return {"disposition": INTERVIEW} | introduced() | self._interview(kind)
        became = self.uniform()
        reason = next(name for name, limit in NOT_INTERVIEWED.items() if became < limit)
        return {"disposition": reason}

    def _interview(self, kind: Kind) -> Told:
        answers = self._answering.interview(kind, self.uniform)
        if answers["account"] == "yes":
            answers |= self._preferring.interview(kind, self._of_content)
        return answers


def _intensity(uniform: float) -> int:
    return sum(uniform >= limit for limit in list(accumulate(INTENSITIES.values()))[:-1])


def _willing(citizens: Citizens) -> Floats:
    share, leaning = supposed.RESPONSE
    relative = np.broadcast_to(np.exp(leaning.scores), citizens.persons.shape)
    scale = share * citizens.persons.sum() / (citizens.persons * relative).sum()
    return np.asarray(relative * scale)
