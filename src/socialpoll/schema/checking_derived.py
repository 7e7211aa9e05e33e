"""What is wrong with a derived variable, in itself and with respect to its source."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from socialpoll.errors import nearest
from socialpoll.schema.categories import codes_of
from socialpoll.schema.checking_codes import check_each_code
from socialpoll.schema.derived import AnyDerived, Band, Bands, Grouping
from socialpoll.schema.drafting import Draft
from socialpoll.schema.keys import key_of
from socialpoll.schema.places import Notes, Path
from socialpoll.schema.questions import NUMERIC, AnyQuestion, Scale, Single

__all__ = ["check_derived"]


def check_derived(draft: Draft, position: int, notes: Notes) -> None:
    """Note what is wrong with a derived variable.

    Parameters
    ----------
    draft : Draft
    position : int
        Of the derived variable in its section.
    notes : Notes
        Takes the problems.
    """
    derived, path = draft.derived[position], ("derived", position)
    source = _source(draft, derived, path, notes)
    key = "bands" if isinstance(derived, Bands) else "groups"
    codes = [one.code for one in codes_of(derived)]
    check_each_code(codes, "string", (*path, key), notes)
    if isinstance(derived, Bands):
        _check_bands(derived.bands, (*path, key), notes)
    else:
        _check_groups(derived, source, (*path, key), notes)
    missing = {key_of(one.code, "string") for one in (source.missing if source else ())}
    for place, code in enumerate(codes):
        if key_of(code, "string") in missing:
            what = f"the code {code!r} is a missing code of {derived.of!r}"
            notes.add((*path, key, place, "code"), what, advice="give it a code of its own")


def _source(draft: Draft, derived: AnyDerived, path: Path, notes: Notes) -> AnyQuestion | None:
    found = draft.named(derived.of)
    wanted = NUMERIC if isinstance(derived, Bands) else (Single, Scale)
    kinds = "a number or duration" if isinstance(derived, Bands) else "a single or scale"
    if derived.of in draft.broken:
        return None
    if found is None:
        names = [one.name for _, one in draft.asked() if isinstance(one, wanted)]
        what = f"there is no question {derived.of!r}"
        notes.add((*path, "of"), what, allowed=nearest(derived.of, names))
        return None
    source = found[1]
    if not isinstance(source, wanted):
        what = f"{derived.kind} cannot be made of a question of kind {source.kind!r}"
        notes.add((*path, "of"), what, found=repr(derived.of), allowed=f"{kinds} question")
        return None
    return source


def _check_bands(bands: Sequence[Band], path: Path, notes: Notes) -> None:
    ranges = []
    for place, band in enumerate(bands):
        low = -math.inf if band.minimum is None else band.minimum
        high = math.inf if band.maximum is None else band.maximum
        if low > high:
            what = "the minimum is above the maximum"
            notes.add((*path, place, "minimum"), what, found=f"{low:g} and {high:g}")
        else:
            ranges.append((low, high, place))
    ranges.sort()
    for (_, high, first), (low, _, second) in pairwise(ranges):
        if low <= high:
            what = f"the bands {bands[first].code!r} and {bands[second].code!r} overlap"
            found = f"{low:g} is in both"
            advice = "both limits of a band are inside it: let one end before the other begins"
            notes.add((*path, second, "minimum"), what, found=found, advice=advice)


def _check_groups(derived: Grouping, source: AnyQuestion | None, path: Path, notes: Notes) -> None:
    code_type = "string"
    known: dict[object, object] = {}
    if isinstance(source, Single | Scale):
        code_type = source.code_type
        known = {key_of(one.code, code_type): one.code for one in source.options}
    group_of: dict[object, str] = {}
    for place, group in enumerate(derived.groups):
        if not group.codes:
            notes.add((*path, place, "codes"), "the list is empty", advice="name at least one code")
        for number, code in enumerate(group.codes):
            here = (*path, place, "codes", number)
            key = key_of(code, "integer" if code_type == "integer" else "string")
            if source is not None and key not in known:
                allowed = nearest(code, known.values())
                notes.add(here, f"{derived.of!r} has no code {code!r}", allowed=allowed)
            elif key in group_of:
                what = f"the code {code!r} is already in the group {group_of[key]!r}"
                notes.add(here, what, advice="put each code in one group")
            group_of.setdefault(key, group.code)
