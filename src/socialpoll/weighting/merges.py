"""Levels that a margin takes together, because its recipe says so."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, TargetError, nearest
from socialpoll.responses import Categorical
from socialpoll.schema import CodeType, CodeValue
from socialpoll.schema.keys import PLAIN_RULE, is_plain, key_of
from socialpoll.weighting.targeting.codes import Combination, as_code, listed, named

__all__ = ["Merged", "Merges", "combined", "merge_text", "merged", "merges_of"]

Merges: TypeAlias = dict[str, dict[str, Combination]]
"""Variable to new level to the codes that it takes together."""
FEWEST = 2
_BARE = re.compile(r"[A-Za-z0-9_-]+")


class Merged(NamedTuple):
    """The levels of a variable after merging.

    Attributes
    ----------
    codes : tuple of codes
        Of the levels; a merged one stands where its first code stood.
    place : int array (K,)
        Level of each of the variable's categories.
    parts : dict of str to list of int
        New level to the places of the categories that it takes together.
    problems : list of Problem
        Merges that do not fit the questionnaire.
    """

    codes: tuple[CodeValue, ...]
    place: npt.NDArray[np.intp]
    parts: dict[str, list[int]]
    problems: list[Problem]


def merges_of(of: tuple[str, ...], written: Mapping[str, Any] | None, where: str) -> Merges:
    """Read the merges of a margin as they are written.

    Parameters
    ----------
    of : tuple of str
        Variables of the margin.
    written : mapping or None
        New level to a list of codes; by variable where the margin crosses several.
    where : str
        For messages.

    Returns
    -------
    dict
        By variable; those without merges are left out.

    Raises
    ------
    TargetError
        Something else than that, with all mistakes.
    """
    if not written:
        return {}
    problems: list[Problem] = []
    merges: Merges = {}
    for name, table in _by_variable(of, written).items():
        here = f"{where}, merge of {name}"
        if name not in of:
            problems.append(_foreign(of, name, where))
        elif not isinstance(table, Mapping):
            problems.append(_no_table(of, table, here))
        else:
            problems += _form_problems(table, here)
            lists = {new: codes for new, codes in table.items() if _is_list(codes)}
            merges[name] = {str(new).strip(): _codes(codes) for new, codes in lists.items()}
            problems += _repeated(merges[name], here)
    if problems:
        raise TargetError(f"the merges of {where}", problems)
    return {name: one for name, one in merges.items() if one}


def _by_variable(of: tuple[str, ...], written: object) -> Mapping[str, object]:
    """Return merges by variable, however they are written; a single variable needs no name."""
    if isinstance(written, Mapping):
        nested = all(isinstance(one, Mapping) for one in written.values())
        if nested or len(of) > 1:
            return written
    return {of[0]: written}


def merged(
    name: str,
    column: Categorical,
    code_type: CodeType,
    merge: Mapping[str, Combination],
    where: str,
) -> Merged:
    """Take categories of a variable together; what is unsound is left apart and told.

    Parameters
    ----------
    name : str
        Of the variable.
    column : Categorical
    code_type : {"integer", "string"}
        By which codes are compared.
    merge : mapping of str to tuple of codes
        New level to the codes that it takes together.
    where : str
        For messages.
    """
    codes = [one.code for one in column.categories]
    known = {key_of(code, code_type): place for place, code in enumerate(codes)}
    lacking = {key_of(one.code, code_type) for one in column.missing}
    parts: dict[str, list[int]] = {}
    problems: list[Problem] = []
    taken: set[int] = set()
    here = f"{where}, merge of {name}"
    for new, several in merge.items():
        found = [known.get(key_of(code, code_type)) for code in several]
        wrong = [code for code, place in zip(several, found, strict=True) if place is None]
        problems += [_unknown(name, one, codes, here) for one in wrong]
        if key_of(new, code_type) in known or key_of(new, code_type) in lacking:
            problems.append(_clash(name, new, here))
            continue
        places = [one for one in found if one is not None]
        if not taken.isdisjoint(places) or len(set(places)) < len(places):
            problems.append(_same_code(new, here))
        elif places:
            parts[new] = places
            taken.update(places)
    first = np.arange(len(codes))
    names: list[CodeValue] = list(codes)
    for new, places in parts.items():
        first[places] = min(places)
        names[min(places)] = new
    kept, place = np.unique(first, return_inverse=True)
    return Merged(tuple(names[one] for one in kept), place.ravel(), parts, problems)


def combined(merge: Mapping[str, Combination], pair: Sequence[CodeValue]) -> dict[str, Combination]:
    """Return merges with two more levels taken together; levels that were merged are opened.

    Examples
    --------
    >>> combined({}, ("50-59", "60+"))
    {'50-59 or 60+': ('50-59', '60+')}
    >>> combined({"old": ("50-59", "60+")}, ("40-49", "old"))
    {'40-49 or old': ('40-49', '50-59', '60+')}
    """
    codes = tuple(code for one in pair for code in merge.get(str(one), (one,)))
    kept = {new: several for new, several in merge.items() if new not in map(str, pair)}
    return {**kept, " or ".join(map(str, pair)): codes}


def merge_text(of: tuple[str, ...], merges: Mapping[str, Mapping[str, Combination]]) -> str:
    """Return the line of a recipe that merges so.

    Examples
    --------
    >>> merge_text(("age",), {"age": {"50+": ("50-59", "60+")}})
    'merge = { "50+" = ["50-59", "60+"] }'
    """
    tables = {name: _inline(merge) for name, merge in merges.items()}
    if len(of) == 1:
        return f"merge = {tables[of[0]]}"
    return f"merge = {{ {', '.join(f'{_key(name)} = {one}' for name, one in tables.items())} }}"


def _inline(merge: Mapping[str, Combination]) -> str:
    lines = (f"{_key(new)} = [{', '.join(map(_quoted, codes))}]" for new, codes in merge.items())
    return f"{{ {', '.join(lines)} }}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _quoted(name)


def _quoted(code: CodeValue) -> str:
    # A string of JSON is a string of TOML too, but for one character.
    return json.dumps(code, ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_list(codes: object) -> bool:
    return isinstance(codes, Sequence | np.ndarray) and not isinstance(codes, str)


def _codes(codes: Sequence[object]) -> Combination:
    return tuple(as_code(one) for one in codes)


def _form_problems(table: Mapping[str, Any], where: str) -> Iterator[Problem]:
    for new, codes in table.items():
        if not is_plain(str(new).strip()):
            yield Problem(
                "a merged level whose name cannot stand in results",
                where=where,
                found=repr(new),
                allowed=PLAIN_RULE,
            )
        if not _is_list(codes) or len(codes) < FEWEST:
            yield Problem(
                "a merged level takes at least two codes together",
                where=where,
                found=f"{new}: {codes!r}",
                allowed='a list of codes, as in { "50+" = ["50-59", "60+"] }',
            )


def _repeated(merge: Mapping[str, Combination], where: str) -> Iterator[Problem]:
    count = Counter(code for codes in merge.values() for code in codes)
    twice = [str(code) for code, times in count.items() if times > 1]
    if twice:
        yield Problem(
            "a code is merged twice",
            where=where,
            found=listed(twice),
            allowed="each code in one merged level at most",
        )


def _same_code(new: str, where: str) -> Problem:
    return Problem(
        "a code is merged twice",
        where=where,
        found=f"again in {new}",
        allowed="each code in one merged level at most; of a question with integer codes, 1 and "
        "'1' are one code",
    )


def _no_table(of: tuple[str, ...], found: object, where: str) -> Problem:
    allowed = 'a table of new levels to lists of codes: { "50+" = ["50-59", "60+"] }'
    if len(of) > 1:
        allowed = f"a table by variable ({', '.join(of)}), as in {{ {of[0]} = {{ new = [...] }} }}"
    return Problem("merges of the wrong kind", where=where, found=repr(found), allowed=allowed)


def _foreign(of: tuple[str, ...], name: object, where: str) -> Problem:
    return Problem(
        "a merge of a variable that the margin does not have",
        where=where,
        found=repr(name),
        allowed=nearest(name, of),
        advice=f"margin {named(of)} merges by variable: {{ {of[0]} = {{ new = [...] }} }}",
    )


def _unknown(name: str, code: CodeValue, codes: Sequence[CodeValue], where: str) -> Problem:
    return Problem(
        f"a merge of a code that {name!r} does not have",
        where=where,
        found=repr(code),
        allowed=nearest(code, codes),
        advice="correct the code, or declare it in the questionnaire",
    )


def _clash(name: str, new: str, where: str) -> Problem:
    return Problem(
        f"a merged level has the name of a code of {name!r}",
        where=where,
        found=repr(new),
        advice="give the merged level a name of its own, so that a target for it is no other's",
    )
