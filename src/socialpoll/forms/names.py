"""Names and codes as forms allow them, and the way back to those of the questionnaire."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from socialpoll.schema import CodeValue, OneAnswer, Questionnaire
from socialpoll.schema.categories import codes_of

__all__ = ["HEADINGS", "all_codes", "form_codes", "form_names"]

T = TypeVar("T", str, CodeValue)
FIRST = "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f"
"""What a name may begin with: XML allows letters of all alphabets, but JavaRosa, which ODK and Kobo
are built upon, reads only those that have capitals in the paths that it makes of names."""
NOT_IN_NAMES = re.compile(rf"[^{FIRST}.0-9-]")
BEGINS = re.compile(rf"[{FIRST}]")
RESERVED = frozenset({"audit", "data", "instanceid", "instancename", "meta"})
"""Names that forms give to parts of their own."""
HEADINGS = ("generated_table_list_label_", "reserved_name_for_field_list_labels_")
"""How the names begin of what pyxform adds to a table of questions: its caption, its headings."""
NOT_IN_CODES = re.compile(r"""[\s\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff'"‘’“”<>&${}/]+""")
"""Blanks, which part the codes of one cell; quotes, which end a literal; slashes and the rest."""


def form_names(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the name of every question, grid and item in a form.

    Parameters
    ----------
    questionnaire : Questionnaire

    Returns
    -------
    dict of str to str
        Question to its name in the form: the same, but where programs that field forms do not
        read it, as in Arabic, or have a part of that name. Items of a grid have its name in front.

    Examples
    --------
    >>> import socialpoll as sp
    >>> number = sp.Number(name="7a", text="How many?", unit="visits")
    >>> form_names(sp.Questionnaire(title="Poll", questions=[number]))
    {'7a': 'q7a'}
    """
    names = _unlike((one.name, _name(one.name)) for one in questionnaire.put)
    items = (
        (one.name, _name(f"{names[grid.name]}_{item.code}"))
        for grid in questionnaire.grids.values()
        for item, one in zip(grid.items, grid.variables, strict=True)
    )
    return _unlike([*names.items(), *items])


def form_codes(question: OneAnswer) -> dict[CodeValue, str]:
    """Return the name of every choice of a question, those of missing codes behind the others.

    Parameters
    ----------
    question : OneAnswer

    Returns
    -------
    dict of code to str
        Code to its name in the form: the same, but where it holds blanks or quotes.

    Examples
    --------
    >>> import socialpoll as sp
    >>> yes = sp.Code(code="of course", label="Of course")
    >>> form_codes(sp.Single(name="q", text="Well?", options=[yes]))
    {'of course': 'of_course'}
    """
    return _unlike((code, _code(str(code))) for code in all_codes(question))


def all_codes(question: OneAnswer) -> tuple[CodeValue, ...]:
    """Return the codes of the options of a question, then its missing codes."""
    options = [one.code for one in codes_of(question)]
    return (*options, *(one.code for one in question.missing))


def _name(name: str) -> str:
    plain = NOT_IN_NAMES.sub("_", name)
    if plain != name:
        plain = plain.strip("_")
    if plain.casefold() in RESERVED:
        return f"q_{plain}"
    return plain if BEGINS.match(plain) else f"q{plain}"


def _code(code: str) -> str:
    plain = NOT_IN_CODES.sub("_", code)
    return code if plain == code else plain.strip("_") or "x"


def _unlike(pairs: Iterable[tuple[T, str]]) -> dict[T, str]:
    """Return pairs whose second parts are all different: those that came later get a number."""
    found: dict[T, str] = {}
    listed = list(pairs)
    taken = {new for old, new in listed if str(old) == new}
    for old, new in listed:
        unlike, number = new, 2
        while unlike in taken and str(old) != new:
            unlike, number = f"{new}_{number}", number + 1
        taken.add(unlike)
        found[old] = unlike
    return found
