"""What the template of two languages is handed: every text, and beside it the same in the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from typing import Any

from socialpoll.exporters.word.context import WIDE, Context, Show, context_of
from socialpoll.exporters.word.facing_charts import FacingArtist
from socialpoll.exporters.word.facing_tables import facing_table
from socialpoll.exporters.word.languages import word_language
from socialpoll.exporters.word.turning import Rooms
from socialpoll.report import Artist, Edition, Picture
from socialpoll.report.language import direction_of

__all__ = ["facing_context"]

LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
MARKS = {"ltr": LEFT_TO_RIGHT_MARK, "rtl": RIGHT_TO_LEFT_MARK}


def facing_context(edition: Edition, *, show: Show, charts: bool, rooms: Rooms) -> Context:
    """Return the variables of the template of two languages.

    Both are written by themselves, in the same order and with the same numbers, and then laid
    side by side: ``title`` is in the leading language, ``other.title`` in the second one; of a
    section ``section.title`` and ``section.other.title``, and so on.

    Parameters
    ----------
    edition : Edition
        In two languages.
    show : callable
    charts : bool
    rooms : Rooms
        As for :func:`~socialpoll.exporters.word.context.context_of`.

    Returns
    -------
    dict
        Texts that follow one another are one block of kind ``texts``. ``tag`` is a language as
        Word names it; ``mark``, of ``other``, stands around words in a paragraph of the first.
    """
    leading, second = edition.languages
    first_edition, other_edition = (
        replace(edition, languages=tags, artist=_artist(edition, leading=place == 0))
        for place, tags in enumerate([(leading, second), (second, leading)])
    )

    def once(picture: Picture) -> str:
        # A picture that somebody chose, or that holds both languages, is shown once.
        return show(picture) if isinstance(picture.alt, str) else ""

    first = context_of(first_edition, show=show, charts=charts, rooms=rooms)
    other = context_of(other_edition, show=once, charts=charts, rooms=rooms)
    paired = _paired(first, other)
    for section in paired["sections"]:
        room = rooms.wide if section["role"] in WIDE else rooms.usual
        section["blocks"] = list(_blocks(section["blocks"], edition, room))
    paired["tag"] = word_language(leading)
    paired["other"] |= {"tag": word_language(second), "mark": MARKS[direction_of(second)]}
    return paired


def _artist(edition: Edition, *, leading: bool) -> Artist | None:
    return None if edition.artist is None else FacingArtist(edition.artist, leading)


def _paired(first: Context, other: Context) -> Context:
    made: Context = {name: _value(value, other[name]) for name, value in first.items()}
    texts = {name: value for name, value in other.items() if isinstance(value, str)}
    return {**made, "other": texts}


def _value(first: Any, other: Any) -> Any:  # noqa: ANN401 - whatever a template is handed
    if isinstance(first, dict):
        return _paired(first, other)
    if not isinstance(first, list):
        return first
    if any(isinstance(one, dict) for one in first):
        return [_paired(*pair) for pair in zip(first, other, strict=True)]
    pairs = zip_longest(first, other, fillvalue="")
    return [{"text": text, "other": {"text": words}} for text, words in pairs]


def _blocks(blocks: Sequence[Context], edition: Edition, room: int) -> Iterator[Context]:
    for texts, group in groupby(blocks, key=lambda block: block["kind"] == "text"):
        if texts:
            yield {"kind": "texts", "texts": list(group)}
            continue
        for block in group:
            yield facing_table(block, edition, room) if block["kind"] == "table" else block
