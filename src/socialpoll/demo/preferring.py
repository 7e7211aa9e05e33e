"""What users of each kind want from government bodies: formats and languages of content."""

from __future__ import annotations

from dataclasses import dataclass

from socialpoll.demo import supposed
from socialpoll.demo.answering import Uniform, or_missing
from socialpoll.demo.chances import Floats, chances
from socialpoll.demo.citizens import Kind

__all__ = ["Preferring"]

REFUSED = "refused"


@dataclass(frozen=True, eq=False)
class Preferring:
    """Chances of every preference, by kind of citizen.

    Attributes
    ----------
    formats : dict of str to float64 array
        Of the shape of :attr:`Citizens.persons`: among users.
    languages : dict of str to float64 array
        Of that shape: among the users who prefer none of the languages before.
    """

    formats: dict[str, Floats]
    languages: dict[str, Floats]

    @classmethod
    def of(cls, users: Floats) -> Preferring:
        """Find the chances that give the supposed shares among so many users of each kind."""
        formats = {
            name: chances(leaning, users, {None: (share,)})
            for name, (share, leaning) in supposed.FORMATS.items()
        }
        return cls(formats, _languages(users))

    def interview(self, kind: Kind, uniform: Uniform) -> dict[str, str]:
        """Draw the answers of one user, as they stand in the columns of the answers' file."""
        chosen = [name for name, chance in self.formats.items() if uniform() < chance[kind]]
        formats = " ".join(chosen or ["no_preference"])
        formats = or_missing("formats", formats, REFUSED, uniform)
        language = or_missing("content_languages", self._language(kind, uniform), REFUSED, uniform)
        return {"formats": formats, "content_languages": language}

    def _language(self, kind: Kind, uniform: Uniform) -> str:
        for name, chance in self.languages.items():
            if uniform() < chance[kind]:
                return name
        return "arabic"


def _languages(users: Floats) -> dict[str, Floats]:
    found = {}
    others = users
    for name, (share, leaning) in supposed.LANGUAGES.items():
        among_others = float(share * users.sum() / others.sum())
        found[name] = chances(leaning, others, {None: (among_others,)})
        others = others * (1 - found[name])
    return found
