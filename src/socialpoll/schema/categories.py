"""The categories of any variable, question or derived: what tables have rows and columns for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from socialpoll.schema.codes import Code, Missing, scored
from socialpoll.schema.derived import Bands, Derived, Grouping, Nets
from socialpoll.schema.questions import Grid, Multiple, Scale, Single, TimeOfDay
from socialpoll.schema.spelling import Spelt, missing_of, spelt_out

if TYPE_CHECKING:
    from socialpoll.schema.questionnaire import Questionnaire
    from socialpoll.schema.questions import AnyQuestion

__all__ = ["Categories", "categories_of", "codes_of"]


class Categories(NamedTuple):
    """What an answer to a variable can be.

    Attributes
    ----------
    codes : tuple of Code
        Options, bands, groups or nets in schema order; empty for a number.
    missing : tuple of Missing
        Typed missing codes; a derived variable has those of its source, and its own.
    """

    codes: tuple[Code, ...]
    missing: tuple[Missing, ...]


def categories_of(questionnaire: Questionnaire, name: str) -> Categories:
    """Return the categories and missing codes of a question or derived variable.

    Parameters
    ----------
    questionnaire : Questionnaire
    name : str
        Of a question or a derived variable.

    Returns
    -------
    Categories
        The points of a scale carry their scores: those declared, else their places from 1; bands
        and groups those that are declared.

    Raises
    ------
    UnknownNameError
        Where the questionnaire has no such variable.
    """
    variable = questionnaire[name]
    if isinstance(variable, Derived):
        source = questionnaire.source_of(variable)
        made = spelt_out(variable, source)
        return Categories(codes_of(made), missing_of(made, source))
    return Categories(codes_of(variable), variable.missing)


def codes_of(variable: AnyQuestion | Spelt) -> tuple[Code, ...]:
    """Return the codes that a variable itself declares; a derived one has been spelt out."""
    match variable:
        case Scale(options=options) | Grid(options=options, ordered=True):
            return scored(options)
        case Single(options=options) | Multiple(options=options) | Grid(options=options):
            return options
        case TimeOfDay(bands=clock_bands):
            return tuple(Code(code=one.code, label=one.label) for one in clock_bands)
        case Bands(bands=several) | Grouping(groups=several):
            return tuple(Code(code=one.code, label=one.label, score=one.score) for one in several)
        case Nets(nets=nets):
            return tuple(Code(code=one.code, label=one.label) for one in nets)
    return ()
