"""How weights are to be made: inert steps, the same words in Python and in a poll file."""

from __future__ import annotations

import json
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any, TypeAlias, get_args

from socialpoll.errors import WeightingError
from socialpoll.weighting.declared import (
    Calibrate,
    NonResponse,
    PostStratify,
    Propensity,
    Rake,
    ReferencePropensity,
    Require,
    Rescale,
    Selection,
    Trim,
    UnknownEligibility,
)
from socialpoll.weighting.margin import canonical_margin, margin_table

__all__ = ["OF_SAMPLED_CASES", "Recipe", "Step", "limits_weights", "variables_of"]

Step: TypeAlias = (
    Selection
    | UnknownEligibility
    | NonResponse
    | Propensity
    | ReferencePropensity
    | PostStratify
    | Rake
    | Calibrate
    | Trim
    | Rescale
    | Require
)
"""What a recipe is made of; each class has its word in ``step``."""
OF_SAMPLED_CASES = (Selection, UnknownEligibility, NonResponse, Propensity)
"""Steps about all sampled cases; the others are about interviews, and come after them."""
OF_MARGINS = frozenset({"of", "targets", "sizes", "margins", "missing", "merge"})


@dataclass(frozen=True)
class Recipe:
    """Steps that turn base weights into weights, in order.

    Steps about all sampled cases (selection, unknown eligibility, non-response) come first; from
    then on only interviews have weight.

    Parameters
    ----------
    steps : tuple of steps
        None leave the base weights as they are.

    Raises
    ------
    WeightingError
        Something that is no step; a step about sampled cases after one about interviews.

    Examples
    --------
    >>> recipe = Recipe((PostStratify("sex", {"male": 0.5, "female": 0.5}),))
    >>> recipe.to_tables()
    [{'step': 'poststratify', 'of': 'sex', 'targets': {'male': 0.5, 'female': 0.5}}]
    """

    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", tuple(self.steps))
        later = ""
        for number, step in enumerate(self.steps, start=1):
            if not isinstance(step, get_args(Step)):
                raise WeightingError(
                    "something that is no weighting step",
                    where=f"step {number}",
                    found=type(step).__name__,
                    allowed=", ".join(one.__name__ for one in get_args(Step)),
                )
            if later and isinstance(step, OF_SAMPLED_CASES) and not _of_interviews(step):
                raise WeightingError(
                    "a step about all sampled cases after one about interviews only",
                    where=f"step {number} ({step.step})",
                    found=f"after {later}",
                    advice="put it before; from that step on cases without an interview have no "
                    "weight left",
                )
            if not isinstance(step, (*OF_SAMPLED_CASES, Require)):
                later = f"step {number} ({step.step})"

    def to_tables(self) -> list[dict[str, Any]]:
        """Return the steps as plain tables, as ``[[weighting.steps]]`` of a poll file holds them.

        Returns
        -------
        list of dict
            Strings, numbers, dates, lists and dicts; what has its default is left out.
        """
        return [_table(step) for step in self.steps]

    @property
    def canonical(self) -> str:
        """The recipe as JSON, the same for every way of writing codes or ordering targets."""
        return json.dumps([_canonical(step) for step in self.steps], ensure_ascii=False)


def variables_of(step: Step) -> tuple[str, ...]:
    """Return the questions and derived variables that a step is about, each once."""
    names: list[str] = [name for margin in step.margins for name in margin.of]
    match step:
        case Selection():
            names += step.of or (getattr(step, step.way),)
        case UnknownEligibility() | NonResponse() | Trim():
            names += step.within
        case Propensity():
            names += step.on
        case Calibrate():
            names += [*step.totals, *step.means]
    return tuple(dict.fromkeys(names))


def limits_weights(step: Step) -> bool:
    """Say whether a step holds each weight at a limit, so that its factor depends on the weight."""
    if isinstance(step, Calibrate):
        return step.bounds is not None and step.bounds_on == "weight"
    return isinstance(step, Trim)


def _of_interviews(step: Step) -> bool:
    """Say whether a step may also stand where only interviews are left."""
    return isinstance(step, Selection) and step.way in ("one_of", "chances")


def _table(step: Step) -> dict[str, Any]:
    return {"step": step.step, **_margins_of(step), **_others(step)}


def _margins_of(step: Step) -> dict[str, Any]:
    match step:
        case PostStratify() | ReferencePropensity():
            return margin_table(step.margins[0])
        case Selection():
            if step.margin is None:
                return {}
            table = margin_table(step.margin)
            return {"sizes" if key == "targets" else key: one for key, one in table.items()}
        case _:
            listed = [margin_table(one) for one in step.margins]
            return {"margins": listed} if listed else {}


def _others(step: Step) -> dict[str, Any]:
    """Return what is no margin and not its default, as TOML can hold it."""
    found = {}
    for field in fields(step):
        value = getattr(step, field.name)
        if field.name in OF_MARGINS or not field.init or value == _default(field):
            continue
        if isinstance(value, tuple):
            value = list(value) if len(value) > 1 or field.name == "bounds" else value[0]
        found[field.name] = value
    return found


def _default(field: Field[Any]) -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _canonical(step: Step) -> dict[str, Any]:
    named = step.margin if isinstance(step, Selection) else None
    margins = step.margins if named is None else (named,)
    table = {**_others(step), "step": step.step}
    if margins:
        table["margins"] = [canonical_margin(one) for one in margins]
    return {key: table[key] for key in sorted(table)}
