from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

import socialpoll as sp
from socialpoll.report import Message
from tests.report.handmade import (
    by_sex,
    comparison,
    composed,
    everything,
    questionnaire,
    row,
    section,
    sentences,
    text,
    yes_no,
)

COMPARES = re.compile(r"higher|lower|more than|less than|most|difference|أعلى|أقل|فرق|أكثر")


def options(shares: dict[str, float], **keys) -> list[dict]:
    return [row("apps", share, item=code, **keys) for code, share in shares.items()]


def hours(**means: float) -> list[dict]:
    keys = {"statistic": "mean", "unit": "hours"}
    groups = [
        row("hours", mean, breakdown="sex", domain=sex, **keys) for sex, mean in means.items()
    ]
    return [row("hours", 6.0, **keys), *groups]


def of_sex(report: sp.Report, language: str = "en", indicator: str = "account") -> list[str]:
    heading = {"en": "Sex", "ar": "النوع"}[language]
    return [one for one in sentences(report, indicator, language) if one.startswith(heading)]


def test_the_shares_of_a_question_make_one_sentence():
    report = composed(yes_no(0.94))

    assert "The poll found that 94% of respondents answered “Yes” and 6% “No”." in sentences(
        report, "account"
    )
    assert (
        "أشارت نتائج الاستطلاع إلى أن 94 بالمائة من المستجيبين أجابوا بـ«نعم» و6 بالمائة بـ«لا»."
        in sentences(report, "account", "ar")
    )


def test_a_missing_code_that_counts_is_told_last():
    codes = {"low": 0.35, "middle": 0.05, "high": 0.36, "dk": 0.24}
    report = composed([row("trust", share, category=code) for code, share in codes.items()])

    assert (
        "The poll found that 35% of respondents answered “Does not trust”, 5% “Neither”, "
        "36% “Trusts” and 24% “Don't know”."
    ) in sentences(report, "trust")


def test_options_are_among_those_chosen_most_and_not_ranked():
    shares = {"youtube": 0.71, "whatsapp": 0.93, "imo": 0.22, "instagram": 0.5, "none": 0.6}
    report = composed(options(shares))

    assert (
        "The poll found that the answers chosen most among those asked included WhatsApp (93%), "
        "YouTube (71%) and Instagram (50%)."
    ) in sentences(report, "apps")
    assert (
        "أشارت نتائج الاستطلاع إلى أن واتساب (93 بالمائة) ويوتيوب (71 بالمائة) وإنستغرام "
        "(50 بالمائة) من أكثر الإجابات اختياراً بين من طُرح عليهم السؤال."
    ) in sentences(report, "apps", "ar")


def test_whoever_is_level_with_the_last_one_named_is_named_too():
    shares = {"whatsapp": 0.93, "youtube": 0.71, "instagram": 0.5, "imo": 0.5, "none": 0.0}
    found = sentences(composed(options(shares)), "apps")

    assert (
        "The poll found that the shares among those asked were: WhatsApp (93%), YouTube (71%), "
        "Instagram (50%) and imo (50%)."
    ) in found


def test_of_few_respondents_the_shares_are_told_without_a_comparison():
    shares = {"whatsapp": 0.93, "youtube": 0.71, "instagram": 0.5, "imo": 0.4}
    found = sentences(composed(options(shares, status="low_reliability", n=80)), "apps")

    assert [one for one in found if COMPARES.search(one)] == []
    assert any("WhatsApp (93% [u])" in one for one in found)


def test_a_mean_is_told_with_its_interval():
    report = composed(hours())

    assert (
        "The poll found that the mean was 6.0 hours (95% confidence interval: 5.8 to 6.2)."
        in sentences(report, "hours")
    )
    assert (
        "أشارت نتائج الاستطلاع إلى أن المتوسط بلغ 6.0 ساعات "
        "(فترة الثقة عند مستوى 95 بالمائة: من 5.8 إلى 6.2)."
    ) in sentences(report, "hours", "ar")


def test_a_median_is_told_as_one():
    report = composed([row("hours", 5.5, statistic="median", unit="hours")])

    assert (
        "The poll found that the median was 5.5 hours (95% confidence interval: 5.3 to 5.7)."
        in sentences(report, "hours")
    )
    assert any("الوسيط بلغ 5.5" in one for one in sentences(report, "hours", "ar"))


