"""The non-zero entries of a basis: which row adds to which column of which domain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.responses import (
    FIRST_MISSING,
    Numeric,
    Responses,
    Ticks,
    asked,
    in_base,
    state_of,
    valid,
)
from socialpoll.totals.answers import answered_as, in_base_codes, meaning, number_of
from socialpoll.totals.basis import (
    Alike,
    Amounts,
    AtMost,
    Base,
    Categories,
    Directions,
    Equations,
    Exactly,
    Factor,
    Information,
    Measure,
    Mentions,
    OneMeasure,
    Options,
    Pairs,
    Present,
    Products,
    Spans,
    Squares,
    Unions,
    Values,
)
from socialpoll.totals.choices import chosen, patterned
from socialpoll.totals.clock import angles, clock, within
from socialpoll.totals.domains import Domains, answers_of, categorical
from socialpoll.totals.equations import columns_of

__all__ = ["Entries", "entries_of"]

Rows: TypeAlias = npt.NDArray[np.intp]
Truths: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Entries:
    """Non-zero entries of a basis.

    Attributes
    ----------
    row : int array (N,)
        Case of each entry.
    column : int32 array (N,)
        domain · K + column of the measure.
    value : float64 array (N,) or None
        What the case adds there; None is 1 everywhere.
    domains, size : int
        D, and D · K.
    """

    row: npt.NDArray[np.intp]
    column: npt.NDArray[np.int32]
    value: npt.NDArray[np.float64] | None
    domains: int
    size: int


def entries_of(responses: Responses, measure: Measure, domains: Domains) -> Entries:
    """Find the entries of a measure within domains."""
    if isinstance(measure, Alike):
        several = [entries_of(responses, one, domains) for one in measure.measures]
        return _one_after_another(several)
    return _entries_of_one(responses, measure, domains)


def _entries_of_one(responses: Responses, measure: OneMeasure, domains: Domains) -> Entries:
    match measure:
        case Categories(question=name, base=base):
            answer, size = _answers(responses, name, base)
            place = answer[domains.row]
            kept = place >= 0
            row, domain, column = domains.row[kept], domains.domain[kept], place[kept]
            return _made(domains, row, domain, column, None, size)
        case Options() | Mentions() | Unions() | Exactly() | Amounts() | Spans() | Pairs():
            return _overlapping(responses, measure, domains)
        case Values() | Products() | Directions():
            return _stacked(domains, *_numbers(responses, measure, domains))
        case AtMost() | Squares():
            return _against_domain(responses, measure, domains)
        case Equations() | Information():
            return _equations(responses, measure, domains)
        case Present(questions=names, base=base):
            kept = _present(responses, names, base)[domains.row]
            row, domain = domains.row[kept], domains.domain[kept]
            return _made(domains, row, domain, np.zeros_like(domain), None, 1)


def _one_after_another(several: Sequence[Entries]) -> Entries:
    """Put entries without values under one another, each in domains of its own."""
    size = several[0].size
    return Entries(
        np.concatenate([one.row for one in several]),
        np.concatenate([one.column + place * size for place, one in enumerate(several)]),
        None,
        sum(one.domains for one in several),
        size * len(several),
    )


def _listed(
    domains: Domains,
    found: list[npt.NDArray[np.intp]],
    value: npt.NDArray[np.float64] | None = None,
) -> Entries:
    """Return a column a list of places in the domains, each with its value there."""
    place = np.concatenate(found)
    column = np.repeat(np.arange(len(found)), [one.size for one in found])
    added = None if value is None else value[place]
    return _made(domains, domains.row[place], domains.domain[place], column, added, len(found))


def _made(
    domains: Domains,
    row: npt.NDArray[np.intp],
    domain: npt.NDArray[np.int32],
    column: npt.NDArray[np.integer],
    value: npt.NDArray[np.float64] | None,
    size: int,
) -> Entries:
    place = (domain * size + column).astype(np.int32)
    return Entries(row, place, value, domains.size, domains.size * size)


def _answers(responses: Responses, name: str, base: Base) -> tuple[npt.NDArray[np.int16], int]:
    """Return each case's column (-1 outside the base) and how many there are; last, the rest."""
    position = categorical(responses, name).position
    found = answered_as(responses, name, base)
    return found.column[position.astype(np.intp) + found.offset], found.size


