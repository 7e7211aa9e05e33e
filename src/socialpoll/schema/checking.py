"""What is wrong between the parts of a questionnaire, found before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from socialpoll.schema.checking_codes import check_codes
from socialpoll.schema.checking_constraints import check_constraint
from socialpoll.schema.checking_derived import check_derived
from socialpoll.schema.checking_instrument import check_blocks, check_splits
from socialpoll.schema.checking_routing import check_routing
from socialpoll.schema.derived import Nets
from socialpoll.schema.drafting import Draft
from socialpoll.schema.places import Notes, Path
from socialpoll.schema.questions import Grid, Multiple
from socialpoll.schema.texts import UNDETERMINED

__all__ = ["check"]

PLAIN_NAME = re.compile(r"(?!_)[\w.\-]+")
NAME_RULE = "letters, digits, '_', '.' and '-', not beginning with '_'"
COLUMNS: Mapping[type, str] = {Multiple: "options", Grid: "items", Nets: "nets"}
"""What has a column each, by kind of variable."""
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def check(draft: Draft, notes: Notes) -> None:
    """Note everything that is wrong within and between the parts of a questionnaire.

    Parameters
    ----------
    draft : Draft
        All parts that have the right shape.
    notes : Notes
        Takes the problems.
    """
    if not draft.questions and not draft.broken and not notes.found:
        notes.add(("questions",), "there is no question", advice="declare at least one")
    notes.names.update({path: variable.name for path, variable in draft.variables()})
    _check_names(draft, notes)
    _check_option_columns(draft, notes)
    _check_languages(draft, notes)
    for position, question in draft.questions.items():
        check_codes(question, ("questions", position), notes)
        check_routing(draft, position, notes)
    for position in draft.derived:
        check_derived(draft, position, notes)
    for position in draft.constraints:
        check_constraint(draft, position, notes)
    check_blocks(draft, notes)
    check_splits(draft, notes)
    for path, text in _texts(draft):
        _check_text(text, path, draft.languages, notes)


def _check_names(draft: Draft, notes: Notes) -> None:
    seen: set[str] = set()
    named: list[tuple[Path, str]] = [(path, one.name) for path, one in draft.variables()]
    named += [(("splits", position), one.name) for position, one in draft.splits.items()]
    for path, name in named:
        if not PLAIN_NAME.fullmatch(name):
            what = "a name that is not plain"
            notes.add((*path, "name"), what, found=repr(name), allowed=NAME_RULE)
        if name in seen:
            advice = "give every question and derived variable a name of its own"
            notes.add((*path, "name"), f"the name {name!r} is taken", advice=advice)
        seen.add(name)


def _check_option_columns(draft: Draft, notes: Notes) -> None:
    """Options, items and nets are columns named after question and code; no others may be so."""
    names = {variable.name for _, variable in draft.variables()}
    names |= {split.name for split in draft.splits.values()}
    for path, question in draft.variables():
        key = COLUMNS.get(type(question), "")
        several = getattr(question, key) if key else ()
        for place, one in enumerate(several):
            column = f"{question.name}_{one.code}"
            if column in names:
                which = f"the column of this {key.removesuffix('s')}"
                what = f"{which}, {column!r}, is the name of another variable"
                notes.add((*path, key, place, "code"), what, advice="rename one of the two")
        names |= {f"{question.name}_{one.code}" for one in several}


def _check_languages(draft: Draft, notes: Notes) -> None:
    for place, language in enumerate(draft.languages):
        if not LANGUAGE.fullmatch(language):
            allowed = "BCP 47 tags such as 'ar' or 'en-GB'"
            notes.add(("languages", place), "no language", found=repr(language), allowed=allowed)
        if language in draft.languages[:place]:
            notes.add(("languages", place), f"the language {language!r} is there twice")


def _texts(draft: Draft) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Yield every text with its path."""
    if draft.title is not None:
        yield ("title",), draft.title
    for path, variable in draft.variables():
        yield from _texts_in(variable, path)
    for position, constraint in draft.constraints.items():
        yield from _texts_in(constraint, ("constraints", position))
    for position, block in draft.blocks.items():
        yield from _texts_in(block.label, ("blocks", position, "label"))
    for position, split in draft.splits.items():
        yield from _texts_in(split, ("splits", position))
    yield from _texts_in(draft.methodology, ("methodology",))


def _texts_in(value: object, path: Path) -> Iterator[tuple[Path, Mapping[str, str]]]:
    if isinstance(value, Mapping):
        yield path, value
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from _texts_in(one, (*path, place))
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts_in(getattr(value, field.name), (*path, field.name))


def _check_text(
    text: Mapping[str, str], path: Path, languages: tuple[str, ...], notes: Notes
) -> None:
    if not text:
        notes.add(path, "a text without words", advice="write it, or leave the key out")
        return
    for tag, words in text.items():
        if tag != UNDETERMINED and not LANGUAGE.fullmatch(tag):
            allowed = "BCP 47 tags such as 'ar' or 'en-GB'"
            notes.add((*path, tag), "no language", found=repr(tag), allowed=allowed)
        if not words.strip():
            place = path if tag == UNDETERMINED else (*path, tag)
            notes.add(place, "a text without words", advice="write it, or leave the key out")
    if UNDETERMINED in text:
        return
    lacking = [tag for tag in languages if tag not in text and tag.partition("-")[0] not in text]
    if lacking:
        found = f"only {', '.join(text)}"
        advice = "translate it, or take the language out of languages"
        notes.add(path, f"no words in {', '.join(lacking)}", found=found, advice=advice)
