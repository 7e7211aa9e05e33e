"""What there is to say about the names of the columns of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

__all__ = ["findings_on_names"]

SHOWN_AT_MOST = 20


def findings_on_names(names: Sequence[str]) -> Iterator[str]:
    """Yield a sentence on the columns without a name, and one on the names of several columns.

    Examples
    --------
    >>> for one in findings_on_names(["sex", "", "sex", "age"]):
    ...     print(one)
    columns without a name: 2 (counted from 1)
    names of more than one column: 'sex' (1, 3)
    """
    nameless = [str(place) for place, name in enumerate(names, start=1) if not name.strip()]
    if nameless:
        yield f"columns without a name: {_listed(nameless)} (counted from 1)"
    times = Counter(names)
    places: dict[str, list[str]] = {}
    for place, name in enumerate(names, start=1):
        if name.strip() and times[name] > 1:
            places.setdefault(name, []).append(str(place))
    if places:
        told = [f"{name!r} ({_listed(where)})" for name, where in places.items()]
        yield f"names of more than one column: {_listed(told)}"


def _listed(words: Sequence[str]) -> str:
    more = len(words) - SHOWN_AT_MOST
    return ", ".join(words[:SHOWN_AT_MOST]) + (f" and {more} more" if more > 0 else "")
