"""What changed since the wave before: told as far as a test allows, with both figures and waves."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

import socialpoll as sp
from socialpoll.report import Message
from socialpoll.schema import Fact
from tests.report.handmade import (
    FACTS,
    comparison,
    composed,
    questionnaire,
    row,
    section,
    sentences,
)

WAVES = {"w1": {"en": "spring 2019", "ar": "ربيع 2019"}, "w2": {"en": "2021", "ar": "عام 2021"}}
STACK = Fact("waves", "stack", {"waves": ("w1", "w2")})
MARK = sp.Single(
    name="wave",
    text={"en": "Wave", "ar": "الدورة"},
    options=tuple(sp.Code(code=code, label=label) for code, label in WAVES.items()),
)
COMPARES = re.compile(r"rose|fell|change|ارتفاع|انخفاض|تغيّر|higher|lower|difference")


def moved(
    indicator: str, before: float | None, after: float | None, p: float | None = None, **keys
) -> tuple[list[dict], list[dict]]:
    """Return a figure of both waves, and the test of its change where there was one."""
    kept = {name: keys.pop(name) for name in ("status", "n", "half") if name in keys}
    rows = [
        row(indicator, one, wave=wave, **keys, **kept)
        for wave, one in zip(WAVES, (before, after), strict=True)
    ]
    if p is None:
        return rows, []
    domain = keys.pop("domain", "_T")
    keys.setdefault("breakdown", "_T")
    tested = comparison(
        indicator,
        domain,
        domain,
        round(after - before, 3),
        p,
        wave="w2",
        against="waves",
        **keys,
    )
    return rows, [{**tested, "wave_b": "w1"}]


def poll(*several: tuple[list[dict], list[dict]], facts: tuple[Fact, ...] = (), **changes):
    rows = [one for rows, _ in several for one in rows]
    tested = [one for _, tests in several for one in tests]
    rows.sort(key=lambda one: (one["wave"], one["indicator"], one["breakdown"] != "_T"))
    questions = (*questionnaire().questions, MARK)
    return composed(rows, tested, facts=(*FACTS, STACK, *facts), questions=questions, **changes)


def later(report: sp.Report, indicator: str, language: str = "en") -> list[str]:
    """Return what is said of an indicator in the later wave, but for question and finding."""
    edition = sp.Edition(report, (language,))
    found = [one for one in report.sections if (one.role, one.name) == ("indicator", indicator)]
    said = [
        edition.text(phrase)
        for block in found[-1].blocks
        if getattr(block, "style", "") == "bullet"
        for phrase in block.phrases
    ]
    assert len(found) == len(WAVES)
    return said


def account(before: float | None, after: float | None, p: float | None = None, **keys):
    """Return both answers of ``account`` in both waves; the first is the one compared."""
    rows, tested = moved("account", before, after, p, category="yes", **keys)
    no = [
        row("account", None if one is None else round(1 - one, 3), wave=wave, category="no", **keys)
        for wave, one in zip(WAVES, (before, after), strict=True)
    ]
    return [*rows, *no], tested


def test_a_rise_is_told_in_percentage_points_with_both_figures_and_waves():
    report = poll(account(0.7, 0.785, 0.001))

    assert later(report, "account") == [
        (
            "From spring 2019 to 2021, the share who answered “Yes” rose by 8.5 percentage points, "
            "from 70.0% to 78.5%, a statistically significant change."
        )
    ]
    assert later(report, "account", "ar") == [
        (
            "في الفترة من ربيع 2019 إلى عام 2021، سُجّل ارتفاع في نسبة من أجابوا بـ«نعم» مقداره "
            "8.5 نقطة مئوية، من 70.0 بالمائة إلى 78.5 بالمائة، وهو تغيّر ذو دلالة إحصائية."
        )
    ]


def test_a_fall_is_told_as_one():
    report = poll(account(0.7, 0.65, 0.04))

    assert later(report, "account")[0].startswith(
        "From spring 2019 to 2021, the share who answered “Yes” fell by 5.0 percentage points, "
        "from 70.0% to 65.0%"
    )
    assert (
        "سُجّل انخفاض في نسبة من أجابوا بـ«نعم» مقداره 5.0 نقاط مئوية"
        in later(report, "account", "ar")[0]
    )


def test_a_change_that_was_tested_and_not_found_is_told_as_none():
    report = poll(account(0.7, 0.72, 0.05))

    assert later(report, "account") == [
        (
            "From spring 2019 to 2021, there was no statistically significant change in the share "
            "who answered “Yes” (70.0%, then 72.0%)."
        )
    ]
    assert "لم يُسجَّل تغيّر ذو دلالة إحصائية" in later(report, "account", "ar")[0]


def test_what_was_not_tested_is_told_without_a_word_of_comparison():
    report = poll(account(0.7, 0.8))

    assert later(report, "account") == [
        "Wave, the share who answered “Yes”: spring 2019 (70%) and 2021 (80%)."
    ]
    assert later(report, "account", "ar") == [
        "الدورة، نسبة من أجابوا بـ«نعم»: ربيع 2019 (70 بالمائة) وعام 2021 (80 بالمائة)."
    ]


@pytest.mark.parametrize("status", ["low_reliability", "fixed"])
def test_a_small_or_fixed_figure_has_not_changed_even_where_a_test_says_so(status):
    [said] = later(poll(account(0.7, 0.8, 0.001, status=status)), "account")

    assert not COMPARES.search(said)


def test_a_change_that_is_suppressed_in_one_wave_is_not_told():
    assert later(poll(account(None, 0.8)), "account") == []


def test_the_first_wave_has_nothing_to_tell_of_changes():
    report = poll(account(0.7, 0.785, 0.001))
    edition = sp.Edition(report, ("en",))
    texts = [
        one for one in section(report, "indicator", "account").blocks if hasattr(one, "phrases")
    ]

    assert [edition.text(one.phrases[0]) for one in texts] == [
        "Question: Do you have one?",
        "The poll found that 70% of respondents answered “Yes” and 30% “No”.",
    ]


def test_nothing_is_said_across_a_break_but_its_note():
    values = {"question": "account", "variables": ("account",), "wave": "w2", "reason.en": "new"}
    report = poll(account(0.7, 0.8), facts=(Fact("waves", "break", values),))

    assert later(report, "account") == []


def test_groups_are_told_in_their_unit():
    rows = [row("years", 40.0, **YEARS)] + [
        row("years", one, breakdown="sex", domain=sex, **YEARS)
        for sex, one in {"male": 38.2, "female": 41.5}.items()
    ]
    said = sentences(composed(rows), "years")

    assert "Sex, the mean: Males (38.2 years) and Females (41.5 years)." in said


def test_a_change_that_does_not_show_in_the_figures_is_neither_told_nor_denied():
    [said] = later(poll(account(0.7, 0.7, 0.001)), "account")

    assert said == "Wave, the share who answered “Yes”: spring 2019 (70%) and 2021 (70%)."


HOURS = {"statistic": "mean", "unit": "hours"}
TIME = {
    "question": "busiest",
    "statistic": "circular_mean",
    "unit": "minutes after midnight",
    "half": 20,
}
YEARS = {"question": "age", "statistic": "mean", "unit": "years"}


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (
            moved("hours", 4.7, 5.3, 0.01, **HOURS),
            "the mean rose by 0.6 hours, from 4.7 hours to 5.3 hours",
        ),
        (
            moved("years", 40.1, 38.1, 0.01, **YEARS),
            "the mean fell by 2.0 years, from 40.1 years to 38.1 years",
        ),
        (
            moved(
                "people",
                4000.0,
                5000.0,
                0.01,
                question="account",
                statistic="total",
                unit="persons",
                category="yes",
                half=100,
            ),
            "the number of people who answered “Yes” rose by 1,000, from 4,000 to 5,000",
        ),
    ],
)
def test_amounts_change_in_their_unit(one, words):
    [said] = later(poll(one), one[0][0]["indicator"])

    assert said == f"From spring 2019 to 2021, {words}, a statistically significant change."


@pytest.mark.parametrize(
    ("before", "after", "difference", "english", "arabic"),
    [
        (1165, 1251, 86, "later by 86 minutes, from 19:25 to 20:51", "تأخّر"),
        (1430, 20, 30, "later by 30 minutes, from 23:50 to 00:20", "تأخّر"),
        (20, 1430, -30, "earlier by 30 minutes, from 00:20 to 23:50", "تبكير"),
    ],
)
def test_a_time_of_day_moves_the_shorter_way_round_the_clock(
    before, after, difference, english, arabic
):
    rows, [tested] = moved("time", before, after, 0.001, **TIME)
    report = poll((rows, [{**tested, "difference": difference}]))

    assert f"the mean time became {english}" in later(report, "time")[0]
    assert arabic in later(report, "time", "ar")[0]


def test_options_are_told_by_direction():
    shares = {"whatsapp": (0.9, 0.9, 0.9), "youtube": (0.6, 0.7, 0.01), "imo": (0.3, 0.2, 0.01)}
    several = [moved("apps", *one, item=code) for code, one in shares.items()]
    report = poll(*several)

    assert later(report, "apps") == [
        (
            "From spring 2019 to 2021, shares rose, with statistically significant changes, for "
            "YouTube (from 60.0% to 70.0%)."
        ),
        (
            "From spring 2019 to 2021, shares fell, with statistically significant changes, for "
            "imo (from 30.0% to 20.0%)."
        ),
    ]
    assert (
        "نسب الإجابات الآتية: يوتيوب (من 60.0 بالمائة إلى 70.0 بالمائة)"
        in (later(report, "apps", "ar")[0])
    )


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.5, "there was no statistically significant change in any of the answers."),
        (None, "Wave, the share who chose “WhatsApp”: spring 2019 (90%) and 2021 (91%)."),
    ],
)
def test_options_that_did_not_change_are_told_so_only_where_all_were_tested(p, words):
    whatsapp = moved("apps", 0.9, 0.91, 0.4, item="whatsapp")
    imo = moved("apps", 0.3, 0.31, p, item="imo")

    [said] = later(poll(whatsapp, imo), "apps")
    assert said.endswith(words)


def test_of_groups_significant_changes_alone_are_told():
    several = [
        moved("account", before, after, p, category="yes", breakdown="sex", domain=domain)
        for domain, before, after, p in [("male", 0.6, 0.7, 0.01), ("female", 0.7, 0.71, 0.9)]
    ]
    report = poll(account(0.65, 0.7), *several)

    assert [one for one in later(report, "account") if one.startswith("Sex: from")] == [
        (
            "Sex: from spring 2019 to 2021, the share who answered “Yes” rose, with statistically "
            "significant changes, for Males (from 60.0% to 70.0%)."
        )
    ]
    assert any(
        "في الفئات الآتية: الذكور (من 60.0 بالمائة إلى 70.0 بالمائة)" in one
        for one in later(report, "account", "ar")
    )


STATUSES = ["usual", "low_reliability", "fixed", "suppressed", "not_available"]


@given(
    ends=st.tuples(*[st.integers(1, 99).map(lambda one: one / 100)] * 2),
    status=st.sampled_from(STATUSES),
    p=st.none() | st.floats(0, 1),
)
def test_a_change_is_told_only_where_a_test_of_two_sound_figures_allows_it(ends, status, p):
    rows, tested = moved("account", *ends, p, category="yes")
    changed = row("account", ends[1], wave="w2", category="yes", status=status)
    said = later(poll(([rows[0], changed], tested)), "account")

    rose, fell = (any(word in one for one in said) for word in (" rose by ", " fell by "))
    allowed = status == "usual" and p is not None and p < 0.05
    assert rose == (allowed and ends[1] > ends[0])
    assert fell == (allowed and ends[1] < ends[0])
    if status in ("suppressed", "not_available"):
        assert said == []


def test_the_figures_of_a_sentence_are_those_of_its_rows():
    report = poll(account(0.704, 0.785, 0.001), moved("hours", 4.7, 5.3, 0.01, **HOURS))
    edition = sp.Edition(report, ("en",))
    messages = [
        phrase
        for one in report.sections
        for block in one.blocks
        for phrase in getattr(block, "phrases", ())
        if isinstance(phrase, Message) and "earlier" in phrase.values
    ]

    # Each is told among the key findings and in its section.
    assert len(messages) == 4
    for message in messages:
        before, after = (report.figures[place] for place in message.rows)
        assert (before["wave"], after["wave"]) == ("w1", "w2")
        scale, unit = (100, "%") if before["unit"] == "share" else (1, " hours")
        text = edition.text(message)
        first, second = (f"{scale * one['estimate']:.1f}{unit}" for one in (before, after))
        assert f"from {first} to {second}" in text
        assert f"by {scale * (after['estimate'] - before['estimate']):.1f} " in text


def test_significant_changes_are_among_the_key_findings():
    def findings(p: float) -> list[str]:
        report = poll(account(0.7, 0.785, p))
        edition = sp.Edition(report, ("en",))
        blocks = section(report, "headlines").blocks[1:]
        return [" ".join(edition.text(one) for one in block.phrases) for block in blocks]

    assert findings(0.001)[1] == (
        "Has an account (2021): 79% of respondents answered “Yes” and 22% “No”. From spring 2019 "
        "to 2021, the share who answered “Yes” rose by 8.5 percentage points, from 70.0% to 78.5%, "
        "a statistically significant change."
    )
    assert not [one for one in findings(0.5) if COMPARES.search(one)]
