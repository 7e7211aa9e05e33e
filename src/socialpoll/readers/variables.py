"""Variables as SPSS and Stata declare them, and the one place where they become questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from socialpoll.readers.calendars import Calendar
from socialpoll.readers.notes import Notes
from socialpoll.readers.reasons import reason_of
from socialpoll.readers.tongue import Tongue
from socialpoll.schema import AnyQuestion, Code, CodeType, CodeValue, Missing, Number, Scale, Single
from socialpoll.schema.keys import is_plain, key_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Interpreter", "Measure", "Value", "Variable", "code_of"]

Value: TypeAlias = str | int | float
Measure: TypeAlias = Literal["nominal", "ordinal", "scale", "unknown"]
MOST_UNLABELLED = 100
MOST_MISSING = 100
MOST_WORDS = 50


@dataclass(frozen=True, kw_only=True)
class Variable:
    """A variable of a data file.

    Attributes
    ----------
    name : str
        The column of the frame.
    label : str
        Empty where there is none.
    labels : mapping of value to str
        Of values, missing ones among them.
    missing : tuple of values
        Declared missing, as far as they have a label or stand in the data.
    measure : {"nominal", "ordinal", "scale", "unknown"}
        As declared.
    calendar : {"date", "moment", "clock"}, optional
        What the numbers count, where they are dates or times.
    """

    name: str
    label: str = ""
    labels: Mapping[Value, str] = field(default_factory=dict)
    missing: tuple[Value, ...] = ()
    measure: Measure = "unknown"
    calendar: Calendar | None = None

    def texts(self) -> tuple[str, ...]:
        """Return every text."""
        return (self.label, *self.labels.values())


@dataclass(frozen=True)
class Interpreter:
    """Makes questions of variables, and notes whatever it had to guess.

    Attributes
    ----------
    tongue : Tongue
    notes : Notes
    """

    tongue: Tongue
    notes: Notes

    def question(self, variable: Variable, name: str, series: pd.Series) -> AnyQuestion | None:
        """Return the question that a variable is; None, and a note, where it is none.

        Parameters
        ----------
        variable : Variable
        name : str
            A plain name for the question.
        series : pandas.Series
            The answers.
        """
        if variable.calendar is not None:
            self.notes.add("dates and times are columns, not questions", variable.name)
            return None
        if len(variable.missing) > MOST_MISSING:
            self.notes.add(
                f"more than {MOST_MISSING} missing codes, so these are no questions", variable.name
            )
            return None
        answers = [one for one in series.dropna().unique() if one not in variable.missing]
        common: dict[str, Any] = {
            "name": name,
            "text": self.text(variable),
            "column": None if name == variable.name else variable.name,
            "missing": self.missing(variable),
        }
        codes = self._codes(variable, answers)
        if codes is None:
            return None
        if not codes:
            self.notes.add("numbers without a unit, which is written as 'units'", variable.name)
            return Number(unit={"und": "units"}, **common)
        return self._of_codes(variable, codes, common)

    def text(self, variable: Variable) -> dict[str, str]:
        """Return the wording of a variable: its label, or its name where it has none."""
        if not variable.label.strip():
            return {"und": variable.name}
        return self.tongue.text(variable.label)

    def options(self, labels: Mapping[CodeValue, str]) -> tuple[Code, ...]:
        """Return codes with their labels; those without are labelled by themselves."""
        return tuple(Code(code=one, label=self._label(one, said)) for one, said in labels.items())

    def missing(self, variable: Variable) -> tuple[Missing, ...]:
        """Return the missing codes of a variable, out of the base; labels give their reasons."""
        made = []
        for value in variable.missing:
            code, label = code_of(value), variable.labels.get(value, "")
            if not is_plain(code):
                self.notes.add(
                    "missing codes that cannot be declared", f"{code!r} of {variable.name}"
                )
                continue
            reason = reason_of(label)
            self.notes.add(
                f"missing codes labelled {label[:60]!r} are read as {reason!r}, out of the base",
                variable.name,
            )
            text = self._label(code, label)
            made.append(Missing(code=code, label=text, reason=reason, in_base=False))
        return tuple(made)

    def _label(self, code: CodeValue, words: str) -> dict[str, str]:
        return self.tongue.text(words) if words.strip() else {"und": str(code)}

    def _codes(self, variable: Variable, answers: list[Any]) -> dict[Value, str] | None:
        """Return the codes of a question with labels: none of a number, None of no question."""
        labelled = {
            one: said for one, said in variable.labels.items() if one not in variable.missing
        }
        words = any(isinstance(one, str) for one in (*labelled, *answers))
        if words:
            return self._of_words(variable, labelled, answers)
        unlabelled = sorted(one for one in answers if one not in labelled)
        if not labelled or not unlabelled:
            return labelled
        codes = variable.measure in {"nominal", "ordinal"} or (
            variable.measure == "unknown" and len(unlabelled) < len(labelled)
        )
        if codes and len(unlabelled) <= MOST_UNLABELLED:
            self.notes.add("values without a label are labelled by themselves", variable.name)
            every = {**labelled, **dict.fromkeys(unlabelled, "")}
            return {one: every[one] for one in sorted(every)}
        told = ", ".join(f"{code_of(one)} = {said[:40]!r}" for one, said in labelled.items())
        self.notes.add(
            "numbers of which some values have labels, left out", f"{variable.name} ({told})"
        )
        return {}

    def _of_words(
        self, variable: Variable, labelled: Mapping[Value, str], answers: list[Any]
    ) -> dict[Value, str] | None:
        found = dict.fromkeys(key for one in answers if (key := key_of(one, "string")) is not None)
        every: dict[Value, str] = {
            str(one).strip(): said for one, said in labelled.items() if str(one).strip()
        }
        unlabelled = sorted(str(one) for one in found if one not in every)
        if not all(is_plain(str(one)) for one in (*every, *unlabelled)):
            self.notes.add("words that cannot be codes, so these are no questions", variable.name)
            return None
        if (len(unlabelled) > MOST_WORDS) or not (every or unlabelled):
            self.notes.add("free text or identifiers, no questions", variable.name)
            return None
        if unlabelled:
            self.notes.add("words without a label are labelled by themselves", variable.name)
        every.update(dict.fromkeys(unlabelled, ""))
        return dict(every)

    def _of_codes(
        self, variable: Variable, codes: Mapping[Value, str], common: Mapping[str, Any]
    ) -> AnyQuestion:
        made = {code_of(one): said for one, said in codes.items()}
        whole = all(isinstance(one, int) for one in made)
        code_type: CodeType = "integer" if whole else "string"
        labels = {one if whole else str(one): said for one, said in made.items()}
        options = self.options(labels)
        if variable.measure != "ordinal":
            if variable.measure == "scale":
                self.notes.add(
                    "measured as 'scale' but labelled, so taken as single", variable.name
                )
            return Single(code_type=code_type, options=options, **common)
        if whole:
            scored = (
                Code(code=one.code, label=one.label, score=float(one.code)) for one in options
            )
            options = tuple(scored)
        return Scale(code_type=code_type, options=options, **common)


def code_of(value: Value) -> CodeValue:
    """Return a value as a code: a whole number as such, all else in words.

    Examples
    --------
    >>> code_of(1.0), code_of(1.5), code_of("01")
    (1, '1.5', '01')
    """
    if isinstance(value, str):
        return value.strip()
    return int(value) if float(value).is_integer() else str(value)
