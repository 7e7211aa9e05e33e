"""How the tables of the synthetic register are laid out: the reference and three agencies."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from socialpoll.demo.register import supposed
from socialpoll.demo.register.people import GOVERNORATES, SEXES, WILAYATS

__all__ = ["GOVERNORATES_IN_ARABIC", "LAYOUTS", "NAME_COLUMNS", "REFERENCE", "Layout"]

NameStyle: TypeAlias = Literal["chain", "words", "columns"]

GOVERNORATES_IN_ARABIC = (
    "مسقط",
    "ظفار",
    "مسندم",
    "البريمي",
    "الداخلية",
    "شمال الباطنة",
    "جنوب الباطنة",
    "جنوب الشرقية",
    "شمال الشرقية",
    "الظاهرة",
    "الوسطى",
)
NAME_COLUMNS = ("first_name", "father_name", "grandfather_name", "family_name")


@dataclass(frozen=True)
class Layout:
    """How a table is laid out.

    Attributes
    ----------
    name : str
        Of the table.
    date : datetime.date
        When it held.
    letter : str
        With which the numbers of its records begin.
    names : {"chain", "words", "columns"}
        Whether names stand as ``سالم بن علي``, as ``سالم علي``, or in a column each.
    sexes, governorates : tuple of str
        Its own codes.
    wilayats : tuple of str
        The same; none where it does not know them.
    dates : str
        How it writes dates; those of a table of dates are no texts.
    educations : bool
        Whether it has them; then it knows nobody under 18.
    """

    name: str
    date: dt.date
    letter: str
    names: NameStyle
    sexes: tuple[str, ...]
    governorates: tuple[str, ...]
    wilayats: tuple[str, ...] = ()
    dates: str = ""
    educations: bool = False


REFERENCE = Layout(
    "reference", supposed.REFERENCE_DATE, "R", "chain", SEXES, GOVERNORATES, WILAYATS
)
LAYOUTS = (
    Layout(
        "civil_status",
        supposed.TABLE_DATES["civil_status"],
        "C",
        "chain",
        ("M", "F"),
        GOVERNORATES,
        WILAYATS,
    ),
    Layout(
        "health",
        supposed.TABLE_DATES["health"],
        "H",
        "words",
        ("1", "2"),
        tuple(str(number) for number in range(1, len(GOVERNORATES) + 1)),
        tuple(str(number) for number in range(1, len(WILAYATS) + 1)),
        dates="%d/%m/%Y",
    ),
    Layout(
        "education",
        supposed.TABLE_DATES["education"],
        "E",
        "columns",
        ("ذكر", "أنثى"),
        GOVERNORATES_IN_ARABIC,
        educations=True,
    ),
)
"""Of the agencies."""
