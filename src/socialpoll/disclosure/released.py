"""What may be shown: released figures, cut loose from the answers they were made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from socialpoll.disclosure.revision import Revision
from socialpoll.errors import QuestionnaireError, ReleaseError
from socialpoll.schema import Methodology, Questionnaire, Text

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

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
        The columns of the estimates, the statuses among them, then ``estimate_prose``, what
        sentences print, ``footnote``, codes of ``footnotes``, and ``revision``, what became of a
        figure since an earlier edition. A suppressed row keeps only its keys and its status. A
        copy.
    comparisons : pandas.DataFrame
        Differences that may be shown. A copy.
    choices : pandas.DataFrame
        What comes first within groups, as far as it may be told. A copy.
    hashes : mapping of str to str
        Of answers, recipe and weights.
    titles : mapping of str to Text
        Words for indicators that have their own.
    footnotes : mapping of str to Text
        What rules tell of figures that are shown, by code, in the order in which tables number
        them.
    edition : str
        Which edition it is; empty where nobody said so.
    release_date : date or None
    revision : Revision or None
        What it changes in the edition that it supersedes (:func:`socialpoll.supersede`).
    partial : tuple of str
        Indicators that count only respondents of whom a condition is true (``where``).
    """

    questionnaire: Questionnaire
    methodology: Methodology
    figures: _Kept = _Kept()  # a descriptor, shared on purpose
    comparisons: _Kept = _Kept()  # a descriptor, shared on purpose
    choices: _Kept = _Kept()  # a descriptor, shared on purpose
    hashes: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, Text] = field(default_factory=dict)
    footnotes: Mapping[str, Text] = field(default_factory=dict)
    edition: str = ""
    release_date: dt.date | None = None
    revision: Revision | None = None
    partial: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read a release that was saved.

        Parameters
        ----------
        path : str or Path

        Returns
        -------
        Release
            With the same figures, to the last digit.

        Raises
        ------
        ReleaseError
            It cannot be read, is no release, of another version, or not as it was written.
        """
        from socialpoll.disclosure.serial import parts_from_file

        return cls(**parts_from_file(path))

    def dumps(self) -> str:
        """Write as JSON text of one line, the same for the same release."""
        from socialpoll.disclosure.serial import release_to_json

        return release_to_json(self)

    def save(self, path: str | Path) -> Path:
        """Write a release to a file, whole or not at all.

        The file holds what may be shown and nothing else, and is read by :meth:`load` when another
        edition supersedes this one.

        Parameters
        ----------
        path : str or Path
            Its folder must exist; a file that is there is replaced.

        Returns
        -------
        Path
            Of the file.

        Raises
        ------
        ReleaseError
            It cannot be written; nothing is changed then.
        """
        from socialpoll.schema.writing import write_whole

        try:
            return write_whole(path, self.dumps())
        except QuestionnaireError as error:
            raise ReleaseError(error.what, where=error.where, found=error.found) from error
