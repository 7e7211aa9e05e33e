"""Names as workbooks allow them: of sheets and tables, and the headings of a table."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

__all__ = [
    "LONGEST_CELL",
    "LONGEST_HEADING",
    "headings_of",
    "letters_of",
    "sheet_name",
    "table_name",
]

LONGEST_SHEET, LONGEST_HEADING, LONGEST_CELL = 31, 255, 32_767
"""Letters of Excel, which counts those beyond the basic plane twice."""
LONGEST_TABLE = 200
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Excel takes what follows for the number of a letter, in the headings of tables."""
RESERVED = "history"
"""Excel keeps a sheet of this name for itself."""


def sheet_name(words: str, taken: Collection[str] = ()) -> str:
    """Return a name for a sheet.

    Parameters
    ----------
    words : str
        What it should be called. Signs that Excel forbids become blanks, and what is too long is
        cut: the name is a handle, and the title of the sheet is whole.
    taken : collection of str
        Names of other sheets, from which it differs in more than capitals.

    Examples
    --------
    >>> sheet_name("Table 1"), sheet_name("Sex/age: 'all'"), sheet_name("data", ["Data"])
    ('Table 1', "Sex age 'all", 'data 2')
    """
    plain = " ".join(FORBIDDEN.sub(" ", words).split()).strip("' ")
    if not plain or plain.casefold() == RESERVED:
        plain = f"{plain} 1".strip()
    return _apart(plain, taken, LONGEST_SHEET, " {}")


def table_name(words: str, taken: Collection[str] = ()) -> str:
    """Return a name for a table, as formulas use it.

    Parameters
    ----------
    words : str
        It has a number behind it, so that it is not taken for a cell, as ``q1`` would be.
    taken : collection of str
        Names of other tables, from which it differs in more than capitals.

    Examples
    --------
    >>> table_name("platforms"), table_name("q1", ["Q1_1"]), table_name("18+ only")
    ('platforms_1', 'q1_2', '_18_only_1')
    """
    plain = re.sub(r"\W+", "_", words)
    if not plain[:1].isalpha():
        plain = f"_{plain}"
    used = {one.casefold() for one in taken}
    plain = _cut(plain, LONGEST_TABLE)
    number = 1
    while f"{plain}_{number}".casefold() in used:
        number += 1
    return f"{plain}_{number}"


def headings_of(words: Sequence[str]) -> tuple[str, ...]:
    r"""Return headings of one line that differ in more than capitals and are short enough.

    Parameters
    ----------
    words : sequence of str
        A heading that comes again is numbered; one that is cut ends with dots.

    Examples
    --------
    >>> headings_of(["Yes", "YES", "a\nb", ""])
    ('Yes', 'YES (2)', 'a b', '(4)')
    """
    made: list[str] = []
    for place, one in enumerate(words, start=1):
        plain = ESCAPED.sub("_ ", " ".join(one.split())) or f"({place})"
        made.append(_apart(plain, made, LONGEST_HEADING, " ({})"))
    return tuple(made)


def letters_of(words: str) -> int:
    """Return how many letters words have as Excel counts them.

    Examples
    --------
    >>> letters_of("ab"), letters_of("👍")
    (2, 2)
    """
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _apart(words: str, taken: Collection[str], longest: int, numbered: str) -> str:
    """Return words that no other name has, with a number behind them where it takes one."""
    used = {one.casefold() for one in taken}
    found, number = _cut(words, longest), 1
    while found.casefold() in used:
        number += 1
        behind = numbered.format(number)
        found = _cut(words, longest - len(behind)) + behind
    return found


def _cut(words: str, longest: int) -> str:
    """Return words, or as many of their letters as there is room for, and dots that say so."""
    if letters_of(words) <= longest:
        return words
    kept = words[: longest - 1]
    while letters_of(kept) >= longest:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
