"""Small questionnaires and answers for the tests of this room."""

from __future__ import annotations

import pandas as pd

from socialpoll.responses import Numeric, bind
from socialpoll.schema import (
    ClockBand,
    Code,
    Missing,
    Multiple,
    Number,
    Questionnaire,
    Scale,
    Single,
    TimeOfDay,
)

DAY = (
    ClockBand(code="day", label="Day", start="06:00", end="22:00"),
    ClockBand(code="night", label="Night", start="22:00", end="06:00"),
)


def codes(*several):
    return tuple(Code(code=one, label=str(one)) for one in several)


def missing(code, reason="dont_know", *, in_base=False):
    return Missing(code=code, label="?", reason=reason, in_base=in_base)


def single(*several, name="q", **more):
    code_type = "integer" if all(isinstance(one, int) for one in several) else "string"
    return Single(name=name, text="Q?", code_type=code_type, options=codes(*several), **more)


def scale(*several, name="q", **more):
    return Scale(name=name, text="Q?", options=codes(*several), **more)


def multiple(*several, name="q", **more):
    options = tuple(one if isinstance(one, Code) else codes(one)[0] for one in several)
    code_type = "integer" if all(isinstance(one.code, int) for one in options) else "string"
    return Multiple(name=name, text="Q?", code_type=code_type, options=options, **more)


def number(name="q", **more):
    return Number(name=name, text="Q?", unit="units", **more)


def clock(name="q", **more):
    return TimeOfDay(name=name, text="Q?", bands=DAY, **more)


def asking(*questions, derived=()):
    return Questionnaire(title="Poll", questions=questions, derived=derived)


def answers(question, values):
    """Bind one column of answers to one question."""
    return bind(pd.DataFrame({"q": values}), asking(question))


def numbers(column: Numeric) -> list[float]:
    return column.values.tolist()  # noqa: PD011 - an array of our own


def findings(responses, severity="error"):
    """Return the findings of a severity as (question, row, value, count)."""
    frame = responses.findings[responses.findings["severity"] == severity]
    return list(frame[["question", "row", "value", "count"]].itertuples(index=False, name=None))
