"""The content of a file that pyreadstat writes, which writes to paths only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from socialpoll.datafiles.filing import Filed, Package
from socialpoll.errors import ExportError

__all__ = ["made"]


def made(
    variables: Sequence[Filed], title: str, write: Callable[..., Any], package: Package
) -> bytes:
    """Return what pyreadstat writes to a file of its own.

    Parameters
    ----------
    variables : sequence of Filed
        The columns of the frame that it is given, with their names, labels and formats.
    title : str
        Of the file.
    write : callable
        A writer of pyreadstat, with what only its kind of file has.
    package : Package

    Raises
    ------
    ExportError
        pyreadstat refuses what is to be written, or there is no room for a temporary file.
    """
    import pandas as pd
    from pyreadstat import PyreadstatError, ReadstatError

    # Values may be of two types, which is told by the type of their array.
    columns = {one.name: pd.Series(one.column, dtype=one.column.dtype) for one in variables}
    try:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "answers"
            write(
                pd.DataFrame(columns),
                str(path),
                file_label=title,
                column_labels={one.name: one.label for one in variables if one.label},
                variable_value_labels={one.name: one.labels for one in variables if one.labels},
                variable_format={one.name: one.format for one in variables if one.format},
            )
            return path.read_bytes()
    except (PyreadstatError, ReadstatError, OSError) as error:
        raise ExportError(
            f"the file of {package.name} cannot be made",
            found=str(error) or type(error).__name__,
            advice="nothing was written",
        ) from error
