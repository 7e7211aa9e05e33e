"""Every message of the catalogues with plausible values, to be read line by line.

``python -m tests.report.sheet`` writes the sheets anew; what changed in them is what to read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from socialpoll.report.blocks import Figure, Interval, Message, Phrase, Said, Value
from socialpoll.report.catalogues import languages, read_catalogue
from socialpoll.report.language import Language
from socialpoll.report.writing import parts_of, written

HERE = Path(__file__).parent
COUNTED = {"ar": (0, 1, 2, 3, 11, 100), "en": (1, 2)}
"""A number of each plural class."""
INVISIBLE = {"\u200e": "‹LRM›", "\u200f": "‹RLM›", "\u061c": "‹ALM›"}


def both(en: str, ar: str) -> Said:
    return Said({"en": en, "ar": ar})


def percent(share: float, decimals: int = 0) -> Figure:
    return Figure(share, "percent", decimals)


def number(value: float, decimals: int = 0) -> Figure:
    return Figure(value, "decimal", decimals)


SIXTY, SEVENTY = percent(0.6, 1), percent(0.7, 1)


def share_of(en: str, ar: str, share: float) -> Message:
    values: dict[str, Value] = {"category": both(en, ar), "share": percent(share)}
    return Message("{category} ({share})", values)


def moved_to(words: Phrase, name: str, before: Figure = SIXTY, after: Figure = SEVENTY) -> Message:
    values: dict[str, Value] = {name: words, "before": before, "after": after}
    if name == "group":
        return Message("{group} (from {before} to {after})", values)
    return Message("{category} (from {before} to {after})", values)


YES = both("Yes", "نعم")
MALES, FEMALES = both("Males", "الذكور"), both("Females", "الإناث")
SEX, AGE = both("Sex", "النوع"), both("Age group", "الفئة العمرية")
ACCOUNT = both("Has an account", "امتلاك حساب")
TRUST = both("Trust in the news", "الثقة بالأخبار")
FIRST, SECOND = both("spring 2019", "ربيع 2019"), both("spring 2021", "ربيع 2021")
SOUTH = both("south", "south")
WHATSAPP, YOUTUBE = both("WhatsApp", "واتساب"), both("YouTube", "يوتيوب")
THE_SHARE = Message("the share who answered “{category}”", {"category": YES})
PLATFORMS = (share_of("WhatsApp", "واتساب", 0.92), share_of("YouTube", "يوتيوب", 0.7))
QUOTED = Message("“{code}”", {"code": YES})
CONDITION = Message(
    "answered {codes:or} to “{question}”", {"codes": (QUOTED,), "question": ACCOUNT}
)
RESPONDENTS = Message("respondents who answered this question")
REASON = both("the wording was new", "تغيّرت صياغة السؤال")

TIMES = (
    share_of("20:00–24:00", "من 20:00 إلى 24:00", 0.48),
    share_of("16:00–20:00", "من 16:00 إلى 20:00", 0.25),
)
QUOTED_TIMES = tuple(replace(one, key="“{category}” ({share})") for one in TIMES)
PERCENTILES = tuple(
    Message(
        "{category} ({value})",
        {
            "category": Message("percentile {number}", {"number": number(one)}),
            "value": Figure(hours, "hours", 1),
        },
    )
    for one, hours in ((25, 3.0), (75, 6.5))
)
PEOPLE = tuple(
    Message("“{category}” ({share})", {"category": one, "share": Figure(people, "count")})
    for one, people in ((YES, 1_475_760), (both("No", "لا"), 84_500))
)
MEANS = tuple(
    Message("“{category}” ({share})", {"category": one, "share": number(mean, 1)})
    for one, mean in ((both("Television", "التلفزيون"), 3.4), (both("Radio", "الإذاعة"), 2.8))
)

VALUES: Mapping[str, Value] = {
    "after": percent(0.785, 1),
    "allowed": Message("that the goal allows"),
    "alpha": percent(0.05),
    "answered": 390,
    "alike": 1,
    "answers": PLATFORMS,
    "asked": 400,
    "base": Message("Base: {who}.", {"who": RESPONDENTS}),
    "before": percent(0.7, 1),
    "block": both("Trust", "الثقة"),
    "breakdown": SEX,
    "cases": 4310,
    "category": YES,
    "change": Figure(0.085, "points", 1),
    "code": "97",
    "codes": (QUOTED, Message("“{code}”", {"code": both("Sometimes", "أحياناً")})),
    "column": "q3",
    "condition": CONDITION,
    "conditions": (CONDITION, CONDITION),
    "contact": "polls@example.org",
    "date": dt.date(2019, 4, 7),
    "dates": (Message("{date}", {"date": dt.date(2020, 12, 12)}),),
    "day": dt.date(2019, 3, 3),
    "deff": number(1.17, 2),
    "down": "↓",
    "e": percent(0.5, 1),
    "earlier": FIRST,
    "edition": 2,
    "end": dt.date(2019, 3, 21),
    "error": percent(0.0012, 2),
    "factor": number(1.84, 2),
    "figure": percent(0.92),
    "figures": PLATFORMS,
    "finding": Message("the mean was {value}", {"value": Figure(6.0, "hours", 1)}),
    "findings": (Message("error"), Message("warning")),
    "first": MALES,
    "found": number(1.23, 2),
    "group": Message("among respondents"),
    "gain": Figure(0.142, "points", 1),
    "groups": (FEMALES, both("Children", "الأطفال")),
    "heading": SEX,
    "high": FEMALES,
    "interval": Interval(0.919, 0.94, "percent"),
    "items": WHATSAPP,
    "kind": Message("one answer"),
    "label": both("Don't know", "لا أعرف"),
    "last": FEMALES,
    "later": SECOND,
    "least": 0,
    "left": percent(0.34),
    "less": percent(0.32),
    "letter": "B",
    "level": percent(0.95),
    "limit": number(1.5, 1),
    "limits": (
        Message("{number} platform", {"number": 3}, "{number} platforms", "number", "at most"),
        Message("a cost of {number}", {"number": number(10)}),
    ),
    "longest": 200,
    "loss": Figure(0.031, "points", 1),
    "low": MALES,
    "margin": Figure(0.021, "points", 1),
    "maximum": 10,
    "method": "fdr",
    "minimum": 1,
    "minutes": Figure(5, "minutes"),
    "moment": dt.datetime(2019, 4, 7, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=4))),
    "more": percent(0.38),
    "most": 1,
    "name": "house",
    "names": Message("{first}, {second}", {"first": both("north", "north"), "second": SOUTH}),
    "number": 14,
    "numbers": (both("Hours a day", "ساعات في اليوم"),),
    "of": WHATSAPP,
    "option": both("None", "لا شيء"),
    "options": (WHATSAPP, YOUTUBE),
    "order": Message("{parts} (in random order)", {"parts": (WHATSAPP, YOUTUBE)}),
    "other": percent(0.931, 1),
    "overall": percent(0.93),
    "pages": 24,
    "part": 3,
    "parts": (SEX, AGE),
    "persons": 1_560_260,
    "platform": WHATSAPP,
    "platforms": (WHATSAPP, YOUTUBE),
    "population": both("Citizens aged 18 and over", "المواطنون (18 سنة فأكثر)"),
    "question": ACCOUNT,
    "questions": (ACCOUNT, TRUST),
    "rate": percent(0.58, 1),
    "ratio": number(10),
    "reason": REASON,
    "requirements": Message(
        "effective sample size at least {limit} (found: {found})",
        {"limit": number(300), "found": number(326.6, 1)},
    ),
    "right": percent(0.36),
    "rival": Message("{platforms} together", {"platforms": (WHATSAPP, both("imo", "إيمو"))}),
    "rows": Message("{first}, {second}", {"first": both("3", "3"), "second": both("17", "17")}),
    "score": number(5),
    "second": FEMALES,
    "sentence": both("Weights were trimmed", "خُفّضت الأوزان الترجيحية المتطرفة"),
    "share": percent(0.38),
    "size": number(2033),
    "source": both("Census 2020", "تعداد 2020"),
    "split": both("Wording", "الصياغة"),
    "stages": 2,
    "start": dt.date(2019, 3, 3),
    "status": both("done", "منجزة"),
    "strict": percent(0.99),
    "test": "bootstrap",
    "tests": Message(
        "changes between waves were tested at the {alpha} level", {"alpha": percent(0.05)}
    ),
    "text": both("Do you have an account?", "هل لديك حساب؟"),
    "title": TRUST,
    "total": 1_250_000,
    "unit": both("years", "سنة"),
    "up": "↑",
    "value": Figure(6.0, "hours", 1),
    "variable": "trust",
    "variables": (SEX, AGE),
    "version": both("long", "المطوّلة"),
    "versions": (both("long", "المطوّلة"), both("short", "المختصرة")),
    "wave": SECOND,
    "website": "https://example.org",
    "what": THE_SHARE,
    "who": RESPONDENTS,
    "whole": 100,
}
"""What stands in the braces of a message, by its name."""
EARLY, LATE = Figure(1165, "clock"), Figure(1251, "clock")
AT_TIME = {"more": Figure(1290, "clock"), "less": Figure(1165, "clock")}
MOVED = {
    "what": Message("the mean time"),
    "before": EARLY,
    "after": LATE,
    "change": Figure(86, "minutes"),
}
PLACED = tuple(
    Message("{group} ({value})", {"group": one, "value": percent(share, 1)})
    for one, share in ((MALES, 0.38), (FEMALES, 0.41))
)
LATER = tuple(
    Message("{group} ({value})", {"group": one, "value": figure})
    for one, figure in ((MALES, EARLY), (FEMALES, LATE))
)
LENGTHS = {"low": number(0.42, 2), "high": number(3.1, 2)}
OTHERWISE: Mapping[str, Mapping[str, Value]] = {
    "in {what} between {groups}": {"groups": Message("any of the groups")},
    "difference between {groups}": {"groups": Message("any of the groups")},
    " is later for ": {"what": Message("the mean time"), **AT_TIME},
    "{title} ({group})": {"group": FEMALES},
    "{group}: the poll found": {"group": FEMALES},
    "one group beside": {"group": FEMALES},
    "for {group} ({value})": {"value": percent(0.38, 1), "overall": SIXTY},
    "between {group} ({value})": {"value": percent(0.38, 1), "overall": percent(0.36, 1)},
    "is higher for {group} ({value})": {"overall": percent(0.32, 1)},
    " is later for {group}": {"what": Message("the mean time"), "value": LATE, "overall": EARLY},
    " is earlier for {group}": {"what": Message("the mean time"), "value": EARLY, "overall": LATE},
    "is higher for {answers}": {"answers": PLACED, "overall": percent(0.32, 1)},
    "is lower for {answers}": {"answers": PLACED, "overall": SIXTY},
    "is later for {answers}": {"what": Message("the mean time"), "answers": LATER},
    "is earlier for {answers}": {"what": Message("the mean time"), "answers": LATER},
    "({overall}), {what} is later": {"overall": Figure(1100, "clock")},
    "({overall}), {what} is earlier": {"overall": Figure(1290, "clock")},
    " became later": MOVED,
    " became earlier": {**MOVED, "before": MOVED["after"], "after": MOVED["before"]},
    " fell by ": {"before": percent(0.785, 1), "after": percent(0.7, 1)},
    "shares rose": {"answers": (moved_to(WHATSAPP, "category"), moved_to(YOUTUBE, "category"))},
    "shares fell": {"answers": (moved_to(WHATSAPP, "category", SEVENTY, SIXTY),)},
    "{breakdown}: from": {"answers": (moved_to(MALES, "group"), moved_to(FEMALES, "group"))},
    "{what} fell, with": {"answers": (moved_to(MALES, "group", SEVENTY, SIXTY),)},
    "became later, with": {"answers": (moved_to(MALES, "group", EARLY, LATE),)},
    "became earlier, with": {"answers": (moved_to(MALES, "group", LATE, EARLY),)},
    "shares are higher": {
        "answers": tuple(
            Message(
                "{category} ({more} against {less})",
                {"category": one, "more": percent(0.38), "less": percent(0.32)},
            )
            for one in (WHATSAPP, YOUTUBE)
        ),
    },
    "was {first};": {"first": PLATFORMS[0], "answers": PLATFORMS[1:]},
    "busiest time": {"first": TIMES[0], "answers": TIMES[1:]},
    "busiest times": {"answers": TIMES},
    "the busiest time {group} was": {"answers": TIMES[1:]},
    "percentiles were": {"answers": PERCENTILES},
    "numbers of people by answer": {"answers": PEOPLE},
    "means by item": {"answers": MEANS},
    "several may be chosen": {"answers": (WHATSAPP, YOUTUBE)},
    "{numbers}, unweighted": {
        "numbers": (
            both("400 in spring 2019", "400 في ربيع 2019"),
            both("390 in 2021", "390 في 2021"),
        ),
    },
    "choice in": {"question": both("Platforms used", "المنصات المستخدمة")},
    "effective sample size at least": {"limit": number(300), "found": number(326.6, 1)},
    "the mean time was": {"value": Figure(1290, "clock")},
    "{low} to {high}": {"low": "91.9", "high": "94.0"},
    "between {low} and {high}": LENGTHS,
    "probabilities lie between": {"low": percent(0.312, 1), "high": percent(0.88, 1)},
    "Weights above": LENGTHS,
    "Weights below": LENGTHS,
    "Allowed: ": {"low": 18, "high": 99},
    "{low} or more": {"low": 18},
    "{high} or less": {"high": 99},
    "Enter a number": {"low": 18, "high": 99},
    "Enter a date": {"first": dt.date(2019, 1, 1), "last": dt.date(2019, 12, 31)},
    "Columns of the answers": {"first": "q3_1", "last": "q3_9"},
    "relative deviation": {"limit": percent(0.005, 1), "found": percent(0.0012, 2)},
    "percentile {number}": {"number": number(25)},
    "percentile {limit}": {"limit": number(99)},
    "{number} per cent": {"number": "93"},
    "{number} {unit}": {"number": number(34.2, 1)},
    "from {category}": {
        "category": Message("{low} to {high}", {"low": "21:00", "high": "02:00"}),
    },
    "{share} {group}": {"group": Message("of respondents")},
    "“{group}”": {"group": WHATSAPP},
    "{group} (": {"group": MALES},
    "the ratio was": {"value": number(1.5, 3)},
    "the variance was": {"value": number(4.2, 1)},
    "concentration of times was": {"value": number(0.718, 3)},
    "the net score was": {"value": number(18.0, 1)},
    "the mean score was": {"value": number(3.4, 1), "least": number(1), "most": number(5)},
    "et score, from": {"least": -100, "most": 100},
    "the mean number chosen was": {"value": number(2.2, 1)},
    "the total is estimated": {"value": Figure(1_250_000, "count")},
    "{options}": {"category": WHATSAPP},
    "chose “{category}”": {"category": WHATSAPP},
    "share of “{category}”": {"category": WHATSAPP},
    "Those who chose": {"answers": (share_of("18–29", "من 18 إلى 29 سنة", 0.38),)},
    "The group “": {"group": FEMALES},
    "(part {number}": {"number": 1, "of": 2},
    "{first}; {second}": {
        "first": Message("distance: linear"),
        "second": Message("members of one household or cluster have equal weights"),
    },
    "{label}: {figures}": {"label": MALES},
    "{label} {figure}": {"label": MALES},
    "Net: {label}": {"label": both("Any messaging", "أي تطبيق مراسلة")},
    "potential reach of {platforms}": {
        "platforms": Message("{platforms} together", {"platforms": (WHATSAPP, YOUTUBE)}),
        "share": Message(
            "{share} ({level} confidence interval: {interval})",
            {
                "share": percent(0.931, 1),
                "level": percent(0.95),
                "interval": Interval(0.919, 0.94, "percent"),
            },
        ),
    },
    "single platform, {parts}": {
        "parts": (
            Message(
                "{platform} adds {gain}",
                {
                    "platform": Message("a second platform"),
                    "gain": Figure(0.142, "points", 1),
                },
            ),
            Message(
                "{platform} adds no statistically significant share",
                {"platform": Message("a third platform")},
            ),
        ),
    },
    "lower potential reach: ": {
        "parts": (
            Message(
                "by {loss} without {platform}",
                {"platform": WHATSAPP, "loss": Figure(0.142, "points", 1)},
            ),
        ),
    },
    "{platform} adds": {"platform": Message("a second platform")},
    "{platform} {loss}": {"loss": number(14.2, 1)},
    "{first} comes first": {"first": QUOTED_TIMES[0]},
    "{answers:or} comes first": {"answers": QUOTED_TIMES},
    "no answer comes first": {"first": QUOTED_TIMES[0]},
    "{first} or one of": {"first": TIMES[0]},
    "{category} (not tested)": {"category": TIMES[0]},
    "{reason}, ": {"reason": Message("don't know")},
}
"""Values of messages in whose key these words stand; later ones come before earlier ones."""


def values_of(key: str) -> dict[str, Value]:
    """Return what fills the braces of a message."""
    found = dict(VALUES)
    for part, values in OTHERWISE.items():
        if part in key:
            found |= values
    return {name: found[name] for _, name, _ in parts_of(key) if name is not None}


def lines_of(key: str, plural: str | None, context: str, tag: str) -> Iterator[str]:
    """Yield a message in a language, once a plural class."""
    values, language = values_of(key), Language(tag)
    if plural is None:
        yield written(Message(key, values, context=context), language)
        return
    for one in COUNTED[tag]:
        counted: Phrase = Message(key, values | {"number": one}, plural, "number", context)
        yield f"{one}: {written(counted, language)}"


def sheet(tag: str) -> str:
    """Return all messages of a language in the order of their keys, a paragraph each."""
    keys = {
        (key, one.context or "", plural)
        for one in read_catalogue(tag)
        if one.id
        for key, plural in [one.id if isinstance(one.id, tuple) else (one.id, None)]
    }
    paragraphs = []
    for key, context, plural in sorted(keys, key=lambda one: (one[0].lower(), *one[:2])):
        head = f"{key} [{context}]" if context else key
        body = [f"    {line}" for line in lines_of(key, plural, context, tag)]
        paragraphs.append("\n".join([head, *body]))
    text = "\n\n".join(paragraphs) + "\n"
    for mark, name in INVISIBLE.items():
        text = text.replace(mark, name)
    return text


def path_of(tag: str) -> Path:
    """Return where the sheet of a language is kept."""
    return HERE / f"messages_{tag}.txt"


if __name__ == "__main__":
    for tag in languages():
        path_of(tag).write_text(sheet(tag), encoding="utf-8")
