"""The words beside a number: hours, minutes, points; in a sentence, words for one and two alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from socialpoll.report.blocks import Figure, Message, Unit

__all__ = ["IN_WORDS", "with_unit"]

BESIDE: Mapping[Unit, Message] = {
    "points": Message("{number} percentage point", {}, "{number} percentage points", "value"),
    "hours": Message("{number} hour", {}, "{number} hours", "value"),
    "minutes": Message("{number} minute", {}, "{number} minutes", "value"),
}
"""Of figures in tables and charts: always with their digits."""
IN_WORDS: Mapping[str, Mapping[Unit, Message]] = {
    "words": {
        "points": Message(
            "{number} percentage point", {}, "{number} percentage points", "value", "in words"
        ),
        "hours": Message("{number} hour", {}, "{number} hours", "value", "in words"),
        "minutes": Message("{number} minute", {}, "{number} minutes", "value", "in words"),
    },
    "oblique": {
        "points": Message(
            "{number} percentage point", {}, "{number} percentage points", "value", "oblique case"
        ),
        "hours": Message("{number} hour", {}, "{number} hours", "value", "oblique case"),
        "minutes": Message("{number} minute", {}, "{number} minutes", "value", "oblique case"),
    },
}
"""Of whole figures in running text, by the spec that a message asks for them with.

Many languages write one and two of a thing as words, with no digit, and Arabic by their place in
the sentence: ``words`` is for what stands by itself or is what is said of something, ``oblique``
for what follows a preposition or a verb.
"""


def with_unit(figure: Figure, number: str, spec: str = "") -> Message:
    """Return a number with its unit.

    Parameters
    ----------
    figure : Figure
        In hours, minutes or percentage points; it decides the plural.
    number : str
        As it is written.
    spec : str
        How a message asks for it: a key of :data:`IN_WORDS`, or anything else where digits stay.
        They also stay where there are decimals or a sign.

    Examples
    --------
    >>> from socialpoll.report.language import Language
    >>> from socialpoll.report.writing import written
    >>> minutes = Figure(2, "minutes")
    >>> for spec in ("", "words", "oblique"):
    ...     print(written(with_unit(minutes, "2", spec), Language("ar")))
    2 دقيقة
    دقيقتان
    دقيقتين
    """
    plain = figure.decimals or figure.value is None or figure.value < 0
    unit = (BESIDE if plain else IN_WORDS.get(spec, BESIDE))[figure.unit]
    return replace(unit, values={"number": number, "value": figure})
