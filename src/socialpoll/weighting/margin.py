"""One margin of a recipe: the variables whose targets weights shall reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast, get_args

from socialpoll.errors import WeightingError, nearest
from socialpoll.weighting.merges import Merges, merges_of
from socialpoll.weighting.targeting.codes import named
from socialpoll.weighting.targeting.targets import Targets

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Margin", "MissingPolicy", "canonical_margin", "margin_table"]

MissingPolicy: TypeAlias = Literal["raise", "own_class", "keep_base", "distribute"]
"""What becomes, in a margin, of an interview without a value of its variables."""


@dataclass(frozen=True)
class Margin:
    """Targets that weights shall reach.

    Parameters
    ----------
    of : str or tuple of str
        A question or derived variable with categories; several are a crossing.
    targets : Targets, mapping or pandas.DataFrame
        As :class:`Targets`; a mapping as for :meth:`Targets.of`, a frame as for
        :meth:`Targets.from_frame`.
    missing : {"raise", "own_class", "keep_base", "distribute"}
        What becomes of interviews without a value of the variables. ``raise``: an error that
        counts them. ``own_class``: they are a level of their own, whose target is their share of
        the weights that enter the step. ``keep_base``: weights are scaled to N first, and this
        margin leaves theirs alone; its targets are lowered by what they weigh. ``distribute``:
        each counts in the levels as interviews do that are like it in the other margins.
        Calibration has the first two only.
    merge : mapping, optional
        Levels to take together, in sample and targets alike: new level to a list of codes; for a
        crossing by variable, ``{"age": {"50+": ["50-59", "60+"]}}``. Targets may be given for the
        new level or for its codes.

    Raises
    ------
    TargetError
        The targets are of other variables; a merge is not of that form.
    WeightingError
        Another policy for missing values.

    Examples
    --------
    >>> ages = {"18-49": 0.7, "50-59": 0.2, "60+": 0.1}
    >>> Margin("age", ages, merge={"50+": ["50-59", "60+"]}).merge
    {'age': {'50+': ('50-59', '60+')}}
    """

    of: tuple[str, ...]
    targets: Targets
    missing: MissingPolicy = "raise"
    merge: Merges = field(default_factory=dict)

    def __init__(
        self,
        of: str | tuple[str, ...] | list[str],
        targets: Targets | Mapping[Any, float] | pd.DataFrame,
        *,
        missing: MissingPolicy = "raise",
        merge: Mapping[str, Any] | None = None,
    ) -> None:
        names = (of,) if isinstance(of, str) else tuple(of)
        where = f"margin {named(names)}"
        object.__setattr__(self, "of", names)
        object.__setattr__(self, "targets", _targets(names, targets))
        object.__setattr__(self, "missing", missing)
        object.__setattr__(self, "merge", merges_of(names, merge, where))
        if missing not in get_args(MissingPolicy):
            raise _no_policy(missing, where)

    @property
    def name(self) -> str:
        """The variables joined by ``|``, as breakdowns are written."""
        return named(self.of)


def margin_table(margin: Margin) -> dict[str, Any]:
    """Return a margin as a poll file holds it."""
    targets = margin.targets
    table: dict[str, Any] = {"of": margin.of[0] if len(margin.of) == 1 else list(margin.of)}
    if len(margin.of) == 1 and all(isinstance(code, str) for (code,), _ in targets.items()):
        table["targets"] = {cast("str", code): one for (code,), one in targets.items()}
    else:
        table["targets"] = [
            {**dict(zip(margin.of, codes, strict=True)), "target": one}
            for codes, one in targets.items()
        ]
    if targets.source is not None:
        table["source"] = dict(targets.source)
    if targets.date is not None:
        table["date"] = targets.date
    if targets.estimated:
        table["estimated"] = True
    if margin.missing != "raise":
        table["missing"] = margin.missing
    if margin.merge:
        merges = {
            name: {new: list(codes) for new, codes in merge.items()}
            for name, merge in margin.merge.items()
        }
        table["merge"] = merges[margin.of[0]] if len(margin.of) == 1 else merges
    return table


def canonical_margin(margin: Margin) -> list[Any]:
    """Return a margin as plain lists, whatever order its targets were listed in."""
    canonical = [
        margin.of,
        sorted([[str(code) for code in codes], one] for codes, one in margin.targets.items()),
    ]
    if margin.missing == "raise" and not margin.merge:
        return canonical
    merges = [
        [name, new, sorted(map(str, codes))]
        for name, merge in margin.merge.items()
        for new, codes in merge.items()
    ]
    return [*canonical, margin.missing, sorted(merges)]


def _no_policy(word: object, where: str) -> WeightingError:
    return WeightingError(
        "no such policy for interviews without a value",
        where=f"{where}, missing",
        found=repr(word),
        allowed=nearest(word, get_args(MissingPolicy)),
    )


def _targets(
    names: tuple[str, ...], targets: Targets | Mapping[Any, float] | pd.DataFrame
) -> Targets:
    if isinstance(targets, Targets):
        return targets.ordered(names)
    if isinstance(targets, Mapping):
        return Targets.of(names, targets)
    if hasattr(targets, "columns"):
        return Targets.from_frame(targets).ordered(names)
    raise WeightingError(
        "targets of a kind that cannot be read",
        where=f"margin {named(names)}",
        found=type(targets).__name__,
        allowed="Targets, a mapping of codes to numbers, a frame with a column 'target'",
    )
