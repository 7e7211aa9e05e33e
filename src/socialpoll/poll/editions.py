"""Editions of a publication: the file that keeps this one, and those that came before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socialpoll.disclosure import Release, supersede
from socialpoll.errors import ExportError
from socialpoll.hooks import Document
from socialpoll.poll.files import named_inside

if TYPE_CHECKING:
    from socialpoll.poll.notebook import Notebook
    from socialpoll.poll.poll import Poll

__all__ = [
    "PUBLISHED",
    "RELEASE",
    "SUPERSEDES",
    "earlier_files",
    "earlier_names",
    "is_file",
    "keep_earlier",
    "marked",
    "published_before",
    "release_document",
]

RELEASE = "release.json"
"""Keeps what a run releases, for later editions and polls."""
SUPERSEDES, PUBLISHED = "supersedes", "already_published"


def is_file(supersedes: str) -> bool:
    """Say whether what is superseded is named by the file of its release, or in words."""
    return supersedes.endswith(".json")


def earlier_files(
    notes: Notebook, folder: Path, key: str, names: Iterable[str]
) -> tuple[Path, ...]:
    """Return the files of earlier releases that a key of the publication names; note the others."""
    found = (named_inside(notes, folder, f"publication.{key}", name) for name in names)
    return tuple(file for file in found if file is not None)


def earlier_names(written: Mapping[str, Any]) -> list[str]:
    """Return the names of all files of earlier releases in the tables of a poll file."""
    publication = written.get("publication")
    if not isinstance(publication, Mapping):
        return []
    superseded, published = publication.get(SUPERSEDES), publication.get(PUBLISHED)
    names = [superseded] if isinstance(superseded, str) and is_file(superseded) else []
    return [*names, *(published if isinstance(published, list) else [])]


def marked(poll: Poll, release: Release) -> Release:
    """Mark in a release what it changes in the edition that the poll says it supersedes.

    Raises
    ------
    ReleaseError
        That cannot be read, or has nothing to do with this one.
    """
    publication = poll.publication
    if publication.supersedes is None:
        return release
    earlier = Release.load(publication.supersedes)
    return supersede(release, earlier, reason=publication.correction)


def published_before(poll: Poll) -> tuple[Release, ...]:
    """Read the releases that the poll says were published before; ReleaseError as of each.

    The edition that is superseded is one of them: what it told is known.
    """
    publication = poll.publication
    superseded = [] if publication.supersedes is None else [publication.supersedes]
    return tuple(Release.load(file) for file in (*superseded, *publication.already_published))


def keep_earlier(poll: Poll, folder: Path) -> None:
    """Refuse to write over a release that the poll is to be compared with: ExportError."""
    publication = poll.publication
    superseded = [] if publication.supersedes is None else [publication.supersedes]
    target = (folder / RELEASE).resolve()
    if target in [one.resolve() for one in (*superseded, *publication.already_published)]:
        raise ExportError(
            "the earlier release would be written over",
            where=str(folder / RELEASE),
            advice="keep a copy under another name beside the poll file, and name that",
        )


def release_document(release: Release) -> Document:
    """Write a release as the document that keeps it."""
    return Document(RELEASE, release.dumps().encode(), "application/json")
