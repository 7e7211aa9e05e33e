"""What exporters promise of their documents: that they can be told apart, opened and made again."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator

from socialpoll.hooks import Document
from socialpoll.plugins.naming import flaw_in_name, folded
from socialpoll.testing.checks import broken, require
from socialpoll.testing.opening import flaw_in_content, words_in
from socialpoll.testing.trying import Trial

__all__ = ["have_names", "have_types", "keep_their_bytes", "speak_languages"]

A_DAY = dt.timedelta(days=1)


def have_names(trial: Trial) -> None:
    """Require names that mean a file in the output folder, no two of them alike."""
    made = trial.first.made
    for document in made:
        flaw = flaw_in_name(document.name)
        advice = "make names from edition.report.name and edition.language"
        require(not flaw, f"{document.name!r} cannot be given to a file: {flaw}", advice)
    names = [folded(one.name) for one in made]
    twice = sorted({one for one in names if names.count(one) > 1})
    advice = "put edition.language into the name, and a number where there are several"
    require(not twice, f"several documents have one name: {', '.join(twice)}", advice)


def have_types(trial: Trial) -> None:
    """Require contents that are what their media types say, and a record that says so too."""
    exporter, made = trial.exporter, trial.first.made
    for document in made:
        flaw = flaw_in_content(document)
        what = f"{document.name!r} is not of its media type {document.media_type!r}: {flaw}"
        require(not flaw, what, "give each Document the media type of its content")
    own = [
        one
        for one in made
        if one.media_type == exporter.media_type and one.name.endswith(exporter.suffix)
    ]
    require(
        own or not made,
        f"no document is of type {exporter.media_type!r} with the ending {exporter.suffix!r}",
        "let the record say what its documents are",
    )


def keep_their_bytes(trial: Trial) -> None:
    """Require the same bytes the second time, and no trace of the day on which they are made."""
    first, again = trial.first.made, trial.again.made
    changed = [one.name for one, other in zip(first, again, strict=False) if one != other]
    what = f"{', '.join(changed[:3])} differ from one time to the next"
    advice = "use no clock, no random numbers, no ids of objects and no order of sets"
    require(not changed and len(first) == len(again), what, advice)
    today = dt.datetime.now(dt.UTC).astimezone()
    for document in first:
        dated = today.date().isoformat() in words_in([document])
        dated = dated or any(abs(one - today) < A_DAY for one in _moments(document))
        advice = (
            "take dates from edition.report.life_cycle, and give members of archives a fixed one"
        )
        require(not dated, f"{document.name!r} bears the day on which it was made", advice)


def speak_languages(trial: Trial) -> None:
    """Require at least one document of every language of a report, or of all together."""
    tried = trial.first
    for name, error in tried.errors.items():
        what = f"the edition {name!r} failed: {type(error).__name__}: {error}"
        broken(what, "let it render whatever language a report is in")
    for name, documents in tried.documents.items():
        advice = "yield one sp.Document at least"
        require(documents, f"nothing was made of the edition {name!r}", advice)
        for one in documents:
            what = f"the edition {name!r} yielded an object of type {type(one).__name__!r}"
            require(isinstance(one, Document), what, advice)
    each = [_contents(documents) for documents in tried.documents.values()]
    what = "the editions of all languages are alike, though words were asked for"
    advice = "write words with edition.text(phrase), in the language of the edition"
    require(not tried.wrote or len(each) == len(set(each)), what, advice)


def _contents(documents: Iterable[object]) -> tuple[bytes, ...]:
    return tuple(one.content for one in documents if isinstance(one, Document))


def _moments(document: Document) -> Iterator[dt.datetime]:
    """Yield the times that the members of a package bear, which have no zone."""
    file = io.BytesIO(document.content)
    if document.content.startswith(b"PK") and zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as package:
            for one in package.infolist():
                yield dt.datetime(*one.date_time).astimezone()
