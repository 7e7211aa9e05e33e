"""Texts of a form: one for all languages, or one for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Words"]

EVERY = "und"
DEFAULT = "default"


@dataclass
class Words:
    """Reads texts, and remembers which languages there were.

    Parameters
    ----------
    default : str
        The language that a form calls its default.
    """

    default: str
    spoken: dict[str, None] = field(default_factory=dict)

    def of(self, text: object, instead: object) -> dict[str, str]:
        """Return a text by language; ``instead`` serves all languages where there is none."""
        if isinstance(text, Mapping):
            found = {
                self.default if tag == DEFAULT else str(tag): str(words)
                for tag, words in text.items()
                if str(words).strip()
            }
            if found:
                self.spoken.update(dict.fromkeys(found))
                return found
        words = "" if text is None or isinstance(text, Mapping) else str(text).strip()
        return {EVERY: words or str(instead)}
