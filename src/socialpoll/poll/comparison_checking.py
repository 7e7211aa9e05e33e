"""What is wrong with the comparisons of a poll file."""

from __future__ import annotations

from socialpoll.poll.draft import Draft
from socialpoll.poll.notebook import Notebook

__all__ = ["COMPARISONS", "check_comparisons"]

COMPARISONS = "comparisons"
BETWEEN_WAVES = ("waves", "previous")


def check_comparisons(draft: Draft, notes: Notebook) -> None:
    """Note what would be compared with nothing, or without a test.

    Parameters
    ----------
    draft : Draft
    notes : Notebook
        Takes the problems.
    """
    how = draft.comparisons
    between = how is not None and how.against in BETWEEN_WAVES
    if between and not draft.waves:
        advice = 'compare groups: against = "pairs", "rest" or "total"'
        notes.note(f"{COMPARISONS}.against", "there is only one wave", advice=advice)
    compared = {where: one for where, one in draft.wanted.items() if one.compare}
    if how is not None and not compared:
        advice = "add 'compare = true' to indicators, or leave the table out"
        notes.note(COMPARISONS, "nothing is compared", advice=advice)
    general = draft.publication.by if draft.publication is not None else None
    for where, one in compared.items():
        if not between and (general if one.by is None else one.by) == ():
            advice = "name breakdowns in 'by', or leave 'compare' out"
            notes.note(f"{where}.compare", "there are no groups to compare", advice=advice)
        elif not draft.tested:
            notes.note(
                f"{where}.compare",
                "nothing can be compared, for the sample was not drawn at random",
                found='sampling = "opt_in" in design',
                advice="leave 'compare' out, or ask for model-based precision: 'opt_in = \"model\"'"
                " in [precision]",
            )