def test_percentiles_are_told_in_one_sentence_with_their_unit():
    keys = {"statistic": "quantile", "unit": "years"}
    rows = [row("age", years, category=code, **keys) for code, years in [("p25", 24), ("p75", 51)]]
    report = composed(rows)

    assert (
        "The poll found that the percentiles were: percentile 25 (24.0 years) and "
        "percentile 75 (51.0 years)."
    ) in sentences(report, "age")
    assert any("المئين 25" in one for one in sentences(report, "age", "ar"))


def test_a_variance_is_told_as_one():
    report = composed([row("hours", 4.2, statistic="variance", unit="hours²")])

    assert any("the variance was 4.2" in one for one in sentences(report, "hours"))
    assert any("التباين بلغ 4.2" in one for one in sentences(report, "hours", "ar"))


def test_medians_that_differ_are_compared_as_medians():
    keys = {"statistic": "median", "unit": "hours"}
    groups = [
        row("hours", hours, breakdown="sex", domain=sex, **keys)
        for sex, hours in {"male": 5.6, "female": 6.4}.items()
    ]
    tested = comparison("hours", "male", "female", -0.8, 0.01, **keys)
    report = composed([row("hours", 6.0, **keys), *groups], [tested])

    assert any("the median is higher for Females" in one for one in of_sex(report, "en", "hours"))


def test_a_mean_without_an_interval_is_told_without_one():
    rows = [row("hours", 6.0, statistic="mean", unit="hours", status="fixed")]

    assert "The poll found that the mean was 6.0 hours." in sentences(composed(rows), "hours")


def test_a_mean_of_a_number_has_the_unit_of_its_question():
    rows = [row("age", 34.2, statistic="mean", unit="years")]

    assert any("the mean was 34.2 years" in one for one in sentences(composed(rows), "age"))
    assert any("المتوسط بلغ 34.2 سنة" in one for one in sentences(composed(rows), "age", "ar"))


def in_unit(en: str, ar: str) -> tuple:
    asked = questionnaire().questions
    return tuple(replace(one, unit=text(en, ar)) if one.name == "age" else one for one in asked)


def test_a_number_of_minutes_has_its_unit_once():
    rows = [row("age", 14.5, statistic="mean", unit="minutes")]
    report = composed(rows, questions=in_unit("minutes", "دقيقة"))

    assert any("the mean was 14.5 minutes (95%" in one for one in sentences(report, "age"))
    assert any("المتوسط بلغ 14.5 دقيقة (" in one for one in sentences(report, "age", "ar"))


def test_a_mean_of_persons_is_no_count_of_people():
    rows = [row("age", 4.2, statistic="mean", unit="persons")]
    report = composed(rows, questions=in_unit("persons", "فرد"))

    assert any("the mean was 4.2 persons" in one for one in sentences(report, "age"))
    assert "Mean (persons)" in everything(report, "en")


def test_numbers_of_people_are_told_by_answer():
    keys = {"question": "account", "statistic": "total", "unit": "persons", "half": 1000}
    rows = [
        row("holders", 1_165_000.0, category="yes", **keys),
        row("holders", 85_000.0, category="no", **keys),
    ]

    assert (
        "The poll found that the estimated numbers of people by answer are “Yes” (1,165,000) and "
        "“No” (85,000)."
    ) in sentences(composed(rows), "holders")
    assert any(
        "الأعداد التقديرية للأفراد حسب الإجابة هي: «نعم» (1,165,000) و«لا» (85,000)." in one
        for one in sentences(composed(rows), "holders", "ar")
    )


def test_a_total_is_an_estimate_and_a_ratio_a_ratio():
    total = [row("sum", 70_000.0, question="hours", statistic="total", unit="hours", half=500)]
    ratio = [row("per", 1.5, question="hours", statistic="ratio", unit="hours/years")]

    assert any(
        "total is estimated at 70,000.0 hours" in one for one in sentences(composed(total), "sum")
    )
    assert any("the ratio was 1.500 (95%" in one for one in sentences(composed(ratio), "per"))


def test_times_of_the_day_are_among_the_busiest():
    shares = {"00": 0.05, "06": 0.1, "12": 0.35, "18": 0.5}
    report = composed([row("busiest", share, category=code) for code, share in shares.items()])

    assert (
        "The poll found that the busiest times among those asked included 18:00–24:00 (50%) and "
        "12:00–18:00 (35%)."
    ) in sentences(report, "busiest")
    assert any("أكثر الأوقات استخداماً" in one for one in sentences(report, "busiest", "ar"))


