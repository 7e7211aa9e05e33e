"""Files of SPSS and Stata, opened by pyreadstat within the bounds of a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socialpoll.errors import ReaderError
from socialpoll.readers.bounds import require_table
from socialpoll.readers.headers import findings_on_names

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["damaged", "read_with"]

Read = Callable[..., tuple[Any, Any]]


def read_with(read: Read, file: Path, package: str) -> tuple[pd.DataFrame, Any]:
    """Return the frame and the metadata of a file, whose bounds are looked at before it is read.

    Parameters
    ----------
    read : callable
        Of pyreadstat.
    file : Path
        That can be opened.
    package : str
        Whose file it is, for messages.

    Raises
    ------
    ReaderError
        It is no such file, is damaged or too large, or holds no answers.
    """
    from pyreadstat import PyreadstatError, ReadstatError

    try:
        _, declared = read(str(file), metadataonly=True)
        require_table(file, declared.number_rows or 0, declared.number_columns)
        frame, metadata = read(str(file), user_missing=True, disable_datetime_conversion=True)
    except (PyreadstatError, ReadstatError, OverflowError, ValueError, MemoryError) as error:
        raise damaged(file, package, str(error) or type(error).__name__) from error
    require_table(file, *frame.shape)
    if not all(isinstance(one, str) for one in frame.columns):
        raise damaged(file, package, "a variable without a name")
    twice = [one for one in findings_on_names(list(frame.columns)) if one]
    if twice or frame.empty:
        raise ReaderError(
            "; ".join(twice) or "the file names variables but holds no answers",
            where=str(file),
            advice=f"save it from {package} again",
        )
    return frame, metadata


def damaged(file: Path, package: str, found: str) -> ReaderError:
    """Return what is to be said of a file that is none of a package, or no longer."""
    return ReaderError(
        f"the file is no {package} file, or is damaged",
        where=str(file),
        found=found,
        advice=f"save it from {package} again",
    )
