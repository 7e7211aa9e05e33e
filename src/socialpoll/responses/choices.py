"""Reading single and scale questions: one code a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.errors import nearest
from socialpoll.responses.columns import BLANK, FIRST_MISSING, UNREADABLE, Categorical
from socialpoll.responses.distinct import distinct
from socialpoll.schema.categories import codes_of
from socialpoll.schema.keys import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from socialpoll.responses.findings import Finding
    from socialpoll.schema import CodeType, CodeValue, Missing, Scale, Single

__all__ = ["positions_of", "read_choices"]


def positions_of(
    codes: Iterable[CodeValue], missing: tuple[Missing, ...], code_type: CodeType
) -> dict[CodeValue | None, int]:
    """Return the position of every code: its place, below FIRST_MISSING for missing codes."""
    table: dict[CodeValue | None, int] = {None: BLANK}
    for place, one in enumerate(missing):
        table[key_of(one.code, code_type)] = FIRST_MISSING - place
    for place, code in enumerate(codes):
        table[key_of(code, code_type)] = place
    return table


def read_choices(
    frame: pd.DataFrame, question: Single | Scale
) -> tuple[Categorical, list[Finding]]:
    """Read the answers to a question of one code; a value that is no code is a finding."""
    categories, missing = codes_of(question), question.missing
    codes = [one.code for one in categories]
    table = positions_of(codes, missing, question.code_type)
    values = distinct(frame[question.column or question.name])
    positions = [table.get(key_of(one, question.code_type), UNREADABLE) for one in values.found]
    position = values.spread(positions, len(categories), len(missing))
    known = [*codes, *(one.code for one in missing)]
    findings = values.unreadable(
        position,
        question.name,
        "an answer that is no code of the question",
        lambda value: f"allowed: {nearest(value, known)}; correct it or declare the code",
    )
    return Categorical(position, categories, missing), findings
