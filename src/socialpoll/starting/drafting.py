"""A poll file for a questionnaire: what it can say by itself, and what is marked to be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from socialpoll.report import HouseStyle
from socialpoll.report.catalogues import languages as catalogues
from socialpoll.schema import (
    UNDETERMINED,
    AnyQuestion,
    Grid,
    Multiple,
    Questionnaire,
    Single,
    Text,
)
from socialpoll.starting.annotating import MARK
from socialpoll.starting.roles import Roles

__all__ = ["PollDraft", "poll_text", "published_languages"]

MEASURED = 40
"""Indicators that a draft asks for; further ones are comments."""
MOST_GROUPS = 8
MOST_BREAKDOWNS = 3
PEOPLE = re.compile(
    r"(?:.*_)?(?:sex|gender|region|governorate|province|urban|nationality|race|degree|education\w*"
    r"|educ|age_?(?:group|cat|band|gr)\w*|الجنس|النوع|المحافظة)"
)
PLATFORMS = re.compile(
    r"(?:.*_)?(?:platforms?|social_?(?:media|networks?)|networks?|channels?|apps?)(?:_used)?"
)
SIZE = 3
"""Platforms of a plan that a draft proposes."""
MEASURES = {
    "single": "share",
    "scale": "share",
    "multiple": "share",
    "time_of_day": "share",
    "number": "mean",
    "duration": "mean",
    "grid": "share",
}
"""What is measured of each kind of question; nothing of a kind that is not here."""
WEIGHTING = """\
# Weights made elsewhere count as base weights. To weight here, give the population's figures:
# [[weighting.steps]]
# step = "rake"
# margins = [
#     { of = "sex", targets = { male = 0.5, female = 0.5 }, source = "Census 2020" },
# ]
"""
PUBLISHER = "Name of your institution"
EXPORTS = """\
[[exports]]
exporter = "word"

[[exports]]
exporter = "csv"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollDraft:
    """What a poll file is written from.

    Attributes
    ----------
    name : str
    questionnaire : Questionnaire
    responses : str
        Name of the file of answers, there or still to come.
    answered : bool
        Whether it is there.
    reader : str or None
    roles : Roles
    silent : tuple of str
        Questions whose answers make no figure: none, all alike, or another in every case.
    findings : tuple of str
        What the reader had to say.
    """

    name: str
    questionnaire: Questionnaire
    responses: str
    answered: bool
    reader: str | None = None
    roles: Roles = field(default_factory=Roles)
    silent: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


def published_languages(asked: Questionnaire) -> tuple[str, ...]:
    """Return the languages of a questionnaire that reports can be written in; English for none."""
    spoken = [one for one in asked.languages if {one, one.partition("-")[0]} & set(catalogues())]
    return tuple(spoken or ["en"])


def poll_text(draft: PollDraft) -> str:
    """Write the poll file."""
    parts = ("\n".join(lines) for lines in (_top(draft), _design(draft)))
    measured = (*_indicators(draft), *_outreach(draft))
    return "\n".join([*parts, WEIGHTING, *measured, *_publication(draft), EXPORTS])


def _top(draft: PollDraft) -> Iterator[str]:
    yield "# The poll file. Lines marked 'check this:' hold what had to be guessed."
    yield "# Every key is explained in the reference of the poll file."
    for words in draft.findings:
        yield f"# The reader says: {' '.join(words.split())}"
    yield ""
    yield f"name = {_value(draft.name)}"
    yield 'questionnaire = "questionnaire.toml"'
    still = (
        ""
        if draft.answered
        else "     # still to come: put the file of answers here, or name another"
    )
    yield f"responses = {_value(draft.responses)}{still}"
    if draft.reader is not None:
        yield f"reader = {_value(draft.reader)}"
    yield ""


def _design(draft: PollDraft) -> Iterator[str]:
    roles = draft.roles
    yield "[design]"
    yield f'sampling = "probability"     # {MARK} "opt_in" if people chose themselves to take part'
    for key in ("strata", "clusters", "weight"):
        column = getattr(roles, key)
        if column is not None:
            yield f"{key} = {_value(column)}     # {MARK} by its name"
    if roles.nested:
        yield f"nested = true     # {MARK} cluster numbers are in several strata"
    if roles.lonely:
        yield f'lonely = "centered"     # {MARK} a stratum has but one cluster'
    for name in roles.others:
        yield f"# {MARK} column {_value(name)} looks like a part of the design too, and is not used"
    if not roles.columns and draft.answered:
        yield f"# {MARK} every row is taken for an interview of weight 1"
        yield '# weight = "…"'
        yield '# disposition = "…"'
    yield ""


