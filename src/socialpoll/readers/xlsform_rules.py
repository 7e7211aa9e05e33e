"""What a form holds one answer to in the light of others, as constraints of a questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from socialpoll.errors import ExpressionError
from socialpoll.forms.constraints import parted
from socialpoll.forms.messages import messages_of
from socialpoll.forms.reading_rules import Rule, RuleReading
from socialpoll.forms.rows import has_catalogue
from socialpoll.forms.texts import read_words
from socialpoll.readers.xlsform_notes import FormNotes
from socialpoll.schema import UNDETERMINED, AnyConstraint, OneAnswer

__all__ = ["rules_of"]


def rules_of(
    bind: Mapping[str, object],
    question: OneAnswer,
    asked: Mapping[str, OneAnswer],
    notes: FormNotes,
) -> Iterator[AnyConstraint]:
    """Yield the constraints that a question of a form is held to.

    Parameters
    ----------
    bind : mapping
        Of its row, as pyxform gives it.
    question : OneAnswer
    asked : mapping of str to question
        Those before it, by their names in the form.
    notes : FormNotes
        Takes what has no counterpart.
    """
    text = str(bind.get("constraint", ""))
    try:
        _, several = parted(text) if text else ((), ())
    except ExpressionError:
        return  # told with the limits of the question itself
    try:
        rules = list(RuleReading(question, asked).rules(several))
    except ExpressionError as error:
        notes.unread("constraint", question.name, text, str(error))
        return
    if not all(one.whole for one in rules):
        what = "held to other answers in the form even where these lack, here where all are given"
        notes.gather(what, question.name)
    messages = _messages(bind.get("jr:constraintMsg"), question, len(rules), notes)
    for rule, message in zip(rules, messages, strict=True):
        yield _saying(rule, message or {UNDETERMINED: text}, notes)


def _saying(rule: Rule, message: Mapping[str, str], notes: FormNotes) -> AnyConstraint:
    """Return a constraint with its message; one that is not in all languages serves them all."""
    spoken = {tag for tag in notes.languages.values() if tag != UNDETERMINED}
    if UNDETERMINED not in message and spoken - set(message):
        message = {UNDETERMINED: next(iter(message.values()))}
    return replace(rule.constraint, message=message)


def _messages(
    words: object, question: OneAnswer, count: int, notes: FormNotes
) -> Sequence[Mapping[str, str]]:
    """Return the message of each constraint: a line each, behind what a limit says of itself."""
    own = bool(messages_of(question))
    found: list[dict[str, str]] = [{} for _ in range(count)]
    for tag, text in read_words(words, notes.languages).items():
        lines = text.split("\n")
        before = own and has_catalogue("en" if tag == UNDETERMINED else tag)
        apart = len(lines) == count + before
        for place, message in enumerate(found):
            message[tag] = lines[place + before] if apart else text
    return found
