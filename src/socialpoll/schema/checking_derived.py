"""What is wrong with a derived variable, in itself and with respect to its source."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from socialpoll.errors import nearest
from socialpoll.schema.categories import codes_of
from socialpoll.schema.checking_boxes import check_boxes
from socialpoll.schema.checking_codes import check_each_code, check_scores
from socialpoll.schema.checking_groups import check_groups, check_nets
from socialpoll.schema.derived import AnyDerived, Band, Bands, Boxes, Grouping, Nets
from socialpoll.schema.drafting import Draft
from socialpoll.schema.keys import key_of
from socialpoll.schema.places import Notes, Path
from socialpoll.schema.questions import NUMERIC, Multiple, OneAnswer, Scale, Single

__all__ = ["check_derived"]

SOURCES: dict[type, tuple[tuple[type, ...], str]] = {
    Bands: ((*NUMERIC, Multiple), "a number, duration or multiple"),
    Grouping: ((Single, Scale), "a single or scale"),
    Nets: ((Multiple, Single, Scale), "a multiple, single or scale"),
    Boxes: ((Scale,), "a scale"),
}
"""Of which questions each kind can be made."""
KEYS: dict[type, str] = {Bands: "bands", Grouping: "groups", Nets: "nets"}
"""Where each kind declares its codes."""


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
    if isinstance(derived, Boxes):
        if isinstance(source, Scale) and derived.name not in draft.broken:
            check_boxes(derived, source, path, notes)
        return
    here = (*path, KEYS[type(derived)])
    codes = [one.code for one in codes_of(derived)]
    check_each_code(codes, "string", here, notes)
    check_scores(codes_of(derived), here, notes)
    match derived:
        case Bands(bands=bands):
            _check_bands(bands, here, notes)
        case Grouping():
            check_groups(derived, source, path, notes)
        case Nets(nets=nets):
            check_nets(nets, source, here, notes)
    missing = {key_of(one.code, "string") for one in (source.missing if source else ())}
    for place, code in enumerate(codes):
        if key_of(code, "string") in missing:
            what = f"the code {code!r} is a missing code of {derived.of!r}"
            notes.add((*here, place, "code"), what, advice="give it a code of its own")


def _source(draft: Draft, derived: AnyDerived, path: Path, notes: Notes) -> OneAnswer | None:
    if derived.of in draft.broken:
        return None
    wanted, kinds = SOURCES[type(derived)]
    found = draft.named(derived.of)
    if found is None:
        _note_unknown(draft, derived, path, notes)
        return None
    source = found[1]
    if not isinstance(source, wanted):
        what = f"{derived.kind} cannot be made of a question of kind {source.kind!r}"
        notes.add((*path, "of"), what, found=repr(derived.of), allowed=f"{kinds} question")
        return None
    return source


def _note_unknown(draft: Draft, derived: AnyDerived, path: Path, notes: Notes) -> None:
    """Note a source that is no question."""
    others = {one.name: one.of for one in draft.derived.values()}
    if derived.of in others and derived.of != derived.name:
        what = f"{derived.of!r} is a derived variable itself"
        advice = f"make this one of {others[derived.of]!r} too"
        allowed = "a question"
        notes.add((*path, "of"), what, allowed=allowed, advice=advice)
        return
    wanted, _ = SOURCES[type(derived)]
    names = [one.name for _, one in draft.asked() if isinstance(one, wanted)]
    what = f"there is no question {derived.of!r}"
    notes.add((*path, "of"), what, allowed=nearest(derived.of, names))


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
