"""Each record given to one person at most, and each person one record of a source.

Arrays in, arrays out.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.register.matching.scoring import Pairs

__all__ = ["Assigned", "assigned", "first_of_each"]

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Truths: TypeAlias = npt.NDArray[np.bool_]


class Assigned(NamedTuple):
    """The person who is likeliest for each record that was compared with anybody.

    Attributes
    ----------
    record, person : int64 array (n,)
        Numbers of both, by record.
    weight : float64 array (n,)
        Of the pair.
    probability : float64 array (n,)
        That the record is of this person, and of none of the others.
    """

    record: Ints
    person: Ints
    weight: Floats
    probability: Floats


def assigned(pairs: Pairs) -> Assigned:
    """Give each record to the person who is likeliest.

    A record is of one person or of nobody; so the odds of all persons that come into question
    compete with each other and with those of nobody, which are 1 (Sadinle 2017, *Bayesian
    estimation of bipartite matchings for record linkage*).

    Parameters
    ----------
    pairs : Pairs
        In any order. Of two persons who are as likely the one with the lower number is given; the
        probability is then at most one half.

    Examples
    --------
    Two who are as likely, and one who is so alone:

    >>> pairs = Pairs(np.array([1, 1, 2]), np.array([7, 8, 9]), np.array([10.0, 10.0, 10.0]))
    >>> assigned(pairs).probability.round(3)
    array([0.5  , 0.999])
    """
    order = np.lexsort((pairs.person, -pairs.weight, pairs.record))
    record, person, weight = pairs.record[order], pairs.person[order], pairs.weight[order]
    (first,) = _starts(record).nonzero()
    group = np.cumsum(_starts(record)) - 1
    most = np.maximum(weight[first], 0.0)
    odds = np.exp2(weight - most[group])
    total = np.exp2(-most) + np.bincount(group, weights=odds, minlength=len(first))
    return Assigned(record[first], person[first], weight[first], odds[first] / total)


def first_of_each(person: Ints, preferred: Floats, record: Ints) -> Truths:
    """Tell which record is the first of its person.

    Parameters
    ----------
    person : int64 array (n,)
    preferred : float64 array (n,)
        The larger comes first.
    record : int64 array (n,)
        Of those that are as large, the lower one.

    Returns
    -------
    bool array (n,)
    """
    order = np.lexsort((record, -preferred, person))
    is_first = np.empty(len(person), dtype=np.bool_)
    is_first[order] = _starts(person[order])
    return is_first


def _starts(ordered: Ints) -> Truths:
    """Tell where a run of the same value begins."""
    starts = np.ones(len(ordered), dtype=np.bool_)
    starts[1:] = ordered[1:] != ordered[:-1]
    return starts
