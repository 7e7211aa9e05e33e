"""One margin of a recipe: the variables whose targets weights shall reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from socialpoll.errors import WeightingError
from socialpoll.weighting.codes import named
from socialpoll.weighting.targets import Targets

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Margin", "canonical_margin", "margin_table", "require_word"]


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
        require_word("missing", missing, ("raise",), where=f"margin {self.name}")

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
    return table


def canonical_margin(margin: Margin) -> list[Any]:
    """Return a margin as plain lists, whatever order its targets were listed in."""
    return [
        margin.of,
        sorted([[str(code) for code in codes], one] for codes, one in margin.targets.items()),
    ]


def require_word(name: str, value: str, allowed: tuple[str, ...], *, where: str) -> None:
    """Refuse a word that is none of those allowed for a policy."""
    if value not in allowed:
        raise WeightingError(
            f"no such policy of {name!r}",
            where=where,
            found=repr(value),
            allowed=", ".join(map(repr, allowed)),
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
