"""Exports of which each group of a breakdown has documents of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialpoll.errors import ExportError
from socialpoll.poll.stages import composed
from socialpoll.report import groups_in

if TYPE_CHECKING:
    from socialpoll.disclosure import Release
    from socialpoll.indicators import Breakdown
    from socialpoll.poll.declared import Export
    from socialpoll.poll.notebook import Notebook
    from socialpoll.poll.poll import Poll
    from socialpoll.report import Report

__all__ = ["Withheld", "check_groups", "in_figures", "reports_of", "withheld_by", "written"]


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """A group that has no documents, for nothing of it may be shown.

    Attributes
    ----------
    breakdown : str
        As in the figures.
    group : str
        Its code.
    """

    breakdown: str
    group: str


def written(breakdown: str) -> str:
    """Write a breakdown as the file does: a crossing is a list of names."""
    names = [f'"{one}"' for one in breakdown.split("|")]
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def check_groups(
    exports: Mapping[str, Export], measured: Mapping[str, Sequence[str]], notes: Notebook
) -> None:
    """Note exports for each group of a breakdown by which nothing is measured.

    Parameters
    ----------
    exports : mapping of str to Export
        By place in the file.
    measured : mapping of str to sequence of str
        The breakdowns that each indicator is measured by, as in the figures.
    notes : Notebook
        Takes the problems.
    """
    known = dict.fromkeys(one for several in measured.values() for one in several)
    for where, one in exports.items():
        if one.for_each is not None and in_figures(one.for_each) not in known:
            wanted = in_figures(one.for_each)
            notes.note(
                f"{where}.for_each",
                "no indicator is measured by this breakdown",
                found=written(wanted),
                allowed=", ".join(map(written, known)),
                advice="add it to 'by' of the indicators, or to publication.by",
            )


def reports_of(poll: Poll, release: Release, for_each: Breakdown) -> Iterator[Report]:
    """Yield the report of each group of a breakdown of which something may be shown.

    Raises
    ------
    ReportError
        Nothing in the release is measured by the breakdown.
    ExportError
        No group may be shown.
    """
    groups = groups_in(release, for_each)
    if not groups.shown:
        raise ExportError(
            "nothing of any group may be shown",
            where="for_each",
            found=written(groups.breakdown),
            advice="name a breakdown of fewer and larger groups",
        )
    for code in groups.shown:
        yield composed(poll, release, (groups.breakdown, code))


def withheld_by(for_each: Breakdown | None, release: Release) -> tuple[Withheld, ...]:
    """Return the groups that have no documents, for nothing of them may be shown."""
    if for_each is None:
        return ()
    groups = groups_in(release, for_each)
    return tuple(Withheld(breakdown=groups.breakdown, group=one) for one in groups.hidden)


def in_figures(breakdown: Breakdown) -> str:
    """Return a breakdown as figures name it: a crossing as ``sex|age_group``."""
    return breakdown if isinstance(breakdown, str) else "|".join(breakdown)
