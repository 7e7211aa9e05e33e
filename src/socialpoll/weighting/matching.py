"""Targets by the codes of the questionnaire, and those that name codes it does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import prod

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, nearest
from socialpoll.responses import Categorical, Responses
from socialpoll.schema.codes import CodeType, CodeValue
from socialpoll.schema.keys import key_of
from socialpoll.weighting.codes import Combination, listed, named
from socialpoll.weighting.margin import Margin

__all__ = ["codes_of", "matched"]

Floats = npt.NDArray[np.float64]


def codes_of(column: Categorical) -> list[CodeValue]:
    """Return the codes of a variable's categories, in schema order."""
    return [one.code for one in column.categories]


def matched(
    margin: Margin, responses: Responses, columns: Mapping[str, Categorical], where: str
) -> tuple[Floats, npt.NDArray[np.bool_], list[Problem]]:
    """Lay out the targets of a margin over all combinations of its variables' categories.

    Parameters
    ----------
    margin : Margin
    responses : Responses
    columns : mapping of str to Categorical
        The margin's variables, and perhaps others.
    where : str
        For messages.

    Returns
    -------
    tuple of (float64 array (L,), bool array (L,), list of Problem)
        Targets, 0 where none is declared; where one is; codes that do not exist, targets that are
        no counts, two targets for one level.
    """
    readers = [_Codes(responses, name, columns[name]) for name in margin.of]
    shape = tuple(len(reader.known) for reader in readers)
    target = np.zeros(prod(shape))
    declared = np.zeros(prod(shape), dtype=np.bool_)
    problems: list[Problem] = []
    for codes, value in margin.targets.values.items():
        at = [reader.place(code) for reader, code in zip(readers, codes, strict=True)]
        if not (np.isfinite(value) and value >= 0):
            problems.append(_no_count(codes, value, where))
        found = [one for one in at if one is not None]
        if len(found) < len(at):
            continue
        place = int(np.ravel_multi_index(found, shape))
        if declared[place]:
            problems.append(_twice(codes, where))
        target[place], declared[place] = value, True
    for reader in readers:
        problems += reader.problems(where)
    return target, declared, problems


class _Codes:
    """The codes of one variable, and those in the targets that it does not have."""

    def __init__(self, responses: Responses, name: str, column: Categorical) -> None:
        variable = responses.questionnaire[name]
        self.name = name
        self.code_type: CodeType = getattr(variable, "code_type", "string")
        self.known = self._places([one.code for one in column.categories])
        self.missing = self._places([one.code for one in column.missing])
        self.codes = codes_of(column)
        self.unknown: dict[CodeValue, int] = {}

    def _places(self, codes: Iterable[CodeValue]) -> dict[CodeValue | None, int]:
        return {key_of(code, self.code_type): place for place, code in enumerate(codes)}

    def place(self, code: CodeValue) -> int | None:
        """Return the place of a code, or remember it as unknown."""
        found = self.known.get(key_of(code, self.code_type))
        if found is None:
            self.unknown[code] = self.unknown.get(code, 0) + 1
        return found

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
                    allowed=nearest(code, self.codes),
                    advice="correct the code, or declare it in the questionnaire",
                )


def _twice(codes: Combination, where: str) -> Problem:
    return Problem(
        "two targets for one level",
        where=where,
        found=named(codes),
        advice="keep one; of a question with integer codes, 1 and '1' are one code",
    )


def _no_count(codes: Combination, value: float, where: str) -> Problem:
    return Problem(
        "a target that is no count and no share",
        where=where,
        found=f"{named(codes)}: {'nothing' if np.isnan(value) else format(value, 'g')}",
        allowed="0 or more",
    )
