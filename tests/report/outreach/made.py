"""A plan made by hand, beside a release with the figures that it tells of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import socialpoll as sp
from socialpoll.audience import (
    AudiencePlan,
    Leading,
    Loss,
    Outreach,
    OutreachPlan,
    Preferred,
    Purpose,
    Reached,
    Step,
)
from socialpoll.disclosure import Release
from socialpoll.report import Cell, Figure, Interval, Table, Text
from tests.report.handmade import (
    PUBLISHER,
    TITLE,
    codes,
    questionnaire,
    released,
    row,
    section,
    text,
)

OPTIMISM = 0.002
WHATSAPP, YOUTUBE, INSTAGRAM = "whatsapp", "youtube", "instagram"
PAIR, ALL_THREE = (WHATSAPP, YOUTUBE), (WHATSAPP, YOUTUBE, INSTAGRAM)
RIVAL = (WHATSAPP, YOUTUBE, "imo")
REACH = {
    (WHATSAPP,): 0.821,
    PAIR: 0.933,
    ALL_THREE: 0.972,
    RIVAL: 0.968,
    (WHATSAPP, INSTAGRAM): 0.905,
    (YOUTUBE, INSTAGRAM): 0.741,
}
TIMES = {"18": 0.452, "12": 0.258, "06": 0.201, "00": 0.089}
FORMATS = {"video": 0.612, "image": 0.604, "text": 0.311}
LANGUAGES = {"ar": 0.703, "en": 0.297}
DAYS = {"fri": {"18": 0.5, "12": 0.5}, "sun": {"18": 0.8, "12": 0.2}}
GROUPS = {
    ("sex", "male"): 0.01,
    ("sex", "female"): -0.01,
    ("area", "muscat"): 0.005,
    ("area", "dhofar"): -0.04,
    ("area", "musandam"): 0.0,
    ("area", "wusta"): 0.0,
}
SMALL, HIDDEN = ("area", "musandam"), ("area", "wusta")
EVERYBODY = ("_T", "_T")
OUTREACH = Outreach(
    reach="outreach_reach",
    times="outreach_times",
    times_by_day="outreach_times_by_day",
    formats="outreach_formats",
    languages="outreach_languages",
)
SIZE = Purpose(size=3)


@cache
def asked() -> sp.Questionnaire:
    """Return the questionnaire, with questions on contents and days."""
    plain = questionnaire()

    def named(name, en, ar):
        return {"name": name, "text": text(en, ar), "label": text(en, ar)}

    formats = sp.Multiple(
        **named("formats", "Formats preferred", "أشكال المحتوى المفضلة"),
        options=codes(video=("Video", "فيديو"), image=("Images", "صور"), text=("Text", "نصوص")),
    )
    languages = sp.Single(
        **named("language", "Language preferred", "اللغة المفضلة"),
        options=codes(ar=("Arabic", "العربية"), en=("English", "الإنجليزية")),
    )
    times = {"12": ("afternoon", "بعد الظهر"), "18": ("evening", "المساء")}
    days = sp.Grid(
        **named("days", "Busiest time by day", "أكثر الأوقات استخداماً حسب اليوم"),
        items=(
            sp.Item(code="fri", label=text("Friday", "الجمعة")),
            sp.Item(code="sun", label=text("Sunday", "الأحد")),
        ),
        options=tuple(sp.Code(code=one, label=text(*words)) for one, words in times.items()),
    )
    return replace(plain, questions=(*plain.questions, formats, languages, days))


def figures(place: tuple[str, str], shift: float = 0.0, **keys) -> Iterator[dict]:
    """Yield the rows of an audience; those of the reach have intervals of two points."""
    where = {"breakdown": place[0], "domain": place[1], **keys}
    for options, share in REACH.items():
        reach = {"question": "apps", "item": "|".join(options), **where}
        yield row("outreach_reach", round(share + shift, 3), **reach)
    for code, share in TIMES.items():
        yield row("outreach_times", share, question="busiest", category=code, **where)
    for code, share in FORMATS.items():
        yield row("outreach_formats", share, question="formats", item=code, **where)
    for code, share in LANGUAGES.items():
        yield row("outreach_languages", share, question="language", category=code, **where)
    for day, shares in DAYS.items():
        for code, share in shares.items():
            keyed = {"question": "days", "item": day, "category": code, **where}
            yield row("outreach_times_by_day", share, **keyed)


def rows() -> list[dict]:
    """Return the figures of everybody and of all groups, and an indicator beside them."""
    made = [row("account", 0.8, category="yes"), row("account", 0.2, category="no")]
    made += figures(EVERYBODY)
    for place, shift in GROUPS.items():
        many = {SMALL: {"n": 60}, HIDDEN: {"status": "suppressed"}}.get(place, {"n": 200})
        made += figures(place, shift, **many)
    return sorted(made, key=lambda one: str(one["indicator"]))


def reached(options: tuple[str, ...], shift: float = 0.0, **changes) -> Reached:
    """Return a set with its reach, two points of interval around it, less the optimism."""
    observed = round(REACH[options] + shift, 3)
    expected = round(observed - OPTIMISM, 3)
    made = Reached(
        options=options,
        observed=observed,
        optimism=OPTIMISM,
        expected=expected,
        low=round(expected - 0.02, 3),
        high=min(round(expected + 0.02, 3), 1.0),
    )
    return replace(made, **changes)


def leading(shares: dict[str, float], beside: int = 0, *, tested: bool = True) -> Leading:
    """Return what comes first; so many answers are not told apart from it."""
    first, *others = (
        Preferred(code=code, share=share, low=share - 0.02, high=share + 0.02)
        for code, share in shares.items()
    )
    if not tested:
        return Leading(first=first, behind=tuple(others), base=400)
    split = tuple(others[:beside]), tuple(others[beside:])
    return Leading(first=first, beside=split[0], behind=split[1], tested=True, base=400)


def audience(place: tuple[str, str] = EVERYBODY, shift: float = 0.0, **changes) -> AudiencePlan:
    """Return the plan of an audience: the choice is first, the third platform tells nothing."""
    sizes = [(WHATSAPP,), PAIR, ALL_THREE]
    gains = [None, 0.112, 0.039]
    made = AudiencePlan(
        wave="_Z",
        breakdown=place[0],
        domain=place[1],
        base=400 if place == EVERYBODY else 200,
        chosen=reached(ALL_THREE, shift),
        first=True,
        steps=tuple(
            Step(reached=reached(one, shift), gain=gain, low=0.01, high=0.05, p=0.001, tells=tells)
            for one, gain, tells in zip(sizes, gains, [None, True, False], strict=True)
        ),
        losses=(
            Loss(option=WHATSAPP, loss=0.231, low=0.2, high=0.26, p=0.001, tells=True),
            Loss(option=YOUTUBE, loss=0.067, low=0.04, high=0.09, p=0.001, tells=True),
            Loss(option=INSTAGRAM, loss=0.039, low=-0.01, high=0.08, p=0.2, tells=False),
        ),
        times=leading(TIMES),
        formats=leading(FORMATS, 1),
        languages=leading(LANGUAGES),
        times_by_day={day: leading(shares, day == "fri") for day, shares in DAYS.items()},
    )
    return replace(made, **changes)


def refused(place: tuple[str, str], why: str, base: int | None = None) -> AudiencePlan:
    """Return an audience without advice."""
    return AudiencePlan(wave="_Z", breakdown=place[0], domain=place[1], base=base, refusal=why)


def plan(everybody: AudiencePlan | None = None, **changes) -> OutreachPlan:
    """Return the plan of everybody and all groups."""
    first = audience() if everybody is None else everybody
    groups = [
        refused(SMALL, "small base", 60)
        if place == SMALL
        else refused(HIDDEN, "suppressed")
        if place == HIDDEN
        else audience(place, shift, first=place[0] == "sex", rival=reached(RIVAL, shift))
        for place, shift in GROUPS.items()
    ]
    made = OutreachPlan(outreach=OUTREACH, purpose=SIZE, audiences=(first, *groups))
    return replace(made, **changes)


@cache
def whole() -> sp.Report:
    """Return the report with the plan of everybody and all groups."""
    return composed()


@cache
def usual_release() -> Release:
    """Return the release of the rows and nothing else, made once."""
    return made_release()


def made_release(more: Sequence[dict] = (), **changes) -> Release:
    """Return the release that the plan was made from, with more rows."""
    return replace(released([*rows(), *more], **changes), questionnaire=asked())


def sentences(
    made: OutreachPlan, language: str = "en", release: Release | None = None
) -> list[str]:
    """Return what the section of a plan says in words, a block each."""
    report = composed(made, release)
    edition = sp.Edition(report, (language,))
    return [
        " ".join(map(edition.text, block.phrases))
        for block in section(report, "outreach").blocks
        if isinstance(block, Text)
    ]


def tables(report: sp.Report, language: str = "en") -> dict[str, list[list[str]]]:
    """Return the tables of the section of a plan by their titles: the head, then the rows."""
    edition = sp.Edition(report, (language,))
    return {
        edition.text(block.title): [
            [edition.text(column.heading) for column in block.columns],
            *([_written(edition, cell) for cell in line.cells] for line in block.rows),
        ]
        for block in section(report, "outreach").blocks
        if isinstance(block, Table)
    }


def _written(edition: sp.Edition, cell: Cell) -> str:
    if cell is None:
        return ""
    number = isinstance(cell, Figure | Interval)
    return edition.number(cell) if number else edition.text(cell)


def composed(
    made: OutreachPlan | None = None, release: Release | None = None, **asked_for
) -> sp.Report:
    """Return a report with a plan."""
    return sp.compose(
        usual_release() if release is None else release,
        title=TITLE,
        publisher=PUBLISHER,
        outreach=plan() if made is None else made,
        **asked_for,
    )
