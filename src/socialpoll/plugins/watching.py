"""A process of its own, watched while it runs, and ended with everything that it started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from socialpoll.plugins.limits import Limits

__all__ = ["Ending", "Overrun", "run_watched"]

Overrun: TypeAlias = Literal["", "seconds", "size"]
GLANCE = 0.05
"""Seconds between two looks at what a process has written."""


class Ending(NamedTuple):
    """How a process ended: by itself with this code, or because it overran a limit."""

    code: int
    overrun: Overrun = ""


def run_watched(command: Sequence[str], folder: Path, said: Path, limits: Limits) -> Ending:
    """Run a command in a folder until it ends or overruns a limit.

    Parameters
    ----------
    command : sequence of str
    folder : Path
        Where it works, and keeps its temporary files.
    said : Path
        File for what it prints.
    limits : Limits
        Its time, and twice its size for what is written in the folder and what it prints.

    Raises
    ------
    OSError
        It cannot be started.
    """
    apart = sys.platform != "win32"
    with (
        said.open("wb") as file,
        subprocess.Popen(  # noqa: S603 - a command of our own, without a shell
            command,
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=apart,
        ) as process,
    ):
        try:
            overrun = _watch(process, (folder, said), limits)
        finally:
            _end(process)
        return Ending(process.returncode, overrun)


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment of the process: ours, but for what would differ from run to run."""
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    fixed = {"PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8:backslashreplace"}
    return {**os.environ, **temporary, **fixed}


def _watch(process: subprocess.Popen[bytes], places: Sequence[Path], limits: Limits) -> Overrun:
    last = time.monotonic() + limits.seconds
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, min(GLANCE, last - time.monotonic())))
            return ""
        if sum(map(_size, places)) > 2 * limits.size:
            return "size"
        if time.monotonic() >= last:
            return "seconds"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, and with it whatever it started."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        # Nobody has waited for it yet, so the number of its group is still its own.
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _size(place: Path) -> int:
    """Return the bytes in a file, or in all files of a folder; of those that stay."""
    if place.is_file():
        return place.stat().st_size
    size = 0
    for folder, _, names in os.walk(place):
        for name in names:
            with suppress(OSError):
                size += Path(folder, name).lstat().st_size
    return size
