"""What reliability rules promise, each promise as a check with a name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

from socialpoll.disclosure import Ruling
from socialpoll.disclosure.rules import VERDICTS, footnotes_of
from socialpoll.plugins.validating import flaw_in
from socialpoll.testing.checks import CRASHES, Check, require
from socialpoll.testing.conduct import checks_on
from socialpoll.testing.sampling import sample_estimates
from socialpoll.testing.watching import Seen, watched

if TYPE_CHECKING:
    from socialpoll.disclosure import ReliabilityRule

__all__ = ["check_rule"]

Row = Mapping[str, object]
LANGUAGES = ("ar", "en")
UNKNOWN: tuple[object, ...] = (None, math.nan)
"""How a number that is not known stands in a row."""
MAY_BE_UNKNOWN = ("se", "cv", "df", "deff", "n_effective", "ci_low", "ci_high", "estimate")
COUNTS = ("n_asked", "n_answered", "n_base", "n_category", "n_effective")
PRECISION = ("se", "cv")
MORE = 4
"""So many times the respondents, and half the standard error."""


def check_rule(
    rule: ReliabilityRule, *, except_for: Mapping[str, str] | None = None
) -> list[Check]:
    """Return what a reliability rule promises, each promise as a check to be called.

    Parameters
    ----------
    rule : ReliabilityRule
        A callable with a ``name``. It is tried on figures of a small poll: shares, means, times of
        day; of many respondents and of few.
    except_for : mapping of str to str, optional
        Checks to leave out, each with the reason why this rule cannot keep the promise.

    Returns
    -------
    list of Check
        For ``pytest.mark.parametrize``. The rule is not called before a check is.

    Raises
    ------
    UnknownNameError
        ``except_for`` names a check that there is not, or gives no reason.

    Examples
    --------
    >>> import socialpoll as sp
    >>> from socialpoll.testing import check_rule
    >>> for check in check_rule(sp.StatCan()):
    ...     check()
    """
    return checks_on(RuleTrial(rule), PROMISES, except_for)


class RuleTrial:
    """A rule at work on the figures of a small poll.

    Parameters
    ----------
    rule : ReliabilityRule
    """

    def __init__(self, rule: ReliabilityRule) -> None:
        self.rule = rule

    @cached_property
    def rows(self) -> list[dict[str, object]]:
        """The figures, as rules are given them."""
        frame = sample_estimates().frame
        plain = frame.astype(object).where(frame.notna(), None)
        return [
            {str(name): value for name, value in row.items()} for row in plain.to_dict("records")
        ]

    def answers(self, rows: Iterable[Row]) -> list[object]:
        """Return what the rule answers to copies of rows, or what it raises."""
        return self._judged(rows)[0]

    def conduct(self) -> tuple[Seen, ...]:
        """Return what else was done over all figures, once everything was loaded."""
        self.answers(self.rows)
        return (self._judged(self.rows)[1],)

    def _judged(self, rows: Iterable[Row]) -> tuple[list[object], Seen]:
        answers, seen = watched(lambda: [self._answer(dict(row)) for row in rows])
        return answers or [], seen

    def _answer(self, row: Row) -> object:
        try:
            return self.rule(row)
        except CRASHES as error:
            return error


def _record(trial: RuleTrial) -> None:
    flaw = flaw_in("rule", trial.rule)
    require(
        not flaw, f"the rule cannot be used: {flaw}", "give it a plain name, and words by language"
    )


def _verdicts(trial: RuleTrial) -> None:
    for answer in trial.answers(trial.rows):
        _require_verdict(answer, "a figure")


def _unknown(trial: RuleTrial) -> None:
    """Judge figures that got a verdict again, without the numbers that may not be known."""
    known = zip(trial.rows, trial.answers(trial.rows), strict=True)
    rows = [row for row, answer in known if _verdict(answer) in VERDICTS]
    for value in UNKNOWN:
        for names in (*((one,) for one in MAY_BE_UNKNOWN), MAY_BE_UNKNOWN):
            for answer in trial.answers({**row, **dict.fromkeys(names, value)} for row in rows):
                _require_verdict(answer, f"a figure with {value} for {', '.join(names)}")


def _require_verdict(answer: object, what: str) -> None:
    advice = f"answer with one of {', '.join(map(repr, VERDICTS))}, or with an sp.Ruling"
    told = f"{what} raised {type(answer).__name__}: {answer}"
    require(not isinstance(answer, CRASHES), told, f"{advice}; numbers may be None or NaN")
    require(_verdict(answer) in VERDICTS, f"{what} got the answer {answer!r}", advice)


def _footnotes(trial: RuleTrial) -> None:
    known = footnotes_of(trial.rule)
    for name, words in known.items():
        lacking = [tag for tag in LANGUAGES if not words.get(tag, words.get("und", "")).strip()]
        what = f"the footnote {name!r} has no words in {', '.join(lacking)}"
        require(not lacking, what, "give words in every language that documents are in")
    for answer in trial.answers(trial.rows):
        given = answer.footnotes if isinstance(answer, Ruling) else ()
        strange = [one for one in given if one not in known]
        what = f"it gave the footnote {strange[:1]}, which it has no words for"
        require(not strange, what, "put its words into the attribute 'footnotes' of the rule")


def _same(trial: RuleTrial) -> None:
    forth = list(map(repr, trial.answers(trial.rows)))
    back = list(map(repr, trial.answers(reversed(trial.rows))))
    advice = "judge each row by itself, and keep nothing of those before"
    require(forth == back[::-1], "a figure is judged otherwise after others", advice)


def _precise(trial: RuleTrial) -> None:
    better = [
        {**row, **_scaled(row, COUNTS, MORE), **_scaled(row, PRECISION, MORE**-0.5)}
        for row in trial.rows
    ]
    for pair in zip(trial.answers(trial.rows), trial.answers(better), strict=True):
        ranks = [VERDICTS.index(one) for one in map(_verdict, pair) if one in VERDICTS]
        what = f"of {MORE} times the respondents, {pair[0]!r} became {pair[1]!r}"
        advice = "judge larger bases and smaller errors no more strictly"
        require(ranks == sorted(ranks, reverse=True), what, advice)


def _scaled(row: Row, names: tuple[str, ...], factor: float) -> dict[str, object]:
    known = ((name, row.get(name)) for name in names)
    return {
        name: round(value * factor) if isinstance(value, int) else value * factor
        for name, value in known
        if isinstance(value, int | float)
    }


def _left(trial: RuleTrial) -> None:
    for row in trial.rows:
        given = dict(row)
        watched(partial(trial.rule, given))
        require(given == row, "it changed the row that it was given", "make a copy: dict(row)")


def _verdict(answer: object) -> object:
    return answer.verdict if isinstance(answer, Ruling) else answer


PROMISES = (
    ("record_is_valid", "The rule is one that the host accepts.", _record),
    ("verdicts_are_known", "Every figure gets a verdict that there is.", _verdicts),
    ("unknown_is_judged", "Figures of which little is known get one too.", _unknown),
    ("footnotes_have_words", "Footnotes have words in every language.", _footnotes),
    ("rows_are_judged_alone", "A verdict depends on its row alone.", _same),
    ("precision_is_no_harm", "More respondents are judged no more strictly.", _precise),
    ("row_is_left", "The row is not changed.", _left),
)
