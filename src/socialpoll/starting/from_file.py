"""A poll from a file of answers, of a questionnaire, or of both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.errors import StartError
from socialpoll.plugins.sourcing import source_of
from socialpoll.schema import Multiple
from socialpoll.schema.questions import NUMERIC
from socialpoll.starting.annotating import MARK, annotated
from socialpoll.starting.drafting import PollDraft, poll_text, published_languages
from socialpoll.starting.guessing import Guess, Guessed, guessed
from socialpoll.starting.roles import Roles, is_identifier, roles_of

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.hooks import Source
    from socialpoll.plugins import PluginHost
    from socialpoll.schema import OneAnswer, Questionnaire

__all__ = ["Drafted", "drafted"]

OWN = ("README.md", "poll.toml", "questionnaire.toml")
STILL_TO_COME = "responses.csv"
README = """\
# {name}

Started from `{source}`.

| file | what it is |
|---|---|
| `poll.toml` | the poll: sample design, weighting, indicators, publication, documents |
| `questionnaire.toml` | what was asked, with codes |
| `{responses}` | {what} |

Search both files for `check this:`. Each stands where something had to be guessed: put it right,
or leave it, and remove the comment. Then:

    socialpoll check poll.toml
    socialpoll run poll.toml -o out/
"""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The files of a poll that can be written.

    Attributes
    ----------
    files : mapping of str to bytes
        Content by name.
    guesses : int
        Places that are marked.
    answered : bool
        Whether the answers are among the files.
    """

    files: Mapping[str, bytes]
    guesses: int
    answered: bool


def drafted(
    file: Path, folder: Path, *, reader: str | None = None, host: PluginHost | None = None
) -> Drafted:
    """Draft a poll; see ``start_from_file``."""
    source = source_of(file, reader=reader, host=host)
    if source.questionnaire is None and source.frame is None:
        raise StartError("the file holds neither answers nor a questionnaire", where=file.name)
    roles = Roles() if source.frame is None else roles_of(source.frame)
    known = _known(source, roles)
    responses = STILL_TO_COME if source.frame is None else _beside(file.name)
    draft = PollDraft(
        name=_plain(folder.resolve().name) or _plain(file.stem) or "poll",
        questionnaire=known.questionnaire,
        responses=responses,
        answered=source.frame is not None,
        reader=reader if source.frame is not None else None,
        roles=roles,
        silent=_telling_nothing(known.questionnaire, source.frame),
        findings=source.findings,
    )
    texts = {
        "README.md": _readme(draft, file.name),
        "poll.toml": poll_text(draft),
        "questionnaire.toml": annotated(known.questionnaire, known.guesses, known.left_out),
    }
    guesses = sum(texts[name].count(f"# {MARK}") for name in ("poll.toml", "questionnaire.toml"))
    files = {name: text.encode() for name, text in texts.items()}
    if draft.answered:
        files[responses] = _content(file)
    return Drafted(files, guesses, draft.answered)


def _known(source: Source, roles: Roles) -> Guessed:
    """Return the questionnaire of the file, or one that is made of its answers."""
    asked = source.questionnaire
    if asked is None:
        assert source.frame is not None  # noqa: S101 - a source of neither was refused
        return guessed(source.frame, roles.columns)
    languages = published_languages(asked)
    if not asked.languages or set(languages) & set(asked.languages):
        return Guessed(asked, (), {})
    words = (
        f"texts are in {', '.join(asked.languages)}, and serve the report in English as they are"
    )
    return Guessed(replace(asked, languages=()), (Guess("", "title", words),), {})


def _telling_nothing(asked: Questionnaire, frame: pd.DataFrame | None) -> tuple[str, ...]:
    """Return the questions nobody answered or all alike, and numbers that tell cases apart."""
    if frame is None:
        return ()
    columns = {one.name: one.column or one.name for one in asked.asked}
    return tuple(
        one.name
        for one in asked.asked
        if not isinstance(one, Multiple)
        and (columns[one.name] not in frame or _tells_nothing(one, frame[columns[one.name]]))
    )


def _tells_nothing(question: OneAnswer, column: pd.Series) -> bool:
    present = column.dropna()
    if not isinstance(question, NUMERIC):
        return present.empty
    if len(present) <= 1:
        return present.empty
    values = present.to_numpy()
    return bool((values == values[0]).all()) or is_identifier(question.name, present)


def _readme(draft: PollDraft, source: str) -> str:
    what = "the answers, copied as they were" if draft.answered else "the answers, still to come"
    return README.format(name=draft.name, source=source, responses=draft.responses, what=what)


def _beside(name: str) -> str:
    """Return the name of the answers beside the other files, whatever their letters' case."""
    return f"answers-{name}" if name.lower() in {one.lower() for one in OWN} else name


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-._")[:80]


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise StartError(
            "the file cannot be copied", where=str(file), found=error.strerror or str(error)
        ) from error
