"""From responses to the documents that a statistics package opens."""

from __future__ import annotations

from pathlib import PurePath

from socialpoll.datafiles.filing import Filed, Package
from socialpoll.datafiles.losses import DataFile, losses_of
from socialpoll.datafiles.spss import SPSS, filed_for_spss, sav_of
from socialpoll.datafiles.stata import STATA, dta_of, filed_for_stata
from socialpoll.datafiles.syntax import sets_of, syntax_of
from socialpoll.datafiles.variables import variables_of
from socialpoll.errors import ExportError, nearest
from socialpoll.forms.losses import listed
from socialpoll.forms.rows import languages_in
from socialpoll.hooks import Document
from socialpoll.responses import Responses
from socialpoll.schema import UNDETERMINED, say

__all__ = ["spss_documents", "stata_documents"]


def spss_documents(
    responses: Responses, name: str, language: str | None
) -> tuple[list[Document], tuple[str, ...]]:
    """Return responses as a data file of SPSS, and syntax that declares its sets.

    Parameters
    ----------
    responses : Responses
    name : str
        Of the data file; the syntax has the same with the ending ``.sps``.
    language : str, optional
        Of wordings and labels; the first of the questionnaire where absent.

    Returns
    -------
    documents : list of Document
        The syntax only where there are sets.
    losses : tuple of str
        What the file cannot hold, a sentence a kind.

    Raises
    ------
    DataFileError
        With every answer that SPSS cannot hold.
    ExportError
        The questionnaire has no words in that language.
    """
    spoken = _spoken(responses, language)
    variables = filed_for_spss(variables_of(responses, spoken))
    file = _file(responses, SPSS, variables, spoken)
    title = SPSS.titled(file.title)
    documents = [Document(name, sav_of(variables, title), "application/x-spss-sav")]
    sets = sets_of(responses.questionnaire, variables)
    syntax = syntax_of(sets, spoken)
    losses = list(losses_of(file))
    if syntax:
        beside = PurePath(name).with_suffix(".sps").name
        documents.append(Document(beside, syntax.encode(), "application/x-spss-syntax"))
        losses.append(
            f"sets of several answers are not in the file: open it in SPSS and run {beside!r}"
        )
        shortened = [one.question.name for one in sets if one.is_cut(spoken)]
        if shortened:
            losses.append(f"wordings longer than SPSS allows of a set are cut: {listed(shortened)}")
    return documents, tuple(losses)


def stata_documents(
    responses: Responses, name: str, language: str | None
) -> tuple[list[Document], tuple[str, ...]]:
    """Return responses as a data file of Stata.

    Parameters
    ----------
    responses : Responses
    name : str
        Of the data file.
    language : str, optional
        Of wordings and labels; the first of the questionnaire where absent.

    Returns
    -------
    documents : list of Document
        One.
    losses : tuple of str
        What the file cannot hold, a sentence a kind.

    Raises
    ------
    DataFileError
        With every answer that Stata cannot hold.
    ExportError
        The questionnaire has no words in that language.
    """
    spoken = _spoken(responses, language)
    variables = filed_for_stata(variables_of(responses, spoken))
    file = _file(responses, STATA, variables, spoken)
    content = dta_of(variables, STATA.titled(file.title))
    return [Document(name, content, "application/x-stata-dta")], losses_of(file)


def _file(
    responses: Responses, package: Package, variables: tuple[Filed, ...], language: str
) -> DataFile:
    return DataFile(
        responses=responses,
        package=package,
        variables=variables,
        language=language,
        title=say(responses.questionnaire.title, language),
    )


def _spoken(responses: Responses, language: str | None) -> str:
    """Return the language of a file: one that is asked for, else the first of the questionnaire."""
    known = languages_in(responses.questionnaire)
    if language is None:
        return known[0] if known else UNDETERMINED
    if known and language not in known:
        raise ExportError(
            "the questionnaire has no words in this language",
            where="language",
            found=repr(language),
            allowed=nearest(language, known),
        )
    return language
