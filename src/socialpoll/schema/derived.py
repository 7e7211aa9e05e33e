"""Variables made from answers: bands of a number, groups of codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from socialpoll.schema.border import BORDER, own_code, settle
from socialpoll.schema.codes import CodeValue
from socialpoll.schema.texts import Text

__all__ = ["AnyDerived", "Band", "Bands", "Group", "Grouping"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A range of a number, ``minimum`` to ``maximum``, both inside; ``None`` is open."""

    code: str
    label: Text
    minimum: float | None = None
    maximum: float | None = None

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("label",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Several codes of a question taken together."""

    code: str
    label: Text
    codes: tuple[CodeValue, ...]

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("label",), tuples=("codes",))
        object.__setattr__(self, "codes", tuple(map(own_code, self.codes)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """A categorical variable of bands of a ``number`` or ``duration`` question."""

    name: str
    of: str
    label: Text
    bands: tuple[Band, ...]
    kind: Literal["bands"] = "bands"

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("label",), tuples=("bands",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """A categorical variable of groups of the codes of a ``single`` or ``scale`` question."""

    name: str
    of: str
    label: Text
    groups: tuple[Group, ...]
    kind: Literal["grouping"] = "grouping"

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("label",), tuples=("groups",))


AnyDerived: TypeAlias = Bands | Grouping
