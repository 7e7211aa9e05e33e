"""Variables made from answers: bands of a number or count; groups, nets and boxes of codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from socialpoll.schema.border import BORDER, own_code, settle
from socialpoll.schema.codes import CodeValue, Missing
from socialpoll.schema.texts import Text

__all__ = [
    "AnyDerived",
    "Band",
    "Bands",
    "Boxes",
    "Derived",
    "Group",
    "Grouping",
    "MadeMissing",
    "Net",
    "Nets",
    "Together",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A range of a number, ``minimum`` to ``maximum``, both inside; ``None`` is open.

    Its ``score`` is what a mean of the bands takes it for; all have one, or none.

    Parameters
    ----------
    code : str
        Name of the band in results.
    label : Text
        Words for it.
    minimum, maximum : float, optional
        Limits, both allowed; ``None`` is no limit.
    score : float, optional
        What a mean of the bands takes it for.
    """

    code: str
    label: Text
    minimum: float | None = None
    maximum: float | None = None
    score: float | None = None

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("label",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Several codes of a question taken together.

    Parameters
    ----------
    code : str
        Name in results.
    label : Text
        Words for it.
    codes : tuple of (str or int)
        Codes of the question.
    """

    code: str
    label: Text
    codes: tuple[CodeValue, ...]

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("label",), tuples=("codes",))
        object.__setattr__(self, "codes", tuple(map(own_code, self.codes)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Together):
    """A category of several codes of a question.

    Its ``score`` is what a mean of the groups takes it for; all have one, or none.

    Parameters
    ----------
    score : float, optional
        What a mean of the groups takes it for.
    """

    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Net(Together):
    """Any of several codes of a question; other nets may hold the same codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeMissing(Missing):
    """A typed missing code, and the answers that become it.

    Parameters
    ----------
    codes : tuple of (str or int)
        Of the question. There may be none: a missing code of the question is then declared anew,
        for instance out of the base.
    """

    codes: tuple[CodeValue, ...] = ()

    def __post_init__(self) -> None:
        settle(self, texts=("label",), tuples=("codes",))
        object.__setattr__(self, "codes", tuple(map(own_code, self.codes)))


@dataclass(frozen=True, kw_only=True)
class Derived:
    """What every kind of derived variable declares.

    Parameters
    ----------
    name : str
        Unique in the questionnaire, also among questions.
    of : str
        Name of the question, or of the item of a grid, that it is made from.
    label : Text
        A heading for tables and charts.
    """

    name: str
    of: str
    label: Text | None

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("label",))


@dataclass(frozen=True, kw_only=True)
class Bands(Derived):
    """A categorical variable of bands of a ``number``, ``duration`` or ``multiple`` question.

    Of several answers it is how many options were chosen: an exclusive one ("none of these") is
    none, and so is nothing ticked where ``blank = "none"`` says that it is an answer.

    Parameters
    ----------
    bands : tuple of Band
        None overlaps another; an answer in none of them is a finding.
    """

    label: Text
    bands: tuple[Band, ...]
    kind: Literal["bands"] = "bands"

    def __post_init__(self) -> None:
        super().__post_init__()
        settle(self, tuples=("bands",))


@dataclass(frozen=True, kw_only=True)
class Grouping(Derived):
    """A categorical variable of groups of the codes of a ``single`` or ``scale`` question.

    Parameters
    ----------
    groups : tuple of Group
        A code is in one of them.
    missing : tuple of MadeMissing
        Typed missing codes beside those of the question; one with the code of a missing code of the
        question takes its place.
    rest : str or int, optional
        Where codes go that are named nowhere: the code of a group, or a missing code. Where absent,
        they are findings.
    """

    label: Text
    groups: tuple[Group, ...]
    missing: tuple[MadeMissing, ...] = ()
    rest: CodeValue | None = None
    kind: Literal["grouping"] = "grouping"

    def __post_init__(self) -> None:
        super().__post_init__()
        settle(self, tuples=("groups", "missing"))
        object.__setattr__(self, "rest", own_code(self.rest))


@dataclass(frozen=True, kw_only=True)
class Nets(Derived):
    """A multiple-response variable: any of some codes of a question, for several sets of codes.

    A net is a union, never a sum: whoever gave two of its codes counts once. Nets may overlap.
    The base is that of the question, of kind ``multiple``, ``single`` or ``scale``; an exclusive
    option is an answer, and whoever gave it is in no net that does not name it.

    Parameters
    ----------
    nets : tuple of Net
        They may overlap.
    """

    label: Text
    nets: tuple[Net, ...]
    kind: Literal["nets"] = "nets"

    def __post_init__(self) -> None:
        super().__post_init__()
        settle(self, tuples=("nets",))


@dataclass(frozen=True, kw_only=True)
class Boxes(Derived):
    """A categorical variable of the top, middle and bottom points of a ``scale`` question.

    Its codes are ``top``, ``middle`` (where any points are left) and ``bottom``, with the scores
    100, 0 and -100: the mean is the net agreement, the top less the bottom in percentage points.

    Parameters
    ----------
    label : Text, optional
        The heading of the question where absent.
    top, bottom : int
        How many points of the highest and of the lowest scores.
    top_label, middle_label, bottom_label : Text, optional
        Words for the boxes; those of their points where absent.
    """

    label: Text | None = None
    top: Annotated[int, Field(ge=1)] = 2
    bottom: Annotated[int, Field(ge=1)] = 2
    top_label: Text | None = None
    middle_label: Text | None = None
    bottom_label: Text | None = None
    kind: Literal["boxes"] = "boxes"

    def __post_init__(self) -> None:
        super().__post_init__()
        settle(self, texts=("top_label", "middle_label", "bottom_label"))


AnyDerived: TypeAlias = Bands | Grouping | Nets | Boxes
