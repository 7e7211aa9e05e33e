"""What is wrong with the codes of a question: options, missing codes, ranges, bands of the day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from socialpoll.schema.clock import bands_over_minute, clock_time, minutes_after_midnight
from socialpoll.schema.codes import ClockBand, Code, CodeType, CodeValue, Missing
from socialpoll.schema.keys import PLAIN_RULE, is_plain, key_of, number_of
from socialpoll.schema.places import Notes, Path
from socialpoll.schema.questions import (
    NUMERIC,
    UNCODED,
    AnyQuestion,
    Date,
    Duration,
    Grid,
    Multiple,
    Number,
    Scale,
    Single,
    TimeOfDay,
)

__all__ = ["check_codes", "check_each_code", "check_plain", "check_scores", "note_never_asked"]


ITEM = re.compile(r"[\w.\-]+")
MOST_CODES = 30_000  # whose positions fit in two bytes
MOST_MISSING = 100  # whose positions fit in one


def check_codes(question: AnyQuestion, path: Path, notes: Notes) -> None:
    """Note what is wrong with everything a question can be answered with.

    Parameters
    ----------
    question : AnyQuestion
    path : Path
        Of the question.
    notes : Notes
        Takes the problems.
    """
    match question:
        case Single() | Scale() | Multiple():
            _check_options(question, path, notes)
        case Grid():
            _check_options(question, path, notes)
            _check_items(question, (*path, "items"), notes)
        case TimeOfDay():
            bands = question.bands
            check_each_code([one.code for one in bands], "string", (*path, "bands"), notes)
            _check_day(bands, (*path, "bands"), notes)
        case Number() | Duration():
            _check_range(question, path, notes)
        case Date():
            _check_days(question, path, notes)
    _check_missing(question, (*path, "missing"), notes)
    _check_if_not_asked(question, (*path, "if_not_asked"), notes)


def check_each_code(
    codes: Sequence[CodeValue], code_type: CodeType, path: Path, notes: Notes
) -> None:
    """Note an empty list, codes that are not plain, of the wrong type, or there twice."""
    if not codes:
        notes.add(path, "the list is empty", advice="declare at least one code")
    _check_length(len(codes), MOST_CODES, path, notes)
    seen: dict[CodeValue | None, CodeValue] = {}
    for place, code in enumerate(codes):
        here = (*path, place, "code")
        if isinstance(code, int) != (code_type == "integer"):
            allowed = "a whole number" if code_type == "integer" else "words in quotes"
            advice = f"the code_type is {code_type!r}"
            what = "a code of the wrong type"
            notes.add(here, what, found=repr(code), allowed=allowed, advice=advice)
        check_plain(code, here, notes)
        key = key_of(code, code_type)
        if key in seen:
            notes.add(here, f"the code {code!r} is taken", advice="give each a code of its own")
        seen[key] = code


def _check_length(found: int, most: int, path: Path, notes: Notes) -> None:
    if found > most:
        notes.add(path, "the list is too long", found=f"{found} codes", allowed=f"at most {most}")


def check_plain(code: CodeValue, path: Path, notes: Notes) -> None:
    """Note a code that could be mistaken in results."""
    if not is_plain(code):
        notes.add(path, "a code that is not plain", found=repr(code), allowed=PLAIN_RULE)


def _check_items(grid: Grid, path: Path, notes: Notes) -> None:
    codes = [one.code for one in grid.items]
    if not codes:
        notes.add(path, "the list is empty", advice="declare at least one item")
    seen: set[str] = set()
    for place, code in enumerate(codes):
        here = (*path, place, "code")
        if not ITEM.fullmatch(str(code)):
            what = "the code of an item is part of a name, and this one is not plain"
            allowed = "letters, digits, '_', '.' and '-'"
            notes.add(here, what, found=repr(code), allowed=allowed)
        if str(code) in seen:
            notes.add(here, f"the code {code!r} is taken", advice="give each a code of its own")
        seen.add(str(code))
    columns = [one.column for one in grid.variables]
    for place, column in enumerate(columns):
        if grid.items[place].column is not None and column in columns[:place]:
            what = f"the column {column!r} is that of another item"
            notes.add((*path, place, "column"), what, advice="give each item its own column")


def _check_options(question: Single | Scale | Multiple | Grid, path: Path, notes: Notes) -> None:
    options = question.options
    codes = [one.code for one in options]
    check_each_code(codes, question.code_type, (*path, "options"), notes)
    _check_fixed(question, path, notes)
    if isinstance(question, Multiple):
        _check_cells(question, path, notes)
    else:
        for place, option in enumerate(options):
            if option.exclusive:
                advice = "only options of a multiple-response question can exclude others"
                what = "an exclusive option where only one can be chosen"
                notes.add((*path, "options", place, "exclusive"), what, advice=advice)
    if isinstance(question, Scale) or (isinstance(question, Grid) and question.ordered):
        check_scores(options, (*path, "options"), notes)


def _check_fixed(question: Single | Scale | Multiple | Grid, path: Path, notes: Notes) -> None:
    if question.options_order != "listed":
        return
    for place, option in enumerate(question.options):
        if option.fixed:
            what = "an option kept in its place where all are shown as listed"
            advice = "say options_order, or leave fixed out"
            notes.add((*path, "options", place, "fixed"), what, advice=advice)


def _check_cells(question: Multiple, path: Path, notes: Notes) -> None:
    separator = question.separator
    if question.layout == "cell":
        if not separator:
            notes.add((*path, "separator"), "an empty separator", advice="a space is the default")
            return
        for place, option in enumerate(question.options):
            if separator in str(option.code):
                what = "a code that holds the separator of its cell"
                here = (*path, "options", place, "code")
                notes.add(here, what, found=repr(option.code), advice="choose another of the two")
        return
    for place, one in enumerate(question.missing):
        if key_of(one.code, "integer") in {0, 1}:
            what = "a missing code that means chosen or not chosen"
            here = (*path, "missing", place, "code")
            notes.add(here, what, found=repr(one.code), advice="use another code than 0 and 1")


def check_scores(options: Sequence[Code], path: Path, notes: Notes) -> None:
    """Note codes without a score among others with one."""
    lacking = [place for place, one in enumerate(options) if one.score is None]
    if 0 < len(lacking) < len(options):
        for place in lacking:
            advice = "give every code a score, or none"
            notes.add((*path, place, "score"), "the score is missing", advice=advice)


def _check_missing(question: AnyQuestion, path: Path, notes: Notes) -> None:
    code_type: CodeType = getattr(question, "code_type", "string")
    taken = {key_of(code, code_type) for code in _codes(question)}
    seen: set[object] = set()
    _check_length(len(question.missing), MOST_MISSING, path, notes)
    for place, one in enumerate(question.missing):
        here = (*path, place, "code")
        check_plain(one.code, here, notes)
        key = number_of(one.code) if isinstance(question, NUMERIC) else key_of(one.code, code_type)
        if key in taken or key in seen:
            whose = "an answer" if key in taken else "another missing code"
            what = f"the missing code {one.code!r} is also {whose}"
            notes.add(here, what, advice="give it a code of its own")
        seen.add(key)
        if one.in_base:
            _check_in_base(question, one, (*path, place, "in_base"), notes)


def _check_in_base(question: AnyQuestion, missing: Missing, path: Path, notes: Notes) -> None:
    if isinstance(question, NUMERIC):
        what = "a missing code of a number cannot be in the base"
        advice = "a mean has no place for it: write in_base = false"
        notes.add(path, what, found="true", advice=advice)
    elif isinstance(question, UNCODED):
        what = f"no figure is made of a question of kind {question.kind!r}, so it has no base"
        notes.add(path, what, found="true", advice="write in_base = false")
    elif missing.reason == "not_asked":
        note_never_asked(path, notes)


def note_never_asked(path: Path, notes: Notes) -> None:
    """Note that a missing code of the reason ``not_asked`` is in the base."""
    what = "whoever was not asked cannot be in the base of those who answered"
    notes.add(path, what, found="true", advice="write in_base = false")


def _codes(question: AnyQuestion) -> Iterator[CodeValue]:
    match question:
        case Single() | Scale() | Multiple() | Grid():
            yield from (one.code for one in question.options)
        case TimeOfDay():
            yield from (one.code for one in question.bands)


def _check_if_not_asked(question: AnyQuestion, path: Path, notes: Notes) -> None:
    code = question.if_not_asked
    if code is None:
        return
    if isinstance(question, UNCODED):
        what = f"a question of kind {question.kind!r} has no code to mean"
        notes.add(path, what, found=repr(code), advice="leave if_not_asked out")
        return
    if isinstance(question, NUMERIC):
        number = number_of(code)
        low = -np.inf if question.minimum is None else question.minimum
        high = np.inf if question.maximum is None else question.maximum
        if not isinstance(number, float) or not low <= number <= high:
            allowed = f"a number from {low:g} to {high:g}"
            notes.add(path, "no answer to this question", found=repr(code), allowed=allowed)
        return
    code_type: CodeType = getattr(question, "code_type", "string")
    codes = list(_codes(question))
    if key_of(code, code_type) not in {key_of(one, code_type) for one in codes}:
        allowed = ", ".join(map(str, codes))
        notes.add(path, "no code of this question", found=repr(code), allowed=allowed)


def _check_range(question: Number | Duration, path: Path, notes: Notes) -> None:
    low, high = question.minimum, question.maximum
    if low is not None and high is not None and low > high:
        what = "the minimum is above the maximum"
        notes.add((*path, "minimum"), what, found=f"{low:g} and {high:g}")


def _check_days(question: Date, path: Path, notes: Notes) -> None:
    first, last = question.earliest, question.latest
    if first is not None and last is not None and first > last:
        what = "the earliest day is after the latest"
        notes.add((*path, "earliest"), what, found=f"{first} and {last}")


def _check_day(bands: Sequence[ClockBand], path: Path, notes: Notes) -> None:
    """Note times that are none, and minutes of the day that no band or several bands cover."""
    unreadable = False
    for place, band in enumerate(bands):
        for key, words in (("start", band.start), ("end", band.end)):
            minutes = minutes_after_midnight(words)
            if minutes is None or not minutes.is_integer():
                unreadable = True
                here = (*path, place, key)
                notes.add(
                    here, "no time of day", found=repr(words), allowed="HH:MM, 00:00 to 24:00"
                )
        if band.start == band.end:
            unreadable = True
            notes.add((*path, place), "a band that ends when it begins", found=repr(band.start))
    if unreadable or not bands:
        return
    covered = bands_over_minute(bands)
    for wrong, what in ((covered == 0, "no band covers"), (covered > 1, "several bands cover")):
        if wrong.any():
            first = int(np.argmax(wrong))
            after = np.flatnonzero(~wrong[first:])
            end = first + int(after[0]) if after.size else len(wrong)
            stretch = f"{clock_time(first)} to {clock_time(end)}"
            advice = "the bands must cover the 24 hours once; a band may cross midnight"
            notes.add(path, f"{what} {stretch}", advice=advice)
