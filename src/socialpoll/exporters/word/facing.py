"""What a template of two languages is handed: every text, and beside it the same in the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from typing import Any

from socialpoll.exporters.word.context import WIDE, Context, Show, context_of
from socialpoll.exporters.word.contract import CONTRACT, OTHER, Kind
from socialpoll.exporters.word.facing_charts import FacingArtist
from socialpoll.exporters.word.facing_tables import facing_tables
from socialpoll.exporters.word.turning import Rooms
from socialpoll.report import Artist, Edition, Picture

__all__ = ["facing_context"]

SHADED = ("lead", "warning")


def facing_context(edition: Edition, *, show: Show, charts: bool, rooms: Rooms) -> Context:
    """Return the variables of a template of two languages.

    Both are written by themselves, in the same order and with the same numbers, and then laid
    side by side: ``title`` is in the leading language, ``other.title`` in the second one; of a
    section ``section.title`` and ``section.other.title``, and so on.

    Parameters
    ----------
    edition : Edition
        In two languages; or in one, and then there is nothing in the other.
    show : callable
    charts : bool
    rooms : Rooms
        As for :func:`~socialpoll.exporters.word.context.context_of`.

    Returns
    -------
    dict
        As :data:`~socialpoll.exporters.word.contract.CONTRACT` promises.
    """
    leading, *others = edition.languages
    first_edition = replace(edition, artist=_artist(edition, leading=True)) if others else edition
    first = context_of(first_edition, show=show, charts=charts, rooms=rooms)
    other = _emptied(first)
    if others:

        def once(picture: Picture) -> str:
            # A picture that somebody chose, or that holds both languages, is shown once.
            return show(picture) if isinstance(picture.alt, str) else ""

        artist = _artist(edition, leading=False)
        other_edition = replace(edition, languages=(*others, leading), artist=artist)
        other = context_of(other_edition, show=once, charts=charts, rooms=rooms)
    paired: Context = _paired(first, other, CONTRACT)
    for section in paired["sections"]:
        room = rooms.wide if section["role"] in WIDE else rooms.usual
        section["blocks"] = list(_blocks(section["blocks"], edition, room))
    return {**paired, "facing": bool(others)}


def _artist(edition: Edition, *, leading: bool) -> Artist | None:
    return None if edition.artist is None else FacingArtist(edition.artist, leading)


def _emptied(value: Any) -> Any:  # noqa: ANN401 - whatever a template is handed
    """Return the same without a word."""
    if isinstance(value, dict):
        return {name: _emptied(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_emptied(one) for one in value]
    return "" if isinstance(value, str) else value


def _paired(first: Any, other: Any, kind: Kind) -> Any:  # noqa: ANN401
    """Lay what a kind of the contract stands for beside the same in the other language."""
    if isinstance(kind, str):
        return first
    if isinstance(kind, list):
        if isinstance(kind[0], str):
            return _as_long(first, other)
        return [_paired(*pair, kind[0]) for pair in zip(first, other, strict=True)]
    made = {name: _paired(value, other[name], kind[name]) for name, value in first.items()}
    second = kind.get(OTHER, {})
    if isinstance(second, Mapping) and second:
        made[OTHER] = {name: _second(first[name], other[name]) for name in second}
    return made


def _second(first: Any, other: Any) -> Any:  # noqa: ANN401
    return _as_long(other, first) if isinstance(other, list) else other


def _as_long(texts: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return texts that can be counted through together with others, empty ones at their end."""
    return [text for text, _ in zip_longest(texts, others, fillvalue="")]


def _together(block: Context) -> tuple[bool, bool]:
    """Tell what stands in one table: texts, apart from those that lie on a ground of their own."""
    return block["kind"] == "text", block["style"] in SHADED


def _blocks(blocks: Sequence[Context], edition: Edition, room: int) -> Iterator[Context]:
    for (texts, _), group in groupby(blocks, key=_together):
        several = list(group)
        for place, block in enumerate(several):
            followed = several if texts and place == 0 else []
            tables = facing_tables(block, edition, room) if block["kind"] == "table" else []
            yield {**block, "texts": [_text(one) for one in followed], "tables": tables}


def _text(block: Context) -> Context:
    return {
        "style": block["style"],
        "text": block["text"],
        OTHER: {"text": block[OTHER]["text"]},
    }
