"""How weights are to be made: inert steps, the same words in Python and in a poll file."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, cast

from socialpoll.errors import WeightingError
from socialpoll.weighting.codes import named
from socialpoll.weighting.targets import Targets

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Margin", "OnMiss", "PostStratify", "Rake", "Recipe", "Step"]

OnMiss: TypeAlias = Literal["raise", "warn"]
TOLERANCE = 1e-8
MAX_ITERATIONS = 1000
LARGEST_TOLERANCE = 0.05


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
    missing : {"raise"}
        What becomes of an interview without a value of the variables: an error that counts them.

    Raises
    ------
    TargetError
        The targets are of other variables.
    WeightingError
        Another policy for missing values.
    """

    of: tuple[str, ...]
    targets: Targets
    missing: Literal["raise"] = "raise"

    def __init__(
        self,
        of: str | tuple[str, ...] | list[str],
        targets: Targets | Mapping[Any, float] | pd.DataFrame,
        *,
        missing: Literal["raise"] = "raise",
    ) -> None:
        names = (of,) if isinstance(of, str) else tuple(of)
        object.__setattr__(self, "of", names)
        object.__setattr__(self, "targets", _targets(names, targets))
        object.__setattr__(self, "missing", missing)
        _require("missing", missing, ("raise",), where=f"margin {self.name}")

    @property
    def name(self) -> str:
        """The variables joined by ``|``, as breakdowns are written."""
        return named(self.of)


@dataclass(frozen=True)
class Rake:
    """Adjust to several margins in turn until all are reached (Deming & Stephan 1940).

    It is calibration with the multiplicative distance (Deville & Särndal 1992, §2, case 2).

    Parameters
    ----------
    margins : tuple of Margin
        At least one.
    total : float, optional
        Number of persons N that the weights shall sum to. Where absent: the total of the first
        margin in counts; where all are shares, the sum of the weights that enter the step.
    tolerance : float
        Largest relative error of a margin that counts as reached.
    max_iterations : int
        Rounds over all margins after which to give up.
    on_miss : {"raise", "warn"}
        Whether margins that are not reached are an error, or a finding of the weights.
    """

    step: ClassVar[Literal["rake"]] = "rake"
    margins: tuple[Margin, ...]
    total: float | None = None
    tolerance: float = TOLERANCE
    max_iterations: int = MAX_ITERATIONS
    on_miss: OnMiss = "raise"

    def __post_init__(self) -> None:
        object.__setattr__(self, "margins", tuple(self.margins))
        if not self.margins:
            raise WeightingError("raking to no margins", where="rake", advice="give margins")
        _require_total(self.total, "rake")
        if not 0 < self.tolerance <= LARGEST_TOLERANCE:
            raise WeightingError(
                "a tolerance that is not a small positive number",
                where="rake, tolerance",
                found=f"{self.tolerance:g}",
                allowed=f"above 0, at most {LARGEST_TOLERANCE:g}",
            )
        if self.max_iterations < 1:
            raise WeightingError(
                "raking that may not begin",
                where="rake, max_iterations",
                found=str(self.max_iterations),
                allowed="1 or more",
            )
        _require("on_miss", self.on_miss, ("raise", "warn"), where="rake")


@dataclass(frozen=True)
class PostStratify:
    """Adjust every cell of one crossing to its target (Holt & Smith 1979).

    Parameters
    ----------
    of : str or tuple of str
        A question or derived variable with categories; several are a crossing.
    targets : Targets, mapping or pandas.DataFrame
        As of :class:`Margin`.
    total : float, optional
        As of :class:`Rake`.
    """

    step: ClassVar[Literal["poststratify"]] = "poststratify"
    of: tuple[str, ...]
    targets: Targets
    total: float | None = None
    margins: tuple[Margin, ...] = field(init=False, repr=False, compare=False)

    def __init__(
        self,
        of: str | tuple[str, ...] | list[str],
        targets: Targets | Mapping[Any, float] | pd.DataFrame,
        *,
        total: float | None = None,
    ) -> None:
        margin = Margin(of, targets)
        object.__setattr__(self, "of", margin.of)
        object.__setattr__(self, "targets", margin.targets)
        object.__setattr__(self, "total", total)
        object.__setattr__(self, "margins", (margin,))
        _require_total(total, "poststratify")


Step: TypeAlias = Rake | PostStratify
"""What a recipe is made of; each class has its word in ``step``."""


@dataclass(frozen=True)
class Recipe:
    """Steps that turn base weights into weights, in order.

    Parameters
    ----------
    steps : tuple of Rake or PostStratify
        None leave the base weights as they are.

    Examples
    --------
    >>> recipe = Recipe((PostStratify("sex", {"male": 0.5, "female": 0.5}),))
    >>> recipe.to_tables()
    [{'step': 'poststratify', 'of': 'sex', 'targets': {'male': 0.5, 'female': 0.5}}]
    """

    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", tuple(self.steps))
        for number, step in enumerate(self.steps, start=1):
            if not isinstance(step, Rake | PostStratify):
                raise WeightingError(
                    "something that is no weighting step",
                    where=f"step {number}",
                    found=type(step).__name__,
                    allowed="Rake, PostStratify",
                )

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


def _require(name: str, value: str, allowed: tuple[str, ...], *, where: str) -> None:
    if value not in allowed:
        raise WeightingError(
            f"no such policy of {name!r}",
            where=where,
            found=repr(value),
            allowed=", ".join(map(repr, allowed)),
        )


def _require_total(total: float | None, where: str) -> None:
    if total is not None and not (math.isfinite(total) and total > 0):
        raise WeightingError(
            "a population total that is no positive number",
            where=f"{where}, total",
            found=str(total),
            advice="give the number of persons, or leave it out",
        )


def _table(step: Step) -> dict[str, Any]:
    if isinstance(step, PostStratify):
        table = {"step": step.step, **_margin_table(step.margins[0])}
        return table if step.total is None else {**table, "total": step.total}
    table = {"step": step.step, "margins": [_margin_table(one) for one in step.margins]}
    defaults = Rake(step.margins)
    for name in ("total", "tolerance", "max_iterations", "on_miss"):
        value = getattr(step, name)
        if value != getattr(defaults, name):
            table[name] = value
    return table


def _margin_table(margin: Margin) -> dict[str, Any]:
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
    return table


def _canonical(step: Step) -> dict[str, Any]:
    table = _table(step)
    table.update(margins=[_canonical_margin(one) for one in step.margins])
    return {
        key: table[key] for key in sorted(table) if key not in {"of", "targets", "source", "date"}
    }


def _canonical_margin(margin: Margin) -> list[Any]:
    return [
        margin.of,
        sorted([[str(code) for code in codes], one] for codes, one in margin.targets.items()),
    ]
