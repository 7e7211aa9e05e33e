"""What every plugin promises to leave alone, whatever it is made for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Protocol, TypeVar

from socialpoll.testing.checks import Check, chosen, require
from socialpoll.testing.watching import Seen

__all__ = ["checks_on"]


class Observed(Protocol):
    """A plugin on trial, whose calls were watched."""

    def conduct(self) -> Iterable[Seen]:
        """Return what was seen of its calls, once everything that it needs was loaded."""


OnTrial = TypeVar("OnTrial", bound=Observed)


def checks_on(
    trial: OnTrial,
    promises: Sequence[tuple[str, str, Callable[[OnTrial], None]]],
    except_for: Mapping[str, str] | None,
) -> list[Check]:
    """Return the checks of what a plugin is made for, then of what it does beside its work.

    Parameters
    ----------
    trial : object
        The plugin on trial.
    promises : sequence of (str, str, callable)
        Of its kind: the name and the words of each, and what looks whether it is kept.
    except_for : mapping of str to str or None
        Checks to leave out, each with its reason; UnknownNameError where it has none.
    """
    own = [Check(name, words, partial(hold, trial)) for name, words, hold in promises]
    beside = [Check(name, words, partial(hold, trial.conduct)) for name, words, hold in PROMISES]
    return chosen([*own, *beside], except_for or {})


def _silent(seen: Callable[[], Iterable[Seen]]) -> None:
    for one in seen():
        advice = "return what is to be said: findings of a Source, words of a Document"
        require(not one.printed, f"it printed {one.printed[:60]!r}", advice)


def _no_files(seen: Callable[[], Iterable[Seen]]) -> None:
    for one in seen():
        what = f"it wrote, made or removed {', '.join(one.files)}"
        advice = "work in memory, or in tempfile.TemporaryDirectory(); the host writes documents"
        require(not one.files, what, advice)


def _no_network(seen: Callable[[], Iterable[Seen]]) -> None:
    for one in seen():
        what = f"it asked the network: {', '.join(one.connections)}"
        advice = "bring what it needs in the package, or take it as an option"
        require(not one.connections, what, advice)


def _no_chance(seen: Callable[[], Iterable[Seen]]) -> None:
    for one in seen():
        what = "it moved on or seeded the random numbers that the whole program shares"
        advice = "use random.Random(seed) or numpy.random.default_rng(seed) of its own"
        require(not one.random, what, advice)


def _no_traces(seen: Callable[[], Iterable[Seen]]) -> None:
    for one in seen():
        what = f"it changed what the whole program shares: {', '.join(one.changes)}"
        advice = "leave it; edition.text and edition.number know languages without a locale"
        require(not one.changes, what, advice)


PROMISES = (
    ("nothing_is_printed", "It prints nothing.", _silent),
    ("no_file_is_written", "It writes, makes and removes no files.", _no_files),
    ("network_is_left_alone", "It asks nothing of the network.", _no_network),
    ("random_state_is_left", "It leaves random numbers that others use.", _no_chance),
    ("program_is_left", "It leaves locale, working folder and environment.", _no_traces),
)
