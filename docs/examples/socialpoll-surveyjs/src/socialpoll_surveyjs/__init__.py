"""Questionnaires and answers of SurveyJS: a reader for socialpoll.

What is said of plugins in general stands in ``socialpoll_markdown``. This one shows a reader: it
gives back a ``Source`` with a questionnaire, with answers, or with both, and a finding for whatever
of the file has no counterpart. Nothing is left out without a word.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from socialpoll import Reader, Source, hookimpl
from socialpoll.errors import QuestionnaireError, ReaderError
from socialpoll.readers.notes import Notes
from socialpoll_surveyjs.form import FormReading
from socialpoll_surveyjs.results import frame_of

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read", "socialpoll_readers"]

PARTS = ("pages", "elements", "questions")
"""Where the questions of a form are; a form has one of these."""


@hookimpl
def socialpoll_readers() -> list[Reader]:
    """Return the readers of this plugin: one, ``surveyjs``."""
    return [
        Reader(
            name="surveyjs",
            title="A SurveyJS form, its results, or both, as JSON",
            suffixes=(".json",),
            read=read,
        )
    ]


def read(path: Path) -> Source:
    """Read a form, results, or ``{"survey": form, "results": [...]}``.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Source

    Raises
    ------
    ReaderError
        The file cannot be opened, is no JSON, or holds neither a form nor results.
    QuestionnaireError
        The form is none that a questionnaire can hold: two options of one value, for example.
    """
    survey, results = _parts(_loaded(path), path)
    notes = Notes()
    if survey is None:
        return Source(None, frame_of(results or [], (), notes), notes.sentences())
    reading = FormReading(survey, notes)
    try:
        asked = reading.questionnaire(path.stem)
    except QuestionnaireError as error:
        raise QuestionnaireError(path.name, error.problems) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ReaderError(
            "this is no form of SurveyJS", where=path.name, found=f"{type(error).__name__}: {error}"
        ) from error
    frame = None if results is None else frame_of(results, asked.questions, notes)
    return Source(asked, frame, notes.sentences())


def _loaded(path: Path) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        raise ReaderError(
            "the file cannot be opened", where=path.name, found=error.strerror or str(error)
        ) from error
    except (ValueError, RecursionError) as error:
        raise ReaderError(
            "this is no JSON", where=path.name, found=str(error), advice="export the form again"
        ) from error


def _parts(
    loaded: object, path: Path
) -> tuple[Mapping[str, Any] | None, Sequence[Mapping[str, Any]] | None]:
    """Return the form and the results that a file holds."""
    if isinstance(loaded, Mapping) and isinstance(loaded.get("survey"), Mapping):
        return loaded["survey"], _cases(loaded.get("results"), path)
    if isinstance(loaded, Mapping) and any(isinstance(loaded.get(one), list) for one in PARTS):
        return loaded, None
    if isinstance(loaded, list) and loaded:
        return None, _cases(loaded, path)
    raise ReaderError(
        "the file holds neither a form nor results",
        where=path.name,
        found=type(loaded).__name__,
        allowed='a form with "pages" or "elements", a list of results, or '
        '{"survey": form, "results": [...]}',
    )


def _cases(results: object, path: Path) -> Sequence[Mapping[str, Any]] | None:
    if results is None:
        return None
    if not isinstance(results, list) or not all(isinstance(one, Mapping) for one in results):
        raise ReaderError(
            "the results are no list of cases", where=path.name, allowed="an object for each case"
        )
    return results
