"""Phrases and figures as the words of a language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from string import Formatter

from socialpoll.errors import ReportError, nearest
from socialpoll.report.blocks import Figure, Interval, Message, Phrase, Said, Value
from socialpoll.report.catalogues import translated
from socialpoll.report.language import Language, hundredfold
from socialpoll.report.marks import NOT_AVAILABLE, SUPPRESSED
from socialpoll.report.units import IN_WORDS, with_unit
from socialpoll.schema import say
from socialpoll.schema.legible import legible

__all__ = ["figure_written", "parts_of", "written"]

SPECS = ("", *IN_WORDS, "or")
"""What may stand behind the name in a message's braces."""


def written(phrase: Phrase, language: Language) -> str:
    """Write a phrase.

    Parameters
    ----------
    phrase : Said or Message
        ``{name}`` in a message stands for one of its values. ``{name:words}`` asks for a
        percentage in words ("38 per cent"), and for one or two hours as the language writes them
        in a sentence; ``{name:oblique}`` for the same where a preposition or verb stands before
        it; ``{name:or}`` for a list joined by "or".
    language : Language

    Returns
    -------
    str

    Raises
    ------
    ReportError
        A message asks for a value that it was not given, or in a way that nobody knows.
    """
    if isinstance(phrase, Said):
        return say(phrase.words, language.tag)
    number = 0
    if phrase.plural is not None:
        number = _number(phrase, language)
    text = translated(
        language.tag, phrase.key, context=phrase.context, plural=phrase.plural, number=number
    )
    return "".join(_parts(phrase, text, language))


def figure_written(figure: Figure | Interval, language: Language, *, spec: str = "") -> str:
    """Write a figure or an interval, with the shorthand of its status.

    Parameters
    ----------
    figure : Figure or Interval
        What is suppressed, or not there, is written as its shorthand alone.
    language : Language
    spec : str
        How a message asks for it: ``"words"`` and ``"oblique"`` write "per cent" instead of its
        sign, and one or two of a unit as in a sentence.
    """
    hidden = figure.status == SUPPRESSED
    if isinstance(figure, Interval):
        low, high = figure.low, figure.high
        empty = hidden or low is None or high is None
        text = "" if low is None or high is None else _interval(figure, low, high, language)
    else:
        empty = hidden or figure.value is None
        text = "" if figure.value is None else _figure(figure, figure.value, language, spec)
    if empty:
        return f"[{figure.status or NOT_AVAILABLE}]"
    if isinstance(figure, Figure) and figure.letters:
        text = f"{text} {figure.letters}"
    marks = figure.marks.split() if isinstance(figure, Figure) else []
    return " ".join([text, *(f"[{one}]" for one in (figure.status, *marks) if one)])


def parts_of(text: str) -> Iterator[tuple[str, str | None, str]]:
    """Split a message into what stands before each pair of braces, the name in it, and its spec."""
    for before, name, spec, _ in Formatter().parse(text):
        yield before, name, spec or ""


def _parts(message: Message, text: str, language: Language) -> Iterator[str]:
    for before, name, spec in parts_of(text):
        yield language.in_digits(before)
        if name is None:
            continue
        if name not in message.values:
            raise ReportError(
                "a message asks for a value that it was not given",
                where=f"message {message.key!r}",
                found=f"{{{name}}}",
                allowed=nearest(name, message.values),
            )
        if spec not in SPECS:
            raise ReportError(
                "a message asks for a value in a way that nobody knows",
                where=f"message {message.key!r}",
                found=f"{{{name}:{spec}}}",
                allowed=nearest(spec, SPECS[1:]),
            )
        yield _value(message.values[name], spec, language)


def _value(value: Value, spec: str, language: Language) -> str:
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, int):
        return language.number(value)
    if isinstance(value, dt.date):
        return language.date(value)
    if isinstance(value, Figure | Interval):
        return figure_written(value, language, spec=spec)
    if isinstance(value, tuple):
        words = [written(one, language) for one in value]
        return language.join(words, style="or" if spec == "or" else "standard")
    return written(value, language)


def _number(message: Message, language: Language) -> int:
    counted = message.values.get(message.count or "")
    if isinstance(counted, Figure) and counted.value is not None:
        return language.counted(_in_unit(counted.unit, counted.value), counted.decimals)
    if isinstance(counted, int):
        return language.counted(counted)
    raise ReportError(
        "a message with a plural counts nothing",
        where=f"message {message.key!r}",
        found=f"count={message.count!r}",
        allowed="the name of a value that is a whole number, or a figure that is there",
    )


def _figure(figure: Figure, value: float, language: Language, spec: str) -> str:
    if figure.unit == "percent" and spec not in IN_WORDS:
        return language.percent(value, figure.decimals)
    if figure.unit == "clock":
        return language.time(value)
    number = language.number(_in_unit(figure.unit, value), figure.decimals)
    if figure.unit in ("count", "decimal"):
        return number
    if figure.unit == "percent":
        return written(Message("{number} per cent", {"number": number}), language)
    return written(with_unit(figure, number, spec), language)


def _interval(interval: Interval, low: float, high: float, language: Language) -> str:
    unit, decimals = interval.unit, interval.decimals
    first, last = (
        language.time(end) if unit == "clock" else language.number(_in_unit(unit, end), decimals)
        for end in (low, high)
    )
    return written(Message("{low} to {high}", {"low": first, "high": last}), language)


def _in_unit(unit: str, value: float) -> float:
    # Judged by its decimals: 100 * 0.285 would fall below 28.5.
    return float(hundredfold(value)) if unit in ("percent", "points") else value
