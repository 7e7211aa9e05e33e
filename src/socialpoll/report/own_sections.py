"""Sections of the publisher's own, beside what was found: each is plain text, never markup."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar, Literal, TypeAlias, get_args

from socialpoll.report.images import Image
from socialpoll.schema import Text
from socialpoll.schema.border import BORDER, settle
from socialpoll.schema.texts import as_text

__all__ = [
    "PLACES",
    "STATUSES",
    "OwnSection",
    "Passage",
    "Phase",
    "Pictures",
    "Place",
    "Recommendations",
    "Status",
    "Timeline",
]

Place: TypeAlias = Literal["before findings", "after findings", "end"]
"""Between key findings and findings; between findings and methodology; at the end."""
PLACES: tuple[Place, ...] = get_args(Place)
Status: TypeAlias = Literal["done", "under way", "planned"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, kw_only=True)
class _Own:
    """What all of them have.

    Parameters
    ----------
    title : mapping of str to str
        In every language.
    text : mapping of str to str, optional
        Paragraphs, parted by empty lines; as many in one language as in another.
    place : {"before findings", "after findings", "end"}
    """

    title: Text
    text: Text = field(default_factory=dict)
    place: Place = "after findings"

    def __post_init__(self) -> None:
        settle(self, texts=("title", "text"))


@dataclass(frozen=True, kw_only=True)
class Passage(_Own):
    """Free text, and a list where there is something to list.

    Parameters
    ----------
    title, text, place
        As of every section of one's own.
    items : sequence of mapping of str to str, optional
        Of a list after the text.
    """

    role: ClassVar[str] = "text"
    place: Place = "before findings"
    items: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        _settle_items(self)


@dataclass(frozen=True, kw_only=True)
class Recommendations(_Own):
    """What follows from the findings, for those who decide; exporters number it.

    Parameters
    ----------
    title, text, place
        As of every section of one's own.
    items : sequence of mapping of str to str
        A recommendation each.
    """

    role: ClassVar[str] = "recommendations"
    items: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        _settle_items(self)


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A phase of the work.

    Parameters
    ----------
    title : mapping of str to str
    status : {"done", "under way", "planned"}
    start, end : date, optional
    next_step : mapping of str to str, optional
    """

    title: Text
    status: Status
    start: dt.date | None = None
    end: dt.date | None = None
    next_step: Text = field(default_factory=dict)

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("title", "next_step"))


@dataclass(frozen=True, kw_only=True)
class Timeline(_Own):
    """The phases of the work, from what is done to what is planned.

    Parameters
    ----------
    title, text, place
        As of every section of one's own.
    phases : sequence of Phase
    """

    role: ClassVar[str] = "timeline"
    phases: tuple[Phase, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        settle(self, tuples=("phases",))


@dataclass(frozen=True, kw_only=True)
class Pictures(_Own):
    """Pictures that somebody took or drew, each with its caption.

    Parameters
    ----------
    title, text, place
        As of every section of one's own.
    pictures : sequence of Image
    """

    role: ClassVar[str] = "pictures"
    pictures: tuple[Image, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        settle(self, tuples=("pictures",))


OwnSection: TypeAlias = Passage | Recommendations | Timeline | Pictures


def _settle_items(section: Passage | Recommendations) -> None:
    object.__setattr__(section, "items", tuple(as_text(one) for one in section.items))
