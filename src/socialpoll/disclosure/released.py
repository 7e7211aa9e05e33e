"""What may be shown: released figures, cut loose from the answers they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from socialpoll.schema import Methodology, Questionnaire, Text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Release"]


class _Kept:
    """A frame that is copied on its way in and out, so that nobody can change a release."""

    def __set_name__(self, owner: type[object], name: str) -> None:
        self.slot = f"_{name}"

    def __get__(self, instance: object | None, owner: type[object]) -> pd.DataFrame:
        if instance is None:
            # The dataclass asks for a default; there is none.
            raise AttributeError(self.slot)
        frame: pd.DataFrame = instance.__dict__[self.slot]
        return frame.copy()

    def __set__(self, instance: object, value: pd.DataFrame) -> None:
        instance.__dict__[self.slot] = value.copy()


@dataclass(frozen=True, eq=False)
class Release:
    """Released figures and what is needed to explain them; no microdata, nothing suppressed.

    Attributes
    ----------
    questionnaire : Questionnaire
    methodology : Methodology
        Every stage's facts, the release's own last.
    figures : pandas.DataFrame
        The columns of the estimates plus ``flag``, ``obs_status``, ``conf_status``; a suppressed
        row keeps only its keys and its status. A copy.
    comparisons : pandas.DataFrame
        Differences that may be shown. A copy.
    hashes : mapping of str to str
        Of answers, recipe and weights.
    titles : mapping of str to Text
        Words for indicators that have their own.
    """

    questionnaire: Questionnaire
    methodology: Methodology
    figures: _Kept = _Kept()  # a descriptor, shared on purpose
    comparisons: _Kept = _Kept()  # a descriptor, shared on purpose
    hashes: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, Text] = field(default_factory=dict)
