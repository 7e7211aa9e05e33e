"""How large a file of answers may be; what is larger is refused before it is read."""

from __future__ import annotations

from pathlib import Path

from socialpoll.errors import ReaderError

__all__ = ["MOST_BYTES", "MOST_CELLS", "MOST_COLUMNS", "require_file", "require_table"]

MOST_BYTES = 256 * 1024**2
"""Of a file as it stands on disk."""
MOST_COLUMNS = 10_000
"""Of a table; a questionnaire has hundreds, a file of all waves perhaps thousands."""
MOST_CELLS = 50_000_000
"""Of a table: 250,000 cases of 200 questions."""
SMALLER = "keep the columns of this poll only, or part the file by waves"


def require_file(path: str | Path) -> Path:
    """Return the path of a file that can be opened and is not too large.

    Parameters
    ----------
    path : str or Path
        Of the file.

    Raises
    ------
    ReaderError
        It cannot be opened, holds nothing, or holds more than ``MOST_BYTES``.
    """
    file = Path(path)
    try:
        with file.open("rb") as opened:
            size = opened.seek(0, 2)
    except OSError as error:
        raise ReaderError(
            "the file cannot be opened", where=str(file), found=error.strerror or str(error)
        ) from error
    if not size:
        raise ReaderError("the file is empty", where=str(file), advice="save the answers again")
    if size > MOST_BYTES:
        raise _too_large(file, "the file is too large", f"{size:,} bytes", f"{MOST_BYTES:,}")
    return file


def require_table(file: Path, rows: int, columns: int) -> None:
    """Raise where a table has too many columns, or too many cells.

    Parameters
    ----------
    file : Path
        That holds the table.
    rows, columns : int
        As far as they are known; called again when more is known.

    Raises
    ------
    ReaderError
        With what was found and what is allowed.
    """
    if columns > MOST_COLUMNS:
        what = "the table has too many columns"
        raise _too_large(file, what, f"{columns:,}", f"{MOST_COLUMNS:,}")
    if rows * columns > MOST_CELLS:
        found = f"{rows:,} rows of {columns:,} columns"
        raise _too_large(file, "the table has too many cells", found, f"{MOST_CELLS:,} cells")


def _too_large(file: Path, what: str, found: str, most: str) -> ReaderError:
    return ReaderError(
        what, where=str(file), found=found, allowed=f"at most {most}", advice=SMALLER
    )
