"""What is said of an edition: which one it supersedes, and what is not as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.report.blocks import Message, Phrase, Said
from socialpoll.report.report import LifeCycle

if TYPE_CHECKING:
    from socialpoll.disclosure import Release, Revision

__all__ = ["life_cycle_of", "told_of"]


def life_cycle_of(release: Release, declared: LifeCycle | None) -> LifeCycle:
    """Return where a publication stands, with what its release knows of that.

    Parameters
    ----------
    release : Release
    declared : LifeCycle or None
        What it says holds; what it is silent of comes from the release.
    """
    revision = release.revision
    life = declared if declared is not None else _of_release(release)
    if revision is None or life.supersedes:
        return life
    return replace(life, supersedes=revision.edition)


def _of_release(release: Release) -> LifeCycle:
    status = "final" if release.revision is None else "revised"
    return LifeCycle(
        edition=release.edition or "1", status=status, release_date=release.release_date
    )


def told_of(revision: Revision) -> Iterator[Phrase]:
    """Yield the sentences about a correction: what it supersedes, how much, and why."""
    yield _superseding(revision)
    yield _revised(revision.revised)
    if revision.new:
        yield Message(
            "{number} figure is shown for the first time.",
            {"number": revision.new},
            "{number} figures are shown for the first time.",
            "number",
        )
    if revision.withdrawn:
        yield Message(
            "{number} figure is no longer shown.",
            {"number": revision.withdrawn},
            "{number} figures are no longer shown.",
            "number",
        )
    if revision.reason:
        yield Message("Reason: {reason}", {"reason": Said(revision.reason)})


def _superseding(revision: Revision) -> Message:
    edition, date = revision.edition, revision.release_date
    if edition and date:
        return Message(
            "This edition corrects edition {edition} of {date}.", {"edition": edition, "date": date}
        )
    if edition:
        return Message("This edition corrects edition {edition}.", {"edition": edition})
    if date:
        return Message("This edition corrects the one of {date}.", {"date": date})
    return Message("This edition corrects an earlier one.")


def _revised(number: int) -> Message:
    if not number:
        return Message("No figure is revised.")
    return Message(
        "{number} figure is revised [r].",
        {"number": number},
        "{number} figures are revised [r].",
        "number",
    )
