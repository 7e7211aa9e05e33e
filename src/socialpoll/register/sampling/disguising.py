"""Pseudonyms of a sample's own, so that it cannot be put beside the register without the key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialpoll.register.keys import LinkageKey

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Disguise", "looks_like_a_pseudonym"]

PSEUDONYM = "[0-9a-f]{64}"


def looks_like_a_pseudonym(values: pd.Series) -> bool:
    """Tell whether any value of a column looks like a pseudonym of the register."""
    found = values.dropna()
    return any(isinstance(one, str) and re.fullmatch(PSEUDONYM, one) for one in found.unique())


@dataclass(frozen=True)
class Disguise:
    """What makes the pseudonyms of one sample.

    Attributes
    ----------
    key : LinkageKey
    name : str
        Of the sample.
    keys : tuple of str
        Which columns of the population are pseudonyms; what looks like one is taken for one, too.
    """

    key: LinkageKey
    name: str
    keys: tuple[str, ...] = ()

    def cases(self, people: pd.Series) -> list[str]:
        """Return the pseudonyms of people as cases of this sample."""
        return self.key.pseudonyms(f"case:{self.name}", people)

    def clusters(self, values: pd.Series) -> pd.Series:
        """Return the pseudonyms of values as clusters of this sample; what is missing stays so."""
        kind = f"key:{self.name}:{values.name}"
        found = values.dropna().unique()
        made = dict(zip(found, self.key.pseudonyms(kind, map(str, found)), strict=True))
        return values.map(made).astype(object)

    def variable(self, values: pd.Series) -> pd.Series:
        """Return a variable as it is, and a key of the register in pseudonyms of this sample."""
        secret = values.name in self.keys or looks_like_a_pseudonym(values)
        return self.clusters(values) if secret else values
