"""Whether a release can answer what a plan asks of it; all that it cannot, told at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from socialpoll.audience.declared import GRIDS
from socialpoll.errors import AudienceError, Problem, nearest
from socialpoll.schema import NOT_APPLICABLE

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.audience.declared import Outreach
    from socialpoll.disclosure import Release

__all__ = ["goal_of", "refuse_unanswerable"]

SHARE = "share"


def goal_of(name: str) -> tuple[str, str]:
    """Return the stage and name of the fact that tells what an indicator's sets are chosen for."""
    return "indicators", f"goal of {name}"


def refuse_unanswerable(release: Release, outreach: Outreach) -> None:
    """Raise an AudienceError where the release does not have what the plan is made from."""
    problems = [*_problems(release, outreach)]
    if problems:
        raise AudienceError("the plan", problems)


def _problems(release: Release, outreach: Outreach) -> Iterator[Problem]:
    figures = release.figures[["indicator", "item", "category", "statistic"]].drop_duplicates()
    known = list(dict.fromkeys(figures["indicator"]))
    for part, name in outreach.indicators.items():
        where = f"outreach.{part}"
        if name not in known:
            what, allowed = "the release has no such indicator", nearest(name, known)
            yield Problem(what, where, repr(name), allowed, "estimate it before the release")
            continue
        yield from _odd(figures[figures["indicator"] == name], part, where)
        if part == "reach" and release.methodology.fact(*goal_of(name)) is None:
            what, allowed = "an indicator whose sets were not chosen for a goal", "one with choices"
            advice = "estimate it with sp.choose(source, sp.BestReach(question, goal))"
            yield Problem(what, where, repr(name), allowed, advice)


def _odd(rows: pd.DataFrame, part: str, where: str) -> Iterator[Problem]:
    """Yield what is wrong with the kind of an indicator."""
    name, statistics = str(rows["indicator"].iloc[0]), sorted(set(rows["statistic"]))
    if statistics != [SHARE]:
        found = f"{name!r}, of {', '.join(statistics)}"
        yield Problem("an indicator that is not of shares", where, found, "sp.Share and its like")
        return
    crossed = ((rows["item"] != NOT_APPLICABLE) & (rows["category"] != NOT_APPLICABLE)).any()
    if crossed and part not in GRIDS:
        advice = f"name it in {' or '.join(GRIDS)}, where its items are days or platforms"
        yield Problem("an indicator of a grid", where, repr(name), "one of one question", advice)
    if part in GRIDS and not crossed:
        what, allowed = (
            "an indicator that is not of a grid",
            "one whose items are days or platforms",
        )
        yield Problem(what, where, repr(name), allowed, "name it in times, or ask a grid")
