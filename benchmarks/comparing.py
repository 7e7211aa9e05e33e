"""A row of a table: what a task costs here and with the peers, and that all say the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks import peers, tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    Peer = Callable[[str, int], peers.Run]
    """Runs the task of a word on so many rows."""

PEERS: dict[str, Peer] = {
    "svy": peers.svy,
    "R survey": peers.r_survey,
    "samplics": peers.samplics,
}
DIGITS = 1e-6
"""Relative difference up to which two figures are the same."""
KEYS = ["question", "category", "breakdown", "domain"]


@dataclass(frozen=True)
class Task:
    """A task, and what is wanted of it.

    Attributes
    ----------
    name : str
    word : str
        What the peers call it.
    rows : int
    run : callable
        Does it here.
    read : callable
        From what comes of it to a frame of figures, or to an array of weights.
    svy, survey : float, optional
        How many times as fast as these it has to be.
    memory : float, optional
        Bytes it may need above the data.
    digits : mapping of str to float
        Relative difference of standard errors that is allowed to a peer, where it is not
        ``DIGITS``, which it always is for estimates.
    more : mapping of str to callable
        Peers of this task alone, by name.
    """

    name: str
    word: str
    rows: int
    run: Callable[[], Any]
    read: Callable[[Any], Any]
    svy: float | None = None
    survey: float | None = None
    memory: float | None = None
    digits: Mapping[str, float] = field(default_factory=dict)
    more: Mapping[str, Peer] = field(default_factory=dict)
    rounds: int = tasks.ROUNDS


def row(task: Task) -> dict[str, object]:
    """Measure a task beside the peers.

    Raises
    ------
    AssertionError
        A peer has other figures.
    """
    ours = tasks.cost(task.run, task.rounds)
    found = task.read(ours.result)
    runs = {name: peer(task.word, task.rows) for name, peer in (PEERS | task.more).items()}
    for name, run in runs.items():
        if run.found is not None:
            digits = task.digits.get(name, DIGITS)
            require_same(found, run.found, digits, f"{task.name}, {task.rows}: {name}")
    wanted = {"svy": task.svy, "R survey": task.survey}
    ratios = {name: ratio(run, ours.seconds) for name, run in runs.items() if name in wanted}
    return {
        "task": task.name,
        "rows": f"{task.rows:,}",
        "seconds": f"{ours.seconds:.4f}",
        "memory": memory(ours.memory, task),
        **{name: str(run) for name, run in runs.items()},
        "times as fast": " / ".join(shown(one) for one in ratios.values()),
        "wanted": " / ".join(shown(one, "≥ ") for one in wanted.values()),
        "reached": reached(ratios, wanted, ours.memory, task.memory),
    }


def require_same(found: object, other: object, digits: float, where: str) -> None:
    """Compare weights, or every figure that the other has."""
    if not (isinstance(found, pd.DataFrame) and isinstance(other, pd.DataFrame)):
        values = other["weight"] if isinstance(other, pd.DataFrame) else other
        np.testing.assert_allclose(
            np.asarray(values), np.asarray(found), rtol=digits, err_msg=where
        )
        return
    both = other.merge(found, on=KEYS, how="left", suffixes=("_other", ""), validate="one_to_one")
    for column, allowed in (("estimate", DIGITS), ("se", digits)):
        np.testing.assert_allclose(
            both[f"{column}_other"], both[column], rtol=allowed, atol=1e-12, err_msg=where
        )


def ratio(run: peers.Run, seconds: float) -> float | None:
    """Return how many times as long a peer took; at least so, where it was stopped."""
    if run is peers.TOO_LONG:
        return peers.CAP / seconds
    return None if isinstance(run.seconds, str) else run.seconds / seconds


def shown(number: float | None, before: str = "") -> str:
    """Write a ratio."""
    return "–" if number is None else f"{before}{number:.3g}×"


def memory(used: int, task: Task) -> str:
    """Write the memory above the data."""
    return f"{used / 1e6:.0f} MB, {used / task.rows:.0f} B a row"


def reached(
    ratios: dict[str, float | None],
    wanted: dict[str, float | None],
    used: int,
    allowed: float | None,
) -> str:
    """Say whether all that is wanted, and could be compared, is reached."""
    missed = [
        name
        for name, least in wanted.items()
        if least is not None and (one := ratios[name]) is not None and one < least
    ]
    if allowed is not None and used > allowed:
        missed.append("memory")
    compared = [name for name, least in wanted.items() if least and ratios[name] is not None]
    if missed:
        return f"NO ({', '.join(missed)})"
    return "yes" if compared or allowed is not None else ""
