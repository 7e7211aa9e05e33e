"""Of whom each record of one source is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, RegisterError
from socialpoll.register.matching.assigning import Assigned, assigned, first_of_each
from socialpoll.register.matching.declared import Matching
from socialpoll.register.matching.identified import identify, weighed_by_identifiers
from socialpoll.register.matching.preparing import Ready
from socialpoll.register.matching.scoring import Pairs, scored
from socialpoll.register.matching.training import ENOUGH, trained

if TYPE_CHECKING:
    import duckdb

__all__ = ["BY", "NOBODY", "ROLES", "Score", "Told", "tell"]

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Score: TypeAlias = Callable[[Ready, dict[str, Any]], Pairs]

ROLES = ("match", "duplicate", "review", "none")
MATCH, DUPLICATE, REVIEW, NONE = range(4)
BY = ("identifier", "likeness", "")
IDENTIFIER, LIKENESS, NOTHING = range(3)
NOBODY = 0
"""People are numbered from 1."""
PAIRS, REST = "pairs", "rest"


class Told(NamedTuple):
    """What is told of the records of a source, in the order of their numbers.

    Attributes
    ----------
    person : int64 array (n,)
        Number of the person, or ``NOBODY``.
    role, by : int64 array (n,)
        Places in :data:`ROLES` and :data:`BY`.
    weight, probability : float64 array (n,)
        NaN where an identifier tells, or nobody came into question.
    model : dict
        Settings of Splink that have learnt; empty where there was nothing to compare.
    """

    person: Ints
    role: Ints
    by: Ints
    weight: Floats
    probability: Floats
    model: dict[str, Any]


def tell(ready: Ready, how: Matching, score: Score = scored) -> Told:
    """Tell of whom the records of a source are.

    Parameters
    ----------
    ready : Ready
        Where there are no names identifiers alone can tell.
    how : Matching
    score : function of (Ready, dict) to Pairs
        Compares the records that no identifier tells of, by the settings of Splink.

    Raises
    ------
    RegisterError
        There are too few pairs to learn from.
    """
    connection, records = ready.connection, ready.records
    count = len(connection.table(records))
    nothing = np.full(count, np.nan)
    told = Told(
        np.full(count, NOBODY),
        np.full(count, NONE),
        np.full(count, NOTHING),
        nothing,
        nothing.copy(),
        {},
    )
    if not count:
        return told
    identify(connection, ready.people, records, PAIRS)
    model: dict[str, Any] = {}
    known = connection.table(PAIRS).project("record AS unique_id").set_alias("known")
    everybody = connection.table(records).set_alias("records")
    everybody.join(known, "unique_id", how="anti").create(REST)
    if ready.common.name and len(connection.table(REST)):
        model, likeliest = _compared(ready, how, score)
        _by_likeness(told, likeliest, how)
    _by_identifier(told, connection)
    _tell_duplicates(told)
    return told._replace(model=model)


def _compared(ready: Ready, how: Matching, score: Score) -> tuple[dict[str, Any], Assigned]:
    """Compare the records that no identifier tells of; what Splink says may quote a cell."""
    from splink.internals.exceptions import SplinkException

    # Where there is next to nothing to learn from, probabilities of nothing are its ValueErrors.
    with suppress(SplinkException, ValueError):
        model = trained(ready, PAIRS, how)
        rest = replace(ready, records=REST)
        return model, assigned(weighed_by_identifiers(rest, score(rest, model)))
    linked = len(ready.connection.table(PAIRS).filter("NOT contradicted"))
    problem = Problem(
        "too few records are alike to learn what it means",
        "names and dates of birth",
        f"{linked} with the identifier of a person",
        f"{ENOUGH} of them, or pairs that have names and dates of birth in common",
        "match more records at a time, or declare no names and match by identifiers alone",
    )
    raise RegisterError("the records to be matched", [problem])


def _by_likeness(told: Told, likeliest: Assigned, how: Matching) -> None:
    place = likeliest.record - 1
    told.weight[place], told.probability[place] = likeliest.weight, likeliest.probability
    sure, likely = likeliest.probability >= how.accept, likeliest.probability >= how.review
    told.role[place] = np.where(sure, MATCH, np.where(likely, REVIEW, NONE))
    told.person[place] = np.where(likely, likeliest.person, NOBODY)
    told.by[place] = np.where(likely, LIKENESS, NOTHING)


def _by_identifier(told: Told, connection: duckdb.DuckDBPyConnection) -> None:
    """Tell by identifiers, which go before likeness; people decide of what they contradict."""
    arrays = connection.table(PAIRS).fetchnumpy()
    place = arrays["record"].astype(np.int64) - 1
    told.person[place] = arrays["person"]
    told.role[place] = np.where(arrays["contradicted"], REVIEW, MATCH)
    told.by[place] = IDENTIFIER
    told.weight[place] = told.probability[place] = np.nan


def _tell_duplicates(told: Told) -> None:
    """Leave each person one record of the source: that of the identifier, or the likeliest."""
    (linked,) = (told.role == MATCH).nonzero()
    preferred = np.where(told.by == IDENTIFIER, np.inf, told.weight)[linked]
    first = first_of_each(told.person[linked], preferred, linked)
    told.role[linked[~first]] = DUPLICATE
