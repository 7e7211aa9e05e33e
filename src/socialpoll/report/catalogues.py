"""Message catalogues in the form of gettext; a new language is a catalogue, not code."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from socialpoll.errors import ReportError, nearest

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from babel.messages.catalog import Catalog

__all__ = ["DOMAIN", "catalogue_of", "compiled", "languages", "read_catalogue", "translated"]

DOMAIN = "socialpoll"


def languages() -> tuple[str, ...]:
    """Return the tags of all languages that have a catalogue."""
    found = (
        one.name.replace("_", "-") for one in _folder().iterdir() if _file(one, "mo").is_file()
    )
    return tuple(sorted(found))


@cache
def catalogue_of(tag: str) -> GNUTranslations:
    """Return the messages of a language; ``ar-OM`` falls back to ``ar``.

    Raises
    ------
    ReportError
        There is no catalogue of that language.
    """
    for name in (tag, tag.split("-", maxsplit=1)[0]):
        file = _file(_folder() / name.replace("-", "_"), "mo")
        if file.is_file():
            return GNUTranslations(BytesIO(file.read_bytes()))
    raise ReportError(
        "there is no message catalogue of this language",
        where="languages",
        found=repr(tag),
        allowed=nearest(tag, languages()),
        advice=f"a new language is a catalogue: translate one of {_folder()}",
    )


def translated(
    tag: str, key: str, *, context: str = "", plural: str | None = None, number: int = 0
) -> str:
    """Return a message in a language; its key where the catalogue does not have it.

    Parameters
    ----------
    tag : str
    key : str
        The English message.
    context : str
        Of the message.
    plural : str, optional
        The English plural.
    number : int
        Decides the plural form.

    Examples
    --------
    >>> translated("ar", "Contents")
    'المحتويات'
    """
    catalogue = catalogue_of(tag)
    if not key:  # gettext keeps the header of a catalogue there
        return ""
    if plural is None:
        return catalogue.pgettext(context, key) if context else catalogue.gettext(key)
    if context:
        return catalogue.npgettext(context, key, plural, number)
    return catalogue.ngettext(key, plural, number)


def read_catalogue(tag: str) -> Catalog:
    """Return the catalogue of a language as its translators wrote it (the ``.po`` file)."""
    from babel.messages.pofile import read_po

    file = _file(_folder() / tag.replace("-", "_"), "po")
    return read_po(BytesIO(file.read_bytes()), locale=tag.replace("-", "_"), domain=DOMAIN)


def compiled(tag: str) -> bytes:
    """Return the compiled catalogue of a language (its ``.mo`` file), made from the ``.po`` file.

    To compile all of them anew::

        for tag in languages():
            (folder / tag / "LC_MESSAGES" / "socialpoll.mo").write_bytes(compiled(tag))
    """
    from babel.messages.mofile import write_mo

    made = BytesIO()
    write_mo(made, read_catalogue(tag))
    return made.getvalue()


def _folder() -> Traversable:
    return files("socialpoll.report") / "locale"


def _file(language: Traversable, suffix: str) -> Traversable:
    return language / "LC_MESSAGES" / f"{DOMAIN}.{suffix}"
