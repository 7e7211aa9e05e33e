"""What the parts of a report are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from socialpoll.disclosure import Release
from socialpoll.report.bases import asked_if
from socialpoll.report.blocks import Figure, Message, Phrase
from socialpoll.report.contrasts import Contrasts
from socialpoll.report.grouping import Group
from socialpoll.report.measured import Line, Measured, Shown
from socialpoll.report.wording import Wording, alone_in
from socialpoll.schema import NOT_APPLICABLE, Methodology, Text
from socialpoll.weighting import WAVE

if TYPE_CHECKING:
    from socialpoll.indicators import Estimates

__all__ = ["Material"]

TWO = 2
MEDIAN = "p50"


@dataclass(frozen=True)
class Material:
    """A release made ready for writing.

    Attributes
    ----------
    wording : Wording
    methodology : Methodology
    contrasts : Contrasts
    focus : mapping of str to str
        Indicator to the code of the answer that is compared between groups.
    waves : bool
        Whether there are several waves, so that titles must name theirs.
    footnotes : mapping of str to Text
        What is told of figures, by code; their numbers count from 1.
    group : Group or None
        The one that a report is of, where it is not of all.
    """

    wording: Wording
    methodology: Methodology
    contrasts: Contrasts = field(default_factory=Contrasts)
    focus: Mapping[str, str] = field(default_factory=dict)
    waves: bool = False
    footnotes: Mapping[str, Text] = field(default_factory=dict)
    group: Group | None = None

    def marks(self, shown: Shown) -> str:
        """Return what stands beside a figure, but for its status: revised, and its footnotes."""
        numbers = [str(self.number_of(one)) for one in shown.footnotes]
        return " ".join(["r", *numbers] if shown.also_revised else numbers)

    def number_of(self, footnote: str) -> int:
        """Return the number of a footnote, the same in the whole report."""
        return list(self.footnotes).index(footnote) + 1

    @classmethod
    def of(
        cls,
        figures: Estimates | Release,
        languages: tuple[str, ...],
        titles: Mapping[str, Text],
        several: Sequence[Measured],
    ) -> Material:
        """Make figures ready, without comparisons and without an answer that is asked for.

        Parameters
        ----------
        figures : Estimates or Release
        languages : tuple of str
            Those of the report.
        titles : mapping of str to Text
            Words for indicators that have their own.
        several : sequence of Measured
            Everything in the figures.
        """
        stacked = figures.methodology.fact("waves", "stack") is not None
        unasked = frozenset([WAVE] if stacked else [])
        alone = alone_in(several)
        wording = Wording(figures.questionnaire, languages, titles, alone, unasked)
        waves = len({one.wave for one in several}) > 1
        footnotes = figures.footnotes if isinstance(figures, Release) else {}
        return cls(wording, figures.methodology, waves=waves, footnotes=dict(footnotes))

    @property
    def synthetic(self) -> bool:
        """Whether the data are made up."""
        return self.methodology.declared.synthetic

    @property
    def weighted(self) -> bool:
        """Whether respondents count with weights."""
        design = self.methodology.fact("responses", "design") or {}
        steps = any(fact.stage == "weighting" for fact in self.methodology.facts)
        return steps or design.get("weight") is not None

    def title(self, measured: Measured) -> Phrase:
        """Return the title of an indicator."""
        return self.in_wave(self.in_group(self.wording.title(measured)), measured.wave)

    def in_wave(self, title: Phrase, wave: str) -> Phrase:
        """Return a title that names the wave, where there are several."""
        if not self.waves:
            return title
        words = self.wording.code(WAVE, wave)
        return Message("{title} ({wave})", {"title": title, "wave": words})

    def in_group(self, title: Phrase) -> Phrase:
        """Return a title that names the group, where the report is of one."""
        if self.group is None:
            return title
        return Message("{title} ({group})", {"title": title, "group": self.group.label})

    def by(self, title: Phrase, breakdown: str) -> Phrase:
        """Return a title that names a breakdown; not where it names the group already."""
        if self.of_group(breakdown):
            return title
        words = self.wording.breakdown(breakdown)
        return Message("{title}, by {breakdown}", {"title": title, "breakdown": words})

    def heading(self, breakdown: str) -> Phrase:
        """Return the words at the head of a sentence about a breakdown."""
        words = self.wording.breakdown(breakdown)
        if self.group is None or self.of_group(breakdown):
            return words
        return Message("{first}, {second}", {"first": self.group.label, "second": words})

    def of_group(self, breakdown: str) -> bool:
        """Say whether the report is of a group of this breakdown."""
        return self.group is not None and self.group.breakdown == breakdown

    def one_base(self, measured: Measured) -> bool:
        """Say whether one number tells the base; a group stands beside everybody with its own."""
        return not any(map(self.of_group, measured.domains))

    def plain(self, breakdown: str) -> bool:
        """Say whether a breakdown is drawn: a crossing has many small groups."""
        return "|" not in breakdown or self.of_group(breakdown)

    def variables(self, breakdown: str) -> frozenset[str]:
        """Return the variables that tell whom a figure is of."""
        own = () if self.group is None else self.group.names
        return frozenset((*breakdown.split("|"), *own))

    def marked(self, title: Phrase) -> Phrase:
        """Return a title that says so where the data are made up."""
        return Message("{title} (synthetic data)", {"title": title}) if self.synthetic else title

    def level(self, measured: Measured) -> Figure | None:
        """Return the confidence level of an indicator's intervals; None where there are none."""
        levels = (row.number("ci_level") for row in measured.rows.values() if row.is_precise)
        level = next((one for one in levels if one is not None), None)
        return None if level is None else level_figure(level)

    def leading(self, measured: Measured) -> Line:
        """Return the line whose figures are compared between groups.

        The one that was asked for; of percentiles the median, or else the first; else the first of
        two answers; else the answer chosen most among those that are answers (no missing code, and
        not "none of these").
        """
        lines = measured.lines
        wanted = self.focus.get(measured.name)
        named = [line for line in lines if line.code == wanted]
        if named:
            return named[0]
        if measured.statistic == "quantile":
            return next((line for line in lines if line.category == MEDIAN), lines[0])
        aside = self.aside(measured)
        answers = [line for line in lines if line.code not in aside] or list(lines)
        several = self.wording.multiple(measured.question) or self.wording.grid(measured.question)
        if len(answers) <= TWO and not several:
            return answers[0]

        def share(line: Line) -> float:
            row = measured.of(line)
            return -1.0 if row is None or row.value is None else row.value

        return max(answers, key=share)

    def options(self, measured: Measured) -> list[Line]:
        """Return what is compared answer by answer: options, windows, and who is in a profile.

        Answers that are shared out have none: of them the leading one is compared.
        """
        windows = len(measured.lines) > 1 and self.wording.windows(measured)
        if not (windows or measured.profile or self.wording.multiple(measured.question)):
            return []
        aside = self.aside(measured)
        return [line for line in measured.lines if line.code not in aside]

    def aside(self, measured: Measured) -> frozenset[str]:
        """Return the codes that are no answers of their own: don't know, none of these."""
        name = measured.question
        return self.wording.missing(name) | self.wording.exclusive(name)

    def routed(self, measured: Measured) -> bool:
        """Say whether its question was put to some respondents only."""
        return asked_if(self.wording, measured.question) is not None

    def counts(self, measured: Measured) -> bool:
        """Say whether an indicator has categories or options at all."""
        return any(line.code != NOT_APPLICABLE for line in measured.lines)


def level_figure(level: float) -> Figure:
    """Return a confidence level as it is displayed."""
    return Figure(level, "percent", 0 if round(level * 100, 6).is_integer() else 1)
