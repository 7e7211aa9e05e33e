"""The files that a poll is read from, as its poll file names them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from socialpoll.poll.editions import earlier_names
from socialpoll.poll.engine_reading import ENGINE, RESPONSES, answer_files, lying_inside
from socialpoll.poll.files import named_inside
from socialpoll.poll.notebook import Notebook
from socialpoll.poll.own_reading import image_names
from socialpoll.poll.parts import target_files
from socialpoll.poll.wave_reading import wave_files

__all__ = ["RESPONSES", "input_names", "named_in"]


def named_in(notes: Notebook, folder: Path, key: str, written: Mapping[str, Any]) -> Path | None:
    """Return the file that a key of the poll file names; of answers, where an engine counts them.

    Parameters
    ----------
    notes : Notebook
        Takes the problem, where it is not there.
    folder : Path
        Of the poll file.
    key : str
    written : mapping
        The poll file as TOML read it.
    """
    name = written.get(key)
    if not isinstance(name, str) or not name:
        return None
    if key == RESPONSES and ENGINE in written:
        return lying_inside(notes, folder, name)
    return named_inside(notes, folder, key, name)


def input_names(written: Mapping[str, Any], folder: Path) -> tuple[str, ...]:
    """Return the names of all files that the poll file names, each once.

    Where an engine counts the answers, these are all files that hold some.
    """
    answers = written.get(RESPONSES)
    names = [written.get("questionnaire")]
    names += answer_files(folder, answers, written) if isinstance(answers, str) else []
    names += [*target_files(written.get("weighting")), *wave_files(written, folder)]
    names += [*image_names(written), *earlier_names(written)]
    return tuple(dict.fromkeys(one for one in names if isinstance(one, str)))
