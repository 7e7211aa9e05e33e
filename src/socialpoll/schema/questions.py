"""What can be asked: one frozen declaration a kind of question."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from socialpoll.schema.border import BORDER, settle
from socialpoll.schema.codes import ClockBand, Code, CodeType, CodeValue, Missing, Shown
from socialpoll.schema.routing import Routing
from socialpoll.schema.texts import Text

__all__ = [
    "CATEGORICAL",
    "NUMERIC",
    "UNCODED",
    "AnyQuestion",
    "Date",
    "DateFormat",
    "Duration",
    "FreeText",
    "Grid",
    "Item",
    "Multiple",
    "Number",
    "OneAnswer",
    "Question",
    "Scale",
    "Single",
    "TimeOfDay",
    "one_by_one",
]

MOST_CHARACTERS = 100_000
"""What a cell of an answer may hold at the very most."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What every kind of question declares.

    Parameters
    ----------
    name : str
        Short name, unique in the questionnaire; also the column of the answers unless ``column``
        says otherwise.
    text : Text
        The exact wording that respondents heard or read.
    label : Text, optional
        A short heading for tables and charts; the wording where absent.
    column : str, optional
        Column of the answers.
    missing : tuple of Missing
        Typed missing codes.
    asked_if : Condition, optional
        To whom it was asked; everybody where absent.
    if_not_asked : str or int, optional
        The code that being routed out means (``"no"``); allows the base ``all``.
    sensitive : bool
        Ask the release for the stricter disclosure policy.
    """

    name: str
    text: Text
    label: Text | None = None
    column: str | None = None
    missing: tuple[Missing, ...] = ()
    asked_if: Routing | None = None
    if_not_asked: str | int | None = None
    sensitive: bool = False

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("text", "label"), tuples=("missing",))

    @property
    def heading(self) -> Text:
        """The label where there is one, else the wording."""
        return self.label if self.label is not None else self.text


@dataclass(frozen=True, kw_only=True)
class Single(Question):
    """One answer from a list of codes without order.

    Parameters
    ----------
    code_type : {"string", "integer"}
        Of the codes, in the questionnaire and in the data.
    options : tuple of Code
        What may be answered.
    options_order : {"listed", "random", "rotated", "reversed"}
        In which order respondents met them.
    """

    kind: Literal["single"] = "single"
    code_type: CodeType = "string"
    options: tuple[Code, ...]
    options_order: Shown = "listed"

    def __post_init__(self) -> None:
        super().__post_init__()
        settle(self, tuples=("options",))


@dataclass(frozen=True, kw_only=True)
class Scale(Question):
    """One answer from an ordered list, lowest first; scores default to the places from 1.

    Parameters
    ----------
    code_type : {"string", "integer"}
        Of the codes, in the questionnaire and in the data.
    options : tuple of Code
        What may be answered, lowest first.
    options_order : {"listed", "random", "rotated", "reversed"}
        In which order respondents met them.
    """

    kind: Literal["scale"] = "scale"
    code_type: CodeType = "string"
    options: tuple[Code, ...]
    options_order: Shown = "listed"

    def __post_init__(self) -> None:
        super().__post_init__()
        settle(self, tuples=("options",))


@dataclass(frozen=True, kw_only=True)
class Multiple(Question):
    """Any number of answers from a list.

    Parameters
    ----------
    code_type : {"string", "integer"}
        Of the codes, in the questionnaire and in the data.
    options : tuple of Code
        What may be chosen; an exclusive one stands alone.
    options_order : {"listed", "random", "rotated", "reversed"}
        In which order respondents met them.
    layout : {"columns", "cell"}
        A 0/1 column an option, named ``{column}_{code}``, or one cell of codes parted by
        ``separator``. A missing code may have a 0/1 column of its own, or stand in those of the
        options.
    separator : str
        Between the codes of one cell; a space where absent, as in XLSForm.
    blank : {"missing", "none"}
        What it means when nothing is ticked: no answer, or that none applies.
    """

    kind: Literal["multiple"] = "multiple"
    code_type: CodeType = "string"
    options: tuple[Code, ...]
    options_order: Shown = "listed"
    layout: Literal["columns", "cell"] = "columns"
    separator: str = " "
    blank: Literal["missing", "none"] = "missing"

    def __post_init__(self) -> None:
        super().__post_init__()
        settle(self, tuples=("options",))


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """A number with its unit and range (both limits allowed).

    Parameters
    ----------
    unit : Text
        What is counted: ``{"en": "hours"}``.
    minimum, maximum : float, optional
        Limits, both allowed; ``None`` is no limit.
    """

    kind: Literal["number"] = "number"
    unit: Text
    minimum: float | None = None
    maximum: float | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        settle(self, texts=("unit",))


def _unlimited(maximum: object) -> object:
    """Read infinity as no limit: TOML has no word for None."""
    return None if maximum == math.inf else maximum


@dataclass(frozen=True, kw_only=True)
class Duration(Question):
    """A length of time in ``hours`` or ``minutes``, as it stands in the data.

    Parameters
    ----------
    unit : {"hours", "minutes"}
        Of the numbers in the data.
    minimum, maximum : float
        Limits, both allowed; ``maximum = inf`` in a file, None in Python, is no limit.
    """

    kind: Literal["duration"] = "duration"
    unit: Literal["hours", "minutes"] = "hours"
    minimum: float = 0.0
    maximum: Annotated[float | None, BeforeValidator(_unlimited)] = 24.0


@dataclass(frozen=True, kw_only=True)
class TimeOfDay(Question):
    """A time on the 24-hour clock (``"21:30"``), in bands that cover the whole day once.

    Parameters
    ----------
    bands : tuple of ClockBand
        Together the whole day, each minute in one of them.
    """

    kind: Literal["time_of_day"] = "time_of_day"
    bands: tuple[ClockBand, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        settle(self, tuples=("bands",))


@dataclass(frozen=True, kw_only=True)
class FreeText(Question):
    """An answer in the respondent's own words.

    Words can name people: they are sensitive unless declared otherwise, no figure is made of them,
    and they stay with the answers.

    Parameters
    ----------
    longest : int
        Characters of the longest answer that is taken for one.
    """

    kind: Literal["text"] = "text"
    longest: Annotated[int, Field(ge=1, le=MOST_CHARACTERS)] = 2000
    sensitive: bool = True


DateFormat: TypeAlias = Literal[
    "YYYY-MM-DD", "YYYY/MM/DD", "DD/MM/YYYY", "DD-MM-YYYY", "DD.MM.YYYY", "MM/DD/YYYY"
]


@dataclass(frozen=True, kw_only=True)
class Date(Question):
    """A day of the calendar.

    Parameters
    ----------
    earliest, latest : date, optional
        Limits, both allowed.
    format : str
        How the data write a day; ``YYYY-MM-DD`` is always read, as nothing else looks like it.
    """

    kind: Literal["date"] = "date"
    earliest: dt.date | None = None
    latest: dt.date | None = None
    format: DateFormat = "YYYY-MM-DD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row of a grid.

    Parameters
    ----------
    code : str or int
        Name of the item in results.
    label : Text
        The words of the row.
    column : str, optional
        Column of its answers; ``{column of the grid}_{code}`` where absent.
    """

    code: CodeValue
    label: Text
    column: str | None = None

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("label",))


