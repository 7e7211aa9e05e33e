"""Names of variables as a questionnaire can hold them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

__all__ = ["plain_names", "unused"]

_OTHER = re.compile(r"[^\w.\-]")


def plain_names(names: Sequence[str]) -> dict[str, str]:
    """Return a plain name for each name; those that are plain already keep theirs.

    Examples
    --------
    >>> plain_names(["sex", "q@1", "q_1", "_x"])
    {'sex': 'sex', 'q@1': 'q_1_2', 'q_1': 'q_1', '_x': 'x'}
    """
    made = {one: _OTHER.sub("_", one).lstrip("_") or "variable" for one in names}
    taken = {one for one in names if made[one] == one}
    plain = {}
    for one in names:
        plain[one] = one if made[one] == one else unused(made[one], taken)
        taken.add(plain[one])
    return plain


def unused(name: str, taken: Collection[str]) -> str:
    """Return a name, with a number behind it where it is taken."""
    number, made = 1, name
    while made in taken:
        number += 1
        made = f"{name}_{number}"
    return made
