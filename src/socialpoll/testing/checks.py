"""What a check is: a promise with a name, and a test that it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from socialpoll.errors import UnknownNameError, nearest

__all__ = ["CRASHES", "Check", "broken", "chosen", "require"]

CRASHES = (Exception, SystemExit)
"""What code of others may raise; a plugin that ends the program must not end its tests."""


@dataclass(frozen=True)
class Check:
    """A promise of a plugin, to be called: an AssertionError says what is wrong and what to do.

    Parameters
    ----------
    name : str
        What tests are called by: ``"hostile_texts_survive"``.
    promise : str
        The same as a sentence.
    """

    name: str
    promise: str
    _hold: Callable[[], None] = field(repr=False)

    @property
    def __name__(self) -> str:
        """The name: pytest makes the ids of tests from it."""
        return self.name

    def __call__(self) -> None:
        """Look whether the promise is kept."""
        __tracebackhide__ = True
        self._hold()


def broken(what: str, advice: str) -> NoReturn:
    """Raise the AssertionError of a promise that is not kept.

    Parameters
    ----------
    what : str
        What is wrong, and where.
    advice : str
        What to do about it.
    """
    __tracebackhide__ = True
    message = f"{what}\nWhat to do: {advice}"
    raise AssertionError(message)


def require(kept: object, what: str, advice: str) -> None:
    """Do what :func:`broken` does unless a promise is kept; ``kept`` is judged by its truth."""
    __tracebackhide__ = True
    if not kept:
        broken(what, advice)


def chosen(checks: Iterable[Check], except_for: Mapping[str, str]) -> list[Check]:
    """Return the checks but for some, each of which has a reason.

    Raises
    ------
    UnknownNameError
        There is no such check, or no reason is given.
    """
    listed = list(checks)
    names = [one.name for one in listed]
    for name, reason in except_for.items():
        if name not in names:
            raise UnknownNameError(
                "there is no such check",
                where="except_for",
                found=repr(name),
                allowed=nearest(name, names),
            )
        if not reason.strip():
            raise UnknownNameError(
                "a check is left out without a reason",
                where=f"except_for[{name!r}]",
                found=repr(reason),
                advice="say why the plugin cannot keep this promise",
            )
    return [one for one in listed if one.name not in except_for]