@dataclass(frozen=True, kw_only=True)
class Grid(Question):
    """Several items that are answered from one list of codes, one answer an item.

    Each item is a variable of its own, named ``{name}_{code}``: a question of kind ``single``, or
    of kind ``scale`` where the codes are ordered.

    Parameters
    ----------
    items : tuple of Item
        The rows, in the order of asking.
    options : tuple of Code
        The columns; of an ordered grid lowest first, with scores as of a scale.
    ordered : bool
        Whether the options are a scale.
    items_order, options_order : {"listed", "random", "rotated", "reversed"}
        In which order respondents met the items, and the options.
    code_type : {"string", "integer"}
        Of the codes of the options.
    """

    kind: Literal["grid"] = "grid"
    code_type: CodeType = "string"
    items: tuple[Item, ...]
    items_order: Shown = "listed"
    options: tuple[Code, ...]
    options_order: Shown = "listed"
    ordered: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        settle(self, tuples=("items", "options"))

    @property
    def variables(self) -> tuple[Single | Scale, ...]:
        """A question an item, with the words of the item as its label."""
        return tuple(self._variable(item) for item in self.items)

    def _variable(self, item: Item) -> Single | Scale:
        kind = Scale if self.ordered else Single
        return kind(
            name=f"{self.name}_{item.code}",
            text=self.text,
            label=item.label,
            column=item.column or f"{self.column or self.name}_{item.code}",
            missing=self.missing,
            asked_if=self.asked_if,
            if_not_asked=self.if_not_asked,
            sensitive=self.sensitive,
            code_type=self.code_type,
            options=self.options,
            options_order=self.options_order,
        )


AnyQuestion: TypeAlias = (
    Single | Scale | Multiple | Number | Duration | TimeOfDay | FreeText | Date | Grid
)
OneAnswer: TypeAlias = Single | Scale | Multiple | Number | Duration | TimeOfDay | FreeText | Date
"""A question with one column of answers: all but a grid, which has one an item."""
CATEGORICAL = (Single, Scale, TimeOfDay)
NUMERIC = (Number, Duration)
UNCODED = (FreeText, Date)
"""Kinds whose answers are neither codes nor numbers, so that no figure is made of them."""


def one_by_one(question: AnyQuestion) -> tuple[OneAnswer, ...]:
    """Return the variables of a question: itself, or the items of a grid."""
    return question.variables if isinstance(question, Grid) else (question,)
