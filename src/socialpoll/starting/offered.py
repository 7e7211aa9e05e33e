"""The templates that a poll can be started from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from socialpoll.errors import StartError, nearest

__all__ = ["FOLDER", "MINIMAL", "Template", "template_of", "templates"]

FOLDER = Path(__file__).parent / "templates"
"""A folder a template, with the files of a whole poll."""
MINIMAL = "minimal"
"""The template of those who name none."""

_TITLES = {
    MINIMAL: "five questions, every key explained",
    "social-media": "social media use, by telephone or face to face; a random sample",
    "e-services": "satisfaction with government e-services, on the web; an opt-in sample",
}


@dataclass(frozen=True, slots=True)
class Template:
    """A poll to start from.

    Attributes
    ----------
    name : str
        What users type.
    title : str
        One line for lists of templates.
    folder : Path
        Where its files lie.
    """

    name: str
    title: str
    folder: Path

    def files(self) -> Mapping[str, bytes]:
        """Return the content of its files by their path inside the folder, with ``/``."""
        found = sorted(one for one in self.folder.rglob("*") if one.is_file())
        return {one.relative_to(self.folder).as_posix(): one.read_bytes() for one in found}


def templates() -> tuple[Template, ...]:
    """Return every template, the plainest first.

    Examples
    --------
    >>> [one.name for one in templates()]
    ['minimal', 'social-media', 'e-services']
    """
    return tuple(Template(name, title, FOLDER / name) for name, title in _TITLES.items())


def template_of(name: str) -> Template:
    """Return the template of a name; StartError where there is none."""
    for one in templates():
        if one.name == name:
            return one
    raise StartError(
        f"there is no template {name!r}", where="template", allowed=nearest(name, _TITLES)
    )
