"""Words made fit to be shown: nothing in them is unseen, and none of them turn their neighbours."""

from __future__ import annotations

import re

__all__ = ["legible"]

LINE_ENDS = re.compile("\r\n?")
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
"""Controls, noncharacters and halves of pairs: no font shows them, and XML cannot hold most."""
EMBEDDINGS, ISOLATES = "\u202a\u202b\u202d\u202e", "\u2066\u2067\u2068"
END_OF_EMBEDDING, END_OF_ISOLATE = "\u202c", "\u2069"
TURNING = re.compile(f"[{EMBEDDINGS}{ISOLATES}{END_OF_EMBEDDING}{END_OF_ISOLATE}]")


def legible(words: str) -> str:
    r"""Return words that can be shown in any document.

    Parameters
    ----------
    words : str

    Returns
    -------
    str
        Controls are written as their codes, so that they are seen and not lost. What turns the
        direction of letters ends within the words. All else is kept.

    References
    ----------
    Unicode Standard Annex 9, Unicode Bidirectional Algorithm, revision 50 (2024), section 2;
    Unicode Technical Report 36, Unicode Security Considerations, section 2.5.

    Examples
    --------
    >>> legible("a\x00b")
    'a\\x00b'
    >>> legible("\u202eevil").endswith("\u202c")
    True
    """
    if words.isprintable():
        return words
    seen = UNSEEN.sub(_code, LINE_ENDS.sub("\n", words))
    return seen + _ends(seen)


def _code(letter: re.Match[str]) -> str:
    return letter[0].encode("unicode_escape").decode("ascii")


def _ends(words: str) -> str:
    """Return what ends the turns that words leave open, the last of them first."""
    opened: list[str] = []
    for mark in TURNING.findall(words):
        if mark in EMBEDDINGS:
            opened.append(END_OF_EMBEDDING)
        elif mark in ISOLATES:
            opened.append(END_OF_ISOLATE)
        elif mark == END_OF_ISOLATE and mark in opened:
            # The end of an isolate ends the embeddings inside it.
            while opened.pop() != mark:
                pass
        elif opened and opened[-1] == mark:
            opened.pop()
    return "".join(reversed(opened))
