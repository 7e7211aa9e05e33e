"""Questionnaires for the tests of this room: small ones by hand, and any that is valid."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import get_args

from hypothesis import strategies as st

from socialpoll.schema import (
    All,
    Answered,
    Any,
    Band,
    Bands,
    Block,
    Boxes,
    Choices,
    Chosen,
    ClockBand,
    Code,
    Date,
    Dated,
    Declaration,
    Duration,
    FreeText,
    Grid,
    Group,
    Grouping,
    Is,
    Item,
    MadeMissing,
    Missing,
    Multiple,
    Net,
    Nets,
    Not,
    Number,
    Order,
    Questionnaire,
    Scale,
    Single,
    Split,
    Sum,
    TimeOfDay,
    Version,
    Within,
    one_by_one,
)
from socialpoll.schema.questions import DateFormat

DAY = (
    ClockBand(code="day", label="Day", start="06:00", end="22:00"),
    ClockBand(code="night", label="Night", start="22:00", end="06:00"),
)
DONT_KNOW = Missing(code="dk", label="Don't know", reason="dont_know", in_base=False)


def codes(*several):
    return tuple(Code(code=one, label=str(one)) for one in several)


def asking(*questions, derived=(), **more):
    return Questionnaire(title="Poll", questions=questions, derived=derived, **more)


def account(**more):
    return Single(name="account", text="Account?", options=codes("yes", "no"), **more)


def age(**more):
    return Number(name="age", text="Age?", unit="years", **more)


def one_of_every_kind():
    return Questionnaire(
        title={"en": "Social media", "ar": "وسائل التواصل"},
        languages=("en", "ar"),
        questions=(
            account(missing=(DONT_KNOW,)),
            Number(name="age", text="Age?", unit="years", minimum=15, maximum=99.5),
            Multiple(
                name="platforms",
                text={"en": "Which?", "ar": "أيها؟"},
                label={"en": "Platforms", "ar": "المنصات"},
                code_type="integer",
                options=(*codes(1, 2), Code(code=9, label="None", exclusive=True, fixed=True)),
                options_order="rotated",
                asked_if=Is("account", "yes"),
                if_not_asked=9,
                layout="cell",
                separator=";",
                blank="none",
            ),
            Duration(name="hours", text="Hours?", unit="minutes", minimum=0, maximum=None),
            TimeOfDay(name="busiest", text="When?", bands=DAY, sensitive=True, column="q5"),
            FreeText(
                name="why_many",
                text="Why so many?",
                asked_if=Any(Chosen("platforms", 2, 3), Chosen("platforms", most=0)),
            ),
            FreeText(
                name="why",
                text={"en": "Why?", "ar": "لماذا؟"},
                longest=300,
                missing=(DONT_KNOW,),
                asked_if=Answered("busiest"),
            ),
            Date(
                name="joined",
                text="Since when?",
                earliest=dt.date(2004, 2, 4),
                latest=dt.date(2026, 11, 24),
                format="DD/MM/YYYY",
            ),
            Grid(
                name="services",
                asked_if=Any(Dated("joined", latest=dt.date(2020, 1, 1)), Answered("why")),
                text={"en": "How satisfied are you?", "ar": "ما مدى رضاك؟"},
                items=(
                    Item(code="health", label={"en": "Health", "ar": "الصحة"}, column="q7a"),
                    Item(code="roads", label={"en": "Roads", "ar": "الطرق"}),
                ),
                code_type="integer",
                options=codes(1, 2, 3),
                ordered=True,
                items_order="random",
                options_order="reversed",
                missing=(Missing(code=8, label="?", reason="dont_know", in_base=True),),
            ),
            Scale(
                name="trust",
                text="Trust?",
                options=(
                    Code(code="low", label="Low", score=-1),
                    Code(code="high", label="High", score=1),
                ),
                asked_if=All(
                    Any(Within("age", 18, closed="left"), Answered("hours")),
                    Not(Is("platforms", 9)),
                ),
            ),
        ),
        derived=(
            Bands(
                name="age_group",
                of="age",
                label="Age group",
                bands=(
                    Band(code="young", label="Young", maximum=29.5),
                    Band(code="old", label="Old", minimum=30),
                ),
            ),
            Grouping(
                name="trusting",
                of="trust",
                label="Trust",
                groups=(Group(code="any", label="Any", codes=("low", "high")),),
            ),
            Nets(
                name="any_platform",
                of="platforms",
                label={"en": "Any platform", "ar": "أي منصة"},
                nets=(
                    Net(code="any", label={"en": "Any", "ar": "أي"}, codes=(1, 2)),
                    Net(code="second", label="Second", codes=(2,)),
                ),
            ),
            Boxes(
                name="satisfied",
                of="services_roads",
                top=1,
                bottom=1,
                middle_label={"en": "So so", "ar": "بين بين"},
            ),
            Grouping(
                name="roads",
                of="services_roads",
                label="Roads",
                groups=(Group(code="good", label="Good", codes=(3,)),),
                missing=(
                    MadeMissing(
                        code="none", label="No opinion", reason="other", in_base=False, codes=(2,)
                    ),
                ),
                rest=8,
            ),
        ),
        constraints=(
            Order(of=("age", "hours"), message={"en": "Too young", "ar": "صغير"}, severity="note"),
            Sum(of=("age", "hours"), minimum=0, maximum=99.5, message="Too many"),
            Choices(of="platforms", maximum=2, message="Too many"),
        ),
        blocks=(
            Block(name="use", questions=("hours", "busiest"), order="random"),
            Block(
                name="opinions",
                questions=("services", "trust"),
                label={"en": "Opinions", "ar": "آراء"},
            ),
        ),
        splits=(
            Split(
                name="wording",
                label={"en": "Wording", "ar": "الصياغة"},
                column="form",
                versions=(
                    Version(code="a", label="A", questions=("why", "services")),
                    Version(code="b", label="B"),
                ),
            ),
            Split(
                name="length",
                label="Length",
                versions=(
                    Version(code="long", label="Long", questions=("joined",)),
                    Version(code="short", label="Short"),
                ),
            ),
        ),
        methodology=Declaration(
            population={"en": "Citizens", "ar": "المواطنون"},
            languages=("ar",),
            fieldwork_start=dt.date(2019, 3, 3),
            limitations=("One", {"en": "Two", "ar": "اثنان"}),
            synthetic=True,
        ),
    )


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(str.strip)
texts = words | st.fixed_dictionaries({"en": words, "ar": words})
names = st.from_regex(r"[a-zعsم][a-z0-9_.\-]{0,8}", fullmatch=True)
limits = st.none() | st.floats(-1e6, 1e6) | st.integers(-1000, 1000)
plain_codes = words.map(str.strip).filter(lambda one: one[0] != "_" and "|" not in one)


@st.composite
def options(draw, of, *, scored=False, least=1):
    chosen = draw(st.lists(of, min_size=least, max_size=4, unique=True))
    scores = [draw(st.floats(-10, 10)) if scored else None for _ in chosen]
    return tuple(
        Code(code=code, label=draw(texts), score=score)
        for code, score in zip(chosen, scores, strict=True)
    )


@st.composite
def simple_conditions(draw, earlier, kind):
    question = draw(st.sampled_from(earlier))
    if isinstance(question, Date) and kind == "is":
        days = sorted(draw(st.tuples(st.dates(), st.dates())))
        return Dated(question.name, *days)
    if isinstance(question, Multiple) and draw(st.booleans()):
        return Chosen(question.name, *sorted(draw(st.tuples(*[st.integers(0, 9)] * 2))))
    if kind == "answered" or isinstance(question, FreeText | Date):
        return Answered(question.name)
    if isinstance(question, Number):
        low, high = sorted(draw(st.tuples(st.integers(0, 50), st.integers(50, 99))))
        closed = draw(st.sampled_from(["both", "left", "right", "neither"]))
        return Within(question.name, low, high, closed)
    return Is(
        question.name,
        *draw(st.lists(st.sampled_from([o.code for o in question.options]), min_size=1)),
    )


@st.composite
def conditions(draw, earlier, depth=2):
    kinds = ["is", "answered"] + (["all", "any", "not"] if depth else [])
    kind = draw(st.sampled_from(kinds))
    if kind in {"all", "any"}:
        several = draw(st.lists(conditions(earlier, depth - 1), min_size=1, max_size=2))
        return All(*several) if kind == "all" else Any(*several)
    if kind == "not":
        return Not(draw(conditions(earlier, depth - 1)))
    return draw(simple_conditions(earlier, kind))


@st.composite
def questions(draw, name, earlier):
    common = {"name": name, "text": draw(texts), "label": draw(st.none() | texts)}
    common["sensitive"] = draw(st.booleans())
    if earlier:
        common["asked_if"] = draw(st.none() | conditions(earlier))
    kind = draw(st.sampled_from([Single, Scale, Multiple, Number, FreeText, Date, Grid]))
    if kind is FreeText:
        return FreeText(**common, longest=draw(st.integers(1, 100_000)))
    if kind is Date:
        days = sorted(draw(st.tuples(st.dates(), st.dates())))
        first, last = (day if draw(st.booleans()) else None for day in days)
        form = draw(st.sampled_from(get_args(DateFormat)))
        return Date(**common, earliest=first, latest=last, format=form)
    if kind is Number:
        low, high = draw(
            st.tuples(limits, limits).filter(lambda pair: None in pair or pair[0] <= pair[1])
        )
        return Number(**common, unit=draw(texts), minimum=low, maximum=high)
    integers = draw(st.booleans())
    common["code_type"] = "integer" if integers else "string"
    # What is read as the same number would be the same code.
    of = st.integers(-99, 99) if integers else plain_codes
    if kind is Grid:
        ordered = draw(st.booleans())
        items = draw(st.lists(st.integers(0, 99), min_size=1, max_size=3, unique=True))
        return Grid(
            **common,
            items=tuple(Item(code=one, label=draw(texts)) for one in items),
            options=draw(options(of, scored=ordered)),
            ordered=ordered,
        )
    scored = kind is Scale and draw(st.booleans())
    return kind(**common, options=draw(options(of, scored=scored)))


@st.composite
def questionnaires(draw):
    asked = []
    chosen = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    for name in chosen:
        earlier = tuple(one for question in asked for one in one_by_one(question))
        asked.append(draw(questions(name, earlier)))
    return Questionnaire(title=draw(texts), questions=tuple(asked))


@st.composite
def elaborate_questionnaires(draw):
    """Return a questionnaire of which variables are made, in blocks and several versions."""
    asked = draw(questionnaires())
    lists = [one for one in asked.asked if isinstance(one, Single | Scale | Multiple)]
    derived = [draw(made_of(one, f"D{place}")) for place, one in enumerate(lists)]
    whole = [one.name for one in asked.questions]
    versions = tuple(
        Version(
            code=code,
            label=draw(texts),
            questions=draw(st.lists(st.sampled_from(whole), unique=True)),
        )
        for code in "ab"
    )
    column = draw(st.none() | st.just("V"))
    return replace(
        asked,
        derived=tuple(derived),
        blocks=(Block(name="B", questions=whole, label=draw(st.none() | texts)),),
        splits=(Split(name="S", label=draw(texts), versions=versions, column=column),),
    )


@st.composite
def made_of(draw, question, name):
    own = [one.code for one in question.options]
    common = {"name": name, "of": question.name, "label": draw(texts)}
    if isinstance(question, Multiple) or draw(st.booleans()):
        held = st.lists(st.sampled_from(own), min_size=1, unique=True)
        nets = [Net(code=code, label=draw(texts), codes=draw(held)) for code in "xyz"]
        return Nets(**common, nets=tuple(nets))
    scores = [one.score for one in question.options]
    told = scores == [None] * len(own) or len(set(scores)) == len(own)
    if isinstance(question, Scale) and len(own) > 1 and told and draw(st.booleans()):
        top = draw(st.integers(1, len(own) - 1))
        return Boxes(**common, top=top, bottom=len(own) - top, top_label=draw(st.none() | texts))
    lost = draw(st.lists(st.sampled_from(own), unique=True))
    lack = MadeMissing(
        code=draw(st.sampled_from([-96, "na"])),
        label=draw(texts),
        reason=draw(st.sampled_from(["other", "refused"])),
        in_base=draw(st.booleans()),
        codes=lost,
    )
    group = Group(code="x", label=draw(texts), codes=[one for one in own if one not in lost])
    return Grouping(**common, groups=(group,), missing=(lack,), rest="x")
