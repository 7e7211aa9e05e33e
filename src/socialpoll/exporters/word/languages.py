"""Languages as Word names them: with a region, and apart for scripts that run to the left."""

from __future__ import annotations

from socialpoll.report import Edition
from socialpoll.report.language import direction_of

__all__ = ["spoken", "word_language"]

REGIONS = {"en": "en-GB"}
"""English without a region writes its dates as Britain does."""


def word_language(tag: str) -> str:
    """Return a language with a region, as Word's proofing wants it.

    Parameters
    ----------
    tag : str
        ``"ar"`` or ``"ar-OM"``.

    Returns
    -------
    str
        The tag as it is, or with the region that is most likely.

    References
    ----------
    Unicode Technical Standard 35, part 1, "Likely Subtags".

    Examples
    --------
    >>> word_language("ar-OM"), word_language("en")
    ('ar-OM', 'en-GB')
    """
    from babel.core import get_global

    if tag in REGIONS:
        return REGIONS[tag]
    if "-" in tag or "_" in tag:
        return tag.replace("_", "-")
    likely = get_global("likely_subtags").get(tag, tag)
    return f"{tag}-{likely.split('_')[-1]}" if "_" in likely else tag


def spoken(edition: Edition) -> tuple[str, str]:
    """Return the languages of words that run to the right, and to the left, in a document.

    Both are asked for: in a document of one language there may be names and words of another.
    """
    tags = (*edition.languages, *edition.report.languages)
    right = (tag for tag in tags if direction_of(tag) == "ltr")
    left = (tag for tag in tags if direction_of(tag) == "rtl")
    return word_language(next(right, "en")), word_language(next(left, "ar"))