def _overlapping(
    responses: Responses,
    measure: Options | Mentions | Unions | Exactly | Amounts | Spans | Pairs,
    domains: Domains,
) -> Entries:
    """Return a column an option, set of them or span, and last the base; mentions have none.

    Before the base stands a column a missing code in it; sets have none.
    """
    if isinstance(measure, Pairs):
        return _paired(responses, measure, domains)
    if isinstance(measure, Exactly):
        return _patterned(responses, measure, domains)
    if isinstance(measure, Amounts):
        return _amounts(responses, measure, domains)
    name, row = measure.question, domains.row
    column = responses.columns[name]
    if isinstance(measure, Spans):
        inside = _windows(responses, measure, row)
    else:
        inside = chosen(responses, measure, row)
    found = [np.flatnonzero(one) for one in inside]
    if isinstance(measure, Mentions):
        number = number_of(responses, name)[row] ** measure.power if measure.power else None
        return _listed(domains, found, number)
    if not isinstance(measure, Unions):
        state = state_of(column)[row]
        found += [
            np.flatnonzero(state == FIRST_MISSING - column.missing.index(missing))
            for missing in in_base_codes(column)
        ]
    found.append(np.flatnonzero(_present(responses, (name,), measure.base)[row]))
    return _listed(domains, found)


def _patterned(responses: Responses, measure: Exactly, domains: Domains) -> Entries:
    """Return a column a pattern, to which each case adds once at most, and last the base."""
    name, row, among = measure.question, domains.row, np.array(measure.among)
    found = patterned(responses, name, measure.among, measure.base, row)
    columns = {pattern: place for place, pattern in enumerate(measure.patterns)}
    occurring = (tuple(among[ticked].tolist()) for ticked in found.position == 1)
    of_cell = np.array([columns.get(one, -1) for one in occurring], dtype=np.int64)
    column, last = of_cell[found.cell], len(measure.patterns)
    own = np.flatnonzero(column >= 0)
    base = np.flatnonzero(_present(responses, (name,), measure.base)[row])
    place = np.concatenate([own, base])
    every = np.concatenate([column[own], np.full(base.size, last)])
    return _made(domains, row[place], domains.domain[place], every, None, last + 1)


def _amounts(responses: Responses, measure: Amounts, domains: Domains) -> Entries:
    """Return a column a set, and last one of all cases where both questions are valid."""
    kept = _present(responses, measure.questions, "valid")[domains.row]
    row, domain = domains.row[kept], domains.domain[kept]
    found = [np.flatnonzero(one) for one in chosen(responses, measure, row)]
    number = number_of(responses, measure.number)[row] ** measure.power
    return _listed(Domains(row, domain, domains.size), [*found, np.arange(row.size)], number)


def _paired(responses: Responses, measure: Pairs, domains: Domains) -> Entries:
    """Return a column a pair of answers, then an answer to each question, and last all of them."""
    kept = _present(responses, measure.questions, "valid")[domains.row]
    row = domains.row[kept]
    first, second = (
        [_inside(responses, name, place)[row] for place in range(len(answers_of(responses, name)))]
        for name in measure.questions
    )
    both = [one & other for one in first for other in second]
    found = [np.flatnonzero(one) for one in (*both, *first, *second)]
    return _listed(Domains(row, domains.domain[kept], domains.size), [*found, np.arange(row.size)])


def _windows(responses: Responses, measure: Spans, row: Rows) -> Iterator[Truths]:
    """Yield whose time, among some rows, is in each span."""
    time = clock(responses, measure.question)
    return (within(time, span)[row] for span in measure.spans)