def test_a_profile_says_who_the_largest_groups_are():
    keys = {"question": "age_group", "breakdown": "apps"}
    rows = [
        row("ages", share, category=band, domain=app, n=n, **keys)
        for app, n, young in (("imo", 50, 0.2), ("whatsapp", 390, 0.4), ("none", 20, 0.1))
        for band, share in (("18-29", young), ("30+", 1 - young))
    ]
    found = sentences(composed(rows), "ages")

    assert (
        found[0] == "Those who chose “WhatsApp” are made up of: 18–29 (40%) and 30 and over (60%)."
    )
    assert [one.split("”")[0] for one in found] == [
        "Those who chose “WhatsApp",
        "Those who chose “imo",
        "Those who chose “None",
    ]


def test_a_significant_difference_is_told_as_higher_and_lower():
    rows = [*yes_no(0.35), *by_sex(0.32, 0.38)]
    report = composed(rows, [comparison("account", "male", "female", -0.06, 0.004, category="yes")])

    assert of_sex(report) == [
        (
            "Sex: the share who answered “Yes” is higher for Females (38%) than for Males (32%), "
            "a statistically significant difference."
        )
    ]
    assert of_sex(report, "ar") == [
        (
            "النوع: نسبة من أجابوا بـ«نعم» أعلى في فئة «الإناث» (38 بالمائة) مقارنةً بفئة «الذكور» "
            "(32 بالمائة)، والفرق ذو دلالة إحصائية."
        )
    ]


def test_a_difference_that_was_tested_and_not_found_is_told_as_none():
    rows = [*yes_no(0.35), *by_sex(0.34, 0.36)]
    report = composed(rows, [comparison("account", "male", "female", -0.02, 0.4, category="yes")])

    assert of_sex(report) == [
        (
            "Sex: there is no statistically significant difference between Males (34%) and Females "
            "(36%) in the share who answered “Yes”."
        )
    ]
    assert "لا يوجد فرق ذو دلالة إحصائية بين فئة «الذكور» (34 بالمائة)" in of_sex(report, "ar")[0]


def test_what_was_not_tested_is_told_without_a_word_of_comparison():
    found = of_sex(composed([*yes_no(0.35), *by_sex(0.32, 0.38)]))

    assert found == ["Sex, the share who answered “Yes”: Males (32%) and Females (38%)."]
    assert not COMPARES.search(found[0])


@pytest.mark.parametrize("status", ["low_reliability", "fixed"])
def test_a_small_or_fixed_figure_is_not_compared_even_where_a_test_says_so(status):
    rows = [
        *yes_no(0.35),
        *yes_no(0.32, breakdown="sex", domain="male"),
        *yes_no(0.38, breakdown="sex", domain="female", status=status, n=60),
    ]
    report = composed(rows, [comparison("account", "male", "female", -0.06, 0.001, category="yes")])

    assert len(of_sex(report)) == 1
    assert not COMPARES.search(of_sex(report)[0])


def test_a_suppressed_figure_has_no_sentence():
    rows = [
        *yes_no(0.35),
        *yes_no(None, breakdown="sex", domain="male", status="suppressed"),
        *yes_no(None, breakdown="sex", domain="female", status="suppressed"),
    ]

    assert of_sex(composed(rows)) == []


def test_an_indicator_that_is_wholly_suppressed_says_so():
    report = composed(yes_no(None, status="suppressed"))

    assert sentences(report, "account") == [
        "Question: Do you have one?",
        "No figure of this indicator may be shown.",
    ]
    headlines = section(report, "headlines").blocks
    assert [block.style for block in headlines] == ["lead"]


def test_a_difference_just_above_the_limit_is_not_significant():
    rows = [*yes_no(0.35), *by_sex(0.32, 0.38)]

    def told(p: float) -> str:
        tested = comparison("account", "male", "female", -0.06, p, category="yes")
        return of_sex(composed(rows, [tested]))[0]

    assert "is higher" in told(0.0499)
    assert "no statistically significant difference" in told(0.05)


def test_the_adjusted_p_value_decides_and_not_the_plain_one():
    rows = [*yes_no(0.35), *by_sex(0.32, 0.38)]
    tested = comparison("account", "male", "female", -0.06, 0.01, category="yes")
    report = composed(rows, [{**tested, "p_adjusted": 0.2}])

    assert "no statistically significant difference" in of_sex(report)[0]


def test_figures_that_would_look_alike_are_told_with_a_decimal():
    rows = [*yes_no(0.35), *by_sex(0.381, 0.384)]
    report = composed(rows, [comparison("account", "male", "female", -0.003, 0.9, category="yes")])

    assert "Males (38.1%) and Females (38.4%)" in of_sex(report)[0]


