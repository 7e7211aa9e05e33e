"""The non-zero entries of a basis: which row adds to which column of which domain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.responses import (
    FIRST_MISSING,
    Categorical,
    Column,
    Numeric,
    Responses,
    Ticks,
    asked,
    in_base,
    valid,
)
from socialpoll.schema import CodeValue, Missing
from socialpoll.totals.basis import (
    AtMost,
    Base,
    Categories,
    Equations,
    Factor,
    Information,
    Measure,
    Options,
    Present,
    Products,
    Squares,
    Values,
)
from socialpoll.totals.domains import Domains, categorical
from socialpoll.totals.equations import columns_of

__all__ = ["Entries", "entries_of", "in_base_codes"]


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


def in_base_codes(column: Column) -> tuple[Missing, ...]:
    """Return the typed missing codes in the base; each has a figure of its own."""
    return tuple(one for one in column.missing if one.in_base)


def entries_of(responses: Responses, measure: Measure, domains: Domains) -> Entries:
    """Find the entries of a measure within domains."""
    match measure:
        case Categories(question=name, base=base):
            answer, size = _answers(responses, name, base)
            place = answer[domains.row]
            kept = place >= 0
            row, domain, column = domains.row[kept], domains.domain[kept], place[kept]
            return _made(domains, row, domain, column, None, size)
        case Options(question=name, base=base):
            return _options(responses, name, base, domains)
        case Values(questions=names) | Products(questions=names):
            summed = _values if isinstance(measure, Values) else _products
            return summed(responses, names, domains)
        case AtMost() | Squares():
            return _against_domain(responses, measure, domains)
        case Equations() | Information():
            return _equations(responses, measure, domains)
        case Present(questions=names, base=base):
            kept = _present(responses, names, base)[domains.row]
            row, domain = domains.row[kept], domains.domain[kept]
            return _made(domains, row, domain, np.zeros_like(domain), None, 1)


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
    column = categorical(responses, name)
    own = in_base_codes(column)
    categories = len(column.categories)
    rest = categories + len(own)
    offset = len(column.missing) - FIRST_MISSING - 1
    table = np.full(offset + categories, -1, dtype=np.int16)
    table[offset:] = np.arange(categories)
    for number, missing in enumerate(column.missing):
        if missing.in_base:
            table[FIRST_MISSING - number + offset] = categories + own.index(missing)
    answer = table[column.position.astype(np.intp) + offset]
    if base != "answered":
        were_asked = asked(column)
        if base == "all":
            routed_out = _place([one.code for one in column.categories], meaning(responses, name))
            answer = np.where(were_asked, answer, np.int16(routed_out))
            answer = np.where(answer < 0, np.int16(rest), answer)
        else:
            answer = np.where(were_asked & (answer < 0), np.int16(rest), answer)
    return answer.astype(np.int16), rest + 1


def _options(responses: Responses, name: str, base: Base, domains: Domains) -> Entries:
    column = responses.columns[name]
    if not isinstance(column, Ticks):
        message = f"{name!r} is not a multiple-response question"
        raise EstimationError(message, where=name, found=type(column).__name__.lower())
    own = in_base_codes(column)
    count = len(column.options)
    size = count + len(own) + 1
    row, domain = domains.row, domains.domain
    state = column.state[row]
    rows, places, columns = [], [], []
    for option in range(count):
        chosen = (state == 0) & (column.ticked[row, option] == 1)
        if base == "all" and option == _place(
            [o.code for o in column.options], meaning(responses, name)
        ):
            chosen |= ~asked(column)[row]
        rows.append(row[chosen])
        places.append(domain[chosen])
        columns.append(np.full(rows[-1].size, option))
    for place, missing in enumerate(own):
        chosen = state == FIRST_MISSING - column.missing.index(missing)
        rows.append(row[chosen])
        places.append(domain[chosen])
        columns.append(np.full(rows[-1].size, count + place))
    kept = _present(responses, (name,), base)[row]
    rows.append(row[kept])
    places.append(domain[kept])
    columns.append(np.full(rows[-1].size, size - 1))
    return _made(
        domains, np.concatenate(rows), np.concatenate(places), np.concatenate(columns), None, size
    )


def _values(responses: Responses, names: tuple[str, ...], domains: Domains) -> Entries:
    kept = _present(responses, names, "valid")[domains.row]
    row, domain = domains.row[kept], domains.domain[kept]
    numbers = [number_of(responses, name)[row] for name in names]
    return _stacked(domains, row, domain, [*numbers, np.ones(row.size)])


def _products(responses: Responses, names: tuple[str, ...], domains: Domains) -> Entries:
    kept = _present(responses, names, "valid")[domains.row]
    row, domain = domains.row[kept], domains.domain[kept]
    numbers = [number_of(responses, name)[row] for name in names]
    return _stacked(domains, row, domain, [one * other for one in numbers for other in numbers])


def _against_domain(responses: Responses, measure: AtMost | Squares, domains: Domains) -> Entries:
    """Compare the number of each case with what its domain says."""
    kept = _present(responses, (measure.question,), "valid")[domains.row]
    row, domain = domains.row[kept], domains.domain[kept]
    number = number_of(responses, measure.question)[row]
    if isinstance(measure, Squares):
        centre, factor = np.array([measure.centres, measure.factors])[:, domain]
        return _stacked(domains, row, domain, [factor * (number - centre) ** 2, np.ones(row.size)])
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
    column = responses.columns[name]
    if isinstance(column, Ticks):
        inside = (column.state == 0) & (column.ticked[:, place] == 1)
    else:
        inside = categorical(responses, name).position == place
    return np.asarray(inside, dtype=np.float64)


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


def number_of(responses: Responses, name: str) -> npt.NDArray[np.float64]:
    """Return a number per case; scores of a scale. EstimationError for kinds without numbers."""
    column = responses.columns[name]
    if isinstance(column, Numeric):
        return column.values
    if isinstance(column, Categorical) and all(one.score is not None for one in column.categories):
        scores = np.array([one.score for one in column.categories], dtype=np.float64)
        return np.where(column.position >= 0, scores[np.maximum(column.position, 0)], 0.0)
    message = f"{name!r} has no numbers to sum"
    raise EstimationError(
        message,
        where=name,
        found=type(column).__name__.lower(),
        allowed="number, duration, or a scale whose codes have scores",
    )


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


def meaning(responses: Responses, name: str) -> CodeValue:
    """Return the code that being routed out means; EstimationError where none is declared."""
    routed_out = getattr(responses.questionnaire[name], "if_not_asked", None)
    if routed_out is None:
        message = f"base 'all' needs to know what it means that {name!r} was not asked"
        raise EstimationError(
            message,
            where=name,
            found="no if_not_asked",
            allowed="base 'answered' or 'asked'",
            advice='declare if_not_asked in the questionnaire, for example if_not_asked = "no"',
        )
    code: CodeValue = routed_out
    return code


def _place(codes: list[CodeValue], code: CodeValue) -> int:
    return codes.index(code) if code in codes else -1
