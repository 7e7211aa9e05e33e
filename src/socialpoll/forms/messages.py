"""What is said to whoever enters an answer that the constraint of a question refuses."""

from __future__ import annotations

from socialpoll.forms.writing_conditions import number_written
from socialpoll.report import Message, Phrase, Said
from socialpoll.schema import Date, Duration, FreeText, Multiple, Number, OneAnswer
from socialpoll.schema.keys import number_of

__all__ = ["messages_of"]


def messages_of(question: OneAnswer) -> tuple[Phrase, ...]:
    """Return what is to be said to whoever breaks the constraint of a question."""
    if isinstance(question, Multiple):
        labels = [one.label for one in question.options if one.exclusive]
        labels += [one.label for one in question.missing]
        return tuple(
            Message(
                "“{option}” cannot be chosen together with another answer.",
                {"option": Said(label)},
            )
            for label in labels
        )
    if isinstance(question, FreeText):
        longest = {"longest": question.longest}
        return (Message("The longest answer, in characters: {longest}.", longest),)
    if isinstance(question, Date):
        return _messages_of_days(question)
    if not isinstance(question, Number | Duration):
        return ()
    low, high = question.minimum, question.maximum
    if low is None and high is None:
        return ()
    limits = {
        "low": "" if low is None else number_written(low),
        "high": "" if high is None else number_written(high),
    }
    if high is None:
        said = Message("Enter a number of at least {low}.", {"low": limits["low"]})
    elif low is None:
        said = Message("Enter a number of at most {high}.", {"high": limits["high"]})
    else:
        said = Message("Enter a number from {low} to {high}.", limits)
    beside = [
        Message("Or enter {code} for: {label}.", {"code": str(one.code), "label": Said(one.label)})
        for one in question.missing
        if isinstance(number_of(one.code), float)
    ]
    return (said, *beside)


def _messages_of_days(question: Date) -> tuple[Phrase, ...]:
    first, last = question.earliest, question.latest
    if first is not None and last is not None:
        return (Message("Enter a date from {first} to {last}.", {"first": first, "last": last}),)
    if first is not None:
        return (Message("Enter a date that is not before {first}.", {"first": first}),)
    if last is not None:
        return (Message("Enter a date that is not after {last}.", {"last": last}),)
    return ()
