"""By which rule the word of a table counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from socialpoll.errors import Problem, RegisterError, nearest
from socialpoll.register.coding import changeable
from socialpoll.register.declared import RegisterLayout

__all__ = ["Criterion", "Updating", "require_possible"]

Criterion: TypeAlias = Literal["authority", "recency"]


@dataclass(frozen=True)
class Updating:
    """By which rule the word of one table counts more than that of another.

    Parameters
    ----------
    order : tuple of {"authority", "recency"}
        What is asked first, and what where that is the same: the rank that tables were given over
        an attribute, or their dates.
    attributes : tuple of str, optional
        What may change: ``birth_date``, and attributes with codes; where absent, all of them.
    by : str, optional
        An attribute with codes by which coverage and agreement are told; None for none.

    Raises
    ------
    RegisterError
        The order or the attributes are none, or something is there twice or is no criterion.

    Examples
    --------
    >>> Updating(order=("recency",)).order
    ('recency',)
    """

    order: tuple[Criterion, ...] = ("authority", "recency")
    attributes: tuple[str, ...] | None = None
    by: str | None = "governorate"

    def __post_init__(self) -> None:
        for name in ("order", "attributes"):
            given: object = getattr(self, name)
            if isinstance(given, str):
                object.__setattr__(self, name, (given,))
            elif isinstance(given, list):
                object.__setattr__(self, name, tuple(given))
        problems = [*_of_order(self.order), *_of_attributes(self.attributes)]
        if problems:
            raise RegisterError("what is declared of the updating", problems)


def _of_order(order: tuple[Criterion, ...]) -> Iterator[Problem]:
    allowed = get_args(Criterion)
    if not order or len(set(order)) < len(order) or set(order) - {*allowed}:
        advice = "name each at most once, first what counts first"
        found, known = ", ".join(map(repr, order)) or "none", ", ".join(map(repr, allowed))
        yield Problem("no such order of what counts", "order", found, known, advice)


def _of_attributes(attributes: tuple[str, ...] | None) -> Iterator[Problem]:
    if attributes is None:
        return
    if not attributes:
        advice = "leave it out where all attributes may"
        yield Problem("no attribute may change", "attributes", advice=advice)
    for name, times in Counter(attributes).items():
        if times > 1:
            yield Problem("an attribute is there twice", "attributes", repr(name))


def require_possible(how: Updating, layout: RegisterLayout) -> None:
    """Raise RegisterError where a rule is of attributes that a layout does not have."""
    problems = list(_problems(how, layout))
    if problems:
        raise RegisterError("what is declared of the updating", problems)


def _problems(how: Updating, layout: RegisterLayout) -> Iterator[Problem]:
    known = changeable(layout)
    for attribute in how.attributes or ():
        if attribute not in known:
            allowed = nearest(attribute, known)
            yield Problem("there is no such attribute", "attributes", repr(attribute), allowed)
    if how.by is not None and how.by not in layout.codes:
        advice = "name an attribute with codes, or by=None"
        allowed = nearest(how.by, layout.codes)
        yield Problem("there is no such attribute", "by", repr(how.by), allowed, advice)
