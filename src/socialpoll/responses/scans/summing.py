"""Numbers of which only sums matter: how they are told apart where answers lie, and no further."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.errors import BindingError, Problem
from socialpoll.responses.constraining import variables_of
from socialpoll.responses.needing import columns_of
from socialpoll.responses.scans.addressing import address_of
from socialpoll.responses.scans.classes import Classes
from socialpoll.responses.scans.fetching import fetched
from socialpoll.responses.scans.narrowing import is_inside, read_as_number
from socialpoll.responses.scans.records import free_names
from socialpoll.schema import Bands, Duration, Number, questions_of

if TYPE_CHECKING:
    import narwhals as nw

    from socialpoll.schema import Questionnaire

__all__ = ["Key", "Summed", "require_powers", "settled", "summable", "summed"]

FEW = 200
"""Numbers, or pairs of numbers and so on, up to which they are counted one by one."""
MOST_CLASSES = 200
"""Classes of numbers that an engine is told of."""
LOOKED_AT = 1000
"""Numbers of which it is seen first whether they are fractions."""
MOST_SQUARED = 2
"""Numbers of which squares are summed together."""
STEPS = (1, 4)
"""Parts of one of which it is seen whether all numbers are whole numbers of them."""


class Key(NamedTuple):
    """A question whose values need not all be told apart where they lie.

    Attributes
    ----------
    name : str
        Of the question.
    derived : tuple of str
        What is made of it, and told apart.
    """

    name: str
    derived: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Summed:
    """A number of which only sums matter, as it lies in a column.

    Attributes
    ----------
    name : str
        Of the question.
    column : str
        What it is called while an engine is asked.
    number : narwhals.Expr
        The number of each row, in double precision.
    valid : narwhals.Expr
        Whether a row holds a number that is read as one, and as within bands.
    grouped : narwhals.Expr
        What is grouped by in place of the column: one valid number of each class of them; what is
        not valid as it is.
    most : float
        How many values there may be; infinite where they are no multiples of a step.
    """

    name: str
    column: str
    number: nw.Expr
    valid: nw.Expr
    grouped: nw.Expr
    most: float

    def where_valid(self, value: nw.Expr, otherwise: nw.Expr | None = None) -> nw.Expr:
        """Return an expression where a row has such a number, and another where not."""
        import narwhals as nw

        return nw.when(self.valid).then(value).otherwise(otherwise)


def require_powers(summed: Mapping[str, int]) -> None:
    """Raise BindingError where numbers shall be summed up to a power that is not 1 or 2."""
    what, allowed = "numbers are summed, or their squares as well", "1 or 2"
    wrong = [
        Problem(what, f"summed, {name!r}", repr(power), allowed)
        for name, power in summed.items()
        if power not in (1, 2)
    ]
    if wrong:
        raise BindingError("what is to be summed", wrong)


def summable(
    questionnaire: Questionnaire,
    wanted: Collection[str],
    among: Collection[str],
    design: Collection[str],
) -> list[Key]:
    """Return the numbers among some that have no use but to be summed.

    Not those that say of whom another was asked, that are bound to others by a constraint, or whose
    column has another use. They may be made bands of: these are then told apart.

    Parameters
    ----------
    questionnaire : Questionnaire
    wanted : collection of str
        All variables that are counted.
    among : collection of str
        Those of which only sums matter.
    design : collection of str
        Columns of the sample design.
    """
    asked = [one for one in questionnaire.asked if one.name in wanted]
    used = {name for one in asked if one.asked_if for name in questions_of(one.asked_if)}
    used |= {name for one in questionnaire.constraints for name in variables_of(one)}
    columns = [column for one in asked for column in columns_of(one)]
    found = []
    for one in asked:
        if not isinstance(one, Number | Duration) or one.name not in among or one.name in used:
            continue
        (column,) = columns_of(one)
        if columns.count(column) == 1 and column not in design:
            derived = (made.name for made in questionnaire.derived if made.of == one.name)
            found.append(Key(one.name, tuple(name for name in derived if name in wanted)))
    return found


def summed(frame: nw.LazyFrame[Any], questionnaire: Questionnaire, key: Key) -> Summed | None:
    """Look at a number where it lies, and say how its values are told apart.

    Exactly those numbers are put together that reading takes for valid ones, and for numbers in
    the same bands.

    Returns
    -------
    Summed or None
        None where the column holds neither numbers nor words, or there is nothing to sum.
    """
    import narwhals as nw

    question = next(one for one in questionnaire.asked if one.name == key.name)
    column = address_of(*columns_of(question))
    number = read_as_number(frame, column)
    if not isinstance(question, Number | Duration) or number is None:
        return None
    bands = [
        one for one in questionnaire.derived if isinstance(one, Bands) and one.name in key.derived
    ]
    classes = Classes.of(number, bands)
    valid = reduce(and_, classes.known, is_inside(number, question))
    facts = _facts(frame, number, valid, classes.number)
    if not 0 < len(facts.first) <= MOST_CLASSES:
        return None
    # A literal has the type of the column, so that what it stands for stays of its kind; of decimal
    # fractions there are no literals.
    kind = frame.collect_schema()[column]
    kind = nw.Float64() if kind.is_decimal() else kind
    each = {place: nw.lit(_written(one, kind)).cast(kind) for place, one in facts.first.items()}
    grouped = nw.when(valid).then(classes.chosen(each)).otherwise(nw.col(column).cast(kind))
    return Summed(key.name, column, number, valid, grouped, facts.values)


def _written(number: float, kind: nw.dtypes.DType) -> float | str:
    """Return a number as it stands in a column of some type."""
    if kind.is_numeric():
        return int(number) if kind.is_integer() else number
    return repr(number)


def settled(found: Sequence[Summed], powers: Mapping[str, int]) -> dict[Summed, int]:
    """Return the numbers to sum, and up to which power; those to be squared first.

    All but those of the fewest values, as long as these have few together. Of more than two numbers
    squares are not summed: points do not tell more of them apart.
    """
    together, left = 1.0, set()
    for one in sorted(found, key=lambda one: (one.most, one.name)):
        together *= one.most
        left |= {one.name} if together <= FEW else set()
    many = [one for one in found if one.name not in left]
    squared = [one for one in many if powers[one.name] > 1]
    once = [one for one in many if powers[one.name] == 1]
    return dict.fromkeys(squared[:MOST_SQUARED], 2) | dict.fromkeys(once, 1)


class _Facts(NamedTuple):
    """The first number of each class, by its number, and how many values there may be at most."""

    first: Mapping[int, float]
    values: float


def _facts(frame: nw.LazyFrame[Any], number: nw.Expr, valid: nw.Expr, of_class: nw.Expr) -> _Facts:
    import narwhals as nw

    there = frame.collect_schema().names()
    y, place, low, high, *parts = free_names(("y", "class", "low", "high", "p", "pp"), there)
    numbers = frame.filter(valid).select(number.alias(y), of_class.alias(place))
    some = fetched(numbers.select(y).head(LOOKED_AT))[y].to_numpy()
    # That a number is a fraction is seen of a few; that none is, of all of them.
    steps = {step: part for step, part in zip(STEPS, parts, strict=True) if _whole(some, step)}
    told = (
        numbers.with_columns(((nw.col(y) * step) % 1).alias(part) for step, part in steps.items())
        if steps
        else numbers
    )
    extents = told.group_by(place).agg(
        nw.col(y).min().alias(low), nw.col(y).max().alias(high), *_most(steps.values())
    )
    found = fetched(extents).to_pandas().sort_values(place)
    first = dict(zip(found[place].astype(int).tolist(), found[low].tolist(), strict=True))
    whole = [step for step, part in steps.items() if not found[part].any()]
    span = found[high].max() - found[low].min()
    return _Facts(first, span * whole[0] + 1 if whole else np.inf)


def _whole(numbers: npt.NDArray[np.float64], step: int) -> bool:
    return not np.any((numbers * step) % 1)


def _most(names: Iterable[str]) -> Iterator[nw.Expr]:
    import narwhals as nw

    for name in names:
        yield nw.col(name).max()
