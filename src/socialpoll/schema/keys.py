"""When two ways of writing a code are the same code."""

from __future__ import annotations

import math
import re

from socialpoll.schema.codes import CodeType, CodeValue

__all__ = ["PLAIN_RULE", "is_blank", "is_plain", "key_of", "number_of", "type_of"]

PLAIN_RULE = "not empty, no '|', not beginning with '_', no blanks around it"
_WHOLE = re.compile(r"[+-]?\d+(?:\.0*)?")


def key_of(value: object, code_type: CodeType) -> CodeValue | None:
    """Return what a value is compared by, given the type of the codes; None where it is blank.

    Parameters
    ----------
    value : object
        As it was declared or read: a string, a number, a truth value, or nothing.
    code_type : {"integer", "string"}
        Of the question. Of integer codes ``"1"``, ``1``, ``1.0`` and ``"1.0"`` are one code; of
        string codes ``"01"`` is not ``"1"``, but a number read as ``1.0`` is ``"1"``.

    Returns
    -------
    str, int or None
        Blanks around a string do not count; a string of blanks is blank.

    Examples
    --------
    >>> [key_of(value, "integer") for value in ("1", 1, 1.0, "1.0", "n", float("nan"))]
    [1, 1, 1, 1, 'n', None]
    >>> [key_of(value, "string") for value in ("01", "1", 1.0, " yes ")]
    ['01', '1', '1', 'yes']
    """
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, str):
        return _key_of_words(plain.strip(), code_type)
    if isinstance(plain, bool):
        return int(plain) if code_type == "integer" else str(plain)
    if isinstance(plain, float):
        if math.isnan(plain):
            return None
        plain = int(plain) if plain.is_integer() else str(plain)
    if isinstance(plain, int) and code_type == "integer":
        return plain
    return None if is_blank(plain) else str(plain)


def number_of(value: object) -> float | str | None:
    """Return a value as a number, else as stripped words; None where it is blank.

    Examples
    --------
    >>> number_of("7.50"), number_of(999), number_of("dk"), number_of("")
    (7.5, 999.0, 'dk', None)
    """
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, int | float):
        return None if math.isnan(plain) else float(plain)
    if is_blank(plain):
        return None
    words = str(plain).strip()
    try:
        number = float(words)
    except ValueError:
        return words or None
    return words if math.isnan(number) or "_" in words else number


def is_plain(code: CodeValue) -> bool:
    """Say whether a code can stand in results, where ``|`` joins codes and ``_T`` is everybody.

    Examples
    --------
    >>> [is_plain(code) for code in (1, "18-29", "a|b", "_T", "")]
    [True, True, False, False, False]
    """
    words = str(code)
    return bool(words) and "|" not in words and words[0] != "_" and words == words.strip()


def type_of(code: CodeValue) -> CodeType:
    """Return the type a code is of.

    Examples
    --------
    >>> type_of(1), type_of("1")
    ('integer', 'string')
    """
    return "integer" if isinstance(code, int) else "string"


def _key_of_words(words: str, code_type: CodeType) -> CodeValue | None:
    if not words:
        return None
    if code_type == "integer" and _WHOLE.fullmatch(words):
        return int(words.partition(".")[0])
    return words


def is_blank(value: object) -> bool:
    """Say whether a value is nothing, or one of the ways in which pandas says so."""
    # pandas' NA and NaT are told by their names, for this room works without pandas.
    return value is None or type(value).__name__ in {"NAType", "NaTType"}