def _indicators(draft: PollDraft) -> Iterator[str]:
    known = [one for one in draft.questionnaire.questions if one.name not in _unmeasured(draft)]
    # Who people are is no finding, unless nothing else was asked.
    asked = [one for one in known if one.name not in _breakdowns(draft)] or known
    tables = [table for one in asked if (table := _indicator(one))]
    yield f"# {MARK} what is measured, in the order in which it is reported"
    yield from tables[:MEASURED]
    if len(tables) > MEASURED:
        yield f"# {MARK} further questions, left out of the draft:"
        yield from ("".join(f"# {line}\n" for line in one.split("\n")) for one in tables[MEASURED:])


def _unmeasured(draft: PollDraft) -> set[str]:
    columns = set(draft.roles.columns)
    design = {
        one.name for one in draft.questionnaire.questions if (one.column or one.name) in columns
    }
    return {*design, *draft.silent}


def _indicator(question: AnyQuestion) -> str:
    measure = MEASURES.get(question.kind)
    if isinstance(question, Grid) and question.ordered:
        measure = "mean"
    return f"[[indicators]]\n{measure} = {_value(question.name)}\n" if measure else ""


def _outreach(draft: PollDraft) -> Iterator[str]:
    """Propose a plan, as a comment, where a question asks for several platforms by its name."""
    for one in draft.questionnaire.questions:
        named = PLATFORMS.fullmatch(one.name.lower()) and one.name not in draft.silent
        if isinstance(one, Multiple) and named:
            yield "# A plan of whom to reach: the platforms that together are used by most people."
            yield "# [outreach]"
            yield f"# platforms = {_value(one.name)}"
            yield f"# size = {min(SIZE, sum(not option.exclusive for option in one.options))}"
            yield ""
            return


def _breakdowns(draft: PollDraft) -> tuple[str, ...]:
    """Return questions about who people are, by their names, with not too many answers."""
    named = [
        one.name
        for one in draft.questionnaire.questions
        if isinstance(one, Single)
        and PEOPLE.fullmatch(one.name.lower())
        and 1 < len(one.options) <= MOST_GROUPS
        and one.name not in draft.silent
    ]
    return tuple(named[:MOST_BREAKDOWNS])


def _publication(draft: PollDraft) -> Iterator[str]:
    languages = published_languages(draft.questionnaire)
    by = _breakdowns(draft)
    yield "[publication]"
    title = _text(draft.questionnaire.title, languages)
    yield f"title = {title}     # {MARK} it is printed on the cover"
    known = ", ".join(catalogues())
    yield f"languages = {_list(languages)}     # {MARK} of {known}, those that all texts are in"
    yield f"by = {_list(by)}     # {MARK} the groups that figures are broken down by"
    yield "# release_date = 2026-04-28"
    yield ""
    yield "[publication.publisher]"
    yield f"name = {_value(PUBLISHER)}     # {MARK} who publishes"
    yield ""
    yield from _style()
    yield "# A group is published from 30 respondents and marked as of low reliability below 100."
    yield "[publication.reliability]"
    yield "minimum_base = 30"
    yield "flag_below = 100"
    yield ""


def _style() -> Iterator[str]:
    """Return the house style that there is anyway, to be changed."""
    usual = HouseStyle()
    colours = {"primary": "headings, the band on the cover, bars of charts", "accent": "lines"}
    yield "# How the documents look, in colours that stand out from white; the logo is PNG or JPEG."
    yield "# [publication.style]"
    for name, what in colours.items():
        yield f"# {name} = {_value(getattr(usual, name))}     # {what}"
    for name in ("latin_font", "arabic_font"):
        yield f"# {name} = {_value(getattr(usual, name))}"
    yield f'# logo = {{ file = "logo.png", alt = {_value(PUBLISHER)} }}'
    yield ""


def _text(text: Text, languages: Sequence[str]) -> str:
    """Write a text in the languages of the publication, where it has all of them."""
    if UNDETERMINED in text:
        return _value(text[UNDETERMINED])
    words = {tag: text[tag] for tag in languages if tag in text}
    if len(words) < len(languages):
        return _value(next(iter(text.values())))
    return f"{{ {', '.join(f'{tag} = {_value(one)}' for tag, one in words.items())} }}"


def _list(words: Sequence[str]) -> str:
    return f"[{', '.join(map(_value, words))}]"


def _value(words: str) -> str:
    """Return words as TOML writes them."""
    import tomlkit

    return tomlkit.item(words).as_string()
