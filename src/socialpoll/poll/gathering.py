"""The answers of a poll, taken once or in several waves, as one source of estimates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.errors import BindingError, Problem, SocialpollError, WavesError
from socialpoll.poll.engine_reading import ENGINE
from socialpoll.poll.scanned import looked_through, scanned
from socialpoll.poll.stages import Bound, bound, weighed
from socialpoll.poll.waves import polls_of, stacked
from socialpoll.responses import Responses, Scan
from socialpoll.weighting import Waves, Weights

if TYPE_CHECKING:
    from socialpoll.plugins import PluginHost
    from socialpoll.poll.poll import Poll

__all__ = [
    "Answers",
    "answers_of",
    "cases_in",
    "every_wave",
    "in_wave",
    "joined",
    "require_cases",
    "scan_of",
    "together",
    "weights_of",
]

ONCE = ""
"""In place of the name of a wave, where there are none."""
Answers = Mapping[str, Bound]
"""By wave, in their order."""


def every_wave(poll: Poll) -> dict[str, Poll]:
    """Return a poll for each wave by its name; the poll itself, where it was taken once."""
    return {one.wave or ONCE: one for one in polls_of(poll)} or {ONCE: poll}


def answers_of(poll: Poll, host: PluginHost) -> Answers:
    """Read, bind and check the answers of every wave; all must be clean.

    Raises
    ------
    WavesError
        What stands in the way of any wave, all of it at once.
    UncleanError, ReaderError, PluginError, BindingError, DesignError
        As of a poll without waves.
    """
    answers: dict[str, Bound] = {}
    problems: list[Problem] = []
    for name, one in every_wave(poll).items():
        try:
            found = bound(one, host)
            found.checked.require_clean()
            answers[name] = found
        except SocialpollError as error:
            if not poll.waves:
                raise
            problems += [in_wave(name, problem) for problem in error.problems]
    if problems:
        raise WavesError("the waves", problems)
    return answers


def in_wave(name: str, problem: Problem) -> Problem:
    """Return a problem with the wave that it is of, where there are any."""
    if name == ONCE:
        return problem
    places = [f"wave {name!r}", problem.where]
    return replace(problem, where=", ".join(one for one in places if one))


def require_cases(poll: Poll) -> None:
    """Raise BindingError where an engine counts the answers of a poll, which has no cases then."""
    if poll.engine is not None:
        what = "the answers are counted where they lie, and not read into memory"
        advice = f"take Poll.scan(), or leave {ENGINE!r} out of the poll file"
        problem = Problem(what, ENGINE, repr(poll.engine), advice=advice)
        raise BindingError("the answers", [problem])


def scan_of(poll: Poll) -> Scan:
    """Return the answers of a poll that was taken once, where they lie; all must be clean.

    Raises
    ------
    UncleanError, ReaderError, BindingError, DesignError
        They cannot be read or bound; there are several waves.
    """
    if len(poll.waves) > 1:
        what, advice = "each wave has answers of its own", "take Poll.weights(), where all are"
        raise BindingError("the answers", [Problem(what, "waves", advice=advice)])
    found, _ = scanned(*every_wave(poll).values())
    looked_through(found, poll.checks).require_clean()
    return found


def cases_in(answers: Answers) -> dict[str, Responses]:
    """Return the answers of every wave alone, where they are in memory."""
    found = {name: one.responses for name, one in answers.items()}
    return {name: one for name, one in found.items() if isinstance(one, Responses)}


def together(poll: Poll, answers: Mapping[str, Responses]) -> Responses:
    """Return the answers of all waves as those of one source."""
    if len(answers) > 1:
        return stacked(poll, answers).responses
    return next(iter(answers.values()))


def weights_of(poll: Poll, answers: Answers) -> Weights | Waves:
    """Weight every wave by its own recipe, and stack them.

    Raises
    ------
    WavesError
        What stands in the way of any wave, all of it at once.
    TargetError, ConvergenceError, WeightingError
        As of a poll without waves; waves that cannot be stacked.
    """
    weights: dict[str, Weights] = {}
    problems: list[Problem] = []
    for name, one in every_wave(poll).items():
        try:
            weights[name] = weighed(one, answers[name].responses)
        except SocialpollError as error:
            if not poll.waves:
                raise
            problems += [in_wave(name, problem) for problem in error.problems]
    if problems:
        raise WavesError("the weights of the waves", problems)
    return joined(poll, weights)


def joined(poll: Poll, weights: Mapping[str, Weights]) -> Weights | Waves:
    """Return the weights of all waves as one source of estimates."""
    return stacked(poll, weights) if len(weights) > 1 else next(iter(weights.values()))
