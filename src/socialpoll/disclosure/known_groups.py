"""Groups whose weight everybody knows, because the weights were made to reach it.

How many respondents such a group has, its weight bounds from below: with the sum of squared weights
q, which effective sizes and standard errors tell, there are at least w²/q (Cauchy and Schwarz). No
suppression helps, for neither figure comes from a table; so no group may be small.
"""

from __future__ import annotations

from collections.abc import Iterable

from socialpoll.errors import Problem, SmallGroupsError
from socialpoll.weighting import KnownSum

__all__ = ["refuse_small_groups", "small_groups"]

ADVICE = (
    "merge them in the recipe before weighting, by 'merge' in the margin or by a grouping, "
    "until each has that many; socialpoll.lint ranks merges"
)


def small_groups(known: Iterable[KnownSum], fewest: int) -> tuple[Problem, ...]:
    """Return a problem for each margin with groups that are too small.

    Parameters
    ----------
    known : iterable of KnownSum
    fewest : int
        Respondents that each must have, as the policy says; 0 where it asks for none.

    Returns
    -------
    tuple of Problem
        They name all groups that have fewer, and no number of respondents.
    """
    small: dict[str, list[str]] = {}
    for one in known:
        if one.cases < fewest and not one.everybody:
            parts = (one.wave and f"wave {one.wave!r}", one.step, f"margin {one.margin}")
            groups = small.setdefault(", ".join(part for part in parts if part), [])
            if one.group not in groups:
                groups.append(one.group)
    return tuple(
        Problem(
            "the weights were made to reach population figures of groups with fewer respondents "
            "than the threshold of the policy 'cells'",
            where=where,
            found=", ".join(groups),
            allowed=f"groups of at least {fewest} respondents",
            advice=ADVICE,
        )
        for where, groups in small.items()
    )


def refuse_small_groups(known: Iterable[KnownSum], fewest: int) -> None:
    """Refuse weights that were made to reach what small groups weigh.

    Raises
    ------
    SmallGroupsError
        With a problem for each margin of each step.
    """
    found = small_groups(known, fewest)
    if found:
        raise SmallGroupsError("the weights", found)