def _numbers(
    responses: Responses, measure: Values | Products | Directions, domains: Domains
) -> tuple[Rows, npt.NDArray[np.int32], list[npt.NDArray[np.float64]]]:
    """Return the cases where all is valid, their domains, and what each adds to every column."""
    names = (measure.question,) if isinstance(measure, Directions) else measure.questions
    kept = _present(responses, names, "valid")[domains.row]
    row, domain = domains.row[kept], domains.domain[kept]
    if isinstance(measure, Directions):
        angle = angles(clock(responses, measure.question), measure.turns)[row]
        return row, domain, [np.cos(angle), np.sin(angle), np.ones(row.size)]
    numbers = [number_of(responses, name)[row] for name in names]
    if isinstance(measure, Values):
        return row, domain, [*numbers, np.ones(row.size)]
    return row, domain, [one * other for one in numbers for other in numbers]


def _against_domain(responses: Responses, measure: AtMost | Squares, domains: Domains) -> Entries:
    """Compare the number of each case with what its domain says."""
    kept = _present(responses, (measure.question,), "valid")[domains.row]
    row, domain = domains.row[kept], domains.domain[kept]
    number = number_of(responses, measure.question)[row]
    if isinstance(measure, Squares):
        apart = number - np.array(measure.centres)[domain]
        return _stacked(domains, row, domain, [apart**2, apart, np.ones(row.size)])
    limits = np.array(measure.limits)
    case, column = np.nonzero(number[:, None] <= limits[domain])
    rows, places = np.concatenate([row[case], row]), np.concatenate([domain[case], domain])
    columns = np.concatenate([column, np.full(row.size, limits.shape[1])])
    return _made(domains, rows, places, columns, None, limits.shape[1] + 1)


def _equations(responses: Responses, measure: Equations | Information, domains: Domains) -> Entries:
    """Leave out the zeros: most columns are categories, where most cases are not."""
    names = (*measure.model.questions, *measure.among)
    kept = _present(responses, names, "valid")[domains.row]
    row, domain = domains.row[kept], domains.domain[kept]

    def read(factor: Factor) -> npt.NDArray[np.float64]:
        return _factor(responses, factor)[row]

    values = columns_of(measure, read, row.size)
    some = [np.flatnonzero(one) for one in values]
    column = np.repeat(np.arange(len(values)), [one.size for one in some])
    place = np.concatenate(some)
    value = np.concatenate([one[where] for one, where in zip(values, some, strict=True)])
    return _made(domains, row[place], domain[place], column, value, len(values))


def _factor(responses: Responses, factor: Factor) -> npt.NDArray[np.float64]:
    name, place = factor
    if place is None:
        return number_of(responses, name)
    return _inside(responses, name, place).astype(np.float64)


def _inside(responses: Responses, name: str, place: int) -> Truths:
    """Say who is in a category, or chose an option."""
    column = responses.columns[name]
    if isinstance(column, Ticks):
        return np.asarray((column.state == 0) & (column.ticked[:, place] == 1))
    return np.asarray(categorical(responses, name).position == place)


def _stacked(
    domains: Domains,
    row: npt.NDArray[np.intp],
    domain: npt.NDArray[np.int32],
    values: list[npt.NDArray[np.float64]],
) -> Entries:
    size = len(values)
    column = np.repeat(np.arange(size), row.size)
    place = np.tile(domain, size)
    return _made(domains, np.tile(row, size), place, column, np.concatenate(values), size)


def _present(responses: Responses, names: tuple[str, ...], base: str) -> npt.NDArray[np.bool_]:
    here = np.ones(len(responses), dtype=bool)
    for name in names:
        column = responses.columns[name]
        if base == "all":
            meaning(responses, name)
        elif base == "asked":
            here &= asked(column)
        elif base == "valid" or isinstance(column, Numeric):
            here &= valid(column)
        else:
            here &= in_base(column)
    return here
