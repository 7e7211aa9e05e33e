"""A poll of people from the synthetic register: from the tables of agencies to a brief."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from socialpoll.demo import POLL_FILE
from socialpoll.demo.register.answers import simulated_answers
from socialpoll.demo.register.declared import LAYOUT
from socialpoll.demo.register.questionnaire import questionnaire
from socialpoll.disclosure import MinBase, release
from socialpoll.indicators import Estimates, Mean, compare, estimate
from socialpoll.plugins import export
from socialpoll.poll import Poll
from socialpoll.register import (
    AgencyTable,
    Drawn,
    LinkageKey,
    Links,
    Matching,
    Population,
    StratifiedSample,
    Updated,
    check_sources,
    draw,
    link_records,
    link_respondents,
    open_register,
    population,
    update_register,
    write_register,
    write_review,
)
from socialpoll.report import LifeCycle, Report, compose
from socialpoll.responses import Responses, bind
from socialpoll.responses.dispositions import Outcome
from socialpoll.weighting import Margin, NonResponse, Rake, Recipe, Weights, weigh

__all__ = ["RegisterPoll", "poll_from_register", "recipe_for"]

Say: TypeAlias = Callable[[str], None]

NAME = "2024-03"
SEED = 2024
SOURCE = {
    "en": "Register of citizens, updated from the tables of three agencies",
    "ar": "سجل المواطنين، بعد تحديثه من جداول ثلاث جهات",
}
CROSSING = ("sex", "age_group")
BREAKDOWNS = ("sex", "age_group", "governorate")
OUTCOMES: Mapping[str | int, Outcome] = {
    "interview": "interview",
    "refusal": "refusal",
    "no_contact": "noncontact",
    "other": "other",
}
MEASURED = ("account", "platforms", Mean("hours"))
TOLD = ("sex", "age", "education")
"""What must be known beside the governorate to simulate answers."""
RELEASED = dt.date(2024, 4, 28)
EXPORTS = ("word", "excel", "csv", "json")
TITLE = {
    "en": "Social media use among Omanis, March 2024",
    "ar": "استخدام العمانيين لوسائل التواصل الاجتماعي، مارس 2024",
}
SUBTITLE = {
    "en": "An example brief made from a synthetic register",
    "ar": "موجز توضيحي مُعدّ من سجل اصطناعي",
}


@dataclass(frozen=True, eq=False)
class RegisterPoll:
    """What came of a poll, stage by stage.

    Attributes
    ----------
    links : Links
        Of the records with the people of the reference.
    updated : Updated
        The register, and what was changed in it.
    population : Population
        Those of the register whom the poll is about.
    drawn : Drawn
        The sample.
    weights : Weights
    estimates : Estimates
    report : Report
    paths : tuple of Path
        Every file that was written. ``review.csv``, which people decide of, is the one with names.
    """

    links: Links
    updated: Updated
    population: Population
    drawn: Drawn
    weights: Weights
    estimates: Estimates
    report: Report
    paths: tuple[Path, ...]


def poll_from_register(
    tables: Iterable[AgencyTable],
    *,
    to: str | Path,
    key: LinkageKey,
    size: int = 1_000,
    how: Matching | None = None,
    said: Say = lambda _: None,
) -> RegisterPoll:
    """Take a poll of people whom the tables of agencies know, and write its brief.

    Parameters
    ----------
    tables : iterable of AgencyTable
        Of a synthetic register, the reference first.
    to : str or Path
        Folder for what is made; it is made where it is not there.
    key : LinkageKey
        Of the pseudonyms. Another one draws another sample.
    size : int
        Of the sample.
    how : Matching, optional
        How records are matched.
    said : function of str
        Is told what is done next.

    Returns
    -------
    RegisterPoll
        What came of each stage.

    Raises
    ------
    RegisterError
        The tables cannot be used, or a file is there already.
    """
    folder = Path(to)
    folder.mkdir(parents=True, exist_ok=True)
    links, updated, kept = _registered(list(tables), folder, key, how, said)
    said("Drawing the sample")
    people = population(updated.register, questionnaire(), source=SOURCE)
    sample = StratifiedSample("governorate", size, allocation="power")
    drawn = draw(people, sample, key, name=NAME, seed=SEED)
    said("Calling people")
    responses, fieldwork = _answered(drawn, people, key, folder)
    said("Weighting and estimating")
    weights = weigh(responses, recipe_for(people))
    estimates = compare(estimate(weights, list(MEASURED), by=list(BREAKDOWNS)))
    said("Writing the brief")
    report = _report(estimates)
    documents = [path for name in EXPORTS for path in export(report, name, to=folder)]
    paths = (*kept, *fieldwork, *documents)
    return RegisterPoll(links, updated, people, drawn, weights, estimates, report, paths)


def recipe_for(people: Population) -> Recipe:
    """Return how the interviewed come to stand for a population, by its own counts."""
    margins = (
        Margin("governorate", people.targets("governorate")),
        Margin(CROSSING, people.targets(*CROSSING)),
    )
    return Recipe((NonResponse(("governorate",)), Rake(margins)))


def _registered(
    declared: Sequence[AgencyTable], folder: Path, key: LinkageKey, how: Matching | None, said: Say
) -> tuple[Links, Updated, list[Path]]:
    """Match the records and update the register by them."""
    reference, *tables = declared
    said("Looking through the tables")
    check_sources(declared, LAYOUT).require_clean()
    said("Matching the records")
    links = link_records(reference, tables, LAYOUT, key, how)
    review = write_review(links, reference, tables, LAYOUT, key, to=folder / "review.csv")
    said("Updating the register")
    opened = open_register(reference, LAYOUT, key)
    updated = update_register(opened, links, tables, key)
    return links, updated, [review, write_register(updated, folder / "register")]


def _answered(
    drawn: Drawn, people: Population, key: LinkageKey, folder: Path
) -> tuple[Responses, list[Path]]:
    """Hand the sample over, have its people called, and take the answers in."""
    sample, file = folder / "sample.csv", folder / "answers.csv"
    drawn.frame.to_csv(sample, index=False)
    called = link_respondents(drawn, drawn.frame[["case"]], key, population=people, variables=TOLD)
    answers = simulated_answers(called, SEED)
    answers.to_csv(file, index=False)
    cases = link_respondents(drawn, answers, key, population=people)
    # The methodology card names what it is told that strata are made of.
    design = replace(
        drawn.design, strata="governorate", disposition="disposition", outcomes=OUTCOMES
    )
    return bind(cases, questionnaire(), design), [sample, file]


def _report(estimates: Estimates) -> Report:
    publication = Poll.load(POLL_FILE).publication
    return compose(
        release(estimates, MinBase(30, flag_below=100)),
        title=TITLE,
        subtitle=SUBTITLE,
        publisher=publication.publisher,
        life_cycle=LifeCycle(release_date=RELEASED),
        style=publication.style,
    )
