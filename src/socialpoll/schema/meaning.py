"""What not being asked means, for a question and for what is derived from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from socialpoll.schema.codes import CodeValue
from socialpoll.schema.derived import Band, Bands, Derived, Grouping, Nets
from socialpoll.schema.keys import key_of, number_of

if TYPE_CHECKING:
    from socialpoll.schema.questionnaire import Questionnaire

__all__ = ["if_not_asked"]


def if_not_asked(questionnaire: Questionnaire, name: str) -> tuple[CodeValue, ...] | None:
    """Return the codes that being routed out means.

    Parameters
    ----------
    questionnaire : Questionnaire
    name : str
        Of a question or derived variable.

    Returns
    -------
    tuple of (str or int), or None
        None where nobody declared it for the question. A derived variable has its band or group,
        or all nets, with what was declared; there may be none.
    """
    variable = questionnaire[name]
    source = questionnaire[variable.of] if isinstance(variable, Derived) else variable
    meant: CodeValue | None = getattr(source, "if_not_asked", None)
    if meant is None or not isinstance(variable, Derived):
        return None if meant is None else (meant,)
    return tuple(_holding(variable, meant))


def _holding(derived: Derived, code: CodeValue) -> Iterator[CodeValue]:
    """Yield the codes of a derived variable that hold an answer to its question."""
    key = key_of(code, "string")
    match derived:
        case Bands(bands=bands):
            yield from (one.code for one in bands if _is_in(one, number_of(code)))
        case Grouping(groups=several) | Nets(nets=several):
            for one in several:
                if key in {key_of(own, "string") for own in one.codes}:
                    yield one.code


def _is_in(band: Band, number: float | str | None) -> bool:
    if not isinstance(number, float):
        return False
    low, high = band.minimum, band.maximum
    return (low is None or number >= low) and (high is None or number <= high)
