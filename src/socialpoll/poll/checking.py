"""What the parts of a poll file say of one another and of the questionnaire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.disclosure import MinBase
from socialpoll.errors import Problem, ReleaseError, nearest
from socialpoll.indicators import AnyIndicator, CircularMean, Profile, Ratio, Reach
from socialpoll.poll.banner_checking import check_banners
from socialpoll.poll.chart_checking import check_charts
from socialpoll.poll.comparison_checking import check_comparisons
from socialpoll.poll.declared import Export, Publication, Wanted
from socialpoll.poll.draft import Draft
from socialpoll.poll.naming import name_of
from socialpoll.poll.narrowing import check_groups
from socialpoll.poll.notebook import Notebook
from socialpoll.poll.outreach_checking import check_outreach
from socialpoll.poll.plain_names import NAME_RULE, PLAIN_NAME
from socialpoll.report.catalogues import languages as catalogues
from socialpoll.report.own_sections_checking import texts_of_section
from socialpoll.report.together import languages_of, problem_of_edition
from socialpoll.responses import SampleDesign
from socialpoll.responses.checks import checks_problems
from socialpoll.responses.design import design_problems
from socialpoll.schema import UNDETERMINED, Questionnaire, Text

if TYPE_CHECKING:
    from socialpoll.indicators import Breakdown

__all__ = ["check", "check_design", "check_text", "used_by"]


def check(draft: Draft, notes: Notebook) -> Draft:
    """Note everything that is wrong between the parts, and return them with languages filled in.

    Parameters
    ----------
    draft : Draft
        All parts that have the right shape.
    notes : Notebook
        Takes the problems.
    """
    if draft.name is not None and not PLAIN_NAME.fullmatch(draft.name):
        notes.note("name", "a name that is not plain", found=repr(draft.name), allowed=NAME_RULE)
    if draft.design is not None:
        check_design(draft.design, notes)
    if draft.checks is not None:
        _take(notes, "checks", checks_problems(draft.checks, draft.questionnaire))
    if draft.questionnaire is not None:
        _check_variables(draft, draft.questionnaire, notes)
        _check_repeated(draft.wanted, draft.questionnaire, notes)
        _check_banners(draft, draft.questionnaire, notes)
        _check_charts(draft, draft.questionnaire, notes)
    check_comparisons(draft, notes)
    check_outreach(draft, notes)
    if draft.publication is None:
        return draft
    publication = _with_languages(draft.publication, draft.questionnaire)
    _check_languages(publication, draft.questionnaire, notes)
    _check_texts(draft, publication, notes)
    _check_policy(publication, notes)
    _check_limits(publication, notes)
    exports = {
        where: replace(one, languages=one.languages or publication.languages)
        for where, one in draft.exports.items()
    }
    _check_exports(exports, publication, notes)
    if draft.questionnaire is not None:
        check_groups(exports, _measured(draft, draft.questionnaire), notes)
    publication = replace(publication, sections=tuple(draft.sections.values()))
    return replace(draft, publication=publication, exports=exports)


def check_design(design: SampleDesign, notes: Notebook, where: str = "design") -> None:
    """Note what is wrong with a design in itself, at a place in the file."""
    _take(notes, where, design_problems(design))


def _take(notes: Notebook, table: str, problems: Iterable[Problem]) -> None:
    notes.take(replace(one, where=f"{table}.{one.where}") for one in problems)


def _check_exports(
    exports: Mapping[str, Export], publication: Publication, notes: Notebook
) -> None:
    for where, one in exports.items():
        for name in one.languages:
            problem = problem_of_edition(name, publication.languages)
            if problem is not None:
                unknown = not set(languages_of(name)) <= set(publication.languages)
                notes.note(
                    f"{where}.languages",
                    problem.what,
                    found=problem.found,
                    allowed=problem.allowed,
                    advice="add it to publication.languages" if unknown else "",
                )


def _check_variables(draft: Draft, questionnaire: Questionnaire, notes: Notebook) -> None:
    for where, name in used_by(draft):
        if name not in questionnaire.grids or where.endswith(".by"):
            _check_variable(where, name, questionnaire, notes)


def used_by(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield every variable that indicators and breakdowns use, after its place in the file."""
    for where, one in draft.wanted.items():
        for key, name in _questions(one.indicator).items():
            yield f"{where}.{key}", name
        for name in _variables(one.by or ()):
            yield f"{where}.by", name
    for name in _variables(draft.publication.by if draft.publication else ()):
        yield "publication.by", name


def _check_variable(where: str, name: str, questionnaire: Questionnaire, notes: Notebook) -> None:
    if name not in questionnaire.names:
        notes.note(
            where,
            f"there is no question or derived variable {name!r}",
            allowed=nearest(name, questionnaire.names),
        )


def _questions(indicator: AnyIndicator) -> dict[str, str]:
    """Return the variables of an indicator by the keys that name them."""
    match indicator:
        case Ratio():
            return {"ratio[1]": indicator.numerator, "ratio[2]": indicator.denominator}
        case Profile():
            return {"profile": indicator.question, "among": indicator.among}
        case Reach(question=question, time=str(time)):
            return {"reach": question, "time": time}
        case CircularMean():
            return {"circular_mean": indicator.question}
        case _:
            return {type(indicator).__name__.lower(): indicator.question}


def _variables(by: Iterable[Breakdown]) -> list[str]:
    return [name for one in by for name in ((one,) if isinstance(one, str) else one)]


