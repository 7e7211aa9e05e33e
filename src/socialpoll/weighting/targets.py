"""What is known of the population: a number for every category, or combination of categories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from socialpoll.errors import Problem, TargetError
from socialpoll.schema import UNDETERMINED, Text
from socialpoll.weighting.codes import Combination, as_code, as_number, named, no_number
from socialpoll.weighting.tabulated import in_csv, in_frame, in_rows

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Targets"]

Words = str | Mapping[str, str] | None


@dataclass(frozen=True)
class Targets:
    """Population counts, or shares that sum to 1, by the codes of one or several variables.

    Codes are compared with the questionnaire when weights are made, not here: of an integer
    question ``"1"``, ``1`` and ``1.0`` are one code.

    Parameters
    ----------
    variables : tuple of str
        Names of questions or derived variables; several are a crossing.
    values : mapping of tuple of codes to float
        Counts of persons, or shares; one code a variable.
    source : Text, optional
        Where the numbers come from, for the account of the method.
    date : datetime.date, optional
        When they held.

    Raises
    ------
    TargetError
        Combinations of the wrong length, or targets that are no numbers; all of them at once.

    Examples
    --------
    >>> Targets.of("sex", {"male": 0.501, "female": 0.499}).values
    {('male',): 0.501, ('female',): 0.499}
    """

    variables: tuple[str, ...]
    values: Mapping[Combination, float]
    source: Text | None = None
    date: dt.date | None = None

    def __post_init__(self) -> None:
        variables = _names(self.variables)
        object.__setattr__(self, "variables", variables)
        object.__setattr__(self, "values", _settled(variables, self.values.items()))
        object.__setattr__(self, "source", _text(self.source))

    @classmethod
    def of(
        cls,
        variables: str | Sequence[str],
        values: Mapping[Any, float],
        *,
        source: Words = None,
        date: dt.date | None = None,
    ) -> Self:
        """Make targets from a mapping.

        Parameters
        ----------
        variables : str or sequence of str
            One variable, or those of a crossing.
        values : mapping
            Code to target; for a crossing tuples of codes to target.
        source : str or Text, optional
        date : datetime.date, optional
            As of the class.

        Examples
        --------
        >>> crossed = {("male", "young"): 240, ("male", "old"): 260}
        >>> Targets.of(("sex", "age"), crossed).name
        'sex|age'
        """
        return cls(_names(variables), values, _text(source), date)

    @classmethod
    def from_frame(
        cls, frame: pd.DataFrame, *, source: Words = None, date: dt.date | None = None
    ) -> Self:
        """Make targets from a frame: a column of codes for each variable, and a column ``target``.

        Parameters
        ----------
        frame : pandas.DataFrame
            One row a category, or a combination of categories.
        source : str or Text, optional
        date : datetime.date, optional
            As of the class.

        Raises
        ------
        TargetError
            There is no column ``target`` or no other, a row is there twice, a target is no number.
        """
        return cls(*in_frame(frame), _text(source), date)

    @classmethod
    def from_csv(
        cls, path: str | Path, *, source: Words = None, date: dt.date | None = None
    ) -> Self:
        """Read targets from a CSV file: a column of codes for each variable, and one ``target``.

        Codes stay as they are written: ``01`` is not turned into 1.

        Parameters
        ----------
        path : str or Path
            UTF-8, comma-separated, with a header.
        source : str or Text, optional
        date : datetime.date, optional
            As of the class.

        Raises
        ------
        TargetError
            The file cannot be read, or as in :meth:`from_frame`; lines are counted from 1.
        """
        return cls(*in_csv(Path(path)), _text(source), date)

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[Mapping[str, object]],
        *,
        source: Words = None,
        date: dt.date | None = None,
    ) -> Self:
        """Make targets from rows that name their columns, as a poll file may hold them.

        Parameters
        ----------
        rows : iterable of mapping
            ``{"sex": "male", "age_group": "18-29", "target": 0.12}``; the same columns in each.
        source : str or Text, optional
        date : datetime.date, optional
            As of the class.

        Raises
        ------
        TargetError
            As in :meth:`from_frame`; rows are counted from 1.
        """
        return cls(*in_rows(rows), _text(source), date)

    @property
    def name(self) -> str:
        """The variables joined by ``|``, as breakdowns are written."""
        return named(self.variables)

    def items(self) -> Iterable[tuple[Combination, float]]:
        """Return combinations of codes with their targets, as they were listed."""
        return self.values.items()

    def ordered(self, variables: tuple[str, ...]) -> Targets:
        """Return the same targets with their variables in another order.

        Parameters
        ----------
        variables : tuple of str
            The same names.

        Raises
        ------
        TargetError
            They are other variables.
        """
        if variables == self.variables:
            return self
        if sorted(variables) != sorted(self.variables):
            problem = Problem(
                "the targets are of other variables than the margin",
                where=f"margin {named(variables)}",
                found=", ".join(self.variables),
                allowed=", ".join(variables),
                advice="name the same variables in 'of' and in the columns of the targets",
            )
            raise TargetError(f"the margin {named(variables)}", [problem])
        places = [self.variables.index(name) for name in variables]
        turned = {tuple(key[place] for place in places): one for key, one in self.values.items()}
        return Targets(variables, turned, self.source, self.date)


def _names(variables: str | Sequence[str]) -> tuple[str, ...]:
    return (variables,) if isinstance(variables, str) else tuple(variables)


def _text(words: Words) -> Text | None:
    if words is None:
        return None
    return {UNDETERMINED: words} if isinstance(words, str) else dict(words)


def _settled(
    variables: tuple[str, ...], values: Iterable[tuple[object, object]]
) -> dict[Combination, float]:
    """Return the targets by codes; raise all that is wrong with their form at once."""
    where = named(variables)
    problems = list(_variable_problems(variables))
    listed = list(values)
    if not listed:
        advice = "give each level a count or a share"
        problems.append(Problem("no targets at all", where, advice=advice))
    settled: dict[Combination, float] = {}
    for key, value in listed:
        codes = tuple(as_code(one) for one in (key if isinstance(key, tuple) else (key,)))
        target = as_number(value)
        if len(codes) != len(variables):
            problems.append(_wrong_length(where, variables, codes))
        elif target is None:
            problems.append(no_number(f"{where}: {named(codes)}", value))
        elif codes in settled:
            problems.append(Problem("a second target for the same codes", where, named(codes)))
        else:
            settled[codes] = target
    if problems:
        raise TargetError(f"the targets of {where or 'nothing'}", problems)
    return settled


def _variable_problems(variables: tuple[str, ...]) -> Iterator[Problem]:
    if not variables:
        yield Problem("targets of no variable", advice="name the variable they are of")
    elif len(set(variables)) < len(variables):
        yield Problem("a variable is named twice", found=", ".join(variables))


def _wrong_length(where: str, variables: tuple[str, ...], codes: Combination) -> Problem:
    expected = f"{len(variables)} codes in a tuple: {', '.join(variables)}"
    if len(variables) == 1:
        expected = f"one code of {variables[0]}"
    return Problem("a target of too many or too few codes", where, repr(codes), expected)
