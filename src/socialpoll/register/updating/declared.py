"""By which rule the word of a table counts."""

from __future__ import annotations

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
        The order is empty or has something else or twice the same.

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
        allowed = get_args(Criterion)
        if not self.order or len(set(self.order)) < len(self.order) or set(self.order) - {*allowed}:
            advice = "name each at most once, first what counts first"
            found, known = ", ".join(map(repr, self.order)) or "none", ", ".join(map(repr, allowed))
            problem = Problem("no such order of what counts", "order", found, known, advice)
            raise RegisterError("what is declared of the updating", [problem])


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
