"""What every declaration keeps to: no unknown keys, texts as mappings, several values as tuples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import ConfigDict

from socialpoll.schema.texts import as_text

__all__ = ["BORDER", "own_code", "settle"]

BORDER = ConfigDict(extra="forbid", allow_inf_nan=False)
"""How pydantic reads each class of this room: unknown keys and infinite numbers are mistakes."""


def settle(record: object, *, texts: Sequence[str] = (), tuples: Sequence[str] = ()) -> None:
    """Give the fields of a new frozen record the forms they promise.

    Parameters
    ----------
    record : object
        A frozen dataclass, called from its ``__post_init__``.
    texts : sequence of str
        Fields of words: a plain string becomes a text of undetermined language, a mapping a copy.
    tuples : sequence of str
        Fields of several values: a list becomes a tuple.
    """
    if hasattr(record, "code"):
        object.__setattr__(record, "code", own_code(record.code))
    for name in texts:
        words = as_text(getattr(record, name))
        object.__setattr__(record, name, dict(words) if isinstance(words, Mapping) else words)
    for name in tuples:
        several = getattr(record, name)
        if isinstance(several, list):
            object.__setattr__(record, name, tuple(several))


def own_code(code: object) -> object:
    """Return Python's own string or whole number for one of numpy's."""
    return code.item() if hasattr(code, "item") else code
