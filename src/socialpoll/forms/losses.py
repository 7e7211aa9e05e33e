"""What a questionnaire says and a form cannot: a sentence a kind, with the questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from socialpoll.errors import SHOWN_AT_MOST
from socialpoll.forms.names import all_codes, form_codes, form_names
from socialpoll.forms.rows import Form, has_catalogue, is_shuffled, texts_in
from socialpoll.forms.texts import folded, form_words
from socialpoll.schema import (
    UNDETERMINED,
    AnyQuestion,
    Date,
    Declaration,
    Duration,
    FreeText,
    Grid,
    Item,
    Multiple,
    Number,
    OneAnswer,
    Questionnaire,
    Scale,
    Single,
    TimeOfDay,
)
from socialpoll.schema.keys import number_of

__all__ = ["losses_of"]


def losses_of(form: Form) -> tuple[str, ...]:
    """Return what is not in a form, once its rows have been made.

    Parameters
    ----------
    form : Form

    Returns
    -------
    tuple of str
        A sentence for each kind of thing; empty where the form holds everything.
    """
    return tuple(_sentences(form))


def _sentences(form: Form) -> Iterator[str]:
    questionnaire = form.questionnaire
    for name, why in form.unsaid:
        yield f"the routing of {name!r} is not in the form, which asks it of everybody: {why}"
    for name, why in form.unheld:
        yield f"the constraint {name!r} is not in the form, which takes such answers: {why}"
    for says, lacking in KINDS.items():
        names = [one.name for one in _as_declared(questionnaire) if lacking(one)]
        if names:
            yield f"{says}: {listed(names)}"
    yield from _of_several(questionnaire)
    changed = {old: new for old, new in form_names(questionnaire).items() if old != new}
    if changed:
        yield f"names that a form does not allow are written otherwise: {_pairs(changed)}"
    for one in _as_declared(questionnaire):
        other = {str(old): new for old, new in form_codes(one).items() if str(old) != new}
        if other:
            what = f"codes of {one.name!r} with blanks or signs are written otherwise"
            yield f"{what}: {_pairs(other)}"
    yield from _of_texts(form)
    derived = [one.name for one in questionnaire.derived]
    if derived:
        yield f"derived variables are made of answers, and are not in a form: {listed(derived)}"
    if questionnaire.methodology != Declaration():
        yield "the methodology is not in the form"
    yield from _of_what_varied(questionnaire)


def _of_several(questionnaire: Questionnaire) -> Iterator[str]:
    """Yield what is said of several questions together."""
    names = [one.name for one in questionnaire.put if _shows_otherwise(one)]
    if names:
        yield (
            "a form shows options as they are listed, or shuffles all of them and the missing "
            f"codes: here they are shown as listed: {listed(names)}"
        )
    grids = questionnaire.grids.values()
    names = [one.name for one in grids if one.items_order != "listed"]
    if names:
        yield f"in which order items were shown is not in the form: {listed(names)}"
    names = [one.name for one in grids if any(map(_is_word_of_digits, one.items))]
    if names:
        yield f"codes of items are words, though they look like whole numbers: {listed(names)}"


def _as_declared(questionnaire: Questionnaire) -> Iterator[OneAnswer]:
    """Yield every question; a grid as one of its items, which is declared as the others are."""
    for question in questionnaire.put:
        if isinstance(question, Grid):
            columns = [(question.name, question.column)]
            columns += [(one.name, one.column) for one in question.variables]
            column = next((one for name, one in columns if one not in (None, name)), None)
            one = question.variables[0]
            yield replace(one, name=question.name, label=question.label, column=column)
        else:
            yield question


def _of_texts(form: Form) -> Iterator[str]:
    questionnaire = form.questionnaire
    if set(questionnaire.title) - {UNDETERMINED}:
        yield "the title is in the form once, without its language"
    if form.languages != questionnaire.languages:
        yield f"languages that are not declared are taken from the words: {listed(form.languages)}"
    questions = questionnaire.put
    messages = [one.message for one in questionnaire.constraints]
    names = [one.name for one in questions if _of_other_languages(texts_in(one), form.languages)]
    names += ["constraints"] if _of_other_languages(messages, form.languages) else []
    if names:
        yield (
            "words of no declared language are written in all of them, and words of a language "
            f"that is not declared are left out: {listed(names)}"
        )
    mute = [tag for tag in form.languages if not has_catalogue(tag)]
    if mute:
        yield f"whoever enters what is not allowed is not told why in {listed(mute)}"
    names = [one.name for one in questions if any(map(_is_changed, texts_in(one)))]
    lines = any(words != folded(words) for one in messages for words in one.values())
    names += ["constraints"] if lines else []
    if names or _is_changed(questionnaire.title):
        yield (
            "programs that field forms make typographic quotation marks plain, take needless "
            f"blanks away and read '${{': words are written as they show them: {listed(names)}"
        )


def _of_what_varied(questionnaire: Questionnaire) -> Iterator[str]:
    """Yield what is said of differences between respondents."""
    if questionnaire.blocks:
        names = [one.name for one in questionnaire.blocks]
        yield f"blocks of questions and their order are not in the form: {listed(names)}"
    entered = [one.name for one in questionnaire.splits if one.assignments]
    if entered:
        yield f"the version (splits) is entered as a question, not drawn by lot: {listed(entered)}"
    unknown = [one.name for one in questionnaire.splits if not one.assignments]
    if unknown:
        yield f"the form asks the questions of every version (splits): {listed(unknown)}"


def listed(names: Iterable[str]) -> str:
    """Return names in quotes, the first of many."""
    several = [repr(one) for one in names]
    more = len(several) - SHOWN_AT_MOST
    shown = ", ".join(several[:SHOWN_AT_MOST])
    return f"{shown} and {more} more" if more > 0 else shown


def _pairs(changed: Mapping[str, str]) -> str:
    return ", ".join(f"{old!r} as {new!r}" for old, new in changed.items())


def _is_changed(text: Mapping[str, str]) -> bool:
    return any(form_words(words) != words for words in text.values())


def _of_other_languages(texts: Iterable[Mapping[str, str]], languages: tuple[str, ...]) -> bool:
    return bool(languages) and any(set(text) != set(languages) for text in texts)


def _looks_whole(question: OneAnswer) -> bool:
    """Say whether words as codes would be read as whole numbers."""
    if not isinstance(question, Single | Scale | Multiple) or question.code_type == "integer":
        return False
    return all(str(one.code).lstrip("-").isdecimal() for one in question.options)


def _is_word_of_digits(item: Item) -> bool:
    return isinstance(item.code, str) and item.code.lstrip("-").isdecimal()


def _shows_otherwise(question: AnyQuestion) -> bool:
    """Say whether options were shown in another order than a form can show them in."""
    return getattr(question, "options_order", "listed") != "listed" and not is_shuffled(question)


def _has_unknown_missing(question: OneAnswer) -> bool:
    return isinstance(question, Number | Duration | FreeText) and bool(question.missing)


def _cannot_enter(question: OneAnswer) -> bool:
    if isinstance(question, TimeOfDay | Date):
        return bool(question.missing)
    if not isinstance(question, Number | Duration):
        return False
    return not all(isinstance(number_of(one.code), float) for one in question.missing)


def _mixes_types(question: OneAnswer) -> bool:
    if not isinstance(question, Single | Scale | Multiple):
        return False
    return len({type(one) for one in all_codes(question)}) > 1


KINDS: Mapping[str, Callable[[OneAnswer], bool]] = {
    "short labels for tables are not in the form": lambda one: one.label is not None,
    "the form gives the answers the name of the question, not the column declared": lambda one: (
        one.column not in (None, one.name)
    ),
    "what not being asked means (if_not_asked) is not in the form": lambda one: (
        one.if_not_asked is not None
    ),
    "whether a question is sensitive is not in the form": lambda one: (
        one.sensitive != isinstance(one, FreeText)
    ),
    "a form has no durations: these are numbers with a unit in it": lambda one: isinstance(
        one, Duration
    ),
    "bands of the day are not in the form, only the time": lambda one: isinstance(one, TimeOfDay),
    "a form writes a day as in 2026-01-31": lambda one: (
        isinstance(one, Date) and one.format != "YYYY-MM-DD"
    ),
    "a form gives several answers in one cell of codes parted by blanks": lambda one: (
        isinstance(one, Multiple) and (one.layout != "cell" or one.separator != " ")
    ),
    "that nothing ticked means 'none' is not in the form": lambda one: (
        isinstance(one, Multiple) and one.blank != "missing"
    ),
    "codes are words, though they look like whole numbers": _looks_whole,
    "codes and missing codes are of two types, which a form does not tell apart": _mixes_types,
    "missing codes of numbers and words can be entered, but their meaning is not in the form": (
        _has_unknown_missing
    ),
    "missing codes cannot be entered in the form": _cannot_enter,
}
"""What a form cannot hold of a question, and the questions that have it."""
