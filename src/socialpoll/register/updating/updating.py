"""A register updated by what the tables of agencies say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.register.checking import require_declared
from socialpoll.register.coding import NOTHING, changeable, coded, days_of, decoded
from socialpoll.register.declared import AgencyTable
from socialpoll.register.keys import LinkageKey
from socialpoll.register.matching import Links
from socialpoll.register.needing import require_installed
from socialpoll.register.registers import DATE, SOURCE, Register, sources_of, typed, version_of
from socialpoll.register.updating.covering import agreement_of, coverage_of
from socialpoll.register.updating.declared import Updating, require_possible
from socialpoll.register.updating.settling import NOT_SAID, UNRANKED, Said, settled
from socialpoll.register.updating.stating import Stated, said_of, stated
from socialpoll.register.updating.telling import Told, changes_of, conflicts_of, counts_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Updated", "update_register"]


@dataclass(frozen=True, eq=False)
class Updated:
    """A register after an update, and what became of everything that was said.

    Attributes
    ----------
    register : Register
    parent : str
        Version of the register before.
    how : Updating
        By which rule.
    changes : pandas.DataFrame
        A row a value that is another one now: ``person``, ``attribute``, ``old``, ``new``,
        ``source`` and ``date`` of the new one, ``rule`` (``authority``, ``recency``, ``missing``
        where nobody knew before), ``old_source``, ``old_date``. Values are texts, missing where
        there was none.
    conflicts : pandas.DataFrame
        Of what contradicts itself and nothing is better, a row each thing that is said:
        ``person``, ``attribute``, ``value``, ``source``, ``date``, ``authority``, ``records``, and
        whether it is ``standing``.
    coverage : pandas.DataFrame
        A row a source and place: ``people`` of the register, how many have a record (``linked``)
        and which share (``coverage``); by the place in the record, records that are of nobody
        (``unlinked``) or that people must decide of (``undecided``).
    agreement : pandas.DataFrame
        A row a source, place and attribute: records ``compared`` with what stood before,
        ``agreeing``, and the share (``agreement``).
    counts : pandas.DataFrame
        A row an attribute: ``said`` so often, ``changed``, ``confirmed`` by something better,
        ``conflicts``: people.
    """

    register: Register
    parent: str
    how: Updating
    changes: pd.DataFrame = field(repr=False)
    conflicts: pd.DataFrame = field(repr=False)
    coverage: pd.DataFrame = field(repr=False)
    agreement: pd.DataFrame = field(repr=False)
    counts: pd.DataFrame = field(repr=False)


def update_register(
    register: Register,
    links: Links,
    tables: Iterable[AgencyTable],
    key: LinkageKey,
    how: Updating | None = None,
) -> Updated:
    """Update people by what agencies say of them.

    What is said counts by the rank of its table over the attribute, then by the table's date, and
    so does what stands in the register. The best stands. Where the best contradicts itself, or is
    as good as what stands and says something else, nothing changes and it is a conflict. A value
    that is missing says nothing.

    Parameters
    ----------
    register : Register
        It is not changed.
    links : Links
        Of these tables with the reference of the register.
    tables : iterable of AgencyTable
    key : LinkageKey
        Of register and links.
    how : Updating, optional

    Returns
    -------
    Updated
        The same in whatever order tables and records are. To update again by the same changes
        nothing.

    Raises
    ------
    RegisterError
        Links, tables, register and key do not belong together, what is declared contradicts
        itself or the tables, or a table cannot be read.

    See Also
    --------
    link_records : What makes links.
    """
    require_installed("duckdb")
    chosen, declared = how or Updating(), sorted(tables, key=lambda table: table.name)
    require_declared(declared, register.layout)
    require_possible(chosen, register.layout)
    may_change = chosen.attributes or changeable(register.layout)
    told = stated(register, links, declared, key, changeable(register.layout))
    update = _Update(register, told, chosen)
    settled_now = [update.settle(attribute) for attribute in may_change]
    frame = register.frame.copy()
    for one in settled_now:
        _write(frame, one, register, declared)
    frame = typed(frame)
    sources = _sources(register, declared, may_change)
    date = max(register.date, *(table.reference_date for table in declared))
    after = Register(frame, sources, register.layout, date, version_of(frame, sources))
    return Updated(
        after,
        register.version,
        chosen,
        changes_of(register, settled_now, declared, chosen.order),
        conflicts_of(register, settled_now, declared),
        coverage_of(register, told, chosen.by),
        agreement_of(register, told, chosen.by),
        counts_of(settled_now),
    )


@dataclass(frozen=True, eq=False)
class _Update:
    """What stands, what is said, and the rule between them."""

    register: Register
    told: list[Stated]
    how: Updating

    def settle(self, attribute: str) -> Told:
        """Settle an attribute of everybody."""
        standing, said = self._standing(attribute), said_of(attribute, self.told)
        return Told(attribute, standing, said, settled(standing, said, self.how.order))

    def _standing(self, attribute: str) -> Said:
        """Return what stands of an attribute as one statement of everybody."""
        frame, people = self.register.frame, len(self.register)
        everybody = np.arange(people)
        if attribute not in frame:
            nothing = np.full(people, NOTHING, dtype=np.int64)
            return Said(everybody, nothing, nothing, nothing, np.full(people, NOT_SAID))
        own = self.register.sources.query("attribute == @attribute")
        rank = own["authority"].fillna(UNRANKED).to_numpy(dtype=np.int64)
        place = _places(frame, attribute, own)
        day = days_of(frame[f"{attribute}{DATE}"])
        value = coded(frame[attribute], attribute, self.register.layout)
        ranks = np.append(rank, UNRANKED)[place]
        return Said(everybody, value, ranks, day, np.full(people, NOT_SAID))


def _places(frame: pd.DataFrame, attribute: str, own: pd.DataFrame) -> np.ndarray:
    """Return of everybody the place of the table that the value is from, -1 where there is none."""
    import pandas as pd

    known = pd.MultiIndex.from_arrays([own["source"].astype(object), own["date"]])
    asked = [frame[f"{attribute}{SOURCE}"].astype(object), frame[f"{attribute}{DATE}"]]
    return np.asarray(known.get_indexer(pd.MultiIndex.from_arrays(asked)))


def _write(frame: pd.DataFrame, told: Told, register: Register, tables: list[AgencyTable]) -> None:
    """Write what stands now, and from whom it is, into a frame of the register."""
    import pandas as pd

    attribute, now = told.attribute, told.settled
    winning = now.winner != NOT_SAID
    if attribute not in frame and not winning.any():
        return
    number = told.said.source[now.winner[winning]]
    names = np.array([table.name for table in tables], dtype=object)
    dates = np.array([np.datetime64(table.reference_date, "s") for table in tables])
    source = np.full(len(frame), None, dtype=object)
    date = np.full(len(frame), np.datetime64("NaT", "s"))
    if attribute in frame:
        source[:] = frame[f"{attribute}{SOURCE}"].astype(object).to_numpy()
        date[:] = frame[f"{attribute}{DATE}"].to_numpy()
    source[winning], date[winning] = names[number], dates[number]
    frame[attribute] = decoded(now.value, attribute, register.layout)
    frame[f"{attribute}{SOURCE}"] = pd.Series(source, dtype="category")
    frame[f"{attribute}{DATE}"] = date


def _sources(
    register: Register, tables: list[AgencyTable], attributes: tuple[str, ...]
) -> pd.DataFrame:
    """Return the tables that a register is made from, each once."""
    import pandas as pd

    both = pd.concat([register.sources, sources_of(tables, attributes)], ignore_index=True)
    keys = ["source", "date", "attribute"]
    return both.drop_duplicates(keys, keep="last").sort_values(keys, ignore_index=True)