def _check_repeated(
    wanted: Mapping[str, Wanted], questionnaire: Questionnaire, notes: Notebook
) -> None:
    seen: dict[str, str] = {}
    for where, one in wanted.items():
        name = name_of(one.indicator, questionnaire)
        first = seen.setdefault(name, where)
        if first != where:
            advice = "give one of them a 'name' of its own, or remove it"
            notes.note(where, f"the same name as {first}", found=repr(name), advice=advice)


def _check_banners(draft: Draft, questionnaire: Questionnaire, notes: Notebook) -> None:
    check_banners(draft.banners, _measured(draft, questionnaire), questionnaire.names, notes)


def _measured(draft: Draft, questionnaire: Questionnaire) -> dict[str, list[str]]:
    """Return the breakdowns that each indicator is measured by, as in the figures."""
    general = draft.publication.by if draft.publication is not None else ()
    return {
        name_of(one.indicator, questionnaire): _breakdowns(one, general)
        for one in draft.wanted.values()
    }


def _check_charts(draft: Draft, questionnaire: Questionnaire, notes: Notebook) -> None:
    publication = draft.publication
    general, maps = (publication.by, publication.maps) if publication is not None else ((), {})
    wanted = {where: (one, _breakdowns(one, general)) for where, one in draft.wanted.items()}
    check_charts(maps, wanted, questionnaire, notes)


def _breakdowns(wanted: Wanted, general: Sequence[Breakdown]) -> list[str]:
    """Return the breakdowns of an indicator as figures name them; a profile has one of its own."""
    if isinstance(wanted.indicator, Profile):
        return [wanted.indicator.among]
    by = general if wanted.by is None else wanted.by
    return [one if isinstance(one, str) else "|".join(one) for one in by]


def _with_languages(publication: Publication, questionnaire: Questionnaire | None) -> Publication:
    """Return a publication in the languages of the questionnaire, where it names none."""
    if publication.languages or questionnaire is None:
        return publication
    return replace(publication, languages=questionnaire.languages)


def _check_languages(
    publication: Publication, questionnaire: Questionnaire | None, notes: Notebook
) -> None:
    where = "publication.languages"
    if not publication.languages and questionnaire is not None:
        notes.note(where, "the key 'languages' is missing", advice="name at least one")
    if len(set(publication.languages)) < len(publication.languages):
        notes.note(where, "a language is there twice", found=", ".join(publication.languages))
    for tag in publication.languages:
        if _lacks(catalogues(), tag):
            what = f"there is no message catalogue of language {tag!r}"
            notes.note(where, what, allowed=nearest(tag, catalogues()))
        elif questionnaire and questionnaire.languages and _lacks(questionnaire.languages, tag):
            notes.note(
                where,
                f"the questionnaire is not in language {tag!r}",
                allowed=nearest(tag, questionnaire.languages),
                advice="translate it, and add the language to its 'languages'",
            )


def _check_texts(draft: Draft, publication: Publication, notes: Notebook) -> None:
    texts = {
        "publication.title": publication.title,
        "publication.subtitle": publication.subtitle,
        "publication.licence": publication.life_cycle.licence,
        "publication.correction": publication.correction,
        "publication.publisher.name": publication.publisher.name,
        "publication.publisher.about": publication.publisher.about,
    }
    texts |= {f"{where}.title": one.indicator.title or {} for where, one in draft.wanted.items()}
    texts |= {f"{where}.title": one.title for where, one in draft.banners.items()}
    required = {"publication.title", "publication.publisher.name"}
    for place, section in draft.sections.items():
        for within, text, must in texts_of_section(section):
            texts[f"{place}.{within}"] = text
            required |= {f"{place}.{within}"} if must else set()
    if publication.style.logo is not None:
        texts["publication.style.logo.alt"] = publication.style.logo.alt
    for where, text in texts.items():
        if where in required and not text:
            notes.note(where, "a text without words", advice="write it")
        check_text(where, text, publication, notes)


def check_text(where: str, text: Text, publication: Publication, notes: Notebook) -> None:
    """Note where a text has no words, or none in a language of the publication."""
    if any(not words.strip() for words in text.values()):
        notes.note(where, "a text without words", advice="write it")
    elif text and UNDETERMINED not in text:
        spoken = [tag for tag in publication.languages if not _lacks(catalogues(), tag)]
        lacking = [tag for tag in spoken if _lacks(text, tag)]
        if lacking:
            found = f"only {', '.join(text)}"
            notes.note(where, f"no words in {', '.join(lacking)}", found=found)


def _check_policy(publication: Publication, notes: Notebook) -> None:
    """Note terms of a policy that is not in use."""
    if publication.policy != "cells":
        for name, term in publication.cell_terms.items():
            notes.note(
                f"publication.{name}",
                "this is a term of the policy 'cells', which is not in use",
                found=repr(term),
                advice='set policy = "cells", or leave it out',
            )


def _check_limits(publication: Publication, notes: Notebook) -> None:
    limits = publication.reliability
    _check_rules(limits.rules, notes)
    try:
        MinBase(limits.minimum_base, limits.flag_below)
    except ReleaseError as error:
        notes.note(
            "publication.reliability",
            error.what,
            found=error.found,
            allowed=error.allowed.replace("minimum ", "minimum_base "),
            advice="set flag_below to minimum_base to flag nothing",
        )


def _check_rules(rules: tuple[str, ...], notes: Notebook) -> None:
    where = "publication.reliability.rules"
    if MinBase().name in rules:
        advice = "set minimum_base and flag_below, and remove it here"
        notes.note(where, "this rule is always there", found=repr(MinBase().name), advice=advice)
    if len(set(rules)) < len(rules):
        notes.note(where, "a rule is there twice", found=", ".join(rules))


def _lacks(tags: Iterable[str], tag: str) -> bool:
    return not {tag, tag.partition("-")[0]} & set(tags)
