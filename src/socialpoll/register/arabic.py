"""Arabic names in the form in which they are compared, in Python and as expressions of DuckDB.

Both are made from the same letters and the same rules, in the same order.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

__all__ = ["NameParts", "name_parts", "normalise_name", "sql_name_parts", "sql_normalised"]

FOLDED = {"ا": "أإآ", "و": "ؤ", "ي": "ئى", "ه": "ة"}
"""Letters that typists mix up, by the one that is kept."""
HAMZA = "ء"
OTHER_KEYBOARDS = {"ا": "ٱ", "ي": "یې", "ه": "ھہ", "ك": "کگ"}
TATWEEL = "\u0640"
DIACRITICS = "".join(map(chr, (*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670)))
MARKS = "".join(
    map(chr, (0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
"""Of direction and of joining, which are not seen."""
PRESENTED = range(0xFE80, 0xFEF5)
"""Letters in the shape that they have at a place of a word, as old files have them."""
LIGATURES = {"\ufef5\ufef6\ufef7\ufef8\ufef9\ufefa\ufefb\ufefc": "لا", "\ufdf2": "الله"}


class Rule(NamedTuple):
    """What is replaced; only what the expressions of Python and of RE2 both mean."""

    pattern: str
    replacement: str


APART = (Rule("[^a-z \u0621-\u063a\u0641-\u064a]+", " "), Rule(" {2,}", " "))
"""What is no letter parts words."""
RULES = (
    Rule(" (?:بن|بنت|ابن|ابنه|ابنت) ", ""),
    Rule(" ال +([^ ])", r" ال\1"),
    Rule(" البو +([^ ])", r" البو\1"),
    Rule("([^ ]) +(الدين|الله) ", r"\1\2 "),
    Rule(" (?:ال)+([^ ]{3,})", r" \1"),
    Rule(" عبدال([^ ]{3,})", r" عبد\1"),
    Rule(" عبد +([^ ])", r" عبد\1"),
    Rule(" (?:ابو|ابي|ابا) +([^ ])", r" ابو\1"),
    Rule(" (ام|بو) +([^ ])", r" \1\2"),
)
"""In their order: chains cut, particles joined to their word, the article left out.

