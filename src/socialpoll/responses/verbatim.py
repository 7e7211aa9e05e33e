"""Reading text questions: the words of the respondents, kept as they were said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from socialpoll.responses.choices import positions_of
from socialpoll.responses.columns import Words
from socialpoll.responses.distinct import distinct
from socialpoll.responses.ranges import out_of_range
from socialpoll.schema.keys import key_of

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.responses.findings import Finding
    from socialpoll.schema import FreeText

__all__ = ["read_words"]


def read_words(frame: pd.DataFrame, question: FreeText) -> tuple[Words, list[Finding]]:
    """Read answers in words; one that is too long is a finding, which does not repeat it."""
    table = positions_of((), question.missing, "string")
    values = distinct(frame[question.column or question.name])
    keys = [key_of(one, "string") for one in values.found]
    said = ["" if key in table else str(key) for key in keys]
    states = [table.get(key, 0) for key in keys]
    state = values.spread(states, 1, len(question.missing)).astype(np.int8, copy=False)
    words = np.array([*said, ""], dtype=np.object_)[values.of_row]
    long = np.array([*(len(one) > question.longest for one in said), False])[values.of_row]
    findings = out_of_range(
        [(long, f"words longer than {question.longest} characters")],
        state,
        question.name,
        lambda row: f"{len(words[row])} characters",
        "is this the right column? shorten the answer, or raise longest",
    )
    words[state < 0] = ""
    return Words(words, state, question.missing), findings
