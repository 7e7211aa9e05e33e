"""What changed between the waves of a poll, as far as it may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from socialpoll.disclosure.following import shown_between_waves
from socialpoll.hooks import Document
from socialpoll.indicators import change, trend
from socialpoll.poll.stages import Group, groups_of

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.disclosure import Release
    from socialpoll.indicators import Estimates
    from socialpoll.poll.poll import Poll

__all__ = ["changes_in", "documents_in", "trends_in"]


def changes_in(poll: Poll, estimates: Sequence[Estimates], release: Release) -> pd.DataFrame | None:
    """Return the changes that indicators ask for; None where none does, or there is one wave."""
    frames = [
        change(one, group.change)
        for group, one in _in_groups(poll, estimates)
        if group.change is not None and len(poll.waves) > 1
    ]
    return _shown(frames, release)


def trends_in(poll: Poll, estimates: Sequence[Estimates], release: Release) -> pd.DataFrame | None:
    """Return the trends that indicators ask for; None where none does, or there is one wave.

    Time is that of the waves where they declare it, else their number from 0.
    """
    times = {one.name: one.time for one in poll.waves if one.time is not None}
    frames = [
        trend(one, times or None)
        for group, one in _in_groups(poll, estimates)
        if group.trend and len(poll.waves) > 1
    ]
    return _shown(frames, release)


def documents_in(
    poll: Poll, changes: pd.DataFrame | None, trends: pd.DataFrame | None
) -> Iterable[Document]:
    """Write them as CSV, a row a change and a row a trend."""
    for name, frame in (("changes", changes), ("trends", trends)):
        if frame is not None:
            content = frame.to_csv(index=False, lineterminator="\n").encode()
            yield Document(f"{poll.name}-{name}.csv", content, "text/csv")


def _in_groups(poll: Poll, estimates: Sequence[Estimates]) -> Iterable[tuple[Group, Estimates]]:
    """Return the estimates of each group of indicators; those of a plan, which follow, are none."""
    return zip(groups_of(poll), estimates, strict=False)


def _shown(frames: Sequence[pd.DataFrame], release: Release) -> pd.DataFrame | None:
    import pandas as pd

    if not frames:
        return None
    return shown_between_waves(release, pd.concat(frames, ignore_index=True))
