"""The weight of a data file of SPSS, which its header names by the place of the variable."""

from __future__ import annotations

from collections.abc import Sequence

from socialpoll.readers.spss_dictionary import Dictionary

__all__ = ["weight_in"]


def weight_in(dictionary: Dictionary, names: Sequence[str]) -> str:
    """Return the variable that cases are weighted by; an empty string where there is none.

    Parameters
    ----------
    dictionary : Dictionary
    names : sequence of str
        Of all variables.

    Returns
    -------
    str
        One of the names; where the file keeps long strings in several variables, and so counts
        more of them than there are names, the short name that the file gives the weight.
    """
    short, place = dictionary
    if not 0 < place <= len(short):
        return ""
    named = [one for one in short if one is not None]
    wanted = short[place - 1]
    if wanted is not None and len(named) == len(names):
        return names[sum(one is not None for one in short[: place - 1])]
    return wanted or ""
