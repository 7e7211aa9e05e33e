"""Codes as identifiers of SDMX, and back: nothing is lost, and no two codes become one."""

from __future__ import annotations

import re

from socialpoll.exporters.code_lists import Code
from socialpoll.schema import NOT_APPLICABLE, TOTAL

__all__ = ["code_from", "identifier"]

OTHERS = re.compile("[^A-Za-z0-9_-]+")
EVERYWHERE = (TOTAL, NOT_APPLICABLE)
"""Codes that mean the same whatever they stand within."""


def identifier(code: Code) -> str:
    """Return the identifier of a code.

    Letters from A to z, digits, ``_`` and ``-`` stay. Others are written between two ``@`` by
    their numbers in Unicode, joined by ``-``. What a code stands within goes before it with ``$``,
    since a list of SDMX has each code once.

    Examples
    --------
    >>> identifier(Code("18-29", "age_group")), identifier(Code("male|18-29", "sex|age_group"))
    ('age_group$18-29', 'sex@7C@age_group$male@7C@18-29')
    >>> identifier(Code("_T", "sex")), identifier(Code("نعم"))
    ('_T', '@646-639-645@')
    """
    own = _escaped(code.code)
    return f"{_escaped(code.within)}${own}" if code.within and code.code not in EVERYWHERE else own


def code_from(identifier: str) -> Code:
    """Return the code of an identifier.

    Examples
    --------
    >>> code_from("sex@7C@age_group$male@7C@18-29")
    Code(code='male|18-29', within='sex|age_group')
    """
    within, _, own = identifier.rpartition("$")
    return Code(_unescaped(own), _unescaped(within))


def _escaped(code: str) -> str:
    numbers = OTHERS.sub(lambda found: f"@{'-'.join(f'{ord(one):X}' for one in found[0])}@", code)
    return numbers or "@@"


def _unescaped(written: str) -> str:
    parts = written.split("@")
    for place in range(1, len(parts), 2):
        parts[place] = "".join(chr(int(one, 16)) for one in parts[place].split("-") if one)
    return "".join(parts)
