"""What is wrong with a constraint: questions that are not there, or of another kind; limits."""

from __future__ import annotations

from socialpoll.errors import nearest
from socialpoll.schema.constraints import AnyConstraint, Choices, Order, Sum
from socialpoll.schema.drafting import Draft
from socialpoll.schema.places import Notes, Path
from socialpoll.schema.questions import NUMERIC, Date, Multiple, OneAnswer, Scale

__all__ = ["check_constraint"]

KINDS: dict[type, tuple[tuple[type, ...], str]] = {
    Sum: (NUMERIC, "a number or duration"),
    Order: ((*NUMERIC, Scale, Date), "a number, duration, scale or date"),
    Choices: ((Multiple,), "a multiple"),
}


def check_constraint(draft: Draft, position: int, notes: Notes) -> None:
    """Note what is wrong with a constraint.

    Parameters
    ----------
    draft : Draft
    position : int
        Of the constraint in its section.
    notes : Notes
        Takes the problems.
    """
    constraint, path = draft.constraints[position], ("constraints", position)
    several = (constraint.of,) if isinstance(constraint, Choices) else constraint.of
    found = []
    for place, name in enumerate(several):
        here: Path = (*path, "of") if isinstance(constraint, Choices) else (*path, "of", place)
        question = _question(draft, constraint, name, here, notes)
        if name in several[:place]:
            notes.add(here, f"the question {name!r} is there twice", advice="name each once")
        if question is not None:
            found.append(question)
    if isinstance(constraint, Order):
        _check_alike(found, (*path, "of"), notes)
    else:
        _check_limits(constraint, path, notes)


def _question(
    draft: Draft, constraint: AnyConstraint, name: str, path: Path, notes: Notes
) -> OneAnswer | None:
    if name in draft.broken:
        return None
    kinds, words = KINDS[type(constraint)]
    found = draft.named(name)
    if found is None:
        names = [one.name for _, one in draft.asked() if isinstance(one, kinds)]
        notes.add(path, f"there is no question {name!r}", allowed=nearest(name, names))
        return None
    if not isinstance(found[1], kinds):
        what = f"{constraint.kind} cannot be of a question of kind {found[1].kind!r}"
        notes.add(path, what, found=repr(name), allowed=f"{words} question")
        return None
    return found[1]


def _check_alike(questions: list[OneAnswer], path: Path, notes: Notes) -> None:
    dates = [isinstance(one, Date) for one in questions]
    if any(dates) and not all(dates):
        notes.add(path, "dates and numbers have no order between them", advice="compare like kinds")


def _check_limits(constraint: Sum | Choices, path: Path, notes: Notes) -> None:
    low, high = constraint.minimum, constraint.maximum
    if low is None and high is None:
        notes.add(path, "a constraint without limits", advice="give minimum or maximum")
    elif low is not None and high is not None and low > high:
        what = "the minimum is above the maximum"
        notes.add((*path, "minimum"), what, found=f"{low:g} and {high:g}")
