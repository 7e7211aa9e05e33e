"""Reading how replicates are to be made from a table of a poll file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, TypeAlias

from pydantic import Field

from socialpoll.errors import PollFileError, WeightingError
from socialpoll.schema import Mistake, kind_of, read_as, without
from socialpoll.schema.border import BORDER
from socialpoll.weighting.replicating.replication import (
    BalancedRepeated,
    Bootstrap,
    Jackknife,
    Replication,
    SuccessiveDifference,
)

__all__ = ["replication_from"]

Whole: TypeAlias = Annotated[int, Field(ge=0, strict=True)]


@dataclass(frozen=True, kw_only=True)
class JackknifeTable:
    """A jackknife."""

    groups: Whole | None = None
    seed: Whole | None = None
    mse: bool = False

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class BootstrapTable:
    """A bootstrap."""

    replicates: Whole = 500
    seed: Whole

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class BalancedRepeatedTable:
    """Balanced half-samples."""

    fay: Annotated[float, Field(strict=True)] = 0.0
    mse: bool = True

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class SuccessiveDifferenceTable:
    """Successive differences."""

    replicates: Whole = 80

    __pydantic_config__ = BORDER


Declared: TypeAlias = type[Jackknife | Bootstrap | BalancedRepeated | SuccessiveDifference]
Table: TypeAlias = (
    JackknifeTable | BootstrapTable | BalancedRepeatedTable | SuccessiveDifferenceTable
)
TABLES: dict[str, type[Table]] = {
    Jackknife.method: JackknifeTable,
    Bootstrap.method: BootstrapTable,
    BalancedRepeated.method: BalancedRepeatedTable,
    SuccessiveDifference.method: SuccessiveDifferenceTable,
}
METHODS: dict[str, Declared] = {
    one.method: one for one in (Jackknife, Bootstrap, BalancedRepeated, SuccessiveDifference)
}


def replication_from(table: Mapping[str, Any], where: str = "weighting.replicates") -> Replication:
    """Read a method of replication.

    Parameters
    ----------
    table : mapping
        As ``[weighting.replicates]`` of a poll file holds it: a ``method``, and what it takes.
    where : str
        Of the table, for messages.

    Returns
    -------
    Replication

    Raises
    ------
    PollFileError
        With every mistake.

    Examples
    --------
    >>> replication_from({"method": "bootstrap", "replicates": 200, "seed": 7})
    Bootstrap(replicates=200, seed=7)
    """
    kind = kind_of(table, "method", TABLES)
    if isinstance(kind, Mistake):
        raise PollFileError(where, [kind.within(where)])
    read, mistakes = read_as(kind, without(table, [("method",)]))
    if mistakes or read is None:
        raise PollFileError(where, [one.within(where) for one in mistakes])
    values = {one.name: getattr(read, one.name) for one in fields(read)}
    try:
        return METHODS[str(table["method"])](**values)
    except WeightingError as error:
        raise PollFileError(where, error.problems) from error
