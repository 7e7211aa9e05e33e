"""From the variables of a labelled data file to a questionnaire and the answers that fit it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from socialpoll.hooks import Source
from socialpoll.readers.names import plain_names
from socialpoll.readers.notes import Notes
from socialpoll.readers.sets import MultipleSet, joined
from socialpoll.readers.tongue import tongue_of
from socialpoll.readers.variables import Interpreter, Variable
from socialpoll.schema import AnyQuestion, Questionnaire

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["source_of_variables"]


def source_of_variables(
    title: str,
    variables: Sequence[Variable],
    frame: pd.DataFrame,
    notes: Notes,
    sets: Sequence[MultipleSet] = (),
) -> Source:
    """Make a questionnaire of variables, in their order.

    Parameters
    ----------
    title : str
        Of the poll.
    variables : sequence of Variable
        One a column.
    frame : pandas.DataFrame
        The answers; columns that joined questions need are put behind its own.
    notes : Notes
        What the reader has said so far.
    sets : sequence of MultipleSet
        Variables that make up one question, which stands where the first of them stood.
    """
    import pandas as pd

    tongue = tongue_of([title, *(text for one in variables for text in one.texts())])
    notes.add(tongue.finding)
    interpreter = Interpreter(tongue, notes)
    names = plain_names([one.name for one in variables])
    changed = [f"{old} is {new}" for old, new in names.items() if old != new]
    if changed:
        notes.add("names that a question cannot have were changed", *changed)
    first: dict[str, AnyQuestion] = {}
    members: set[str] = set()
    columns: dict[str, Sequence[object]] = {}
    for one in sets:
        made = joined(one, frame, interpreter, {*frame.columns, *names.values(), *columns})
        if made is not None:
            first.setdefault(one.members[0].name, made.question)
            members |= {member.name for member in one.members}
            columns.update(made.columns)
    questions = []
    for variable in variables:
        question = first.get(variable.name)
        if question is None and variable.name not in members:
            question = interpreter.question(variable, names[variable.name], frame[variable.name])
        if question is not None:
            questions.append(question)
    if columns:
        added = pd.DataFrame(dict(columns), index=frame.index, dtype="object")
        frame = pd.concat([frame, added], axis="columns")
    if not questions:
        notes.add("no variable of the file is a question")
        return Source(None, frame, notes.sentences())
    questionnaire = Questionnaire(
        title=tongue.text(title), languages=tongue.languages, questions=tuple(questions)
    )
    return Source(questionnaire, frame, notes.sentences())
