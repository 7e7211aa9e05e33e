"""What readers promise, each promise as a check with a name."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

from socialpoll.errors import BindingError, QuestionnaireError, SocialpollError
from socialpoll.hooks import Reader, Source
from socialpoll.plugins.validating import flaw_in
from socialpoll.responses import bind
from socialpoll.schema import Questionnaire
from socialpoll.testing.checks import Check, broken, require
from socialpoll.testing.conduct import checks_on
from socialpoll.testing.files import FileTrial

__all__ = ["check_reader"]

CUTS = (0.0, 0.1, 0.5, 0.9, 0.99)
"""How much of a file is left of it."""
NOISE = 2000
"""Bytes of a file that is none of any kind."""


def check_reader(
    reader: Reader, file: str | Path | bytes, *, except_for: Mapping[str, str] | None = None
) -> list[Check]:
    r"""Return what a reader promises, each promise as a check to be called.

    Parameters
    ----------
    reader : Reader
        The record; of an installed plugin ``sp.PluginHost().reader("surveyjs")``.
    file : str, Path or bytes
        A file that the reader takes, or the content of one. It is read, and copies of it are
        damaged.
    except_for : mapping of str to str, optional
        Checks to leave out, each with the reason why this reader cannot keep the promise.

    Returns
    -------
    list of Check
        For ``pytest.mark.parametrize``. Nothing is read before a check is called.

    Raises
    ------
    UnknownNameError
        ``except_for`` names a check that there is not, or gives no reason.

    Examples
    --------
    >>> import socialpoll as sp
    >>> from socialpoll.testing import check_reader
    >>> for check in check_reader(sp.PluginHost().reader("csv"), b"sex,age\nmale,31\n"):
    ...     check()
    """
    return checks_on(
        FileTrial(reader, Path(file) if isinstance(file, str) else file), PROMISES, except_for
    )


def _record(trial: FileTrial) -> None:
    flaw = flaw_in("reader", trial.reader)
    require(not flaw, f"the record cannot be used: {flaw}", "mend that field of the Reader")


def _taken(trial: FileTrial) -> None:
    suffixes = trial.reader.suffixes
    taken = not suffixes or trial.name.lower().endswith(tuple(suffixes))
    what = f"files like {trial.name!r} do not come to it: it takes {', '.join(suffixes)}"
    require(taken, what, "name the endings of its files in suffixes, in small letters")


def _sound(trial: FileTrial) -> None:
    found, seen = trial.first
    error = seen.error
    what = f"the file was not read: {type(error).__name__}: {error}"
    require(error is None, what, "return an sp.Source; raise ReaderError for damaged files alone")
    what = f"it returned an object of type {type(found).__name__!r}, not a Source"
    require(isinstance(found, Source), what, "return an sp.Source")
    if isinstance(found, Source):
        for flaw in _flaws(found):
            broken(flaw, "look at what sp.Source says of its fields")


def _flaws(source: Source) -> Iterator[str]:
    import pandas as pd

    # What stands in the fields may be of other types than the record declares.
    asked: object = source.questionnaire
    frame: object = source.frame
    findings: object = source.findings
    if asked is None and frame is None:
        yield "it found neither a questionnaire nor answers, and said nothing"
    if not isinstance(asked, Questionnaire | None):
        yield f"the questionnaire is of type {type(asked).__name__!r}"
    if not isinstance(frame, pd.DataFrame | None):
        yield f"the answers are of type {type(frame).__name__!r}"
    elif frame is not None and not frame.columns.is_unique:
        yield "two columns of the answers have one name"
    if not isinstance(findings, tuple):
        yield "the findings are no tuple"
    elif not all(isinstance(one, str) and one.strip() for one in findings):
        yield "a finding says nothing"


def _same(trial: FileTrial) -> None:
    first, (again, _) = trial.source, trial.again
    if first is None:
        return
    alike = isinstance(again, Source) and _alike(first, again)
    advice = "use no clock, no chance and no folder: findings name a file, not where it lies"
    require(alike, "the same file gives something else the second time", advice)


def _alike(first: Source, again: Source) -> bool:
    frames = (first.frame, again.frame)
    if first.frame is not None and again.frame is not None:
        same = first.frame.equals(again.frame)
    else:
        same = frames == (None, None)
    kept = (first.questionnaire, first.findings) == (again.questionnaire, again.findings)
    return same and kept


def _written(trial: FileTrial) -> None:
    asked = trial.source and trial.source.questionnaire
    if not isinstance(asked, Questionnaire):
        return
    advice = "make it of what the classes of socialpoll take, and change nothing afterwards"
    try:
        read = Questionnaire.loads(asked.dumps())
    except (SocialpollError, TypeError, ValueError) as error:
        what = f"the questionnaire cannot be written and read again: {error}"
        broken(what, advice)
    else:
        require(read == asked, "the questionnaire is another once it was written and read", advice)


def _bound(trial: FileTrial) -> None:
    source = trial.source
    if source is None or source.questionnaire is None or source.frame is None:
        return
    advice = "name columns of the answers as the questionnaire does, and write codes as it does"
    try:
        findings = bind(source.frame, source.questionnaire).findings
    except (BindingError, QuestionnaireError) as error:
        broken(f"its answers do not fit its questionnaire: {error}", advice)
    else:
        wrong = findings.loc[findings["severity"] == "error"]
        what = "its answers do not fit its questionnaire: " + "; ".join(
            f"{one.question}: {one.value!r}" for one in wrong.head(3).itertuples()
        )
        require(wrong.empty, what, advice)


def _left(trial: FileTrial) -> None:
    kept = trial.left() == trial.content
    require(kept, "the file is not as it was before it was read", "open it for reading alone")


def _damaged(trial: FileTrial) -> None:
    whole = trial.content
    noise = random.Random(2026).randbytes(NOISE)  # noqa: S311 - noise, no secret
    for content in (*(whole[: int(len(whole) * part)] for part in CUTS), noise, b"\xff" + whole):
        _, seen = trial.on(content)
        error = seen.error
        what = f"a damaged file of {len(content)} bytes raised {type(error).__name__}: {error}"
        advice = "raise socialpoll.errors.ReaderError with what is wrong and where"
        require(error is None or isinstance(error, SocialpollError), what, advice)


def _absent(trial: FileTrial) -> None:
    _, seen = trial.on(None)
    error = seen.error
    what = f"a file that is not there raised {type(error).__name__}" if error else "it read nothing"
    advice = "raise socialpoll.errors.ReaderError for an OSError"
    require(isinstance(error, SocialpollError), f"{what}, no ReaderError", advice)


PROMISES = (
    ("record_is_valid", "The record is one that the host accepts.", _record),
    ("file_is_taken", "The file has an ending that the reader takes.", _taken),
    ("source_is_sound", "It finds a questionnaire, answers or both.", _sound),
    ("source_is_the_same", "The same file gives the same, wherever it lies.", _same),
    ("questionnaire_is_whole", "The questionnaire is the same as a file.", _written),
    ("answers_fit", "The answers fit the questionnaire of the same file.", _bound),
    ("damage_is_told", "Damaged files are refused in words.", _damaged),
    ("absence_is_told", "A file that is not there is refused in words.", _absent),
    ("file_is_left", "The file is not changed.", _left),
)
