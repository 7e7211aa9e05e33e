"""Targets by the codes of the questionnaire, and those that name codes it does not have."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from math import prod
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, nearest
from socialpoll.responses import Categorical, Responses
from socialpoll.schema.codes import CodeType, CodeValue
from socialpoll.schema.keys import key_of
from socialpoll.weighting.margin import Margin
from socialpoll.weighting.merges import Merged, merged
from socialpoll.weighting.targeting.codes import Combination, listed, named

__all__ = ["Matched", "matched"]

Floats = npt.NDArray[np.float64]


class Matched(NamedTuple):
    """The targets of a margin over all combinations of its variables' levels.

    Attributes
    ----------
    levels : tuple of Merged
        Of each variable.
    target : float64 array (L,)
        0 where none is declared.
    declared : bool array (L,)
        Whether there is a target.
    covered : bool array (K,)
        Whether there is one for each combination of categories, before any are merged.
    misnamed : bool
        Whether there are targets of codes that do not exist.
    problems : list of Problem
        Codes that do not exist, merges that do not fit, targets that are no counts, two targets
        for one level.
    """

    levels: tuple[Merged, ...]
    target: Floats
    declared: npt.NDArray[np.bool_]
    covered: npt.NDArray[np.bool_]
    misnamed: bool
    problems: list[Problem]


def matched(
    margin: Margin, responses: Responses, columns: Mapping[str, Categorical], where: str
) -> Matched:
    """Lay out the targets of a margin over all combinations of its variables' levels.

    Parameters
    ----------
    margin : Margin
    responses : Responses
    columns : mapping of str to Categorical
        The margin's variables, and perhaps others.
    where : str
        For messages.
    """
    readers = [
        _Codes(responses, name, columns[name], margin.merge.get(name, {}), where)
        for name in margin.of
    ]
    problems = [one for reader in readers for one in reader.merged.problems]
    covered = np.zeros([reader.merged.place.size for reader in readers], dtype=np.bool_)
    shape = tuple(len(reader.merged.codes) for reader in readers)
    found: dict[int, list[float]] = {}
    for codes, value in margin.targets.values.items():
        parts = [reader.places(code) for reader, code in zip(readers, codes, strict=True)]
        sound = np.isfinite(value) and value >= 0
        if not sound:
            problems.append(_no_count(codes, value, where))
        if not all(parts):
            continue
        if covered[np.ix_(*parts)].any():
            problems.append(_twice(codes, where))
        covered[np.ix_(*parts)] = True
        at = [reader.merged.place[part[0]] for reader, part in zip(readers, parts, strict=True)]
        found.setdefault(int(np.ravel_multi_index(at, shape)), []).append(
            value if sound else math.nan
        )
    problems += [one for reader in readers for one in reader.problems(where)]
    target = np.zeros(prod(shape))
    declared = np.zeros(prod(shape), dtype=np.bool_)
    for place, values in found.items():
        # An exact sum does not depend on the order in which the targets are listed.
        target[place], declared[place] = math.fsum(values), True
    misnamed = any(reader.unknown for reader in readers)
    levels = tuple(reader.merged for reader in readers)
    return Matched(levels, target, declared, covered.ravel(), misnamed, problems)


class _Codes:
    """The codes of one variable, and those in the targets that it does not have."""

    def __init__(
        self,
        responses: Responses,
        name: str,
        column: Categorical,
        merge: Mapping[str, Combination],
        where: str,
    ) -> None:
        variable = responses.questionnaire[name]
        self.name = name
        self.code_type: CodeType = getattr(variable, "code_type", "string")
        self.merged = merged(name, column, self.code_type, merge, where)
        self.known = self._keyed([one.code for one in column.categories])
        self.missing = self._keyed([one.code for one in column.missing])
        parts = self.merged.parts.items()
        self.parts = {key_of(new, self.code_type): places for new, places in parts}
        self.codes = [one.code for one in column.categories]
        self.unknown: dict[CodeValue, int] = {}

    def _keyed(self, codes: Iterable[CodeValue]) -> dict[CodeValue | None, int]:
        return {key_of(code, self.code_type): place for place, code in enumerate(codes)}

    def places(self, code: CodeValue) -> list[int]:
        """Return the places of the categories of a code; remember it where there are none."""
        key = key_of(code, self.code_type)
        if key in self.parts:
            return self.parts[key]
        found = self.known.get(key)
        if found is None:
            self.unknown[code] = self.unknown.get(code, 0) + 1
            return []
        return [found]

    def problems(self, where: str) -> Iterator[Problem]:
        """Yield the codes that were not known."""
        for code in self.unknown:
            if key_of(code, self.code_type) in self.missing:
                yield Problem(
                    f"a target for a missing code of {self.name!r}",
                    where=where,
                    found=repr(code),
                    allowed=listed(list(map(str, self.codes))),
                    advice="leave it out: targets are of those who have an answer",
                )
            else:
                yield Problem(
                    f"a target for a code that {self.name!r} does not have",
                    where=where,
                    found=repr(code),
                    allowed=nearest(code, [*self.codes, *self.merged.parts]),
                    advice="correct the code, or declare it in the questionnaire",
                )


def _twice(codes: Combination, where: str) -> Problem:
    return Problem(
        "two targets for one level",
        where=where,
        found=named(codes),
        advice="keep one; of a question with integer codes, 1 and '1' are one code, and a merged "
        "level has either its own target or those of its codes",
    )


def _no_count(codes: Combination, value: float, where: str) -> Problem:
    return Problem(
        "a target that is no count and no share",
        where=where,
        found=f"{named(codes)}: {'blank' if np.isnan(value) else format(value, 'g')}",
        allowed="0 or more",
        advice="give the number of persons, or their share; 0 where there is nobody",
    )
