"""What is wrong with the questions, audiences and names of ``[outreach]``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from socialpoll.audience.declared import GRIDS
from socialpoll.errors import nearest
from socialpoll.poll.declared import OUTREACH, PLAIN
from socialpoll.poll.draft import Draft
from socialpoll.poll.naming import name_of
from socialpoll.poll.notebook import Notebook
from socialpoll.poll.outreach_goal_checking import check_goal
from socialpoll.poll.outreach_tables import OutreachTable
from socialpoll.schema import Code, Multiple, Nets, Questionnaire
from socialpoll.schema.categories import categories_of
from socialpoll.schema.meaning import if_not_asked

__all__ = ["check_outreach"]

PREFIX = f"{OUTREACH}_"


def check_outreach(draft: Draft, notes: Notebook) -> None:
    """Note every mistake in ``[outreach]`` that its table alone does not show.

    Parameters
    ----------
    draft : Draft
    notes : Notebook
        Takes the problems.
    """
    table, asked = draft.outreach, draft.questionnaire
    if table is None:
        return
    if draft.waves > 1:
        what, found = "a plan is made of one wave", f"{draft.waves} waves"
        advice = "leave the table out, and plan with a poll file of the last wave alone"
        notes.note(OUTREACH, what, found=found, advice=advice)
    options: Sequence[Code] = ()
    if asked is not None:
        _check_reserved(draft, asked, notes)
        options = _platforms(table.platforms, asked, notes)
        _check_audiences(table, asked, notes)
        for role in PLAIN:
            _check_plain(role, getattr(table, role), asked, notes)
        for role in GRIDS:
            _check_grid(role, getattr(table, role), asked, notes)
    if asked is not None and options:
        _check_base(table, asked, notes)
        _check_items(table, asked, options, notes)
    check_goal(table, options, notes)


def _check_reserved(draft: Draft, asked: Questionnaire, notes: Notebook) -> None:
    for where, one in draft.wanted.items():
        name = name_of(one.indicator, asked)
        if name.startswith(PREFIX):
            what = f"names that begin with {PREFIX!r} are those of [{OUTREACH}]"
            advice = "give the indicator another 'name'"
            notes.note(f"{where}.name", what, found=repr(name), advice=advice)


def _platforms(name: str, asked: Questionnaire, notes: Notebook) -> Sequence[Code]:
    """Return the options of the platforms; none where they cannot be, which is noted."""
    where = f"{OUTREACH}.platforms"
    several = [one.name for one in (*asked.put, *asked.derived) if isinstance(one, Multiple | Nets)]
    if name in several:
        return categories_of(asked, name).codes
    _note_odd(where, name, asked, several, notes, lacks="several answers a person")
    return ()


def _check_audiences(table: OutreachTable, asked: Questionnaire, notes: Notebook) -> None:
    crossed = ((one,) if isinstance(one, str) else one for one in table.audiences or ())
    for name in (name for one in crossed for name in one):
        if name not in asked.names:
            what = f"there is no question or derived variable {name!r}"
            notes.note(f"{OUTREACH}.audiences", what, allowed=nearest(name, asked.names))


def _check_plain(role: str, name: str | None, asked: Questionnaire, notes: Notebook) -> None:
    where = f"{OUTREACH}.{role}"
    listed = [one for one in asked.names if categories_of(asked, one).codes]
    if name is None or name in listed:
        return
    if name in asked.grids:
        beside = " or ".join(one for one in GRIDS if one.startswith(role))
        advice = f"name one of its items{beside and f', or the grid under {beside}'}"
        notes.note(where, f"{name!r} is a grid", allowed=nearest("", listed), advice=advice)
    else:
        _note_odd(where, name, asked, listed, notes, lacks="answers to choose from")


def _check_grid(role: str, name: str | None, asked: Questionnaire, notes: Notebook) -> None:
    if name is not None and name not in asked.grids:
        where = f"{OUTREACH}.{role}"
        _note_odd(where, name, asked, asked.grids, notes, lacks="items: it is no grid")


def _note_odd(
    where: str,
    name: str,
    asked: Questionnaire,
    fit: Iterable[str],
    notes: Notebook,
    *,
    lacks: str,
) -> None:
    """Note a name that is unknown, or that of a variable of another kind than those that fit."""
    there = name in (*asked.names, *asked.grids)
    unknown = f"there is no question or derived variable {name!r}"
    notes.note(
        where,
        f"{name!r} has no {lacks}" if there else unknown,
        found=asked[name].kind if there else "",
        allowed=nearest("" if there else name, fit) or "none of this questionnaire",
    )


def _check_base(table: OutreachTable, asked: Questionnaire, notes: Notebook) -> None:
    name = table.platforms
    if table.base == "all" and if_not_asked(asked, name) is None:
        notes.note(
            f"{OUTREACH}.base",
            f"base 'all' needs to know what it means that {name!r} was not asked",
            found="no if_not_asked",
            allowed="'answered' or 'asked'",
            advice="declare if_not_asked in the questionnaire",
        )


def _check_items(
    table: OutreachTable, asked: Questionnaire, options: Sequence[Code], notes: Notebook
) -> None:
    """Note items of the grid of times by platform that are no platforms."""
    grid = asked.grids.get(table.times_by_platform or "")
    known = [str(one.code) for one in options if not one.exclusive]
    for item in grid.items if grid is not None else ():
        if str(item.code) not in known:
            what = f"item {str(item.code)!r} is no option of {table.platforms!r}"
            where = f"{OUTREACH}.times_by_platform"
            notes.note(where, what, allowed=nearest(item.code, known))
