"""From a questionnaire to the document of its form."""

from __future__ import annotations

from socialpoll.forms.losses import losses_of
from socialpoll.forms.rows import Form
from socialpoll.forms.workbook import MEDIA_TYPE, workbook_of
from socialpoll.hooks import Document
from socialpoll.schema import Questionnaire

__all__ = ["form_document"]


def form_document(questionnaire: Questionnaire, name: str) -> tuple[Document, tuple[str, ...]]:
    """Return a questionnaire as an XLSForm.

    Parameters
    ----------
    questionnaire : Questionnaire
    name : str
        Of the file.

    Returns
    -------
    document : Document
        The same bytes for the same questionnaire.
    losses : tuple of str
        What the form cannot hold, a sentence a kind.

    Raises
    ------
    ExportError
        Words that are too long for a cell.

    References
    ----------
    https://xlsform.org/en/ref-table/
    """
    form = Form(questionnaire)
    sheets = {"survey": form.survey(), "choices": form.choices(), "settings": form.settings()}
    document = Document(name, workbook_of(sheets), MEDIA_TYPE)
    return document, losses_of(form)
