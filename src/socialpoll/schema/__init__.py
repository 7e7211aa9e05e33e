"""What was asked: questions, codes, missing codes, routing and derived variables."""

from socialpoll.schema.categories import Categories, categories_of
from socialpoll.schema.codes import (
    NOT_APPLICABLE,
    TOTAL,
    ClockBand,
    Code,
    CodeType,
    CodeValue,
    Missing,
    MissingReason,
)
from socialpoll.schema.conditions import (
    All,
    Answered,
    Any,
    Closed,
    Condition,
    Is,
    Not,
    Within,
    questions_of,
)
from socialpoll.schema.derived import AnyDerived, Band, Bands, Group, Grouping
from socialpoll.schema.files import inside, tables_of
from socialpoll.schema.methodology import Declaration, Fact, FactValue, Methodology
from socialpoll.schema.questionnaire import Questionnaire, Variable
from socialpoll.schema.questions import (
    AnyQuestion,
    Duration,
    Multiple,
    Number,
    Question,
    Scale,
    Single,
    TimeOfDay,
)
from socialpoll.schema.shapes import Mistake, kind_of, read_as, shown, without
from socialpoll.schema.texts import UNDETERMINED, Text, say

__all__ = [
    "NOT_APPLICABLE",
    "TOTAL",
    "UNDETERMINED",
    "All",
    "Answered",
    "Any",
    "AnyDerived",
    "AnyQuestion",
    "Band",
    "Bands",
    "Categories",
    "ClockBand",
    "Closed",
    "Code",
    "CodeType",
    "CodeValue",
    "Condition",
    "Declaration",
    "Duration",
    "Fact",
    "FactValue",
    "Group",
    "Grouping",
    "Is",
    "Methodology",
    "Missing",
    "MissingReason",
    "Mistake",
    "Multiple",
    "Not",
    "Number",
    "Question",
    "Questionnaire",
    "Scale",
    "Single",
    "Text",
    "TimeOfDay",
    "Variable",
    "Within",
    "categories_of",
    "inside",
    "kind_of",
    "questions_of",
    "read_as",
    "say",
    "shown",
    "tables_of",
    "without",
]
