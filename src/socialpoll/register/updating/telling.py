"""What an update changed, and what it could not settle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from socialpoll.register.coding import BIRTH, NOTHING, Ints, decoded
from socialpoll.register.declared import AgencyTable, RegisterLayout
from socialpoll.register.registers import DATE, PERSON, SOURCE, Register, typed
from socialpoll.register.updating.settling import NOT_SAID, UNRANKED, Said, Settled

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CHANGES", "CONFLICTS", "Told", "changes_of", "conflicts_of", "counts_of"]

CHANGES = (PERSON, "attribute", "old", "new", "source", "date", "rule", "old_source", "old_date")
CONFLICTS = (PERSON, "attribute", "value", "source", "date", "authority", "records", "standing")
COUNTS = ("attribute", "said", "changed", "confirmed", "conflicts")


class Told(NamedTuple):
    """What stood of an attribute, what is said of it, and what stands now."""

    attribute: str
    standing: Said
    said: Said
    settled: Settled

    @property
    def changed(self) -> Ints:
        """The people of whom another value stands now."""
        return np.flatnonzero(self.settled.value != self.standing.value)


def changes_of(
    register: Register, told: Sequence[Told], tables: Sequence[AgencyTable], order: Sequence[str]
) -> pd.DataFrame:
    """Return every value that is another one now, by person and attribute.

    Parameters
    ----------
    register : Register
        Before.
    told : sequence of Told
    tables : sequence of AgencyTable
        By their numbers.
    order : sequence of str
        Of the criteria.
    """
    import pandas as pd

    frames = [_changes(register, one, tables, order) for one in told]
    together = pd.concat(frames, ignore_index=True)
    return typed(together.sort_values([PERSON, "attribute"], ignore_index=True))


def _changes(
    register: Register, told: Told, tables: Sequence[AgencyTable], order: Sequence[str]
) -> pd.DataFrame:
    import pandas as pd

    rows, frame, attribute = told.changed, register.frame, told.attribute
    winner = told.settled.winner[rows]
    source, date = _tables_of(told.said.source[winner], tables)
    nobody = pd.Series([None] * len(rows), dtype=object)
    before = frame.iloc[rows].reset_index(drop=True)
    knew = attribute in frame
    columns = (
        before[PERSON],
        attribute,
        _texts(told.standing.value[rows], attribute, register.layout),
        _texts(told.settled.value[rows], attribute, register.layout),
        source,
        date,
        _rules(told, rows, winner, order),
        before[f"{attribute}{SOURCE}"].astype(object) if knew else nobody,
        before[f"{attribute}{DATE}"] if knew else nobody.astype("datetime64[s]"),
    )
    return pd.DataFrame(dict(zip(CHANGES, columns, strict=True)), columns=list(CHANGES))


def _rules(told: Told, rows: Ints, winner: Ints, order: Sequence[str]) -> list[str]:
    """Return why each of some changes was made: the first criterion in which the two differ."""
    standing, said = told.standing, told.said
    differs = {
        "authority": said.rank[winner] != standing.rank[rows],
        "recency": said.day[winner] != standing.day[rows],
    }
    rule = np.full(len(rows), order[-1], dtype=object)
    for criterion in reversed(order):
        rule[differs[criterion]] = criterion
    rule[standing.value[rows] == NOTHING] = "missing"
    return list(rule)


def conflicts_of(
    register: Register, told: Sequence[Told], tables: Sequence[AgencyTable]
) -> pd.DataFrame:
    """Return all that is said of what could not be settled, and what stands of it.

    Parameters
    ----------
    register : Register
        Before.
    told : sequence of Told
    tables : sequence of AgencyTable
        By their numbers.
    """
    import pandas as pd

    frames = [_candidates(register, one, tables) for one in told]
    together = pd.concat(frames, ignore_index=True)
    order = [PERSON, "attribute", "standing", "source", "value"]
    ascending = [True, True, False, True, True]
    ordered = together.sort_values(order, ascending=ascending, ignore_index=True)
    return typed(ordered).astype({"authority": "Int64", "records": "int64", "standing": "bool"})


def _candidates(register: Register, told: Told, tables: Sequence[AgencyTable]) -> pd.DataFrame:
    import pandas as pd

    attribute, frame = told.attribute, register.frame
    rows = np.flatnonzero(told.settled.best & told.settled.contested[told.said.person])
    source, date = _tables_of(told.said.source[rows], tables)
    said = pd.DataFrame(
        {
            PERSON: frame[PERSON].to_numpy()[told.said.person[rows]],
            "attribute": attribute,
            "value": _texts(told.said.value[rows], attribute, register.layout),
            "source": source,
            "date": date,
            "authority": _ranks(told.said.rank[rows]),
        },
    )
    same = list(CONFLICTS[:-2])
    said = said.groupby(same, dropna=False, observed=True).size().rename("records").reset_index()
    stands = np.flatnonzero(told.settled.contested & (told.standing.value != NOTHING))
    before = frame.iloc[stands].reset_index(drop=True)
    standing = pd.DataFrame({PERSON: before[PERSON], "attribute": attribute})
    if len(stands):
        standing = standing.assign(
            value=_texts(told.standing.value[stands], attribute, register.layout),
            source=before[f"{attribute}{SOURCE}"].astype(object),
            date=before[f"{attribute}{DATE}"],
            authority=_ranks(told.standing.rank[stands]),
            records=1,
        )
    both = [said.assign(standing=False), standing.assign(standing=True)]
    some = [one for one in both if len(one)] or both[:1]
    return pd.concat(some, ignore_index=True)[list(CONFLICTS)]


def counts_of(told: Sequence[Told]) -> pd.DataFrame:
    """Return how much was said of each attribute, and what came of it."""
    import pandas as pd

    rows = [
        (
            one.attribute,
            len(one.said.value),
            len(one.changed),
            int((one.settled.winner != NOT_SAID).sum()) - len(one.changed),
            int(one.settled.contested.sum()),
        )
        for one in told
    ]
    return pd.DataFrame(rows, columns=list(COUNTS))


def _tables_of(number: Ints, tables: Sequence[AgencyTable]) -> tuple[pd.Series, pd.Series]:
    """Return names and dates of tables."""
    import pandas as pd

    names = np.array([table.name for table in tables], dtype=object)
    dates = np.array([table.reference_date for table in tables], dtype="datetime64[s]")
    return pd.Series(names[number], dtype=object), pd.Series(dates[number])


def _ranks(rank: Ints) -> pd.Series:
    import pandas as pd

    return pd.Series(rank, dtype="Int64").where(pd.Series(rank < UNRANKED))


def _texts(value: Ints, attribute: str, layout: RegisterLayout) -> pd.Series:
    """Return values as texts, dates as ISO 8601 has them."""
    values = decoded(value, attribute, layout)
    if attribute != BIRTH:
        return values
    texts: pd.Series = values.dt.strftime("%Y-%m-%d").astype(object)
    return texts.where(values.notna(), None)
