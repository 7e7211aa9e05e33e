"""What is wrong with blocks and split samples: questions, order, codes and columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from socialpoll.errors import nearest
from socialpoll.schema.checking_codes import check_each_code
from socialpoll.schema.conditions import questions_of
from socialpoll.schema.drafting import Draft
from socialpoll.schema.instrument import Block, Version
from socialpoll.schema.places import Notes, Path
from socialpoll.schema.questions import Multiple, OneAnswer, one_by_one

__all__ = ["check_blocks", "check_splits"]


def check_blocks(draft: Draft, notes: Notes) -> None:
    """Note what is wrong with the blocks of a questionnaire, each and among them.

    Parameters
    ----------
    draft : Draft
    notes : Notes
        Takes the problems.
    """
    names: set[str] = set()
    block_of: dict[str, str] = {}
    for position, block in draft.blocks.items():
        path = ("blocks", position)
        if block.name in names:
            what = f"the name {block.name!r} is taken"
            notes.add((*path, "name"), what, advice="give each block a name of its own")
        names.add(block.name)
        _check_questions(draft, block.questions, (*path, "questions"), notes)
        for place, name in enumerate(block.questions):
            if name in block_of:
                what = f"the question {name!r} is already in the block {block_of[name]!r}"
                advice = "put each question in one block"
                notes.add((*path, "questions", place), what, advice=advice)
            block_of.setdefault(name, block.name)
        _check_order(draft, block, path, notes)


def check_splits(draft: Draft, notes: Notes) -> None:
    """Note what is wrong with the split samples of a questionnaire.

    Parameters
    ----------
    draft : Draft
    notes : Notes
        Takes the problems.
    """
    whose = {
        column: question.name
        for question in draft.questions.values()
        for one in one_by_one(question)
        for column in _columns_of(one)
    }
    for position, split in draft.splits.items():
        path = ("splits", position)
        codes = [one.code for one in split.versions]
        check_each_code(codes, "string", (*path, "versions"), notes)
        for place, version in enumerate(split.versions):
            _check_version(draft, version, (*path, "versions", place, "questions"), notes)
        if split.column is None:
            continue
        if split.column in whose:
            what = f"the column {split.column!r} is that of {whose[split.column]!r}"
            advice = "name the column that holds the version"
            notes.add((*path, "column"), what, advice=advice)
        whose[split.column] = split.name


def _columns_of(question: OneAnswer) -> tuple[str, ...]:
    column = question.column or question.name
    if isinstance(question, Multiple) and question.layout == "columns":
        return tuple(f"{column}_{one.code}" for one in question.options)
    return (column,)


def _check_version(draft: Draft, version: Version, path: Path, notes: Notes) -> None:
    _check_questions(draft, version.questions, path, notes)
    for place, name in enumerate(version.questions):
        if name in version.questions[:place]:
            what = f"the question {name!r} is there twice"
            notes.add((*path, place), what, advice="name each once")


def _check_questions(draft: Draft, several: Sequence[str], path: Path, notes: Notes) -> None:
    """Note names that are no question's."""
    names = [one.name for one in draft.questions.values()]
    items = {
        one.name: asked.name for asked in draft.questions.values() for one in one_by_one(asked)
    }
    for place, name in enumerate(several):
        if name in names or name in draft.broken:
            continue
        if name in items:
            what = f"{name!r} is an item, which is asked with its grid"
            notes.add((*path, place), what, advice=f"name the grid, {items[name]!r}")
        else:
            what = f"there is no question {name!r}"
            notes.add((*path, place), what, allowed=nearest(name, names))


def _check_order(draft: Draft, block: Block, path: Path, notes: Notes) -> None:
    """Note questions that do not follow on each other, or depend on others of a varied block."""
    position_of = {one.name: position for position, one in draft.questions.items()}
    places = [position_of[name] for name in block.questions if name in position_of]
    if len(places) == len(block.questions) == len(set(places)):
        for number, (before, place) in enumerate(pairwise(places), start=1):
            if place != before + 1:
                name = block.questions[number]
                what = f"{name!r} does not follow on {block.questions[number - 1]!r}"
                advice = "name the questions of a block in the order of the file, without a gap"
                notes.add((*path, "questions", number), what, advice=advice)
                return
    if block.order != "listed":
        for place in places:
            _check_independent(draft, place, frozenset(places), (*path, "order"), notes)


def _check_independent(
    draft: Draft, position: int, others: frozenset[int], path: Path, notes: Notes
) -> None:
    question = draft.questions[position]
    sources = {one.name: one.of for one in draft.derived.values()}
    names = questions_of(question.asked_if) if question.asked_if is not None else ()
    for name in dict.fromkeys(names):
        found = draft.named(sources.get(name, name))
        if found is not None and found[0] in others - {position}:
            what = f"{question.name!r} depends on {name!r} of the same block, which may come later"
            advice = "take one of them out of the block, or let its order be 'listed'"
            notes.add(path, what, advice=advice)
