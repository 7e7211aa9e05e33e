"""Every chart of a report as a picture file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from socialpoll.drawing import contact_sheet
from socialpoll.hooks import Document
from socialpoll.report import (
    Chart,
    Digits,
    Edition,
    Message,
    Picture,
    PictureForm,
    in_sentences,
)

__all__ = ["MEDIA_TYPE", "ChartOptions", "render"]

MEDIA_TYPE = "image/png"


def _listed(forms: object) -> object:
    """Take words for the forms that they name: on a command line there are no lists."""
    return tuple(one.strip() for one in forms.split(",")) if isinstance(forms, str) else forms


Forms: TypeAlias = Annotated[tuple[PictureForm, ...], BeforeValidator(_listed), Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class ChartOptions:
    """How charts are drawn.

    Parameters
    ----------
    formats : tuple of {"png", "svg"}
        Dots, outlines, or both.
    sheet : bool
        Whether there is one more picture with all charts on it.
    digits : {"latn", "arab"}, optional
        Numbering system of Arabic text; by default the edition's.
    """

    formats: Forms = ("png",)
    sheet: bool = False
    digits: Digits | None = None


def render(edition: Edition, options: ChartOptions | None = None) -> Iterator[Document]:
    """Draw every chart of a report in the leading language of an edition.

    Parameters
    ----------
    edition : Edition
    options : ChartOptions, optional

    Yields
    ------
    Document
        ``<name of the chart>-<language>.png``, in the order of the report; a name that comes
        again is numbered. Under an embargo its end stands beneath each chart. The sheet of all of
        them, ``charts-<language>.png``, is the last.

    Raises
    ------
    ReportError
        Where nobody can draw.
    """
    chosen = options or ChartOptions()
    if chosen.digits is not None:
        edition = replace(edition, digits=chosen.digits)
    seen: Counter[str] = Counter()
    dots: list[Picture] = []
    for chart in _charts(edition):
        name = _numbered(chart.name, seen)
        for form in dict.fromkeys(chosen.formats):
            picture = edition.draw(chart, form)
            dots += [picture] if form == "png" else []
            yield _document(name, edition, picture, form)
        if chosen.sheet and "png" not in chosen.formats:
            dots.append(edition.draw(chart))
    if chosen.sheet and dots:
        sheet = contact_sheet(edition, dots)
        yield _document(_numbered(sheet.name, seen), edition, sheet, "png")


def _numbered(name: str, seen: Counter[str]) -> str:
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def _document(name: str, edition: Edition, picture: Picture, form: PictureForm) -> Document:
    return Document(f"{name}-{edition.language}.{form}", picture.content, picture.media_type)


def _charts(edition: Edition) -> Iterator[Chart]:
    """Yield the charts of a report; a picture that travels alone says itself that it must wait."""
    embargo = edition.report.life_cycle.embargo
    for section in edition.report.sections:
        for block in section.blocks:
            if isinstance(block, Chart) and embargo is not None:
                until = Message("Embargoed until {moment}", {"moment": embargo})
                several = [block.caption, until] if edition.text(block.caption) else [until]
                yield replace(block, caption=in_sentences(several))
            elif isinstance(block, Chart):
                yield block