def test_a_difference_that_the_printed_figures_do_not_show_is_neither_told_nor_denied():
    rows = [*yes_no(0.35), *by_sex(0.381, 0.381)]
    report = composed(
        rows, [comparison("account", "male", "female", -0.0003, 0.01, category="yes")]
    )

    assert of_sex(report) == ["Sex, the share who answered “Yes”: Males (38%) and Females (38%)."]


@pytest.mark.parametrize(("share", "shown"), [(0.004, "0.4%"), (0.996, "99.6%"), (0.0, "0%")])
def test_a_share_next_to_nothing_or_to_everything_keeps_its_decimal(share, shown):
    found = sentences(composed(yes_no(share)), "account")

    assert any(f"that {shown} of respondents" in one for one in found)


AREAS = {"muscat": 0.4, "dhofar": 0.3, "wusta": 0.2}


def by_area(**statuses) -> list[dict]:
    rows = yes_no(0.35)
    for area, share in AREAS.items():
        status = statuses.get(area, "usual")
        rows += yes_no(share, breakdown="area", domain=area, status=status)
    return rows


def all_pairs(p: float, areas=tuple(AREAS)) -> list[dict]:
    return [
        comparison("account", a, b, AREAS[a] - AREAS[b], p, category="yes", breakdown="area")
        for place, a in enumerate(areas)
        for b in areas[place + 1 :]
    ]


def of_area(rows, tested) -> list[str]:
    report = composed(rows, tested)
    return [one for one in sentences(report, "account") if one.startswith("Governorate")]


def test_of_many_groups_the_widest_significant_difference_is_told():
    found = of_area(by_area(), all_pairs(0.01))

    assert found == [
        (
            "Governorate: the share who answered “Yes” is higher for Muscat (40%) than for Wusta "
            "(20%), a statistically significant difference."
        )
    ]


def test_many_groups_that_were_all_tested_and_do_not_differ_are_told_so():
    found = of_area(by_area(), all_pairs(0.5))

    assert found == [
        (
            "Governorate: there is no statistically significant difference between the groups in "
            "the share who answered “Yes”."
        )
    ]


def test_a_statement_about_groups_says_so_where_it_leaves_small_ones_out():
    rows = by_area(wusta="low_reliability")
    found = of_area(rows, all_pairs(0.5))

    assert found == [
        (
            "Governorate: there is no statistically significant difference in the share who "
            "answered “Yes” between the groups with enough respondents to be compared."
        )
    ]


def test_where_one_pair_was_not_tested_nothing_is_said_of_all():
    found = of_area(by_area(), all_pairs(0.5)[:-1])

    assert found == [
        "Governorate, the share who answered “Yes”: Muscat (40%), Dhofar (30%) and Wusta (20%)."
    ]


def test_options_are_told_by_the_group_that_chose_them_more():
    rows = [
        *options({"whatsapp": 0.93, "youtube": 0.7, "imo": 0.2}),
        *options({"whatsapp": 0.93, "youtube": 0.65, "imo": 0.28}, breakdown="sex", domain="male"),
        *options(
            {"whatsapp": 0.93, "youtube": 0.75, "imo": 0.12}, breakdown="sex", domain="female"
        ),
    ]
    tested = [
        comparison("apps", "male", "female", 0.0, 0.9, item="whatsapp"),
        comparison("apps", "male", "female", -0.1, 0.001, item="youtube"),
        comparison("apps", "male", "female", 0.16, 0.001, item="imo"),
    ]
    report = composed(rows, tested)

    assert of_sex(report, indicator="apps") == [
        (
            "Sex: shares are higher for Males than for Females, with statistically significant "
            "differences, for imo (28% against 12%)."
        ),
        (
            "Sex: shares are higher for Females than for Males, with statistically significant "
            "differences, for YouTube (75% against 65%)."
        ),
    ]
    assert "إيمو (28 بالمائة مقابل 12 بالمائة)" in of_sex(report, "ar", "apps")[0]


def test_options_that_were_all_tested_and_do_not_differ_are_told_so():
    rows = [
        *options({"whatsapp": 0.93, "imo": 0.2}),
        *options({"whatsapp": 0.92, "imo": 0.2}, breakdown="sex", domain="male"),
        *options({"whatsapp": 0.94, "imo": 0.2}, breakdown="sex", domain="female"),
    ]
    tested = [
        comparison("apps", "male", "female", -0.01, 0.7, item=one) for one in ("whatsapp", "imo")
    ]

    assert of_sex(composed(rows, tested), indicator="apps") == [
        (
            "Sex: there is no statistically significant difference between the groups in any of "
            "the answers."
        )
    ]


