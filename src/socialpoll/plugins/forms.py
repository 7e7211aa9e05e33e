"""Questionnaires to the forms that field them, and back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.errors import PluginError
from socialpoll.plugins.requirements import install_line, unmet
from socialpoll.plugins.writing import write_documents
from socialpoll.readers import XLSFORM_REQUIRES

if TYPE_CHECKING:
    from socialpoll.hooks import Source
    from socialpoll.schema import Missing, Questionnaire

__all__ = ["read_xlsform", "write_xlsform"]

WRITING = ("xlsxwriter>=3.2",)


def write_xlsform(questionnaire: Questionnaire, path: str | Path) -> tuple[str, ...]:
    """Write a questionnaire as an XLSForm, which Kobo, ODK and others field as it is.

    Questions, choices, routing, limits and exclusive options are in the form, in all languages of
    the questionnaire. Missing codes are choices too; the sheet ``choices`` says in columns of its
    own which they are, so that :func:`read_xlsform` knows them again.

    Parameters
    ----------
    questionnaire : Questionnaire
    path : str or Path
        Of the ``.xlsx`` file; its folder is made where it is not there, a file that is there is
        replaced. It is written whole or not at all.

    Returns
    -------
    tuple of str
        What the form cannot hold, a sentence a kind; empty where it holds everything.

    Raises
    ------
    ExportError
        Words too long for a cell, or a file that cannot be written.
    PluginError
        The extra ``xlsform`` is not installed.

    See Also
    --------
    read_xlsform : The way back.
    """
    from socialpoll.forms.writing import form_document

    _require(WRITING)
    file = Path(path)
    document, losses = form_document(questionnaire, file.name)
    write_documents([document], file.parent)
    return losses


def read_xlsform(path: str | Path, *, missing: Sequence[Missing] = ()) -> Source:
    """Read the questionnaire of an XLSForm.

    Parameters
    ----------
    path : str or Path
        Of an ``.xlsx`` workbook. It is checked by pyxform, as the programs do that field it.
    missing : sequence of Missing
        A convention: codes that stand for the lack of an answer wherever they are choices, or
        numbers that a constraint allows beside the range. The words are those of the form. Other
        choices are answers, unless the sheet ``choices`` says otherwise in its columns ``missing``
        (a reason) and ``in_base`` (yes or no).

    Returns
    -------
    Source
        The questionnaire, no frame, and a finding for everything that the form says and a
        questionnaire cannot: relevance or constraints without a counterpart, notes, hints.

    Raises
    ------
    ReaderError
        The file cannot be opened, or is no workbook.
    QuestionnaireError
        The form is refused: by pyxform, because it has repeats or rankings, or because its parts
        make no questionnaire.
    PluginError
        The extra ``xlsform`` is not installed.

    See Also
    --------
    write_xlsform : The way back.

    submissions : What came in through the form.
    """
    from socialpoll.readers.xlsform import read_xlsform as read

    _require(XLSFORM_REQUIRES)
    return read(path, missing=missing)


def _require(requirements: Sequence[str]) -> None:
    missing = unmet(requirements)
    if missing:
        raise PluginError(
            "forms need what is not installed",
            where="XLSForm",
            found=", ".join(missing),
            advice=f'pip install "socialpoll[xlsform]", or {install_line(missing)}',
        )
