"""The population of a poll: those people of a register who belong to it, as the poll sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING

from socialpoll.errors import Problem, RegisterError, nearest
from socialpoll.register.registers import PERSON
from socialpoll.schema import Text
from socialpoll.weighting import Targets

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.schema import CodeValue

__all__ = ["Population"]


@dataclass(frozen=True, eq=False)
class Population:
    """The people whom a poll is about, in the variables of its questionnaire.

    Attributes
    ----------
    frame : pandas.DataFrame
        A row a person, in the order of ``person``: the pseudonym of kind ``person``. A column for
        every question that the register has the answer to, and for every derived variable made of
        these, in codes; ages in completed years. For every key of the register its pseudonyms.
    left_out : pandas.DataFrame
        How many people of the register do not belong to it, and why: ``reason``, ``people``.
        Reasons are ``not_born``, ``younger``, ``older``, ``no_birth_date``, ``not_where``, and
        ``no_NAME`` of what must be complete; everybody is counted by the first.
    date : datetime.date
        On which they had these ages.
    source : Text
        What is said of where targets come from.
    keys : tuple of str
        Which columns of ``frame`` are pseudonyms of households, blocks and the like.
    """

    frame: pd.DataFrame = field(repr=False)
    left_out: pd.DataFrame = field(repr=False)
    date: dt.date
    source: Text
    keys: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.frame)

    def __repr__(self) -> str:
        return f"<Population of {len(self)} people on {self.date}>"

    @property
    def variables(self) -> tuple[str, ...]:
        """The columns of ``frame`` that are answers: neither people nor keys."""
        return tuple(one for one in self.frame.columns if one not in (PERSON, *self.keys))

    def targets(self, *of: str) -> Targets:
        """Count the people by the codes of one variable, or of several crossed.

        Parameters
        ----------
        of : str
            Variables with codes, each an argument of its own.

        Returns
        -------
        Targets
            People for every combination of codes, 0 where nobody has it; with the source and the
            date of the population.

        Raises
        ------
        RegisterError
            A variable is not there, or has numbers and no codes; people have no value of it.
        """
        problems = list(self._problems(of))
        if problems:
            raise RegisterError("what targets are asked of", problems)
        counted = Targets.from_population(self.frame, of, source=self.source, date=self.date)
        every = dict.fromkeys(product(*map(self._codes, of)), 0.0)
        return replace(counted, values=every | dict(counted.values))

    def _problems(self, of: tuple[str, ...]) -> Iterator[Problem]:
        if not of:
            allowed = ", ".join(self.variables)
            yield Problem("targets of no variable", allowed=allowed, advice="name one or several")
        for name in of:
            where = f"variable {name!r}"
            if name not in self.variables:
                what, allowed = "there is no such variable", nearest(name, self.variables)
                yield Problem(what, where, allowed=allowed)
            elif self.frame[name].dtype.kind == "f":
                advice = "give the questionnaire bands of it"
                yield Problem("a variable of numbers has no codes", where, advice=advice)
            elif lacking := int(self.frame[name].isna().sum()):
                advice = f"name it in complete = ({name!r},): they are left out, and counted"
                found = f"{lacking} of {len(self)} people"
                yield Problem("people have no value", where, found, advice=advice)

    def _codes(self, name: str) -> list[CodeValue]:
        """Return the codes of a variable in the order of the questionnaire."""
        column = self.frame[name]
        return list(column.cat.categories if hasattr(column, "cat") else column.unique())
