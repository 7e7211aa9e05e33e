"""Answers of people who were drawn from the synthetic register, to the bundled questionnaire."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Mapping
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, Self

from socialpoll.demo import FOLDER
from socialpoll.demo.citizens import GROUP_OF_EDUCATION, SEXES, Citizens, age_group_of
from socialpoll.demo.fieldwork import Fieldwork
from socialpoll.demo.synthesise import COLUMNS as OF_POLL
from socialpoll.errors import Problem, RegisterError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "KNOWN", "SEED", "simulated_answers"]

SEED = 2024
CASE = "case"
KNOWN = ("governorate", "sex", "age", "education")
"""What must be known of people to simulate their answers."""
COLUMNS = tuple(name for name in OF_POLL if name not in {"governorate", "base_weight"})
"""Of a file of answers: where somebody lives is known before."""


class _Person(NamedTuple):
    """Somebody who is called; ``education`` is missing where the register has none."""

    governorate: str
    sex: str
    age: int
    education: str

    @classmethod
    def of(cls, told: Mapping[Hashable, object], citizens: Citizens, uniform: float) -> Self:
        """Take what is known; an education that is not known is as common as in the census."""
        sex, age = str(told["sex"]), int(float(str(told["age"])))
        education = told["education"]
        if not isinstance(education, str):
            alike = [one for one in citizens.profiles if SEXES[one.sex] == sex and one.has(age)]
            limits = list(accumulate(one.persons for one in alike))
            education = alike[bisect_right(limits, uniform * limits[-1])].education
        return cls(str(told["governorate"]), sex, age, education)

    @property
    def says(self) -> dict[str, str]:
        return {"sex": self.sex, "age": str(self.age), "education": self.education}


def simulated_answers(people: pd.DataFrame, seed: int = SEED) -> pd.DataFrame:
    """Call people, and return what came of it: no person and no answer is real.

    The chances of an interview and of every answer are those of the bundled poll, by governorate,
    sex, age and education. Who is interviewed says sex, age and education as the register has them;
    an education that the register does not have is drawn as it is common at sex and age.

    Parameters
    ----------
    people : pandas.DataFrame
        A row a sampled case, with ``case``, ``governorate``, ``sex``, ``age`` (completed years,
        from 18 on) and ``education``, in the codes of the bundled questionnaire.
    seed : int
        Of the random numbers (PCG64).

    Returns
    -------
    pandas.DataFrame
        A row a case, in the order of ``case``: ``disposition`` (``interview``, ``refusal``,
        ``no_contact``, ``other``) and, after an interview, the answers as texts, in the columns of
        the file of answers. The order of people makes no difference.

    Raises
    ------
    RegisterError
        A column is not there.
    """
    import pandas as pd

    _require_columns(people)
    citizens = Citizens.read(FOLDER)
    fieldwork = Fieldwork.among(citizens, seed)
    places = {name: place for place, name in enumerate(citizens.governorates)}
    rows = []
    for told in people[[CASE, *KNOWN]].sort_values(CASE).to_dict("records"):
        person = _Person.of(told, citizens, fieldwork.uniform())
        education = GROUP_OF_EDUCATION[person.education]
        age = age_group_of(person.age)
        seen = (places[person.governorate], SEXES.index(person.sex), age, education)
        rows.append({CASE: told[CASE]} | fieldwork.call(seen, partial(getattr, person, "says")))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _require_columns(people: pd.DataFrame) -> None:
    lacking = [name for name in (CASE, *KNOWN) if name not in people]
    if lacking:
        problem = Problem(
            "what decides of answers is not known",
            "people",
            f"no column {', '.join(map(repr, lacking))}",
            advice=f"give the variables {', '.join(KNOWN)} of the population beside each case",
        )
        raise RegisterError("the people who are called", [problem])