Each word has a space of its own before and behind it, so that no match takes one of the next word.
"""


def _folded() -> Iterator[tuple[str, str]]:
    """Yield the letters of every name, with the one that they become."""
    yield from ((other, kept) for kept, others in FOLDED.items() for other in others)
    yield from zip(string.ascii_uppercase, string.ascii_lowercase, strict=True)
    yield HAMZA, ""


def _rare() -> Iterator[tuple[str, str]]:
    """Yield letters that few names have, with the one that they become, or nothing."""
    yield from ((other, kept) for kept, others in OTHER_KEYBOARDS.items() for other in others)
    yield from ((shape, unicodedata.normalize("NFKC", shape)) for shape in map(chr, PRESENTED))
    yield from ((sign, "") for sign in (TATWEEL, *DIACRITICS, *MARKS, "\ufeff"))


RARE, LETTERS = dict(_rare()), dict(_folded())
TABLES = (str.maketrans(RARE), str.maketrans(LETTERS))
IS_RARE = f"[{''.join(RARE)}{''.join(LIGATURES)}]"


def normalise_name(text: str) -> str:
    """Return a name in the form in which names are compared.

    Forms of alef with and without hamza are one letter; so are teh marbuta and heh, alef maqsura
    and yeh, and hamza on its seat and the seat. Hamza on the line, diacritics and tatweel go
    (Larkey, Ballesteros and Connell 2002, *Improving stemming for Arabic information retrieval*).
    ``بن`` and ``بنت`` go; what stands apart and belongs together (``عبد الله``, ``أبو بكر``,
    ``نور الدين``, ``آل سعيد``) is one word; the article goes where three letters are left.

    Parameters
    ----------
    text : str
        A name as somebody wrote it. Latin letters stay, in lower case; other signs part words.

    Returns
    -------
    str
        Words with one space between them; empty where there is no letter.

    Examples
    --------
    >>> normalise_name("فَاطِمَة بنت عبد الله الحارثي") == normalise_name("فاطمه عبدالله حارثى")
    True
    """
    for letters, becomes in LIGATURES.items():
        text = re.sub(f"[{letters}]", becomes, text)
    for table in TABLES:
        text = text.translate(table)
    for pattern, replacement in APART:
        text = re.sub(pattern, replacement, text)
    text = f" {text.strip(' ').replace(' ', '  ')} "
    for pattern, replacement in RULES:
        text = re.sub(pattern, replacement, text)
    return text.replace("  ", " ").strip(" ")


def sql_normalised(expression: str) -> str:
    """Return the expression of DuckDB that does to a text what :func:`normalise_name` does.

    Parameters
    ----------
    expression : str
        SQL of a text: a column in quotation marks, or what is made of it.
    """
    usual = expression
    for letters, becomes in LIGATURES.items():
        usual = f"regexp_replace({usual}, '[{letters}]', '{becomes}', 'g')"
    # To translate by a long list is slow; few names need it.
    made = (
        f"CASE WHEN regexp_matches({expression}, '{IS_RARE}') "
        f"THEN {_translated(usual, RARE)} ELSE {expression} END"
    )
    made = _replaced(_translated(made, LETTERS), APART)
    made = _replaced(f"' ' || replace(trim({made}), ' ', '  ') || ' '", RULES)
    return f"trim(replace({made}, '  ', ' '))"


def _translated(expression: str, letters: Mapping[str, str]) -> str:
    kept = {letter: other for letter, other in letters.items() if other}
    dropped = "".join(letter for letter, other in letters.items() if not other)
    return f"translate({expression}, '{''.join(kept)}{dropped}', '{''.join(kept.values())}')"


def _replaced(expression: str, rules: Iterable[Rule]) -> str:
    for pattern, replacement in rules:
        expression = f"regexp_replace({expression}, '{pattern}', '{replacement}', 'g')"
    return expression


class NameParts(NamedTuple):
    """The parts of a name; empty where there is none.

    Attributes
    ----------
    given, father, grandfather : str
        The first words, but for the last one.
    family : str
        The last word of a name of two words or more.
    """

    given: str = ""
    father: str = ""
    grandfather: str = ""
    family: str = ""


def name_parts(text: str) -> NameParts:
    """Return the parts of a name, normalised.

    Parameters
    ----------
    text : str
        A name as somebody wrote it.

    Examples
    --------
    >>> name_parts("سالم بن علي بن أحمد الحارثي")
    NameParts(given='سالم', father='علي', grandfather='احمد', family='حارثي')
    >>> name_parts("سالم الحارثي")
    NameParts(given='سالم', father='', grandfather='', family='حارثي')
    """
    words = normalise_name(text).split()
    if len(words) <= 1:
        return NameParts(*words)
    given, father, grandfather = (*words[:-1], "", "")[:3]
    return NameParts(given, father, grandfather, words[-1])


def sql_name_parts(normalised: str) -> dict[str, str]:
    """Return expressions of DuckDB for the parts of a normalised name; NULL where there is none.

    Parameters
    ----------
    normalised : str
        SQL of a normalised name.

    Returns
    -------
    dict of str to str
        By the names of :class:`NameParts`.
    """
    words = f"string_split({normalised}, ' ')"
    count = f"len({words})"
    return {
        "given": f"nullif({words}[1], '')",
        "father": f"CASE WHEN {count} > 2 THEN {words}[2] END",
        "grandfather": f"CASE WHEN {count} > 3 THEN {words}[3] END",
        "family": f"CASE WHEN {count} > 1 THEN {words}[-1] END",
    }
