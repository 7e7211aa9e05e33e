"""Any small poll with its answers, as a data file of a statistics package may be asked to hold."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from hypothesis import strategies as st

import socialpoll as sp
from socialpoll.responses import FIRST_MISSING
from socialpoll.responses.answered import state_of
from socialpoll.schema import (
    ClockBand,
    Code,
    Date,
    Duration,
    FreeText,
    Grid,
    Item,
    Missing,
    Multiple,
    Number,
    Questionnaire,
    Scale,
    Single,
    TimeOfDay,
    say,
)

DAY = (
    ClockBand(code="day", label="Day", start="06:00", end="22:00"),
    ClockBand(code="night", label="Night", start="22:00", end="06:00"),
)
LETTERS = "abzAZعسمنلاأةَ019 '\"،؟"
ROWS = 4

words = st.text(LETTERS, min_size=1, max_size=12).filter(str.strip).map(str.strip)
texts = words | st.fixed_dictionaries({"ar": words, "en": words})
names = st.from_regex(r"[a-dعس][a-z0-9_]{0,5}z", fullmatch=True)
whole = st.integers(-99, 999)
latin = st.text("abcxyz129", min_size=1, max_size=9)
arabic = st.text("عسن129", min_size=1, max_size=9)


def lack(*several):
    return tuple(
        Missing(code=one, label=f"lack {one}", reason="refused", in_base=False) for one in several
    )


def apart(label, others):
    """Return a label that is none of others: of two alike nobody could tell which a code has."""
    if isinstance(label, str):
        return f"lack {label}" if label in others else label
    return {tag: apart(words, others) for tag, words in label.items()}


@st.composite
def coded(draw):
    """Draw options and missing codes of one type, or of several."""
    of, other = draw(st.sampled_from([(whole, arabic), (latin, arabic), (arabic, latin)]))
    made = draw(st.lists(of, min_size=1, max_size=4, unique_by=str))
    more = draw(st.sampled_from([of, of, of | other]))
    lacking = draw(st.lists(more, max_size=5, unique_by=str))
    taken = {str(one) for one in made} | {"0", "1"}
    options = tuple(Code(code=one, label=draw(texts)) for one in made)
    said = {words for one in options for words in one.label.values()}
    missing = tuple(
        Missing(code=one, label=apart(draw(texts), said), reason="refused", in_base=False)
        for one in lacking
        if str(one) not in taken
    )
    integers = isinstance(made[0], int)
    return {
        "options": options,
        "missing": missing,
        "code_type": "integer" if integers else "string",
    }


@st.composite
def questions(draw, name):
    common = {"name": name, "text": draw(texts), "label": draw(st.none() | texts)}
    kind = draw(
        st.sampled_from(
            [Single, Scale, Multiple, Grid, Number, Duration, TimeOfDay, Date, FreeText]
        )
    )
    if kind in {Single, Scale, Multiple}:
        return kind(**common, **draw(coded()))
    if kind is Grid:
        items = tuple(Item(code=one, label=draw(texts)) for one in ("x", 2))
        return Grid(**common, **draw(coded()), items=items, ordered=draw(st.booleans()))
    common["missing"] = draw(coded())["missing"]
    if kind is Number:
        return Number(**common, unit="years")
    if kind is Duration:
        return Duration(**common, unit="minutes", minimum=0, maximum=None)
    if kind is TimeOfDay:
        return TimeOfDay(**common, bands=DAY)
    return kind(**common)


def answers(question):
    """Return a strategy for one cell of a question, or one of a column for several answers."""
    missing = [one.code for one in question.missing]
    given = {
        Single: lambda: st.sampled_from([one.code for one in question.options]),
        Scale: lambda: st.sampled_from([one.code for one in question.options]),
        Number: lambda: st.integers(-500, 500) | st.floats(-1e6, 1e6),
        Duration: lambda: st.floats(0, 1e4),
        TimeOfDay: lambda: st.times().map(lambda one: one.replace(microsecond=0).isoformat()),
        Date: lambda: st.dates(dt.date(1900, 1, 1), dt.date(2099, 1, 1)),
        FreeText: lambda: words,
    }[type(question)]()
    return st.none() | given | (st.sampled_from(missing) if missing else st.none())


@st.composite
def columns(draw, question):
    if not isinstance(question, Multiple):
        cells = draw(st.lists(answers(question), min_size=ROWS, max_size=ROWS))
        return {question.column or question.name: cells}
    codes = [one.code for one in question.options]
    made = {f"{question.name}_{code}": [None] * ROWS for code in codes}
    for row in range(ROWS):
        chosen = draw(st.none() | st.sets(st.sampled_from(codes), min_size=1))
        lack = draw(st.sampled_from([None, *(one.code for one in question.missing)]))
        for code in codes:
            mark = None if chosen is None else int(code in chosen)
            made[f"{question.name}_{code}"][row] = lack if chosen is None else mark
    return made


@st.composite
def polls(draw):
    """Draw responses to any questions, of which some are routed by the first."""
    asked = [
        draw(questions(name)) for name in draw(st.lists(names, min_size=1, max_size=3, unique=True))
    ]
    title = draw(texts)
    questionnaire = Questionnaire(title=title, questions=tuple(asked))
    frame = {}
    for one in questionnaire.asked:
        frame |= draw(columns(one))
    return sp.bind(pd.DataFrame(frame, dtype="object"), questionnaire)


def said(column, language):
    """Return what each case said, in words: the label of its code, or of its missing code."""
    labels = {
        FIRST_MISSING - place: say(one.label, language).strip()
        for place, one in enumerate(column.missing)
    }
    labels |= {
        place: say(one.label, language).strip() for place, one in enumerate(column.categories)
    }
    return [labels.get(one) for one in state_of(column).tolist()]
