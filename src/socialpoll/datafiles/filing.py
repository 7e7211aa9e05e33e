"""Variables as they go into a file, with what had to be changed for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from socialpoll.datafiles.names import Naming, bytes_of, cut, names_in
from socialpoll.datafiles.variables import EXACT, Value, Variable
from socialpoll.errors import DataFileError, Problem
from socialpoll.schema import AnyQuestion
from socialpoll.schema.keys import key_of, number_of

__all__ = [
    "Filed",
    "Package",
    "filed",
    "number_of_missing",
    "numbered",
    "refusals",
    "require",
    "words_of",
    "written",
]

LARGEST = 2.0**1022
"""Numbers from here on mean nothing to one package or another."""
TITLE = 256
"""Bytes of a title, whatever its characters."""


@dataclass(frozen=True)
class Package:
    """What the files of a statistics package can hold.

    Attributes
    ----------
    name : str
        For messages.
    naming : Naming
    label, title : int
        Longest label of a variable and of the file, in ``naming.size``.
    value_label, words : int
        Bytes of the longest label of a value, and of the longest answer in words.
    lacks : mapping of str to callable
        What no file of it holds, beside what no data file does: a sentence, and of which questions
        it is true.
    """

    name: str
    naming: Naming
    label: int
    title: int
    value_label: int
    words: int
    lacks: Mapping[str, Callable[[AnyQuestion], bool]] = field(default_factory=dict)

    def fitted(self, words: str, most: int) -> str:
        """Return as much of a label as there is room for, without blanks around it."""
        return _fitted(words, most, self.naming.size)

    def titled(self, title: str) -> str:
        """Return as much of a title as there is room for."""
        return _fitted(self.fitted(title, self.title), TITLE, bytes_of)


@dataclass(frozen=True, kw_only=True, eq=False)
class Filed:
    """A variable in a file.

    Attributes
    ----------
    variable : Variable
    name, label : str
        As the package allows them.
    column : array (n,)
        Answers and missing codes as they stand in the file.
    labels : dict of value to str
    missing : list
        What the file declares missing.
    format : str
        How the package shows the values; empty where it decides.
    codes, lacking : mapping of str to str
        Codes of answers and of missing answers that are written otherwise.
    undeclared : tuple of str
        Missing codes that the package takes for answers.
    is_cut : bool
        Whether a label had to be cut.
    """

    variable: Variable
    name: str = ""
    label: str = ""
    column: npt.NDArray[Any]
    labels: dict[Any, str] = field(default_factory=dict)
    missing: list[Any] = field(default_factory=list)
    format: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    lacking: Mapping[str, str] = field(default_factory=dict)
    undeclared: tuple[str, ...] = ()
    is_cut: bool = False


def filed(encoded: Sequence[Filed], package: Package) -> tuple[Filed, ...]:
    """Give variables the names and labels that a package allows.

    Parameters
    ----------
    encoded : sequence of Filed
        With their values; names and labels are still those of the questionnaire.
    package : Package
    """
    names = names_in(package.naming, [one.variable.name for one in encoded])
    return tuple(
        _labelled(replace(one, name=name), package)
        for one, name in zip(encoded, names, strict=True)
    )


def _labelled(one: Filed, package: Package) -> Filed:
    text, short = one.variable.text, one.variable.label
    label = package.fitted(text, package.label)
    if label != text.strip() and short and package.fitted(short, package.label) == short.strip():
        label = short.strip()
    labels = {
        value: _fitted(words, package.value_label, bytes_of) for value, words in one.labels.items()
    }
    whole = all(labels[value] == words.strip() for value, words in one.labels.items())
    kept = {value: words for value, words in labels.items() if words}
    return replace(one, label=label, labels=kept, is_cut=label != text.strip() or not whole)


def numbered(variable: Variable) -> tuple[Variable, dict[str, str]]:
    """Return a variable of codes with numbers from 1 for them, and the number of each code."""
    number = {code: float(place) for place, code in enumerate(variable.labels, start=1)}
    answers = np.array([number.get(one, 0.0) for one in variable.answers.tolist()])
    labels: dict[Value, str] = {number[code]: words for code, words in variable.labels.items()}
    changed = {written(code): written(place) for code, place in number.items()}
    return replace(variable, answers=answers, labels=labels), changed


def written(value: Value) -> str:
    """Write a code, a whole number without a point.

    Examples
    --------
    >>> written(1234567.0), written(2.5), written("01")
    ('1234567', '2.5', '01')
    """
    return str(key_of(value, "string"))


def words_of(variable: Variable) -> npt.NDArray[Any]:
    """Return answers in words with the codes of missing ones, empty where there is neither."""
    words: npt.NDArray[Any] = np.where(variable.state < 0, "", variable.answers)
    for place, one in enumerate(variable.missing):
        words[variable.gave(place)] = str(one.code)
    return words


def number_of_missing(variable: Variable, place: int) -> float | None:
    """Return a missing code as the number that it is; None where it is none, or is an answer."""
    code = variable.missing[place].code
    number = number_of(code)
    if not isinstance(number, float) or abs(number) > EXACT:
        return None
    if key_of(number, "string") != key_of(code, "string"):
        return None
    return None if number in variable.labels or (variable.given == number).any() else number


def refusals(variables: Sequence[Variable], package: Package) -> list[Problem]:
    """Return a problem for every variable with answers that no file of a package can hold."""
    problems = []
    for one in variables:
        where = f"question {one.question!r}" if one.question else f"column {one.name!r}"
        if not one.is_words:
            beyond = one.given[~(np.abs(one.given) < LARGEST)]
            if beyond.size:
                what = f"numbers that {package.name} cannot hold"
                problems.append(Problem(what, where, f"{beyond[0]:g}", f"below {LARGEST:g}"))
            continue
        longest = max((len(words.encode()) for words in one.given), default=0)
        if longest > package.words:
            what = f"words that are too long for {package.name}"
            allowed = f"at most {package.words}"
            problems.append(Problem(what, where, f"{longest} bytes in UTF-8", allowed))
        if any("\0" in words for words in one.given):
            what = "words with the sign of no meaning (U+0000), at which files end them"
            problems.append(Problem(what, where, advice="take it out of the answers"))
    return problems


def require(problems: Sequence[Problem], package: Package) -> None:
    """Raise with all problems, if there are any."""
    if problems:
        raise DataFileError(f"the answers, as a file of {package.name}", problems)


def _fitted(words: str, most: int, size: Callable[[str], int]) -> str:
    return cut(words.replace("\0", "").strip(), most, size).strip()
