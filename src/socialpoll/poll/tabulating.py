"""The banner tables of a poll, made of what may be shown and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from socialpoll.errors import ReportError, nearest
from socialpoll.poll.carrying import carried_out
from socialpoll.poll.outreach_measuring import without_outreach
from socialpoll.poll.progress import STAGES, Progress, Steps
from socialpoll.poll.stages import composed
from socialpoll.report import Banner, tabulate

if TYPE_CHECKING:
    from socialpoll.plugins import PluginHost
    from socialpoll.poll.poll import Poll
    from socialpoll.report import BannerTable, Report

__all__ = ["Chosen", "Tables", "tables_of"]


@dataclass(frozen=True)
class Chosen:
    """Which tables of a poll are wanted.

    Attributes
    ----------
    name : str or None
        Of a banner of the poll; all of them where None, or a table of everything where the poll
        has none.
    rows, columns : tuple of str
        Indicators and breakdowns in place of those of the banner; where there is no name, of one
        table.
    """

    name: str | None = None
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Tables:
    """Banner tables of a poll.

    Attributes
    ----------
    tables : tuple of BannerTable
    report : Report
        The same tables as a report, with a section each and no others.
    """

    tables: tuple[BannerTable, ...]
    report: Report

    @property
    def empty(self) -> bool:
        """Whether none of their figures may be shown."""
        return all(one.frame["estimate"].isna().all() for one in self.tables)


def tables_of(
    poll: Poll,
    chosen: Chosen,
    *,
    language: str | None,
    progress: Progress | None,
    host: PluginHost,
) -> Tables:
    """Make banner tables; see :meth:`Poll.tables`."""
    banners = _banners(poll, chosen)
    steps = iter(Steps(progress, STAGES))
    # Released beside the plan, so that nothing is shown that the documents of a run hide.
    release = without_outreach(poll, carried_out(poll, steps, host).release)
    spoken = language or poll.publication.languages[0]
    tables = tuple(tabulate(release, one, language=spoken) for one in banners)
    report = composed(replace(poll, banners=banners, outreach=None), release)
    shown = tuple(one for one in report.sections if one.role == "banner")
    next(steps, None)
    return Tables(tables, replace(report, sections=shown))


def _banners(poll: Poll, chosen: Chosen) -> tuple[Banner, ...]:
    wanted = poll.banners or (Banner(),)
    if chosen.name is not None:
        wanted = (_named(poll, chosen.name),)
    elif chosen.rows or chosen.columns:
        wanted = (Banner(),)
    return tuple(
        replace(one, rows=chosen.rows or one.rows, columns=chosen.columns or one.columns)
        for one in wanted
    )


def _named(poll: Poll, name: str) -> Banner:
    named = {one.name: one for one in poll.banners}
    if name not in named:
        raise ReportError(
            f"the poll has no banner {name!r}",
            where="[[banners]]",
            allowed=nearest(name, named) if named else "",
            advice="" if named else "leave the name out for a table of everything",
        )
    return named[name]
