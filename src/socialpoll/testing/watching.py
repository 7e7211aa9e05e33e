"""What a call does beside what it returns: prints, writes, connects, leaves behind."""

from __future__ import annotations

import contextlib
import io
import locale
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np

from socialpoll.testing.checks import CRASHES

__all__ = ["Seen", "watched"]

Result = TypeVar("Result")

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
CHANGES = {
    *("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "shutil.rmtree")
}
BY_PATH = -1
"""In place of the folder that a name is looked up in, where it is a path of its own."""
CALLS = {"socket.connect", "socket.getaddrinfo", "socket.sendto"}
_NOTED: list[tuple[str, tuple[object, ...]]] = []
_LISTENING = {"hooked": False, "now": False}


@dataclass(frozen=True)
class Seen:
    """What was seen of a call.

    Attributes
    ----------
    error : BaseException or None
        What it raised.
    printed : str
        On standard output and standard error.
    files : tuple of str
        Written, made, moved or removed, but for files in the folder for temporary ones that are
        gone again.
    connections : tuple of str
        To other machines, looked up or made.
    random : bool
        Whether the random numbers that all of a program shares have moved on.
    changes : tuple of str
        To what all of a program shares: the locale, the working folder, the environment.
    """

    error: BaseException | None = None
    printed: str = ""
    files: tuple[str, ...] = ()
    connections: tuple[str, ...] = ()
    random: bool = False
    changes: tuple[str, ...] = field(default=())


def watched(call: Callable[[], Result]) -> tuple[Result | None, Seen]:
    """Call a function and see what it does; what the program shares is put back afterwards.

    Returns
    -------
    result : object
        None where the function raised.
    seen : Seen

    Notes
    -----
    Files and connections are those that Python's audit events tell of; what a library in another
    language opens by itself is not among them.
    """
    result: Result | None = None
    error: BaseException | None = None
    out = io.StringIO()
    with _state() as state, _noted() as noted, redirect_stdout(out), redirect_stderr(out):
        try:
            result = call()
        except CRASHES as raised:
            error = raised
    files, connections = _files(noted), _connections(noted)
    moved, changes = state
    return result, Seen(error, out.getvalue(), files, connections, bool(moved), tuple(changes))


@contextlib.contextmanager
def _state() -> Iterator[tuple[list[str], list[str]]]:
    """Compare what a program shares before and after, and put it back."""
    moved: list[str] = []
    changes: list[str] = []
    folder, variables = Path.cwd(), dict(os.environ)
    spoken, drawn = locale.setlocale(locale.LC_ALL), random.getstate()
    dice = np.random.get_state()  # noqa: NPY002 - the shared state is what is watched
    try:
        yield moved, changes
    finally:
        if random.getstate() != drawn:
            moved.append("random")
            random.setstate(drawn)
        if any(map(np.any, map(np.not_equal, np.random.get_state(), dice))):  # noqa: NPY002 - as above
            moved.append("numpy.random")
            np.random.set_state(dice)  # noqa: NPY002 - as above
        if locale.setlocale(locale.LC_ALL) != spoken:
            changes.append("the locale")
            locale.setlocale(locale.LC_ALL, spoken)
        if Path.cwd() != folder:
            changes.append("the working folder")
            os.chdir(folder)
        if dict(os.environ) != variables:
            names = {name for name, _ in variables.items() ^ os.environ.items()}
            changes.append(f"the environment ({', '.join(sorted(names))})")
            os.environ.clear()
            os.environ.update(variables)


@contextlib.contextmanager
def _noted() -> Iterator[list[tuple[str, tuple[object, ...]]]]:
    """Lend a list of what is opened and connected meanwhile."""
    if not _LISTENING["hooked"]:
        # Python has no way to take such a hook back; outside a watched call it does nothing.
        sys.addaudithook(_note)
        _LISTENING["hooked"] = True
    _NOTED.clear()
    _LISTENING["now"] = True
    try:
        yield _NOTED
    finally:
        _LISTENING["now"] = False


def _note(event: str, details: tuple[object, ...]) -> None:
    if _LISTENING["now"] and (event == "open" or event in CHANGES or event in CALLS):
        _NOTED.append((event, details))


def _files(noted: list[tuple[str, tuple[object, ...]]]) -> tuple[str, ...]:
    found = (
        os.fsdecode(details[0])
        for event, details in noted
        if (_for_writing(details) if event == "open" else event in CHANGES and _by_path(details))
        and isinstance(details[0], str | bytes | os.PathLike)
    )
    return tuple(dict.fromkeys(one for one in found if not _harmless(one)))


def _for_writing(details: tuple[object, ...]) -> bool:
    _, _, flags = details
    return isinstance(flags, int) and bool(flags & WRITING)


def _by_path(details: tuple[object, ...]) -> bool:
    """Say whether a name is a path; the whole of a folder that is removed is told by its own."""
    folder = details[-1]
    return folder is None or folder == BY_PATH


def _harmless(name: str) -> bool:
    """Say whether a file is a temporary one that is gone, or Python's own."""
    path, temporary = Path(name).absolute(), Path(tempfile.gettempdir()).absolute()
    # A file without a name is opened under that of its folder.
    if name == os.devnull or path == temporary or "__pycache__" in path.parts:
        return True
    return path.is_relative_to(temporary) and not path.exists()


def _connections(noted: list[tuple[str, tuple[object, ...]]]) -> tuple[str, ...]:
    found = (
        details[-1] if event != "socket.getaddrinfo" else details[0]
        for event, details in noted
        if event in CALLS
    )
    return tuple(dict.fromkeys(str(one) for one in found))
