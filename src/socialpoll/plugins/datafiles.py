"""Answers to the data files of statistics packages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.datafiles.writing import spss_documents, stata_documents
from socialpoll.errors import ExportError, PluginError
from socialpoll.plugins.requirements import install_line, unmet
from socialpoll.plugins.writing import write_documents

if TYPE_CHECKING:
    from collections.abc import Callable

    from socialpoll.hooks import Document
    from socialpoll.responses import Responses

    Documents = Callable[[Responses, str, str | None], tuple[list[Document], tuple[str, ...]]]
    """From answers, the name of a file and a language to documents, and what these lack."""

__all__ = ["write_dta", "write_sav"]

REQUIRES = ("pyreadstat>=1.3.4",)


def write_sav(
    responses: Responses, path: str | Path, *, language: str | None = None
) -> tuple[str, ...]:
    """Write answers as a data file of SPSS, with the labels of their questionnaire.

    Every question has a variable under the name of its column: codes as they are, with their
    labels, user-missing values and measure level; numbers; days and times in the formats of SPSS;
    words. Questions of several answers have a variable of 0 and 1 an option, and one a missing
    code. The base weight of the design, its first strata and clusters stand behind them. Answers
    that are blank, that were not asked or that could not be read are system-missing.

    Parameters
    ----------
    responses : Responses
    path : str or Path
        Of the ``.sav`` file; its folder is made where it is not there, a file that is there is
        replaced. Where there are questions of several answers, syntax that declares them as sets
        stands beside it, under the same name with ``.sps``. Both are written whole or not at all.
    language : str, optional
        Of wordings and labels, of which SPSS has one; the first of the questionnaire where absent.

    Returns
    -------
    tuple of str
        What the file cannot hold, or holds otherwise, a sentence a kind.

    Raises
    ------
    DataFileError
        Answers that SPSS cannot hold: words that are too long, numbers or days beyond its range.
    ExportError
        Another ending, an unknown language, or a file that cannot be written.
    PluginError
        The extra ``spss`` is not installed.

    See Also
    --------
    write_dta : The same for Stata.
    """
    _require("SPSS", "spss")
    return _write(_of_kind(path, ".sav"), responses, language, spss_documents)


def write_dta(
    responses: Responses, path: str | Path, *, language: str | None = None
) -> tuple[str, ...]:
    """Write answers as a data file of Stata, with the labels of their questionnaire.

    As :func:`write_sav`, but for what Stata does otherwise: codes that are words are numbers in
    the order of the options; missing codes are the letters ``.a`` to ``.z``, under their labels,
    and where a code is a whole number, that number has the same label, so that it is known which
    code the letter stands for. Whatever else is missing is ``.``.

    Parameters
    ----------
    responses : Responses
    path : str or Path
        Of the ``.dta`` file, for Stata 14 and later; its folder is made where it is not there, a
        file that is there is replaced. It is written whole or not at all.
    language : str, optional
        Of wordings and labels; the first of the questionnaire where absent.

    Returns
    -------
    tuple of str
        What the file cannot hold, or holds otherwise, a sentence a kind.

    Raises
    ------
    DataFileError
        Answers that Stata cannot hold: numbers beyond its range, more than 26 missing codes.
    ExportError
        Another ending, an unknown language, or a file that cannot be written.
    PluginError
        The extra ``stata`` is not installed.

    See Also
    --------
    write_sav : The same for SPSS.
    """
    _require("Stata", "stata")
    return _write(_of_kind(path, ".dta"), responses, language, stata_documents)


def _write(
    file: Path, responses: Responses, language: str | None, made: Documents
) -> tuple[str, ...]:
    documents, losses = made(responses, file.name, language)
    write_documents(documents, file.parent)
    return losses


def _of_kind(path: str | Path, suffix: str) -> Path:
    """Return the path of a file, which must have the ending by which it will be known."""
    file = Path(path)
    if file.suffix.lower() != suffix:
        raise ExportError(
            "the file has another ending than its kind",
            where=str(file),
            found=repr(file.suffix),
            allowed=repr(suffix),
        )
    return file


def _require(package: str, extra: str, requirements: Sequence[str] = REQUIRES) -> None:
    missing = unmet(requirements)
    if missing:
        raise PluginError(
            "data files need what is not installed",
            where=package,
            found=", ".join(missing),
            advice=f'pip install "socialpoll[{extra}]", or {install_line(missing)}',
        )
