"""From figures to a banner table: one object for the terminal, notebooks and exporters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING

from socialpoll.disclosure import SITUATIONS, Release
from socialpoll.errors import ReportError
from socialpoll.report.banner_blocks import block_of
from socialpoll.report.banner_html import html_of
from socialpoll.report.banner_layout import Layout, layout_of
from socialpoll.report.banner_text import text_of
from socialpoll.report.banners import Banner
from socialpoll.report.blocks import Table
from socialpoll.report.catalogues import catalogue_of
from socialpoll.report.language import Language
from socialpoll.report.lettering import READ
from socialpoll.report.material import Material
from socialpoll.report.measured import measured_in, plain_rows

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console, ConsoleOptions
    from rich.text import Text

    from socialpoll.indicators import Estimates
    from socialpoll.report.report import Scalar

__all__ = ["BannerTable", "tabulate"]

LEAST_WIDTH = 20


@dataclass(frozen=True, eq=False, repr=False)
class BannerTable:
    """Many indicators by many groups: every figure with its base, caveat and letters.

    Attributes
    ----------
    banner : Banner
        As it was declared.
    language : str
        In which it is shown where no other is asked for.
    layout : Layout
        Its heads, rows and notes, in no language yet.
    """

    banner: Banner
    language: str
    layout: Layout
    _figures: pd.DataFrame = field(repr=False)

    @property
    def frame(self) -> pd.DataFrame:
        """A row a cell in the order of the table: the columns of the figures, column, letters.

        ``column`` is the letter of its column, empty for everybody. A new frame each time.
        """
        found = [
            (place, head.letter, figure.letters)
            for row in self.layout.rows
            for place, head, figure in zip(row.places, self.layout.heads, row.figures, strict=False)
            if place is not None and figure is not None
        ]
        places, columns, letters = (list(one) for one in zip(*found, strict=True))
        frame = self._figures.take(places).reset_index(drop=True)
        return frame.assign(column=columns, letters=letters)

    def table(self) -> Table:
        """Return it as a block of a report, in no language yet."""
        return block_of(self.layout)

    def text(self, language: str | None = None, width: int | None = None) -> str:
        """Write it as text, in several tables beneath each other where it is too wide.

        Parameters
        ----------
        language : str, optional
            Another than that of the table.
        width : int, optional
            Characters of a line, at least 20; as many as the terminal has where absent.

        Raises
        ------
        ReportError
            Lines that are shorter, or a language without a catalogue.
        """
        from rich.console import Console

        if width is not None and width < LEAST_WIDTH:
            raise ReportError(
                "lines of a table cannot be so short",
                where="BannerTable.text",
                found=f"width={width}",
                allowed=f"{LEAST_WIDTH} characters or more",
            )
        console = Console(file=StringIO(), width=width)
        spoken = Language(self.language if language is None else language)
        lines = text_of(self.layout, spoken, console, console.width)
        return "\n".join(line.plain for line in lines)

    def html(self, language: str | None = None) -> str:
        """Write it as a table element of HTML, for notebooks and pages.

        Parameters
        ----------
        language : str, optional
            Another than that of the table.
        """
        return html_of(self.layout, Language(self.language if language is None else language))

    def __str__(self) -> str:
        return self.text()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        yield from text_of(self.layout, Language(self.language), console, options.max_width)

    def _repr_html_(self) -> str:
        return self.html()

    def __repr__(self) -> str:
        rows = sum(row.role == "figure" for row in self.layout.rows)
        columns = len(self.layout.heads)
        return f"<BannerTable {self.banner.name!r}: {rows} rows, {columns} columns>"


def tabulate(
    figures: Estimates | Release, banner: Banner | None = None, *, language: str | None = None
) -> BannerTable:
    """Put figures into one table: questions down, groups across.

    Letters are those of the comparisons that the figures carry: compare them first.

    Parameters
    ----------
    figures : Estimates or Release
        Of estimates the table says that they have not passed the rules for release.
    banner : Banner, optional
        What stands in it; everything where absent.
    language : str, optional
        In which it is shown; the first of the questionnaire where absent, else English.

    Returns
    -------
    BannerTable

    Raises
    ------
    ReportError
        There is nothing to show, a row or column is not in the figures, or the language has no
        catalogue.

    See Also
    --------
    write_tables : Banner tables of a report, as a page.
    """
    banner = Banner() if banner is None else banner
    spoken = tuple(figures.questionnaire.languages) or ("en",)
    language = spoken[0] if language is None else language
    catalogue_of(language)
    released = isinstance(figures, Release)
    frame = figures.figures if isinstance(figures, Release) else figures.frame
    rows = plain_rows(frame)
    several = measured_in(rows if released else map(_unjudged, rows))
    material = Material.of(figures, spoken, figures.titles, several)
    layout = layout_of(banner, material, several, plain_rows(figures.comparisons[list(READ)]))
    return BannerTable(banner, language, layout, frame)


def _unjudged(row: Mapping[str, Scalar]) -> Mapping[str, Scalar]:
    """Give a figure that no release has judged the status that it has without."""
    situation = SITUATIONS["usual" if row["estimate"] is not None else "not_available"]
    return {**row, "obs_status": situation.obs_status, "conf_status": situation.conf_status}
