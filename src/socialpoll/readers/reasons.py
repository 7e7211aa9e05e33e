"""Why an answer is missing, told by the label of its code."""

from __future__ import annotations

import re
import unicodedata

from socialpoll.schema import MissingReason

__all__ = ["reason_of"]

# What was refused may be written "no answer (refused)"; so the more telling words come first.
WORDS: tuple[tuple[MissingReason, str], ...] = (
    ("dont_know", r"do(es)?n'?t know|do(es)? not know|\bdk\b|not sure|اعرف|ادري|يعرف|متاكد"),
    ("refused", r"refus|declin|prefers? not|rather not|رفض|افضل عدم|يفضل عدم"),
    ("not_asked", r"not asked|skipped|routed|لم يسال|لم تسال|لم يطرح"),
    ("not_applicable", r"applicable|\binap|\biap\b|\bn/a\b|ينطبق|منطبق"),
    ("no_answer", r"no answer|not answered|no response|not stated|يجب|اجابه|غير مبين"),
)
_MARKS = re.compile(r"[\u064b-\u0652\u0640]")
_LETTERS = str.maketrans("أإآىة’", "اااىه'")


def reason_of(label: str) -> MissingReason:
    """Return the reason that a label gives in English or Arabic; ``other`` where it gives none.

    Examples
    --------
    >>> [reason_of(label) for label in ("Don't know", "IAP", "رفض الإجابة", "لا أعرف", "System")]
    ['dont_know', 'not_applicable', 'refused', 'dont_know', 'other']
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFC", label)).translate(_LETTERS).casefold()
    return next((reason for reason, words in WORDS if re.search(words, plain)), "other")
