"""The language of the labels of a file that does not say it, told by their script."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from socialpoll.schema import UNDETERMINED

__all__ = ["Tongue", "tongue_of"]

_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True)
class Tongue:
    """The language that the texts of a file are taken to be in.

    Attributes
    ----------
    languages : tuple of str
        ``("ar",)``, ``("en",)``, or none where the script tells neither.
    finding : str
        What was assumed, as a sentence.
    """

    languages: tuple[str, ...]
    finding: str

    def text(self, words: str) -> dict[str, str]:
        """Return words as a text; in an Arabic file, words without Arabic serve every language."""
        tag = self.languages[0] if self.languages else UNDETERMINED
        return {UNDETERMINED if tag == "ar" and not _ARABIC.search(words) else tag: words}


def tongue_of(texts: Iterable[str]) -> Tongue:
    """Tell the language of texts by the letters in them.

    Examples
    --------
    >>> tongue_of(["النوع", "WhatsApp"]).text("WhatsApp")
    {'und': 'WhatsApp'}
    >>> tongue_of(["Sex", "Male"]).text("Male")
    {'en': 'Male'}
    """
    words = [one for one in texts if any(map(str.isalpha, one))]
    arabic = sum(bool(_ARABIC.search(one)) for one in words)
    latin = sum(bool(_LATIN.search(one)) for one in words)
    if arabic:
        told = f"{arabic} of {len(words)} labels hold Arabic letters"
        return Tongue(("ar",), f"{told} and are taken as Arabic; the others serve every language")
    if latin and latin == len(words):
        return Tongue(("en",), "the labels are in Latin letters and are taken as English")
    return Tongue((), "the language of the labels cannot be told, so they serve every language")
