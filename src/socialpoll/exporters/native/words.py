"""The words of a native chart: labels with their shorthand, and numbers as a sheet writes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from unicodedata import bidirectional

from socialpoll.drawing.rows import drawn_value
from socialpoll.report import Edition, Figure, Phrase, Unit
from socialpoll.report.language import hundredfold, rounded
from socialpoll.schema.legible import legible

__all__ = [
    "directed",
    "form_of",
    "label_of",
    "one_line",
    "plain_number",
    "plotted",
    "same_in_form",
    "shortened",
    "statuses",
]

LONGEST = 60
"""Letters of a label; the document has all of them beside the chart."""
MARKS = "\u200e\u200f"
IN_FORM = ("percent", "count", "decimal")
"""Units that a sheet can write by itself; others are written with words of the language."""
NOT_AVAILABLE = "x"


def label_of(label: Phrase, edition: Edition, figures: Iterable[Figure] = ()) -> str:
    """Return what stands beside a mark: its label, and the shorthand of its figures.

    Parameters
    ----------
    label : Phrase
    edition : Edition
    figures : iterable of Figure
        What is suppressed has no mark, and is told here.
    """
    words = shortened(one_line(edition.text(label)), LONGEST)
    told = statuses(figures)
    return directed(f"{words} {told}" if told else words, edition)


def directed(words: str, edition: Edition) -> str:
    r"""Return words that run in the direction of an edition wherever they stand.

    Charts have no direction of their own in Office: what is in Arabic letters alone needs none,
    other words are held by marks.

    Examples
    --------
    >>> from socialpoll.report import Publisher, Report
    >>> report = Report(
    ...     name="r", title={}, languages=("ar",), publisher=Publisher(name={}), sections=()
    ... )
    >>> directed("7 مرات", Edition(report, ("ar",))), directed("الذكور", Edition(report, ("ar",)))
    ('\u202b7 مرات\u202c', 'الذكور')
    """
    if edition.direction == "ltr" or all(map(_runs_to_the_left, words)):
        return words
    if not any(map(str.isalpha, words)):
        # Numbers at both ends of a dash would change their places.
        return f"\u200e{words}\u200e"
    return f"\u202b{words}\u202c"


def statuses(figures: Iterable[Figure]) -> str:
    """Return the shorthand of figures, each once: ``[c]``."""
    found: dict[str, None] = {}
    for one in figures:
        own = one.status or (NOT_AVAILABLE if one.value is None else "")
        shown = (own, *one.marks.split()) if drawn_value(one) is not None else (own,)
        found |= dict.fromkeys(mark for mark in shown if mark)
    return " ".join(f"[{mark}]" for mark in found)


def one_line(words: str) -> str:
    """Return words fit to be shown, without breaks."""
    return " ".join(legible(words).split())


def shortened(words: str, longest: int) -> str:
    """Return words of so many letters at most; an ellipsis tells that there are more.

    Examples
    --------
    >>> shortened("A professional network", 18)
    'A professional…'
    >>> shortened("WhatsApp", 18)
    'WhatsApp'
    """
    if len(words) <= longest:
        return words
    head = words[: longest - 1]
    whole = head.rsplit(" ", 1)[0] if " " in head else head
    return legible(f"{whole.rstrip()}…")


def form_of(unit: Unit, decimals: int) -> str:
    """Return how a sheet writes numbers of a unit.

    Examples
    --------
    >>> form_of("percent", 1), form_of("count", 0)
    ('0.0%', '#,##0')
    """
    places = f".{'0' * decimals}" if decimals else ""
    return f"0{places}%" if unit == "percent" else f"#,##0{places}"


def plotted(figure: Figure) -> float | None:
    """Return the value that is drawn of a figure, as its number is written."""
    value = drawn_value(figure)
    if value is None or figure.unit != "points":
        return value
    return float(hundredfold(value))


def plain_number(figure: Figure, edition: Edition) -> str:
    """Return the number of a figure alone: its shorthand stands in its label."""
    return legible(edition.number(replace(figure, status="", marks="", letters="")))


def same_in_form(figure: Figure, edition: Edition) -> str | None:
    """Return a figure as it is written where a sheet would not write it so; None where it would."""
    written, value = plain_number(figure, edition), figure.value
    if value is None or figure.unit not in IN_FORM:
        return written
    exact = hundredfold(value) if figure.unit == "percent" else value
    sign = "%" if figure.unit == "percent" else ""
    by_the_sheet = f"{rounded(exact, figure.decimals):,}{sign}"
    return None if written.translate(dict.fromkeys(map(ord, MARKS))) == by_the_sheet else written


def _runs_to_the_left(letter: str) -> bool:
    return bidirectional(letter) in ("AL", "R", "NSM", "WS")
