"""What is known of the population: a number for every category, or combination of categories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from socialpoll.errors import Problem, TargetError
from socialpoll.schema import UNDETERMINED, Text
from socialpoll.weighting.targeting.codes import Combination, named
from socialpoll.weighting.targeting.enumerated import in_population
from socialpoll.weighting.targeting.estimated import as_estimates, in_estimates, in_responses
from socialpoll.weighting.targeting.settling import settled
from socialpoll.weighting.targeting.tabulated import in_csv, in_frame, in_rows

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.responses import Responses, Scan
    from socialpoll.weighting.weights import Weights

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
    estimated : bool
        Whether they are estimates of another poll, which have a sampling error of their own.

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
    estimated: bool = False

    def __post_init__(self) -> None:
        variables = _names(self.variables)
        object.__setattr__(self, "variables", variables)
        object.__setattr__(self, "values", settled(variables, self.values.items()))
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

        Codes stay as they are written: ``01`` is not turned into 1. Columns ``label_…`` and ``n``
        are passed over: :func:`write_targets_template` has them for those who fill it in.

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

    @classmethod
    def from_weights(
        cls,
        weights: Weights | Responses | Scan,
        of: str | Sequence[str],
        *,
        missing: Literal["raise", "leave_out"] = "raise",
        source: Words = None,
        date: dt.date | None = None,
    ) -> Self:
        """Take the weighted figures of another poll.

        Parameters
        ----------
        weights : Weights, Responses or Scan
            Of that poll; responses, and answers that lie elsewhere, count with their base weights.
        of : str or sequence of str
            One variable of its questionnaire, or those of a crossing.
        missing : {"raise", "leave_out"}
            What becomes of its interviews without a value: an error that counts them, or they are
            left out and the targets are shares among the others.
        source : str or Text, optional
            By default the title of its questionnaire; that it is an estimate is added.
        date : datetime.date, optional
            By default the last day of its fieldwork, where that is declared.

        Returns
        -------
        Targets
            Counts for every combination of codes, 0 where nobody has it; shares where the weights
            sum to no population but to the number of interviews. They are ``estimated``.

        Raises
        ------
        TargetError
            A variable is not there or has no categories, interviews have no value of it, or
            nobody counts.
        """
        found = in_responses(weights, _names(of), missing)
        words = as_estimates(_text(source) or found.title)
        return cls(found.variables, found.values, words, date or found.date, estimated=True)

    @classmethod
    def from_estimates(
        cls,
        frame: pd.DataFrame,
        of: str | Sequence[str],
        *,
        source: Words = None,
        date: dt.date | None = None,
    ) -> Self:
        """Take shares that were estimated, from rows in the column contract of estimates.

        Parameters
        ----------
        frame : pandas.DataFrame
            With the columns question, item, category, statistic, breakdown, domain, estimate and
            population: ``estimates.frame`` of one wave.
        of : str or sequence of str
            A question whose shares are there for everybody; for a crossing, the question and the
            variables of a breakdown that its shares are there by, in any order.
        source : str or Text, optional
            That it is an estimate is added.
        date : datetime.date, optional
            As of the class.

        Returns
        -------
        Targets
            ``estimate`` times ``population``: persons. They are ``estimated``.

        Raises
        ------
        TargetError
            A column is not there, no row fits, two rows are of one figure, a figure is empty.
        """
        found = in_estimates(frame, _names(of))
        return cls(*found, as_estimates(_text(source)), date, estimated=True)

    @classmethod
    def from_population(
        cls,
        frame: pd.DataFrame,
        of: str | Sequence[str],
        *,
        count: str | None = None,
        source: Words = None,
        date: dt.date | None = None,
    ) -> Self:
        """Count the units of a population: an extract of a register, or a frame of counts.

        Parameters
        ----------
        frame : pandas.DataFrame
            One row a unit; or any number of rows that a column counts.
        of : str or sequence of str
            The columns of codes.
        count : str, optional
            Column of the number of units that a row stands for.
        source : str or Text, optional
        date : datetime.date, optional
            As of the class.

        Returns
        -------
        Targets
            A count for every combination of codes that occurs.

        Raises
        ------
        TargetError
            A column is not there, units have no code, a count is no number or below 0; with the
            rows, counted from 0.

        Examples
        --------
        >>> import pandas as pd
        >>> register = pd.DataFrame(
        ...     {"sex": ["male", "female", "female"], "born": [1980, 1990, 1970]}
        ... )
        >>> Targets.from_population(register, "sex").values
        {('male',): 1.0, ('female',): 2.0}
        """
        return cls(*in_population(frame, _names(of), count), _text(source), date)

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
        return replace(self, variables=variables, values=turned)


def _names(variables: str | Sequence[str]) -> tuple[str, ...]:
    return (variables,) if isinstance(variables, str) else tuple(variables)


def _text(words: Words) -> Text | None:
    if words is None:
        return None
    return {UNDETERMINED: words} if isinstance(words, str) else dict(words)
