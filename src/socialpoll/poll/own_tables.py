"""The tables of a poll file for house style and sections of the publisher's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from socialpoll.poll.indicator_tables import Name
from socialpoll.report import Passage, Pictures, Recommendations, Timeline
from socialpoll.schema import Text
from socialpoll.schema.border import BORDER

__all__ = ["SECTIONS", "ImageTable", "LogoTable", "SectionTable", "StyleTable"]


@dataclass(frozen=True, kw_only=True)
class LogoTable:
    """``[publication.style.logo]``."""

    file: Name
    alt: Text

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class StyleTable:
    """``[publication.style]``: the fields of a HouseStyle; its own where absent."""

    primary: str | None = None
    accent: str | None = None
    latin_font: str | None = None
    arabic_font: str | None = None
    logo: LogoTable | None = None

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class ImageTable:
    """One of ``[[publication.sections.pictures]]``: the fields of an Image, its file by name."""

    file: Name
    alt: Text
    caption: Text = field(default_factory=dict)
    width: float | None = None

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class PassageTable(Passage):
    """One of ``[[publication.sections]]``: the fields of a Passage."""

    role: Literal["text"]  # type: ignore[misc]  # a key of the file, and the class's own

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class RecommendationsTable(Recommendations):
    """One of ``[[publication.sections]]``: the fields of Recommendations."""

    role: Literal["recommendations"]  # type: ignore[misc]  # a key of the file, and the class's own

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class TimelineTable(Timeline):
    """One of ``[[publication.sections]]``: the fields of a Timeline."""

    role: Literal["timeline"]  # type: ignore[misc]  # a key of the file, and the class's own

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class PicturesTable(Pictures):
    """One of ``[[publication.sections]]``: the fields of Pictures, the images by their files."""

    role: Literal["pictures"]  # type: ignore[misc]  # a key of the file, and the class's own
    pictures: tuple[ImageTable, ...] = ()  # type: ignore[assignment]

    __pydantic_config__ = BORDER


SectionTable = PassageTable | RecommendationsTable | TimelineTable | PicturesTable
SECTIONS: Mapping[str, type[SectionTable]] = {
    "text": PassageTable,
    "recommendations": RecommendationsTable,
    "timeline": TimelineTable,
    "pictures": PicturesTable,
}
"""By their role."""
