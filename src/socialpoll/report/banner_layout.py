"""A banner laid out: heads, rows, marks and notes, before anybody says in which form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialpoll.errors import ReportError, nearest
from socialpoll.report.banner_notes import banner_notes, shorthand_in
from socialpoll.report.banner_rows import BannerRow, rows_of
from socialpoll.report.blocks import Message, Phrase, Said
from socialpoll.report.facts import names
from socialpoll.report.heads import Head, heads_of
from socialpoll.report.lettering import letters_of
from socialpoll.report.stub import Followed, topics_of

if TYPE_CHECKING:
    from socialpoll.report.banners import Banner
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Measured
    from socialpoll.report.report import Scalar

__all__ = ["Layout", "layout_of"]


@dataclass(frozen=True)
class Layout:
    """A banner in no language and no form yet.

    Attributes
    ----------
    heading : Phrase
        Its title.
    title : Phrase
        The same, saying so where the data are made up.
    heads : tuple of Head
        Its columns.
    rows : tuple of BannerRow
    notes : tuple of Phrase
        What stands beneath it.
    lettered : bool
        Whether cells speak of columns by their letters.
    intervals : bool
        Whether intervals stand with the figures.
    """

    heading: Phrase
    title: Phrase
    heads: tuple[Head, ...]
    rows: tuple[BannerRow, ...]
    notes: tuple[Phrase, ...]
    lettered: bool
    intervals: bool


def layout_of(
    banner: Banner,
    material: Material,
    several: Sequence[Measured],
    comparisons: Iterable[Mapping[str, Scalar]],
) -> Layout:
    """Lay out a banner.

    Parameters
    ----------
    banner : Banner
    material : Material
    several : sequence of Measured
        Everything there is, in every wave.
    comparisons : iterable of mapping
        As plain values.

    Raises
    ------
    ReportError
        There is nothing to show, or a row or column of the banner is not in the figures.
    """
    waves = _waves(material, several)
    _check(banner, several)
    indicators = _wanted(banner, several, waves)
    shown = [measured for one in indicators for measured in one.waves.values()]
    heads = heads_of(banner, material.wording, shown, waves)
    letters = letters_of(comparisons, shown, heads, banner.levels)
    rows = rows_of(material, topics_of(banner, material, indicators), heads, letters)
    notes = banner_notes(material, banner, shown, heads, letters)
    heading = Said(banner.title) if banner.title else Message("Results by group")
    return Layout(
        heading=heading,
        title=material.marked(heading),
        heads=heads,
        rows=rows,
        notes=(*notes, *shorthand_in(material, rows)),
        lettered=letters.lettered,
        intervals=banner.intervals,
    )


def _waves(material: Material, several: Sequence[Measured]) -> tuple[str, ...]:
    """Return the waves in their order in time."""
    there = dict.fromkeys(one.wave for one in several)
    stacked = names(material.methodology.fact("waves", "stack") or {}, "waves")
    return (
        *(one for one in stacked if one in there),
        *(one for one in there if one not in stacked),
    )


def _check(banner: Banner, several: Sequence[Measured]) -> None:
    """Refuse a banner of nothing, or of what is not there."""
    if not several:
        raise ReportError(
            "there are no figures to show",
            where="tabulate",
            advice="estimate something before it is put into a table",
        )
    indicators = dict.fromkeys(one.name for one in several)
    breakdowns = dict.fromkeys(name for one in several for name in one.breakdowns)
    for where, wanted, known in (
        ("Banner.rows", banner.rows, indicators),
        ("Banner.columns", banner.columns, breakdowns),
    ):
        for name in wanted:
            if name not in known:
                raise ReportError(
                    f"there is no such {'indicator' if known is indicators else 'breakdown'} "
                    "among the figures",
                    where=where,
                    found=repr(name),
                    allowed=nearest(name, known),
                )


def _wanted(
    banner: Banner, several: Sequence[Measured], waves: Sequence[str]
) -> tuple[Followed, ...]:
    """Return the indicators of a banner that have figures in its columns, each in all its waves."""
    found: dict[str, dict[str, Measured]] = {}
    for one in several:
        if _has_columns(banner, one):
            found.setdefault(one.name, {})[one.wave] = one
    for name in banner.rows or found:
        if name not in found:
            raise ReportError(
                "an indicator has no figure in any column of the banner",
                where="Banner.rows",
                found=repr(name),
                allowed=nearest(name, found),
                advice="let the banner have its total, or estimate the indicator by its columns",
            )
    if not found:
        raise ReportError(
            "the banner has no columns with figures",
            where="Banner.columns",
            found="total=False, and no breakdown",
            advice="let it have its total, or estimate by=[...] something",
        )
    return tuple(
        Followed({wave: found[name][wave] for wave in waves if wave in found[name]})
        for name in banner.rows or found
    )


def _has_columns(banner: Banner, measured: Measured) -> bool:
    columns = banner.columns or measured.breakdowns
    return (banner.total and not measured.profile) or bool({*columns} & {*measured.breakdowns})
