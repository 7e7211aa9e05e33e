"""Disclosure policies: how respondents are protected from being recognised in a publication."""

from __future__ import annotations

from dataclasses import dataclass

from socialpoll.errors import ReleaseError

__all__ = ["DEFAULT_MINIMUM", "Policy"]

DEFAULT_MINIMUM = 30
PLANNED = ("cells",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What may be shown at all, and how exactly.

    Parameters
    ----------
    name : {"base"}
        ``base`` publishes a domain when enough respondents stand behind it, whatever the rows.
        It cannot protect questions marked ``sensitive``.
    minimum_base : int, optional
        Respondents below which a domain is suppressed with all its rows, those fixed by weighting
        included. Where absent, the largest minimum of the :class:`MinBase` rules, else 30.
    full_precision : bool
        Release figures as they were computed. By default they are rounded once, half away from
        zero: shares and ratios to 3 decimals, other figures to 1, counts to whole numbers.

    Raises
    ------
    ReleaseError
        The policy is not known, or its minimum is negative.

    Examples
    --------
    >>> Policy(minimum_base=50).name
    'base'
    """

    name: str = "base"
    minimum_base: int | None = None
    full_precision: bool = False

    def __post_init__(self) -> None:
        if self.name in PLANNED:
            raise ReleaseError(
                f"the disclosure policy {self.name!r} is not part of this version",
                where="policy",
                found=repr(self.name),
                allowed="'base'",
                advice="leave questions that need it out of the estimates",
            )
        if self.name != "base":
            raise ReleaseError(
                "there is no such disclosure policy",
                where="policy",
                found=repr(self.name),
                allowed="'base'",
            )
        if self.minimum_base is not None and self.minimum_base < 0:
            raise ReleaseError(
                "a minimum base cannot be negative",
                where="policy.minimum_base",
                found=str(self.minimum_base),
                allowed="0 or more",
            )
