"""One tree of exceptions: what is wrong, where, what was found, what is allowed, what to do.

The parts of a message are attributes too, so a program can act on them without reading prose.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import Self

__all__ = [
    "AudienceError",
    "BindingError",
    "ChecksError",
    "CombinationsError",
    "ConvergenceError",
    "DataFileError",
    "DesignError",
    "DocumentError",
    "EstimationError",
    "ExportError",
    "ExpressionError",
    "OptionsError",
    "PluginError",
    "PollFileError",
    "Problem",
    "ProblemsError",
    "QuestionnaireError",
    "ReaderError",
    "RegisterError",
    "ReleaseError",
    "RenderingError",
    "ReportError",
    "SmallGroupsError",
    "SocialpollError",
    "StartError",
    "StepError",
    "TargetError",
    "TemplateError",
    "UncleanError",
    "UnknownNameError",
    "WavesError",
    "WeightingError",
    "nearest",
]

SHOWN_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Parameters
    ----------
    what : str
        What is wrong, as a sentence without its full stop.
    where : str
        File, table and key; or question, column and row; or plugin.
    found : str
        What stands there now.
    allowed : str
        What may stand there, or the nearest name that is known.
    advice : str
        What to do about it.
    """

    what: str
    where: str = ""
    found: str = ""
    allowed: str = ""
    advice: str = ""

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        parts = [head]
        if self.found:
            parts.append(f"found {self.found}")
        if self.allowed:
            parts.append(f"allowed: {self.allowed}")
        if self.advice:
            parts.append(self.advice)
        return "; ".join(parts)


class SocialpollError(Exception):
    """The root of everything this library raises on purpose."""

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        found: str = "",
        allowed: str = "",
        advice: str = "",
    ) -> None:
        self.problem = Problem(what, where, found, allowed, advice)
        self.problems: tuple[Problem, ...] = (self.problem,)
        super().__init__(str(self.problem))

    @property
    def what(self) -> str:
        """What is wrong."""
        return self.problem.what

    @property
    def where(self) -> str:
        """Where it is wrong."""
        return self.problem.where

    @property
    def found(self) -> str:
        """What was found there."""
        return self.problem.found

    @property
    def allowed(self) -> str:
        """What is allowed there, or nearest to what was found."""
        return self.problem.allowed

    @property
    def advice(self) -> str:
        """What to do."""
        return self.problem.advice


class ProblemsError(SocialpollError):
    """Several problems of one thing, all told at once.

    Parameters
    ----------
    subject : str
        What the problems are of: a file, a table of answers, a set of targets.
    problems : iterable of Problem
        At least one.
    """

    def __init__(self, subject: str, problems: Iterable[Problem]) -> None:
        found = tuple(problems)
        if not found:
            message = "an error of no problems was raised"
            raise ValueError(message)
        count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
        super().__init__(f"{count} in {subject}")
        self.subject = subject
        self.problems = found
        self.problem = found[0]
        self.args = (f"{count} in {subject}\n" + "\n".join(f"  - {one}" for one in found),)


class QuestionnaireError(ProblemsError):
    """A questionnaire that cannot be used as it is declared."""


class PollFileError(ProblemsError):
    """A poll file with mistakes; every one is in ``problems``."""


class StartError(SocialpollError):
    """A poll that cannot be started where or from what it was asked for."""


class ReaderError(SocialpollError):
    """A file of answers that cannot be read."""


class ExpressionError(SocialpollError):
    """An expression of a form that is none, or that has no counterpart in a questionnaire."""


class BindingError(ProblemsError):
    """Answers that do not fit the questionnaire or the design at all (a column is not there)."""


class CombinationsError(BindingError):
    """Answers that make too many combinations to be counted where they lie."""


class ChecksError(ProblemsError):
    """Declared checks of the answers that contradict themselves or the questionnaire."""


class UncleanError(ProblemsError):
    """Answers with findings of severity ``error``, where clean answers were required."""


class WavesError(ProblemsError):
    """Answers of waves that cannot be used; every problem names its wave."""


class DesignError(ProblemsError):
    """A sample design that contradicts the data or itself."""


class UnknownNameError(SocialpollError):
    """A question, code, indicator or option that nobody declared."""


class WeightingError(SocialpollError):
    """A weighting recipe that cannot be run."""


class TargetError(ProblemsError, WeightingError):
    """Population targets that contradict the sample, the schema or one another."""


class StepError(ProblemsError, WeightingError):
    """A weighting step that cannot be run on these cases; every reason is in ``problems``."""


class ConvergenceError(WeightingError):
    """Weights that did not reach their margins.

    Attributes
    ----------
    margins : pandas.DataFrame
        One row a margin and level: target, reached, relative error.
    """

    def __init__(self, what: str, *, margins: object, advice: str = "") -> None:
        super().__init__(what, advice=advice)
        self.margins = margins


class EstimationError(SocialpollError):
    """An indicator that cannot be estimated as it was asked for."""


class ReleaseError(SocialpollError):
    """Something that may not be shown, or a policy that cannot be applied."""


class SmallGroupsError(ProblemsError, ReleaseError):
    """Weights made to reach figures of small groups; every margin with some is in ``problems``."""


class AudienceError(ProblemsError):
    """A plan of whom to reach that a release cannot answer; every problem names its part."""


class RegisterError(ProblemsError):
    """Tables of agencies, or what is asked of them, that cannot be used.

    No problem quotes a cell: not what stands there, only how often.
    """


class ReportError(SocialpollError):
    """A report that cannot be composed or read back."""

    @classmethod
    def of(cls, problems: Sequence[Problem]) -> Self:
        """Return the error of the first of several problems, which has all of them."""
        what, where, found, allowed, advice = astuple(problems[0])
        error = cls(what, where=where, found=found, allowed=allowed, advice=advice)
        error.problems = tuple(problems)
        return error


class PluginError(SocialpollError):
    """A plugin that is missing, broken or in conflict; ``where`` names it."""


class ExportError(SocialpollError):
    """A document that could not be made or written."""


class RenderingError(PluginError, ExportError):
    """An exporter that failed, broke a promise or overran a limit while it made documents."""


class DataFileError(ProblemsError, ExportError):
    """Answers that a data file of another program cannot hold."""


class OptionsError(ProblemsError, ExportError):
    """Options that an exporter does not have, or values that do not fit them."""


class DocumentError(ProblemsError, ExportError):
    """A Word document that cannot be read."""


class TemplateError(DocumentError):
    """A Word template that cannot be used; every problem names its part, paragraph and tag."""


def nearest(name: object, known: Iterable[object]) -> str:
    """Say which known names are allowed, the nearest first.

    Parameters
    ----------
    name : object
        What was found.
    known : iterable of object
        Everything that would have been right.

    Returns
    -------
    str
        ``"did you mean 'sex'? (sex, age)"``, or the plain list where nothing is near.

    Examples
    --------
    >>> nearest("sx", ["sex", "age"])
    "did you mean 'sex'? (sex, age)"
    >>> nearest("income", ["sex", "age"])
    'sex, age'
    """
    names = [str(one) for one in known]
    listed = _shorten(names)
    close = difflib.get_close_matches(str(name), names, n=1)
    return f"did you mean {close[0]!r}? ({listed})" if close else listed


def _shorten(names: Sequence[str]) -> str:
    if len(names) <= SHOWN_AT_MOST:
        return ", ".join(names)
    return ", ".join(names[:SHOWN_AT_MOST]) + f" and {len(names) - SHOWN_AT_MOST} more"
