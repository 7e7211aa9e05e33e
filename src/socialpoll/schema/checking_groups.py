"""What is wrong with codes that are taken together, in groups or in nets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from socialpoll.errors import nearest
from socialpoll.schema.checking_codes import check_plain, note_never_asked
from socialpoll.schema.codes import CodeType, CodeValue
from socialpoll.schema.derived import Group, Grouping, MadeMissing, Net, Together
from socialpoll.schema.keys import key_of
from socialpoll.schema.places import Notes, Path
from socialpoll.schema.questions import Multiple, Question, Scale, Single

__all__ = ["check_groups", "check_nets"]


def check_groups(derived: Grouping, source: Question | None, path: Path, notes: Notes) -> None:
    """Note codes that the source does not have, or that are in two places; a rest without place.

    Parameters
    ----------
    derived : Grouping
    source : Question or None
        It is made from; None where there is none that could be read.
    path : Path
        Of the grouping.
    notes : Notes
        Takes the problems.
    """
    code_type, known = _codes_of(source)
    place_of: dict[CodeValue | None, str] = {}
    groups = [((*path, "groups", place), one) for place, one in enumerate(derived.groups)]
    lacks = [((*path, "missing", place), one) for place, one in enumerate(derived.missing)]
    several: list[tuple[Path, Group | MadeMissing]] = [*groups, *lacks]
    for here, one in several:
        _check_codes(one, source, (*here, "codes"), notes)
        if isinstance(one, Group) and not one.codes and one.code != derived.rest:
            _note_empty((*here, "codes"), notes)
        for number, code in enumerate(one.codes):
            key = key_of(code, code_type)
            if key in place_of and (key in known or source is None):
                what = f"the code {code!r} is already in the {place_of[key]}"
                advice = "put each code in one group"
                notes.add((*here, "codes", number), what, advice=advice)
            which = "group" if isinstance(one, Group) else "missing code"
            place_of.setdefault(key, f"{which} {one.code!r}")
    _check_missing(derived, source, path, notes)


def _check_missing(derived: Grouping, source: Question | None, path: Path, notes: Notes) -> None:
    """Note missing codes that are codes of groups, or there twice; and a rest without place."""
    groups = [one.code for one in derived.groups]
    taken = {key_of(one, "string") for one in groups}
    for place, one in enumerate(derived.missing):
        here = (*path, "missing", place)
        check_plain(one.code, (*here, "code"), notes)
        if key_of(one.code, "string") in taken:
            what = f"the code {one.code!r} is taken"
            notes.add((*here, "code"), what, advice="give each a code of its own")
        taken.add(key_of(one.code, "string"))
        if one.in_base and one.reason == "not_asked":
            note_never_asked((*here, "in_base"), notes)
    if derived.rest is None:
        return
    lacks = [*derived.missing, *(() if source is None else source.missing)]
    codes = [*groups, *(one.code for one in lacks)]
    if key_of(derived.rest, "string") not in {key_of(one, "string") for one in codes}:
        what = f"there is no group and no missing code {derived.rest!r}"
        notes.add((*path, "rest"), what, allowed=nearest(derived.rest, codes))


def check_nets(nets: Sequence[Net], source: Question | None, path: Path, notes: Notes) -> None:
    """Note codes that the source does not have, or that one net names twice."""
    code_type, _ = _codes_of(source)
    for place, net in enumerate(nets):
        here = (*path, place, "codes")
        _check_codes(net, source, here, notes)
        if not net.codes:
            _note_empty(here, notes)
        keys = [key_of(code, code_type) for code in net.codes]
        for number, code in enumerate(net.codes):
            if keys[number] in keys[:number]:
                what = f"the code {code!r} is in this net twice"
                notes.add((*here, number), what, advice="name each code once")


def _check_codes(
    one: Together | MadeMissing, source: Question | None, path: Path, notes: Notes
) -> None:
    code_type, known = _codes_of(source)
    for number, code in enumerate(one.codes):
        if source is not None and key_of(code, code_type) not in known:
            what = f"{source.name!r} has no code {code!r}"
            notes.add((*path, number), what, allowed=nearest(code, known.values()))


def _note_empty(path: Path, notes: Notes) -> None:
    notes.add(path, "the list is empty", advice="name at least one code")


def _codes_of(source: Question | None) -> tuple[CodeType, Mapping[CodeValue | None, CodeValue]]:
    """Return the type of the codes of a question, and its codes by what they are compared by."""
    if not isinstance(source, Single | Scale | Multiple):
        return "string", {}
    code_type = source.code_type
    return code_type, {key_of(one.code, code_type): one.code for one in source.options}
