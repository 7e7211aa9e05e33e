"""Breaks in comparability: where a series of waves starts anew, and what that touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from socialpoll.errors import Problem, nearest
from socialpoll.schema import Fact, FactValue, Questionnaire, Text, questions_of
from socialpoll.schema.border import settle

__all__ = ["Break", "break_facts", "break_problems", "broken_by", "needed"]


@dataclass(frozen=True, kw_only=True)
class Break:
    """A question that cannot be compared with itself before a wave.

    Parameters
    ----------
    question : str
        A question, an item of a grid or a derived variable.
    wave : str
        The first wave that is not comparable with those before it.
    reason : Text
        Why, in words for readers.
    """

    question: str
    wave: str
    reason: Text

    def __post_init__(self) -> None:
        settle(self, texts=("reason",))


def break_problems(
    breaks: Sequence[Break], waves: Sequence[str], known: Sequence[str]
) -> Iterator[tuple[int, Problem]]:
    """Tell what is wrong with breaks, each problem with the number of its break from 0.

    Parameters
    ----------
    breaks : sequence of Break
    waves : sequence of str
        In their order.
    known : sequence of str
        Names of questions and derived variables.
    """
    for number, one in enumerate(breaks):
        if one.question not in known:
            what = f"there is no question or derived variable {one.question!r}"
            yield number, Problem(what, "question", allowed=nearest(one.question, known))
        if one.wave not in waves:
            what = f"there is no wave {one.wave!r}"
            yield number, Problem(what, "from", allowed=nearest(one.wave, waves))
        elif one.wave == waves[0]:
            what = "before the first wave there is nothing to compare with"
            advice = "name the first wave that is not comparable with those before it"
            yield number, Problem(what, "from", repr(one.wave), ", ".join(waves[1:]), advice)
        if not one.reason or not all(words.strip() for words in one.reason.values()):
            yield number, Problem("a text without words", "reason", advice="write it")


def broken_by(
    questionnaire: Questionnaire, breaks: Sequence[Break]
) -> Mapping[str, frozenset[str]]:
    """Return the waves at which variables start anew, by variable; others are not in it.

    What is derived from a question, or asked of those who gave an answer to it, breaks with it.
    """
    found: dict[str, frozenset[str]] = {}
    for one in breaks:
        for name in (one.question, *_items(questionnaire, one.question)):
            found[name] = found.get(name, frozenset()) | {one.wave}
    while True:
        more = {
            name: found.get(name, frozenset()).union(*(found[one] for one in rests))
            for name in questionnaire.names
            if (rests := needed(questionnaire, name) & found.keys())
        }
        if all(found.get(name) == waves for name, waves in more.items()):
            return found
        found |= more


def needed(questionnaire: Questionnaire, name: str) -> set[str]:
    """Return the questions that a variable rests on: those of its base, and what it is made of."""
    variable = questionnaire[name]
    condition = getattr(variable, "asked_if", None)
    found = set() if condition is None else set(questions_of(condition))
    return found | ({variable.of} if hasattr(variable, "of") else set())


def break_facts(questionnaire: Questionnaire, breaks: Sequence[Break]) -> list[Fact]:
    """Return the facts ``("waves", "break")``: question, wave, variables touched, and reason.

    The reason is there once a language, as ``reason.LANGUAGE``.
    """
    facts = []
    for one in breaks:
        touched = cast("tuple[str, ...]", tuple(broken_by(questionnaire, [one])))
        values: dict[str, FactValue] = {
            "question": one.question,
            "wave": one.wave,
            "variables": touched,
            **{f"reason.{tag}": words for tag, words in one.reason.items()},
        }
        facts.append(Fact("waves", "break", values))
    return facts


def _items(questionnaire: Questionnaire, name: str) -> tuple[str, ...]:
    if name not in questionnaire.grids:
        return ()
    return tuple(one.name for one in questionnaire.grids[name].variables)
