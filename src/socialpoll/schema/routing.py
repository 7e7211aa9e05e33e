"""Conditions as they are written in a questionnaire file: tables, never an expression."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any as Anything, TypeAlias

from pydantic import Discriminator, Field, GetCoreSchemaHandler, Tag
from pydantic_core import CoreSchema, core_schema

from socialpoll.schema.border import BORDER
from socialpoll.schema.codes import CodeValue
from socialpoll.schema.conditions import (
    All,
    Answered,
    Any,
    Chosen,
    Closed,
    Condition,
    Dated,
    Is,
    Not,
    Within,
)

__all__ = ["CONDITION_KEYS", "Routing", "written_condition"]

FORMS = {
    "is": "is",
    "from": "within",
    "to": "within",
    "closed": "within",
    "earliest": "dated",
    "latest": "dated",
    "least": "chosen",
    "most": "chosen",
    "answered": "answered",
    "all": "all",
    "any": "any",
    "not": "not",
}
"""The form of a condition, by the keys that tell it."""
NAMES = {"minimum": "from", "maximum": "to"}
"""Keys of a file that are no words of Python, or are other fields."""
CONDITION_KEYS = ("question", *FORMS)


def written_condition(condition: Condition) -> dict[str, Anything]:
    """Return a condition as a table of plain values.

    Examples
    --------
    >>> from socialpoll.schema import All, Is, Within
    >>> written_condition(All(Is("account", "yes"), Within("age", 18, 29)))
    {'all': [{'question': 'account', 'is': ['yes']}, {'question': 'age', 'from': 18, 'to': 29}]}
    """
    match condition:
        case Is(question=name, codes=codes):
            return {"question": name, "is": list(codes)}
        case Within() | Dated() | Chosen():
            table = {NAMES.get(key, key): value for key, value in asdict(condition).items()}
            return {key: value for key, value in table.items() if value not in {None, "both"}}
        case Answered(question=name):
            return {"answered": name}
        case Not(condition=inner):
            return {"not": written_condition(inner)}
        case All(conditions=several):
            return {"all": [written_condition(one) for one in several]}
        case Any(conditions=several):
            return {"any": [written_condition(one) for one in several]}


class _Written:
    """Makes pydantic read a condition from its written form, and JSON Schema describe that form."""

    def __get_pydantic_core_schema__(
        self, _source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        written = handler.generate_schema(Form)
        return core_schema.no_info_after_validator_function(lambda form: form.meant(), written)


Routing: TypeAlias = Annotated[Condition, _Written()]
"""A condition; in a file one of the tables ``{ question = "account", is = ["yes"] }``,
``{ question = "age", from = 18, to = 29 }``, ``{ answered = "age" }``, ``{ all = [ … ] }``,
``{ any = [ … ] }`` or ``{ not = { … } }``."""


@dataclass(frozen=True)
class WrittenIs:
    """``{ question = "account", is = ["yes"] }``."""

    question: str
    codes: Annotated[tuple[CodeValue, ...], Field(alias="is", min_length=1)]

    __pydantic_config__ = BORDER

    def meant(self) -> Condition:
        """Return the condition."""
        return Is(self.question, *self.codes)


@dataclass(frozen=True)
class WrittenWithin:
    """``{ question = "age", from = 18, to = 29, closed = "both" }``, with one limit at least."""

    question: str
    minimum: Annotated[float | None, Field(alias="from")] = None
    maximum: Annotated[float | None, Field(alias="to")] = None
    closed: Closed = "both"

    __pydantic_config__ = BORDER

    def meant(self) -> Condition:
        """Return the condition."""
        return Within(self.question, self.minimum, self.maximum, self.closed)


@dataclass(frozen=True)
class WrittenDated:
    """``{ question = "joined", earliest = 2024-01-01, latest = 2024-12-31 }``, one at least."""

    question: str
    earliest: dt.date | None = None
    latest: dt.date | None = None

    __pydantic_config__ = BORDER

    def meant(self) -> Condition:
        """Return the condition."""
        return Dated(self.question, self.earliest, self.latest)


@dataclass(frozen=True)
class WrittenChosen:
    """``{ question = "platforms", least = 2, most = 3 }``, with one limit at least."""

    question: str
    least: Annotated[int, Field(ge=0)] | None = None
    most: Annotated[int, Field(ge=0)] | None = None

    __pydantic_config__ = BORDER

    def meant(self) -> Condition:
        """Return the condition."""
        return Chosen(self.question, self.least, self.most)


@dataclass(frozen=True)
class WrittenAnswered:
    """``{ answered = "age" }``."""

    question: Annotated[str, Field(alias="answered")]

    __pydantic_config__ = BORDER

    def meant(self) -> Condition:
        """Return the condition."""
        return Answered(self.question)


@dataclass(frozen=True)
class WrittenNot:
    """``{ not = { … } }``."""

    condition: Annotated[Routing, Field(alias="not")]

    __pydantic_config__ = BORDER

    def meant(self) -> Condition:
        """Return the condition."""
        return Not(self.condition)


@dataclass(frozen=True)
class WrittenAll:
    """``{ all = [ … ] }``."""

    conditions: Annotated[tuple[Routing, ...], Field(alias="all", min_length=1)]

    __pydantic_config__ = BORDER

    def meant(self) -> Condition:
        """Return the condition."""
        return All(*self.conditions)


@dataclass(frozen=True)
class WrittenAny:
    """``{ any = [ … ] }``."""

    conditions: Annotated[tuple[Routing, ...], Field(alias="any", min_length=1)]

    __pydantic_config__ = BORDER

    def meant(self) -> Condition:
        """Return the condition."""
        return Any(*self.conditions)


def _form(written: object) -> str | None:
    """Tell by its keys which form a table has, in a name that cannot be mistaken for a key."""
    keys = written if isinstance(written, Mapping) else ()
    return next((f"<{form}>" for key, form in FORMS.items() if key in keys), None)


Form: TypeAlias = Annotated[
    Annotated[WrittenIs, Tag("<is>")]
    | Annotated[WrittenWithin, Tag("<within>")]
    | Annotated[WrittenDated, Tag("<dated>")]
    | Annotated[WrittenChosen, Tag("<chosen>")]
    | Annotated[WrittenAnswered, Tag("<answered>")]
    | Annotated[WrittenAll, Tag("<all>")]
    | Annotated[WrittenAny, Tag("<any>")]
    | Annotated[WrittenNot, Tag("<not>")],
    Discriminator(
        _form,
        custom_error_type="condition",
        custom_error_message="a table with one of the keys "
        + ", ".join(key for key in FORMS if key != "closed"),
    ),
]
