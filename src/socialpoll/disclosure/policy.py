"""Disclosure policies: how respondents are protected from being recognised in a publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NoReturn, TypeAlias, get_args

from socialpoll.disclosure.released import Release
from socialpoll.errors import ReleaseError

__all__ = ["DEFAULT_MINIMUM", "DEFAULT_THRESHOLD", "Harm", "Policy", "PolicyName", "Zeros"]

PolicyName: TypeAlias = Literal["base", "cells"]
Zeros: TypeAlias = Literal["show", "hide"]
Harm: TypeAlias = Literal["respondents", "cells", "log"]

DEFAULT_MINIMUM = 30
DEFAULT_THRESHOLD = 10
DEFAULT_EFFORT = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What may be shown at all, and how exactly.

    Parameters
    ----------
    name : {"base", "cells"}
        ``base`` publishes a domain when enough respondents stand behind it, whatever the rows.
        It cannot protect questions marked ``sensitive``. ``cells`` suppresses every count of few
        respondents, and whatever else it takes so that nobody can work it out (complementary
        suppression: Willenborg & de Waal 2001, Elements of Statistical Disclosure Control, §6;
        Hundepool et al. 2012, Statistical Disclosure Control, §4).
    minimum_base : int, optional
        Respondents below which a domain is suppressed with all its rows, those fixed by weighting
        included. Where absent, under ``base`` the largest minimum of the :class:`MinBase` rules,
        else 30; under ``cells`` there is none.
    full_precision : bool
        Release figures as they were computed. By default they are rounded once, half away from
        zero: shares and ratios to 3 decimals, other figures to 1, counts to whole numbers.
    threshold : int
        Under ``cells``: a row is suppressed where fewer respondents than this gave its answer, or
        did not give it, or are in its base; and no count of such a row may be known closer than
        this, up or down, nor its weights closer than this many respondents of mean weight. Weights
        must not have been made to reach population figures of groups with fewer respondents.
    zeros : {"show", "hide"}
        Whether an answer that nobody gave, or everybody, may be shown under ``cells``.
    harm : {"respondents", "cells", "log"}
        What hiding a row costs when there is a choice of what else to hide: its respondents, 1, or
        the logarithm of its respondents, which lies between the two.
    effort : int
        How many unknowns may be solved for, in the largest group of linked tables, to find what
        else to hide. Once they are used up, its finest tables are hidden whole, and as many again
        may be solved for the others: more is hidden than need be, and nothing is less safe.
    already_published : tuple of Release
        Earlier releases under ``cells``. Everybody knows what is in them, and it stays published.

    Raises
    ------
    ReleaseError
        The policy is not known, a number is out of range, or there is no such choice.

    Examples
    --------
    >>> Policy(minimum_base=50).name
    'base'
    >>> Policy(name="cells", threshold=5).zeros
    'show'
    """

    name: PolicyName = "base"
    minimum_base: int | None = None
    full_precision: bool = False
    threshold: int = DEFAULT_THRESHOLD
    zeros: Zeros = "show"
    harm: Harm = "log"
    effort: int = DEFAULT_EFFORT
    already_published: tuple[Release, ...] = ()

    def __post_init__(self) -> None:
        if self.name not in get_args(PolicyName):
            self._refuse("there is no such disclosure policy", "policy", self.name, PolicyName)
        if self.minimum_base is not None and self.minimum_base < 0:
            raise ReleaseError(
                "a minimum base cannot be negative",
                where="policy.minimum_base",
                found=str(self.minimum_base),
                allowed="0 or more",
            )
        if not _is_whole(self.threshold) or self.threshold < 1:
            raise ReleaseError(
                "the threshold is no number of respondents",
                where="policy.threshold",
                found=repr(self.threshold),
                allowed="a whole number, 1 or more",
            )
        if not _is_whole(self.effort) or self.effort < 0:
            raise ReleaseError(
                "the effort is no number of unknowns",
                where="policy.effort",
                found=repr(self.effort),
                allowed="a whole number, 0 or more",
            )
        if self.zeros not in get_args(Zeros):
            self._refuse("zeros are shown or hidden", "policy.zeros", self.zeros, Zeros)
        if self.harm not in get_args(Harm):
            self._refuse("there is no such measure of harm", "policy.harm", self.harm, Harm)
        object.__setattr__(self, "already_published", self._published())

    @property
    def complementary(self) -> bool:
        """Whether figures are hidden so that others cannot be worked out."""
        return self.name == "cells"

    @property
    def fewest(self) -> int:
        """Respondents below which a count is small; 0 under ``base``, which counts bases."""
        return self.threshold if self.complementary else 0

    def _published(self) -> tuple[Release, ...]:
        given: object = self.already_published
        several = (given,) if isinstance(given, Release) else given
        if not isinstance(several, tuple | list):
            several = (several,)
        strangers = [type(one).__name__ for one in several if not isinstance(one, Release)]
        if strangers:
            raise ReleaseError(
                "what was published before is told by releases",
                where="policy.already_published",
                found=", ".join(strangers),
                allowed="a tuple of Release",
            )
        return tuple(one for one in several if isinstance(one, Release))

    @staticmethod
    def _refuse(message: str, where: str, found: object, choices: object) -> NoReturn:
        allowed = " or ".join(map(repr, get_args(choices)))
        raise ReleaseError(message, where=where, found=repr(found), allowed=allowed)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
