"""What is wrong with the goal of ``[outreach]``: platforms to choose from, limits and costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from socialpoll.errors import nearest
from socialpoll.poll.declared import OUTREACH
from socialpoll.poll.notebook import Notebook
from socialpoll.poll.outreach_tables import OutreachTable
from socialpoll.schema import Code

__all__ = ["check_goal"]

LIMITS = ("size", "reach", "budget")


def check_goal(table: OutreachTable, options: Sequence[Code], notes: Notebook) -> None:
    """Note a goal that says too little, or cannot be.

    Parameters
    ----------
    table : OutreachTable
    options : sequence of Code
        Of the platforms; none where they are not known.
    notes : Notebook
        Takes the problems; what is told already is not told again.
    """
    given = [one for one in LIMITS if getattr(table, one) is not None]
    if not given and not any(notes.knows(f"{OUTREACH}.{one}") for one in LIMITS):
        what, advice = "it has no goal", "add 'size', the largest number of platforms"
        notes.note(OUTREACH, what, allowed=f"one or more of {', '.join(LIMITS)}", advice=advice)
    if table.budget is not None and not table.costs and not notes.knows(f"{OUTREACH}.costs"):
        what, advice = "a budget, but no costs", f"add [{OUTREACH}.costs], a number for each option"
        notes.note(f"{OUTREACH}.budget", what, found=f"{table.budget:g}", advice=advice)
    if not options:
        return
    may = [str(one.code) for one in options if not one.exclusive]
    _check_among(table, may, notes)
    named = may if notes.knows(f"{OUTREACH}.among") else [str(one) for one in table.among or may]
    candidates = [one for one in may if one in named]
    if table.size is not None and table.size > len(candidates) > 0:
        what, allowed = "there are not so many options", f"1 to {len(candidates)}"
        notes.note(f"{OUTREACH}.size", what, found=str(table.size), allowed=allowed)
    _check_costs(table, may, candidates, notes)


def _check_among(table: OutreachTable, may: Sequence[str], notes: Notebook) -> None:
    where, codes = f"{OUTREACH}.among", [str(one) for one in table.among or ()]
    for code in dict.fromkeys(codes):
        if code not in may:
            what = f"{code!r} is no option of {table.platforms!r} that reaches anybody"
            notes.note(where, what, allowed=nearest(code, may))
        elif codes.count(code) > 1:
            notes.note(where, "an option is there twice", found=repr(code))


def _check_costs(
    table: OutreachTable, may: Sequence[str], candidates: Sequence[str], notes: Notebook
) -> None:
    """Note costs of what cannot be chosen, and options to choose from without a cost."""
    where = f"{OUTREACH}.costs"
    for code in table.costs:
        if code not in may:
            what = f"{code!r} is no option of {table.platforms!r} that reaches anybody"
            notes.note(f"{where}.{code}", what, allowed=nearest(code, may))
        elif code not in candidates:
            what = "a cost of an option that is not in 'among'"
            advice = "add the option there, or remove its cost"
            notes.note(f"{where}.{code}", what, allowed=", ".join(candidates), advice=advice)
    lacking = [one for one in candidates if one not in table.costs]
    untold = [one for one in lacking if not notes.knows(f"{where}.{one}")]
    if table.costs and untold and not notes.knows(f"{OUTREACH}.among"):
        found = ", ".join(map(repr, untold))
        advice = "give each option that may be chosen a cost; 0 where it costs nothing"
        notes.note(where, "options without a cost", found=found, advice=advice)
    if not lacking and table.budget is not None:
        _check_budget(table.budget, {code: table.costs[code] for code in candidates}, notes)


def _check_budget(budget: float, costs: Mapping[str, float], notes: Notebook) -> None:
    """Note a budget for which nothing can be had."""
    cheapest = min(costs, key=lambda one: costs[one], default=None)
    if cheapest is not None and budget < costs[cheapest]:
        what, found = "no option can be had for so little", f"{budget:g}"
        allowed = f"{costs[cheapest]:g} or more, the cost of {cheapest!r}"
        notes.note(f"{OUTREACH}.budget", what, found=found, allowed=allowed)
