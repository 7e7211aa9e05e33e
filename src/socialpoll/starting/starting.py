"""Starting a poll: what is asked for, turned into a folder of files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.starting.folder import require_empty, write_folder
from socialpoll.starting.offered import MINIMAL, template_of

if TYPE_CHECKING:
    from socialpoll.plugins import PluginHost

__all__ = ["POLL_FILE", "Started", "start_from_file", "start_from_template"]

POLL_FILE = "poll.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A poll that was started.

    Attributes
    ----------
    folder : Path
    paths : tuple of Path
        Every file that was written.
    guesses : int
        Places in its files that are marked ``check this:``.
    answered : bool
        Whether there are answers, so that the poll can be run.
    """

    folder: Path
    paths: tuple[Path, ...]
    guesses: int = 0
    answered: bool = True

    @property
    def poll_file(self) -> Path:
        """The poll file."""
        return self.folder / POLL_FILE


def start_from_template(folder: str | Path, template: str = MINIMAL) -> Started:
    """Write a whole poll into a new folder: questionnaire, poll file, practice answers, targets.

    Parameters
    ----------
    folder : str or Path
        Not there yet, or empty.
    template : str
        Name of a template; ``templates()`` lists them.

    Returns
    -------
    Started

    Raises
    ------
    StartError
        There is no such template, or the folder holds something or cannot be written to.
    """
    place = Path(folder)
    files = template_of(template).files()
    return Started(folder=place, paths=write_folder(place, files))


def start_from_file(
    folder: str | Path,
    file: str | Path,
    *,
    reader: str | None = None,
    host: PluginHost | None = None,
) -> Started:
    """Write a poll into a new folder from a file of answers, a questionnaire, or both.

    What the file does not say is guessed, and every guess is a comment ``check this:`` where it
    stands in ``questionnaire.toml`` or ``poll.toml``. The file of answers is copied as it is.

    Parameters
    ----------
    folder : str or Path
        Not there yet, or empty.
    file : str or Path
        Anything that a reader takes.
    reader : str, optional
        Name of the reader; by the ending of the file where absent.
    host : PluginHost, optional
        Where readers are looked up; a new one where absent.

    Returns
    -------
    Started

    Raises
    ------
    StartError
        The file holds nothing to start from, or the folder holds something or cannot be written to.
    ReaderError, PluginError
        The file cannot be read.
    """
    from socialpoll.starting.from_file import drafted

    place = Path(folder)
    require_empty(place)
    draft = drafted(Path(file), place, reader=reader, host=host)
    paths = write_folder(place, draft.files)
    return Started(folder=place, paths=paths, guesses=draft.guesses, answered=draft.answered)
