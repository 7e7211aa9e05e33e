"""What is wrong with codes that are taken together, in groups or in nets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from socialpoll.errors import nearest
from socialpoll.schema.codes import CodeType, CodeValue
from socialpoll.schema.derived import Group, Grouping, Net
from socialpoll.schema.keys import key_of
from socialpoll.schema.places import Notes, Path
from socialpoll.schema.questions import Multiple, Question, Scale, Single

__all__ = ["check_groups", "check_nets"]


def check_groups(derived: Grouping, source: Question | None, path: Path, notes: Notes) -> None:
    """Note codes that the source does not have, or that are in two groups.

    Parameters
    ----------
    derived : Grouping
    source : Question or None
        It is made from; None where there is none that could be read.
    path : Path
        Of the groups.
    notes : Notes
        Takes the problems.
    """
    code_type, known = _codes_of(source)
    group_of: dict[CodeValue | None, str] = {}
    for place, group in enumerate(derived.groups):
        _check_codes(group, source, (*path, place, "codes"), notes)
        for number, code in enumerate(group.codes):
            key = key_of(code, code_type)
            if key in group_of and (key in known or source is None):
                what = f"the code {code!r} is already in the group {group_of[key]!r}"
                advice = "put each code in one group"
                notes.add((*path, place, "codes", number), what, advice=advice)
            group_of.setdefault(key, group.code)


def check_nets(nets: Sequence[Net], source: Question | None, path: Path, notes: Notes) -> None:
    """Note codes that the source does not have, or that one net names twice."""
    code_type, _ = _codes_of(source)
    for place, net in enumerate(nets):
        here = (*path, place, "codes")
        _check_codes(net, source, here, notes)
        keys = [key_of(code, code_type) for code in net.codes]
        for number, code in enumerate(net.codes):
            if keys[number] in keys[:number]:
                what = f"the code {code!r} is in this net twice"
                notes.add((*here, number), what, advice="name each code once")


def _check_codes(group: Group, source: Question | None, path: Path, notes: Notes) -> None:
    if not group.codes:
        notes.add(path, "the list is empty", advice="name at least one code")
    code_type, known = _codes_of(source)
    for number, code in enumerate(group.codes):
        if source is not None and key_of(code, code_type) not in known:
            what = f"{source.name!r} has no code {code!r}"
            notes.add((*path, number), what, allowed=nearest(code, known.values()))


def _codes_of(source: Question | None) -> tuple[CodeType, Mapping[CodeValue | None, CodeValue]]:
    """Return the type of the codes of a question, and its codes by what they are compared by."""
    if not isinstance(source, Single | Scale | Multiple):
        return "string", {}
    code_type = source.code_type
    return code_type, {key_of(one.code, code_type): one.code for one in source.options}
