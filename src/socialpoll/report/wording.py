"""The words for what figures are about: questions, answers, groups, titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from socialpoll.indicators.mentioning import OF_RESPONSES, OF_TIME
from socialpoll.report.blocks import Message, Phrase, Said, Value
from socialpoll.report.language import Language
from socialpoll.report.lines import WINDOW, any_of, percentile, window
from socialpoll.report.listing import listed
from socialpoll.report.measured import Line, Measured, joined
from socialpoll.report.writing import written
from socialpoll.schema import (
    NOT_APPLICABLE,
    TOTAL,
    AnyQuestion,
    Bands,
    Block,
    Boxes,
    Code,
    Derived,
    Duration,
    Grid,
    Missing,
    Multiple,
    Nets,
    Number,
    Questionnaire,
    Scale,
    Split,
    Text,
    TimeOfDay,
    Variable,
)
from socialpoll.schema.categories import categories_of
from socialpoll.schema.meaning import if_not_asked

__all__ = ["CROSSED", "Wording"]

CROSSED = "|"
OVERALL = Message("Overall")
OF_THE_UNIT = frozenset({"mean", "total", "median", "quantile"})
"""Statistics in the unit of a number."""
LENGTHS = frozenset({"hours", "minutes"})
"""Units of lengths of time."""
NET: Mapping[str, Value] = {"least": -100, "most": 100}
"""Between what the top of a scale less its bottom is, in percentage points."""
PARTS = {
    "share": Message("Percentage"),
    OF_RESPONSES: Message("Share of all answers given"),
    OF_TIME: Message("Share of all time spent"),
}
"""The headings of shares, by the statistic that says of what they are parts."""
CHOSEN = "options"
"""The unit of how many options of a question were chosen."""


@dataclass(frozen=True)
class Wording:
    """Finds the words for names and codes; the name itself where nobody gave it words.

    Parameters
    ----------
    questionnaire : Questionnaire or None
        Where there is none, every name stands for itself.
    languages : tuple of str
        Those of the report.
    titles : mapping of str to Text
        Words for indicators that have their own.
    alone : frozenset of str
        Indicators that are the only one of their question: they need no more than its heading.
    unasked : frozenset of str
        Variables among the questions that nobody was asked, such as the wave.
    everybody : Phrase
        The words for all respondents together.
    """

    questionnaire: Questionnaire | None
    languages: tuple[str, ...]
    titles: Mapping[str, Text] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    unasked: frozenset[str] = frozenset()
    everybody: Phrase = OVERALL

    @property
    def questions(self) -> tuple[AnyQuestion, ...]:
        """All questions, in the order of asking."""
        questions = () if self.questionnaire is None else self.questionnaire.questions
        return tuple(one for one in questions if one.name not in self.unasked)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks of questions whose order varied between respondents."""
        several = () if self.questionnaire is None else self.questionnaire.blocks
        return tuple(one for one in several if one.order != "listed")

    @property
    def splits(self) -> tuple[Split, ...]:
        """All split samples."""
        return () if self.questionnaire is None else self.questionnaire.splits

    def whole(self, name: str) -> str:
        """Return the name of the question that a variable was asked in: of an item, its grid."""
        grids = () if self.questionnaire is None else self.questionnaire.grids.values()
        within = (one.name for one in grids if name in {item.name for item in one.variables})
        return next(within, name)

    def variable(self, name: str) -> Variable | None:
        """Return a question or derived variable; None where there is none of that name."""
        return self._variables.get(name)

    @cached_property
    def _variables(self) -> Mapping[str, Variable]:
        asked = self.questionnaire
        if asked is None:
            return {}
        several = (*asked.derived, *asked.asked, *asked.put)
        known = frozenset((*asked.names, *asked.grids))
        return {one.name: one for one in several if one.name in known}

    def heading(self, name: str) -> Said:
        """Return the heading of a question or derived variable."""
        variable = self.variable(name)
        if variable is None:
            return Said({"und": name})
        if not isinstance(variable, Derived):
            return Said(variable.heading)
        return self.heading(variable.of) if variable.label is None else Said(variable.label)

    def code(self, name: str, code: str) -> Said:
        """Return the words for a code of a question or derived variable."""
        if name not in self._labels:
            self._labels[name] = {str(one.code): one.label for one in self.codes(name)}
        return Said(self._labels[name].get(code, {"und": code}))

    @cached_property
    def _labels(self) -> dict[str, dict[str, Text]]:
        """Words for the codes of the variables that were asked for, kept for the next time."""
        return {}

    def meant(self, name: str) -> tuple[Said, ...]:
        """Return the words for what not being asked means; none where nobody declared it."""
        if self.questionnaire is None or self.variable(name) is None:
            return ()
        codes = if_not_asked(self.questionnaire, name) or ()
        return tuple(self.code(name, str(one)) for one in codes)

    def item(self, name: str, code: str) -> Said:
        """Return the words for an item of a grid, or an option of a multiple-response question."""
        variable = self.variable(name)
        if not isinstance(variable, Grid):
            return self.code(name, code)
        known = {str(one.code): one.label for one in variable.items}
        return Said(known.get(code, {"und": code}))

    def codes(self, name: str) -> tuple[Code | Missing, ...]:
        """Return the codes of a question or derived variable, its missing codes last."""
        if self.questionnaire is None or self.variable(name) is None:
            return ()
        found = categories_of(self.questionnaire, name)
        return (*found.codes, *found.missing)

    def missing(self, name: str) -> frozenset[str]:
        """Return the missing codes of a question, as lines have them."""
        variable = self.variable(name)
        if isinstance(variable, Grid):
            pairs = ((one.code, other.code) for one in variable.items for other in variable.missing)
            return frozenset(joined(str(item), str(code)) for item, code in pairs)
        return frozenset(str(one.code) for one in self.codes(name) if isinstance(one, Missing))

    def exclusive(self, name: str) -> frozenset[str]:
        """Return the options that may not be chosen with any other."""
        options = (one for one in self.codes(name) if isinstance(one, Code))
        return frozenset(str(one.code) for one in options if one.exclusive)

    def line(self, measured: Measured, line: Line) -> Phrase:
        """Return the words for a line: its option or category, else what is measured."""
        if line.code == NOT_APPLICABLE:
            return self.statistic(measured)
        if measured.statistic == "quantile":
            return percentile(line)
        if self.window(measured, line):
            return window(line)
        if self.together(measured, line):
            return any_of(self.code(measured.question, one) for one in line.item.split(CROSSED))
        if NOT_APPLICABLE not in line:
            item = self.item(measured.question, line.item)
            answer = self.code(measured.question, line.category)
            return Message("{first}: {second}", {"first": item, "second": answer})
        return self.item(measured.question, line.code)

    def statistic(self, measured: Measured) -> Phrase:
        """Return the heading of a column of figures."""
        unit = self.unit(measured)
        if measured.statistic in PARTS:
            return PARTS[measured.statistic]
        if measured.statistic == "total":
            return Message("Estimated number") if measured.unit == "persons" else Message("Total")
        if measured.statistic == "variance":
            return self._variance(measured)
        if measured.statistic == "mean" and measured.unit == CHOSEN:
            return Message("Mean number chosen")
        values: dict[str, Value] = {} if unit is None else {"unit": unit}
        plain, with_unit = {
            "ratio": (Message("Ratio"), Message("Ratio")),
            "median": (Message("Median"), Message("Median ({unit})", values)),
            "quantile": (Message("Quantile"), Message("Quantile ({unit})", values)),
            "circular_mean": (Message("Mean time"), Message("Mean time")),
            "concentration": (Message("Concentration of times"), Message("Concentration of times")),
        }.get(measured.statistic, (Message("Mean"), Message("Mean ({unit})", values)))
        return plain if unit is None else with_unit

    def _variance(self, measured: Measured) -> Phrase:
        """Return the heading of variances, whose unit is that of the number squared."""
        question = self.variable(measured.question)
        if isinstance(question, Number):
            return Message("Variance ({unit}²)", {"unit": Said(question.unit)})
        if isinstance(question, Duration):
            named = Message("hours") if question.unit == "hours" else Message("minutes")
            return Message("Variance ({unit}²)", {"unit": named})
        return Message("Variance")

    def unit(self, measured: Measured) -> Said | None:
        """Return the unit of a number that is neither a share nor a length of time.

        Figures in hours or minutes are written with their unit, whatever was asked.
        """
        question = self.variable(measured.question)
        own = measured.statistic in OF_THE_UNIT and measured.unit not in LENGTHS
        return Said(question.unit) if own and isinstance(question, Number) else None

    def breakdown(self, breakdown: str) -> Phrase:
        """Return the words for a breakdown; those of a crossing joined."""
        names = breakdown.split(CROSSED)
        if breakdown == TOTAL:
            return self.everybody
        if len(names) == 1:
            return self.heading(breakdown)
        headings: tuple[Phrase, ...] = tuple(self.heading(one) for one in names)
        return Message("{parts}", {"parts": headings})

    def domain(self, breakdown: str, domain: str) -> Phrase:
        """Return the words for a domain; ``Male, 18–29`` for one of a crossing."""
        if domain == TOTAL:
            return self.everybody
        names, codes = breakdown.split(CROSSED), domain.split(CROSSED)
        if len(names) != len(codes):
            return Said({"und": domain})
        return listed(self.code(*one) for one in zip(names, codes, strict=True))

    def title(self, measured: Measured) -> Phrase:
        """Return the title of an indicator: its own, else the heading of its question.

        The heading says more where another indicator has the same question.
        """
        if measured.name in self.titles:
            return Said(self.titles[measured.name])
        heading = self.heading(measured.question)
        values: dict[str, Value] = {"title": heading}
        if measured.profile and measured.breakdowns:
            values["breakdown"] = self.breakdown(measured.breakdowns[0])
            return Message("{title} by {breakdown}", values)
        if measured.statistic == "ratio":
            return Message("{title}: ratio", values)
        if measured.statistic == OF_TIME or self.reach(measured):
            return _of_sets(measured, values)
        if measured.statistic == "mean" and isinstance(self.variable(measured.question), Boxes):
            return Message("{title}: net score, from {least} to {most}", {**values, **NET})
        return heading if measured.name in self.alone else self._told_apart(measured, heading)

    def _told_apart(self, measured: Measured, heading: Said) -> Phrase:
        values: dict[str, Value] = {"title": heading}
        if measured.statistic == "mean" and measured.unit == "score":
            return Message("{title}: mean", values)
        if measured.unit == CHOSEN:
            return Message("{title}: number chosen", values)
        named = {
            "total": Message("{title}: total", values),
            "median": Message("{title}: median", values),
            "quantile": Message("{title}: percentiles", values),
            "variance": Message("{title}: variance", values),
            "circular_mean": Message("{title}: mean time", values),
            "concentration": Message("{title}: concentration of times", values),
            OF_RESPONSES: Message("{title}: share of all answers given", values),
        }
        if measured.statistic in named:
            return named[measured.statistic]
        if self.windows(measured):
            return Message("{title}: parts of the day", values)
        if measured.statistic == "share" and measured.base == "all":
            return Message("{title}: all respondents", values)
        return heading

    def in_words(self, phrase: Phrase) -> dict[str, str]:
        """Return a phrase in every language of the report."""
        return {tag: written(phrase, Language(tag)) for tag in self.languages}

    def ordered(self, name: str) -> bool:
        """Say whether the categories of a question have an order of their own."""
        return isinstance(self.variable(name), Scale | TimeOfDay | Bands | Boxes)

    def scale(self, name: str) -> bool:
        """Say whether a question is a scale."""
        return isinstance(self.variable(name), Scale)

    def multiple(self, name: str) -> bool:
        """Say whether a question takes several answers, or a variable has nets of answers."""
        return isinstance(self.variable(name), Multiple | Nets)

    def nets(self, name: str) -> bool:
        """Say whether a variable has nets of answers."""
        return isinstance(self.variable(name), Nets)

    def grid(self, name: str) -> bool:
        """Say whether a question asks about several items."""
        return isinstance(self.variable(name), Grid)

    def clock(self, name: str) -> bool:
        """Say whether a question asks for a time of the day."""
        return isinstance(self.variable(name), TimeOfDay)

    def window(self, measured: Measured, line: Line) -> bool:
        """Say whether a line is a window of the clock, and no band or missing code."""
        return self.clock(measured.question) and WINDOW.fullmatch(line.item) is not None

    def together(self, measured: Measured, line: Line) -> bool:
        """Say whether a line is of several options of a question taken together."""
        return CROSSED in line.item and self.multiple(measured.question)

    def reach(self, measured: Measured) -> bool:
        """Say whether an indicator is of sets of options, which may overlap."""
        return any(self.together(measured, line) for line in measured.lines)

    def windows(self, measured: Measured) -> bool:
        """Say whether an indicator is of windows of the clock, which may overlap."""
        return any(self.window(measured, line) for line in measured.lines)


def _of_sets(measured: Measured, values: Mapping[str, Value]) -> Phrase:
    if measured.statistic == OF_TIME:
        return Message("{title}: share of all time spent", values)
    return Message("{title}: reach", values)


def alone_in(measured: Iterable[Measured]) -> frozenset[str]:
    """Return the names of indicators that share their question with no other."""
    names: dict[str, set[str]] = {}
    for one in measured:
        names.setdefault(one.question, set()).add(one.name)
    return frozenset(name for several in names.values() for name in several if len(several) == 1)
