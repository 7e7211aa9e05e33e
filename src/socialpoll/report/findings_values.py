"""What a rule found, and its thresholds, as phrases and figures of a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from socialpoll.report.blocks import Cell, Figure, Message, Phrase, Said, Value
from socialpoll.report.listing import listed

__all__ = ["found_told", "minutes_told", "number_told", "share_told"]


def found_told(rule: str, found: str) -> Cell:
    """Return what a rule found, in words where it is more than a plain value.

    Parameters
    ----------
    rule, found : str
    """
    if not found:
        return None
    for pattern, words in FORMS.get(rule, ()):
        parts = re.fullmatch(pattern, found)
        if parts is not None:
            return words(*parts.groups())
    return Said({"und": found})


def _rows(rows: str, more: str | None) -> Phrase:
    if more is None:
        return Message("rows {rows}", {"rows": _listed(rows)})
    return Message("rows {rows} and {number} more", {"rows": _listed(rows), "number": int(more)})


def _named(names: str, more: str) -> Phrase:
    return Message("{names} and {number} more", {"names": _listed(names), "number": int(more)})


def _listed(words: str) -> Phrase:
    return listed(Said({"und": one}) for one in words.split(", "))


def _others(number: str) -> Phrase:
    return Message("others: {number}", {"number": int(number)})


def _items(number: str) -> Phrase:
    return Message("items: {number}", {"number": int(number)})


def _characters(number: str) -> Phrase:
    return Message("characters: {number}", {"number": int(number)})


def _unanswered(part: str, whole: str) -> Phrase:
    values: dict[str, Value] = {"part": int(part), "whole": int(whole)}
    return Message("no answer to {part} of {whole}", values)


def minutes_told(number: str) -> Figure:
    """Return a duration with the decimals that it is written with."""
    return Figure(float(number), "minutes", _decimals(number))


def number_told(number: str) -> Figure:
    """Return a number with the decimals that it is written with."""
    return Figure(float(number), "decimal", _decimals(number))


def share_told(share: float) -> Figure:
    """Return a share as a percentage of three digits at most."""
    percent = f"{100 * share:.3g}"
    return Figure(float(percent) / 100, "percent", _decimals(percent))


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


FORMS: Mapping[str, tuple[tuple[str, Callable[..., Phrase | Figure]], ...]] = {
    "undeclared": ((r"(\d+) other values", _others),),
    "out_of_range": ((r"(\d+) characters", _characters),),
    "straight_lining": ((r"(\d+) items", _items),),
    "speeding": ((r"([\d.]+) minutes", minutes_told),),
    "fast_interviewer": ((r"(\d+) others", _others),),
    "duplicate_answers": (
        (r"rows ([\d, ]+)(?: and (\d+) more)?", _rows),
        (r"(\d+) other groups", _others),
    ),
    "case_nonresponse": ((r"(\d+) of (\d+) questions", _unanswered),),
    "lonely_stratum": ((r"(.+) and (\d+) more", _named),),
}
"""By rule: how it writes what it found, and the words for it."""
