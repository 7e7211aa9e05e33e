"""What the waves of a poll must have alike, so that they can be stacked and followed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from socialpoll.poll.checking import used_by
from socialpoll.poll.draft import Draft
from socialpoll.poll.notebook import Notebook
from socialpoll.poll.waves import Wave
from socialpoll.weighting import Break
from socialpoll.weighting.alike import differences

__all__ = ["check_together", "check_used"]

ONE_FOR_ALL = ("lonely", "sampling")
"""Fields of their designs."""


def check_together(waves: Sequence[Wave], notes: Notebook) -> None:
    """Note designs that cannot be stacked, and times that are not those of a series."""
    for name in ONE_FOR_ALL:
        found = list(dict.fromkeys(str(getattr(one.design, name)) for one in waves))
        if len(found) > 1:
            what = f"the designs of the waves differ in {name!r}"
            advice = "declare the same for all waves"
            notes.note("waves", what, found=", ".join(found), advice=advice)
    if len(waves) == 1 and waves[0].not_offered:
        what, advice = "there is only one wave", "leave the option out of the questionnaire"
        notes.note("waves[1].not_offered", what, advice=advice)
    times = [one.time for one in waves if one.time is not None]
    if times and len(times) < len(waves):
        advice = "give all of them a time, or none"
        notes.note("waves", "some waves have a time, and others have none", advice=advice)
    elif any(later <= earlier for earlier, later in pairwise(times)):
        what, told = "waves that are not in their order in time", ", ".join(map(str, times))
        notes.note("waves", what, found=told, advice="list the earliest first")


def check_used(
    waves: Sequence[Wave], breaks: Sequence[Break], draft: Draft, notes: Notebook
) -> None:
    """Note what indicators use, but what is not the same in all waves."""
    asked, names = draft.questionnaire, [one.name for one in waves]
    if asked is None or len(waves) < 2 or len(set(names)) < len(names):  # noqa: PLR2004
        return
    known = {*asked.names, *asked.grids}
    declared = [one for one in breaks if one.question in known and one.wave in names]
    differ = differences({one.name: one.questionnaire for one in waves}, declared)
    for where, name in used_by(draft):
        if name in differ and name in known:
            notes.note(
                where,
                f"{name!r} is not the same in all waves",
                found=differ[name],
                advice="declare a break where only the words differ, map codes that mean the same, "
                "or leave it out",
            )
