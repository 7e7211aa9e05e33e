"""Questionnaires from XLSForms, the workbooks that Kobo, ODK and others field."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from socialpoll.errors import Problem, QuestionnaireError
from socialpoll.forms.texts import language_of
from socialpoll.hooks import Source
from socialpoll.readers.damage import DAMAGE, damaged, require_workbook
from socialpoll.readers.xlsform_gaps import behind_gaps
from socialpoll.readers.xlsform_notes import FormNotes
from socialpoll.readers.xlsform_questions import FormReading
from socialpoll.schema import UNDETERMINED, AnyConstraint, Missing, Questionnaire

__all__ = ["is_xlsform", "read_xlsform"]

MOST_UNPACKED = 100_000_000
"""Bytes of a form once it is unpacked."""
SHEETS = {"survey", "choices"}
WORDS = {"label", "hint", "unit", "jr:constraintMsg"}
SHEET = re.compile(rb"""<(?:\w+:)?sheet\b[^>]*?\sname=["'](\w+)["']""", re.ASCII)


def is_xlsform(path: str | Path) -> bool:
    """Say whether a file is a workbook with the sheets of an XLSForm.

    Parameters
    ----------
    path : str or Path
        Of any file.

    Returns
    -------
    bool
        True where it has the sheets ``survey`` and ``choices``; what is in them is not judged.
    """
    try:
        with zipfile.ZipFile(path) as package, package.open("xl/workbook.xml") as part:
            content = part.read(MOST_UNPACKED)
    except (OSError, *DAMAGE):
        return False
    return {name.decode().casefold() for name in SHEET.findall(content)} >= SHEETS


def read_xlsform(path: str | Path, *, missing: Sequence[Missing] = ()) -> Source:
    """Read the questionnaire of an XLSForm; see :func:`socialpoll.read_xlsform`."""
    file = Path(path)
    form, warnings = _converted(file)
    notes = FormNotes(_languages(form, file))
    reading = FormReading(notes, tuple(missing), form.get("choices", {}))
    questions = tuple(reading.questions(form.get("children", ())))
    if notes.problems:
        raise QuestionnaireError(str(file), notes.problems)
    told = [f"pyxform: {one}" for one in warnings]
    questionnaire = _questionnaire(form, questions, reading.constraints, notes, file)
    return Source(questionnaire, None, (*told, *notes.findings()))


def _questionnaire(
    form: Mapping[str, Any],
    questions: Sequence[Any],
    constraints: Sequence[AnyConstraint],
    notes: FormNotes,
    file: Path,
) -> Questionnaire:
    spoken = tuple(dict.fromkeys(tag for tag in notes.languages.values() if tag != UNDETERMINED))
    whole = tuple(tag for tag in spoken if not any(_lacks(one, tag) for one in questions))
    for tag in spoken:
        if tag not in whole:
            lacking = [one.name for one in questions if _lacks(one, tag)]
            for name in lacking:
                notes.gather(
                    f"not all words are in {tag!r}, which is no language of the whole", name
                )
    title = {UNDETERMINED: str(form.get("title") or file.stem)}
    try:
        return Questionnaire(
            title=title,
            languages=whole,
            questions=tuple(questions),
            constraints=tuple(constraints),
        )
    except QuestionnaireError as error:
        raise QuestionnaireError(str(file), error.problems) from error


def _lacks(question: Any, tag: str) -> bool:  # noqa: ANN401 - any kind of question
    texts = [question.text, *(one.label for one in question.missing)]
    texts += [
        one.label for key in ("options", "bands", "items") for one in getattr(question, key, ())
    ]
    if hasattr(question, "minimum"):
        texts.append(question.unit)
    return any(UNDETERMINED not in text and tag not in text for text in texts)


def _converted(file: Path) -> tuple[Mapping[str, Any], list[str]]:
    """Return a form as pyxform understands it, once it has accepted all of it."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    require_workbook(file, most=MOST_UNPACKED)
    unread = behind_gaps(file)
    if unread:
        raise QuestionnaireError(str(file), unread)
    warnings: list[str] = []
    try:
        made = convert(file.read_bytes(), warnings=warnings, file_type=".xlsx")
    except PyXFormError as error:
        what = f"the form is refused by pyxform: {' '.join(str(error).split())}"
        raise QuestionnaireError(str(file), [Problem(what)]) from error
    except DAMAGE as error:
        raise damaged(file, error) from error
    return made._pyxform or {}, warnings  # noqa: SLF001 - the only way to what it understood


def _languages(form: Mapping[str, Any], file: Path) -> dict[str, str]:
    """Return the language of every heading, in their order."""
    headings = list(dict.fromkeys(_headings(form)))
    found = {heading: language_of(heading) for heading in headings}
    unknown = [heading for heading, tag in found.items() if tag is None]
    if unknown:
        raise QuestionnaireError(
            str(file),
            [
                Problem(
                    "nobody can tell which language this is",
                    f"column label::{heading}",
                    repr(heading),
                    "a name with its tag, as in label::Arabic (ar)",
                )
                for heading in unknown
            ],
        )
    return {heading: tag for heading, tag in found.items() if tag is not None}


def _headings(part: object) -> Iterator[str]:
    if isinstance(part, Mapping):
        for key, value in part.items():
            if key in WORDS and isinstance(value, Mapping):
                yield from value
            else:
                yield from _headings(value)
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _headings(one)