def test_means_are_compared_in_their_unit():
    tested = comparison("hours", "male", "female", -0.8, 0.01, statistic="mean", unit="hours")
    report = composed(hours(male=5.6, female=6.4), [tested])

    assert of_sex(report, indicator="hours") == [
        (
            "Sex: the mean is higher for Females (6.4 hours) than for Males (5.6 hours), "
            "a statistically significant difference."
        )
    ]


def test_totals_are_not_compared_for_their_groups_differ_in_size():
    keys = {"question": "account", "statistic": "total", "unit": "persons", "category": "yes"}
    rows = [
        row("holders", 100.0, **keys),
        row("holders", 60.0, breakdown="sex", domain="male", **keys),
        row("holders", 40.0, breakdown="sex", domain="female", **keys),
    ]
    tested = comparison("holders", "male", "female", 20.0, 0.001, category="yes")

    assert of_sex(composed(rows, [tested]), indicator="holders") == []


def test_the_answer_that_is_compared_can_be_chosen():
    rows = [*yes_no(0.35), *by_sex(0.32, 0.38)]
    tested = comparison("account", "male", "female", 0.06, 0.001, category="no")
    report = composed(rows, [tested], focus={"account": "no"})

    assert of_sex(report)[0].startswith(
        "Sex: the share who answered “No” is higher for Males (68%)"
    )


def rows_behind(report: sp.Report) -> list[Message]:
    return [
        phrase
        for one in report.sections
        for block in one.blocks
        for phrase in getattr(block, "phrases", ())
        if isinstance(phrase, Message) and phrase.rows
    ]


def test_every_figure_in_a_sentence_comes_from_the_rows_it_carries():
    rows = [*yes_no(0.354), *by_sex(0.32, 0.38), *hours(male=5.6, female=6.4)]
    report = composed(rows, [comparison("account", "male", "female", -0.06, 0.004, category="yes")])
    edition = sp.Edition(report, ("en",))
    told = rows_behind(report)

    assert told
    for message in told:
        shown = {
            edition.number(figure)
            for place in message.rows
            for figure in forms_of(report.figures[place])
        }
        text = re.sub(r"\(95% confidence interval: [^)]*\)", "", edition.text(message))
        assert set(re.findall(r"\d[\d.]*(?:%| hours)", text)) <= shown


def forms_of(figure) -> list:
    from socialpoll.report import Figure

    value, unit = figure["estimate"], figure["unit"]
    if unit == "hours":
        return [Figure(value, "hours", 1)]
    return [Figure(value, "percent", decimals) for decimals in (0, 1)]


STATUSES = st.sampled_from(["usual", "low_reliability", "fixed", "suppressed", "not_available"])


@given(
    shares=st.tuples(*[st.floats(0.01, 0.99).map(lambda one: round(one, 3))] * 2),
    statuses=st.tuples(STATUSES, STATUSES),
    p=st.none() | st.floats(0, 1),
)
def test_a_comparison_is_made_only_where_a_test_of_two_sound_figures_allows_it(shares, statuses, p):
    rows = yes_no(0.5)
    for domain, share, status in zip(("male", "female"), shares, statuses, strict=True):
        rows += yes_no(share, breakdown="sex", domain=domain, status=status)
    tested = (
        []
        if p is None
        else [comparison("account", "male", "female", shares[0] - shares[1], p, category="yes")]
    )
    report = composed(rows, tested)

    found = of_sex(report)
    allowed = p is not None and statuses == ("usual", "usual")
    shows = shares[0] != shares[1]
    assert any("is higher" in one for one in found) == (allowed and p < 0.05 and shows)
    assert any("no statistically" in one for one in found) == (allowed and p >= 0.05)
    assert not allowed or len(found) == 1
    if "suppressed" in statuses:
        assert not any("[c]" in one for one in found)


def test_both_languages_say_as_much():
    rows = [*yes_no(0.35), *by_sex(0.32, 0.38), *options({"whatsapp": 0.9, "imo": 0.2})]
    report = composed(rows, [comparison("account", "male", "female", -0.06, 0.004, category="yes")])

    english, arabic = everything(report, "en"), everything(report, "ar")
    assert len(english) == len(arabic)
    latin = re.compile(r"[A-Za-z]{2,}")
    untranslated = [one for one in arabic if latin.search(one.replace("a@example.org", ""))]
    assert untranslated == []
