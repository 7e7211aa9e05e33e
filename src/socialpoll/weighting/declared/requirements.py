"""What the parameters of a step must be: one wording for all steps."""

from __future__ import annotations

import math
from collections.abc import Sequence

from socialpoll.errors import WeightingError, nearest

__all__ = ["names_of", "require_number", "require_word"]


def names_of(names: str | Sequence[str]) -> tuple[str, ...]:
    """Return one or several names of variables as a tuple."""
    return (names,) if isinstance(names, str) else tuple(names)


def require_word(name: str, value: object, allowed: Sequence[object], *, where: str) -> None:
    """Refuse a word that is none of those allowed."""
    if value not in allowed:
        raise WeightingError(
            f"no such choice of {name!r}",
            where=where,
            found=repr(value),
            allowed=nearest(value, allowed),
        )


def require_number(
    name: str,
    value: object,
    *,
    where: str,
    above: float = 0.0,
    most: float = math.inf,
    whole: bool = False,
) -> None:
    """Refuse what is no number above one limit and at most another; None is no number given."""
    if value is None:
        return
    number = math.nan
    if isinstance(value, int if whole else int | float) and not isinstance(value, bool):
        number = float(value)
    if above < number <= most and math.isfinite(number):
        return
    most_words = "" if math.isinf(most) else f", at most {most:g}"
    raise WeightingError(
        f"{name!r} is not {'a whole number' if whole else 'a number'} that can be used",
        where=f"{where}, {name}",
        found=repr(value),
        allowed=f"above {above:g}{most_words}",
    )
