"""The encoding of a text file, told by its bytes.

Files say nothing of their encoding but for the mark that some begin with. What is valid UTF-8 is
UTF-8, for no other text is by chance. Of the encodings of one byte a character, the two that polls
of Arabic countries come in are tried, Windows-1256 (Arabic) and Windows-1252 (Western European,
with Latin-1 in it). Their letters share the same bytes, so words decide: Arabic ones are of such
letters only, European ones have ASCII letters beside them.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from socialpoll.errors import ReaderError

__all__ = ["Encoding", "encoding_of"]

ARABIC, EUROPEAN = "cp1256", "cp1252"
NAMES = {ARABIC: "Windows-1256 (Arabic)", EUROPEAN: "Windows-1252 (Western European)"}
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LOOKED_AT = 1 << 20
CLEARLY = 10
"""So many times more words for one encoding than for the other leave no doubt."""
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_OF_UTF_8 = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER_SINCE = 0xC0
SHOWN = 30


class Encoding(NamedTuple):
    """An encoding as Python calls it, and what there is to say about how it was found."""

    name: str
    findings: tuple[str, ...] = ()


def encoding_of(content: bytes, file: Path) -> Encoding:
    """Find the encoding in which all of a text can be read.

    Parameters
    ----------
    content : bytes
        The whole file.
    file : Path
        It came from, for messages.

    Returns
    -------
    Encoding
        With a sentence wherever it was assumed, and two readings of a word where that is open.

    Raises
    ------
    ReaderError
        The content is no text, or UTF-8 that is damaged.
    """
    marked = next((name for mark, name in MARKS if content.startswith(mark)), None)
    if marked is not None:
        return Encoding(_whole(content, marked, file))
    wide = _without_mark(content[:LOOKED_AT])
    if wide is not None:
        told = f"the encoding is assumed to be {wide.upper()}: every second byte is zero"
        return Encoding(_whole(content, wide, file), (told,))
    if b"\0" in content:
        raise _no_text(file, content, content.index(b"\0"))
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _of_one_byte(content, error.start, file)
    return Encoding("utf-8")


def _whole(content: bytes, encoding: str, file: Path) -> str:
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        name = "UTF-8" if encoding == "utf-8-sig" else encoding.upper()
        raise _damaged(file, content, error.start, f"the file is not {name}") from error
    return encoding


def _without_mark(start: bytes) -> str | None:
    """Return the kind of UTF-16 that a text without a mark is in, told by the zeros of its ASCII.

    Delimiters, digits and line ends are ASCII whatever the language, and one of their two bytes
    is zero, always the same one.
    """
    zeros = start[::2].count(0), start[1::2].count(0)
    if max(zeros) < len(start) / 20 or min(zeros) * CLEARLY > max(zeros):
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _of_one_byte(content: bytes, wrong: int, file: Path) -> Encoding:
    """Tell Arabic from Western European, unless it is UTF-8 with a few bytes broken."""
    around = content[max(0, wrong - LOOKED_AT) : wrong + LOOKED_AT]
    in_utf_8 = sum(map(len, _OF_UTF_8.findall(around)))
    if in_utf_8 * 2 > len(_HIGH.findall(around)):
        raise _damaged(file, content, wrong, "the file is not UTF-8")
    words = _WORD.findall(around)
    arabic, european = sum(map(_is_arabic, words)), sum(map(_is_european, words))
    chosen = EUROPEAN if european > arabic and _can_be_european(content) else ARABIC
    told = f"the encoding is assumed to be {NAMES[chosen]}: the file is not UTF-8"
    fewer, more = sorted((arabic, european))
    if more >= CLEARLY * max(fewer, 1 / CLEARLY):
        return Encoding(chosen, (told,))
    example = max(words, key=len)[:SHOWN]
    readings = [f"{example.decode(one, 'replace')!r} in {NAMES[one]}" for one in NAMES]
    doubt = f"the encoding is in doubt: a word reads {' or '.join(readings)}; save it as UTF-8"
    return Encoding(chosen, (told, doubt))


def _can_be_european(content: bytes) -> bool:
    """Tell whether every byte has a meaning in Windows-1252; Windows-1256 has no gaps."""
    try:
        content.decode(EUROPEAN)
    except UnicodeDecodeError:
        return False
    return True


def _is_arabic(word: bytes) -> bool:
    """Tell whether a word is of more than one letter, none of them ASCII."""
    return sum(one >= _LETTER_SINCE for one in word) > 1 and not _has_ascii(word)


def _is_european(word: bytes) -> bool:
    return any(one >= _LETTER_SINCE for one in word) and _has_ascii(word)


def _has_ascii(word: bytes) -> bool:
    return any(one < 0x80 for one in word)  # noqa: PLR2004 - the first byte that is not ASCII


def _damaged(file: Path, content: bytes, at: int, what: str) -> ReaderError:
    line = content.count(b"\n", 0, at) + 1
    return ReaderError(
        what,
        where=f"{file}, line {line}",
        found=f"byte 0x{content[at]:02x}",
        advice="save it as 'CSV UTF-8'",
    )


def _no_text(file: Path, content: bytes, at: int) -> ReaderError:
    return _damaged(file, content, at, "the file is no text")
