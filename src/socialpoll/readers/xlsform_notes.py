"""What reading a form has to say: problems that refuse it, and findings about what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from socialpoll.errors import Problem
from socialpoll.forms.losses import listed

__all__ = ["FormNotes"]


@dataclass
class FormNotes:
    """Takes problems and findings while a form is read.

    Parameters
    ----------
    languages : mapping of str to str
        Headings of languages in the form, with their tags.
    """

    languages: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    _named: dict[str, list[str]] = field(default_factory=dict)

    def problem(self, problem: Problem) -> None:
        """Take a reason to refuse the form; the same one is kept once."""
        if problem not in self.problems:
            self.problems.append(problem)

    def say(self, sentence: str) -> None:
        """Take a finding of its own."""
        self.sentences.append(sentence)

    def unread(self, key: str, question: str, text: str, why: str) -> None:
        """Take a finding about an expression of which not all is in the questionnaire."""
        self.say(
            f"the {key} of {question!r}, {text!r}, is not in the questionnaire as a whole: {why}"
        )

    def gather(self, what: str, name: str) -> None:
        """Take a finding that is told once for all questions it is about."""
        names = self._named.setdefault(what, [])
        if name not in names:
            names.append(name)

    def tell(self, what: str, question: str, choices: Iterable[str]) -> None:
        """Take a finding about choices of a question."""
        self.say(f"choices of {question!r} are {what}: {listed(choices)}")

    def findings(self) -> tuple[str, ...]:
        """Return all findings, those about single questions first."""
        return (*dict.fromkeys(self.sentences), *self._gathered())

    def _gathered(self) -> Iterator[str]:
        for what, names in self._named.items():
            yield f"{what}: {listed(names)}"
