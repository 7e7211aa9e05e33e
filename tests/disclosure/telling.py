"""What a run may tell beside its figures: a closed list of facts, which somebody has looked at.

Of respondents they say how many there are, how they came about, and how far their weights reach;
an attacker takes these in (:mod:`tests.disclosure.accounts`). The others are declared, or are the
conventions by which figures are made.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import socialpoll as sp
from tests.disclosure.reading import NUMBER
from tests.disclosure.saying import texts_in

CONVENTIONS = (
    r"\d+% confidence (intervals?|level)",
    r"the \d+% level",
    r"Percentages may not add to 100 because",
    r"may add to more than 100\.",
)
"""Sentences whose numbers are those of no poll."""


@dataclass(frozen=True, eq=False)
class Facts:
    """The numbers of the account of the method, where they may stand in English.

    Parameters
    ----------
    release : Release
    report : Report
        Of its life cycle.
    poll : Poll
        Of what those who publish wrote themselves, and their dates.
    """

    release: sp.Release
    report: sp.Report
    poll: sp.Poll

    def of(self, stage: str, name: str) -> Mapping[str, object]:
        """Return a fact; an empty one where it is not there."""
        return self.release.methodology.fact(stage, name) or {}

    @cached_property
    def declared(self) -> str:
        """Return everything that people wrote of the method."""
        return repr(self.release.questionnaire.methodology)

    @cached_property
    def in_rows(self) -> dict[str, list[str]]:
        """Return the numbers that a row of the account may have, by its name."""
        cases, rates = self.of("responses", "cases"), self.of("responses", "rates")
        precision, policy = self.of("indicators", "precision"), self.of("disclosure", "policy")
        tests = self.of("indicators", "comparisons")
        weights = self.of("weighting", "diagnostics")
        declared = NUMBER.findall(self.declared)
        written = {
            "Questionnaire": [f"{len(self.release.questionnaire.questions)}"],
            "Fieldwork": list(self._dates()),
            "Sample size": [f"{cases['interviews']:,}", f"{cases['cases']:,}"],
            "Sample design": [f"{self.of('responses', 'design').get('stages')}"],
            "Response rate": ["1", "3", *(_percent(one) for one in _numbers(rates))],
            "Margin of error": [*_margin(precision), "95"],
            "Design effect": [f"{float(one):.2f}" for one in [precision.get("deff_median")] if one],
            "Weighting": list(self._of_weighting()),
            "Weighting variables": [
                f"{float(weights.get('sum', 0)):,.0f}",
                f"{float(weights.get('deff', 0)):.2f}",
            ],
            "Intervals and tests": ["95", "5", f"{tests.get('minimum_base')}"],
            "Suppression and rounding": [
                f"{policy[one]}" for one in ("minimum_base", "flag_below", "threshold")
            ],
        }
        people_wrote = (
            "Sponsor",
            "Target population",
            "Sampling frame",
            "Sampling",
            "Sources",
            "Sources of the weighting",
            "Data processing and quality checks",
            "Limitations",
        )
        sources = " ".join(map(str, self.of("weighting", "rake").get("sources.en", ())))
        return written | {one: [*declared, *NUMBER.findall(sources)] for one in people_wrote}

    def _of_weighting(self) -> Iterator[str]:
        weights = self.of("weighting", "diagnostics")
        for one in (weights.get("smallest"), weights.get("largest"), weights.get("n_effective")):
            yield f"{float(one or 0):,.0f}"
        shared, needed = self.of("weighting", "nonresponse"), self.of("weighting", "require")
        yield str(shared.get("classes"))
        yield f"{float(shared.get('largest_factor', 0)):.2f}"
        for one in ("max_deff", "max_ratio"):
            yield f"{float(needed.get(one) or 0):g}"
        for one in ("deff", "ratio"):
            yield f"{float(needed.get(one) or 0):.2f}"

    @cached_property
    def sentences(self) -> list[str]:
        """Return patterns of whole sentences, or of their ends, with numbers that may be there."""
        cases, policy = self.of("responses", "cases"), self.of("disclosure", "policy")
        dates = "|".join(re.escape(one) for one in self._written_dates())
        life = self.report.life_cycle
        margins = "|".join(re.escape(one) for one in _margin(self.of("indicators", "precision")))
        return [
            *CONVENTIONS,
            rf"The poll reached {cases['interviews']:,} respondents\.",
            rf"\b({dates})(?!\d)",
            rf"^1 ({'|'.join(calendar.month_name[1:])}) \d{{4}}$",
            rf"margin of error is ±({margins}) percentage points",
            rf"^Edition: {re.escape(life.edition)}$|· Edition: {re.escape(life.edition)} ·",
            rf"fewer than {policy['flag_below']} respondents in the group",
            rf"^Minimum base: {policy['minimum_base']}\.$",
        ]

    def _written_dates(self) -> list[str]:
        life, method = self.report.life_cycle, self.release.questionnaire.methodology
        told = repr((life, method, self.poll.publication))
        found = re.findall(r"datetime\.date\((\d+), (\d+), (\d+)\)", told)
        dates = [dt.date(*map(int, one)) for one in found]
        return list(dict.fromkeys(f"{one.day} {one:%B %Y}" for one in dates))

    @cached_property
    def written(self) -> list[str]:
        """Return the paragraphs of those who publish."""
        texts = texts_in(self.poll.publication)
        return [" ".join(one.split()) for text in texts for one in text.split("\n\n")]

    def _dates(self) -> Iterator[str]:
        for one in self._written_dates():
            yield from NUMBER.findall(one)


def _margin(precision: Mapping[str, object]) -> list[str]:
    found = precision.get("headline_margin")
    return [_percent(found)] if isinstance(found, float) else []


def _percent(value: object) -> str:
    return f"{100 * float(str(value)):.1f}"


def _numbers(values: Mapping[str, object]) -> list[object]:
    return [one for one in values.values() if isinstance(one, float)]
