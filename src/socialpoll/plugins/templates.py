"""A Word template to start from."""

from __future__ import annotations

from pathlib import Path

from socialpoll.errors import ExportError
from socialpoll.hooks import Document
from socialpoll.plugins.writing import write_documents

__all__ = ["write_template"]

SUFFIX = ".docx"


def write_template(path: str | Path, *, facing: bool = False) -> Path:
    """Write a copy of the built-in Word template, to make a template of one's own from it.

    Parameters
    ----------
    path : str or Path
        ``.docx``; its folder is made where it is not there. A file that is there is never
        overwritten.
    facing : bool
        Whether it is the template of documents in two languages that face each other.

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    ExportError
        A file that is there already, another ending, or a folder that cannot be written to.

    See Also
    --------
    check_template : What is wrong with it after it was changed.

    preview_template : What it looks like, filled in.

    template_variables : What it may use.
    """
    from socialpoll.exporters.word import MEDIA_TYPE, built_in_template

    file = Path(path)
    if file.suffix.lower() != SUFFIX:
        raise ExportError(
            "a Word template has another ending",
            where=str(file),
            found=repr(file.suffix),
            allowed=repr(SUFFIX),
        )
    if file.exists():
        raise ExportError("there is a file already", where=str(file), advice="choose another name")
    document = Document(file.name, built_in_template(facing=facing), MEDIA_TYPE)
    (written,) = write_documents([document], file.parent)
    return written
