from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import BindingError, ChecksError, UncleanError, UnknownNameError
from socialpoll.responses.checks import RULES
from socialpoll.schema import Code, Declaration, Missing, Questionnaire
from tests.responses.asking import asking, missing, multiple, number, scale, single

SCALE = ("low", "middle", "high")
ITEMS = tuple(f"item{place}" for place in range(6))
QUIET = {"item_nonresponse": "off", "case_nonresponse": "off"}


def checked(frame, *questions, design=None, **declared):
    frame = pd.DataFrame(frame)
    responses = sp.bind(frame, asking(*questions), design)
    return sp.check(responses, sp.Checks(**declared), frame=frame)


def rows(checked, rule):
    return np.flatnonzero(checked.cases(rule)).tolist()


def told(checked, rule):
    found = checked.findings[checked.findings["rule"] == rule]
    return list(found[["severity", "row", "value", "count"]].itertuples(index=False, name=None))


def timed(minutes, **more):
    frame = {"q": ["a"] * len(minutes), "minutes": minutes, **more}
    return checked(frame, single("a"), duration="minutes", severity=QUIET)


def held(*interviews, **declared):
    """Check interviews given as (interviewer, start, end)."""
    frame = pd.DataFrame(interviews, columns=["who", "start", "end"]).assign(q="a")
    columns = {"interviewer": "who", "start": "start", "end": "end"}
    return checked(frame, single("a"), **columns, **declared)


def battery(*answers, **declared):
    frame = pd.DataFrame(list(answers), columns=list(ITEMS))
    return checked(frame, *(scale(*SCALE, name=one) for one in ITEMS), severity=QUIET, **declared)


def test_clean_answers_have_no_findings():
    found = checked({"q": ["a", "b"]}, single("a", "b"))

    assert found.findings.empty
    assert list(found.findings.columns) == [
        "severity",
        "row",
        "question",
        "value",
        "count",
        "what",
        "advice",
        "rule",
    ]
    assert all(not found.cases(rule).any() for rule in RULES)
    assert found.require_clean() is found


def test_an_undeclared_code_and_a_number_out_of_range_are_told_apart_within_one_question():
    found = checked({"q": ["1", "x", "11", "-1", "5"]}, number(minimum=0, maximum=10))

    assert rows(found, "undeclared") == [1]
    assert rows(found, "out_of_range") == [2, 3]
    assert told(found, "out_of_range") == [("error", 3, "-1", 1), ("error", 2, "11", 1)]


def test_days_and_words_beyond_their_limits_are_out_of_range_too():
    joined = sp.Date(name="joined", text="?", earliest=dt.date(2020, 1, 1))
    why = sp.FreeText(name="why", text="?", longest=5)
    frame = {"joined": ["2019-12-31", "2020-01-01"], "why": ["short", "too long"]}

    assert rows(checked(frame, joined, why), "out_of_range") == [0, 1]


def test_a_number_in_no_band_is_left_out():
    bands = sp.Bands(
        name="band", of="q", label="?", bands=(sp.Band(code="few", label="Few", maximum=2),)
    )
    frame = pd.DataFrame({"q": [1, 3, 2]})
    responses = sp.bind(frame, asking(number(), derived=(bands,)))

    assert rows(sp.check(responses), "left_out") == [1]


def test_routing_is_checked_both_ways():
    follow_up = single(
        "a", name="r", missing=(missing("na", "not_asked"),), asked_if=sp.Is("q", "y")
    )
    frame = {"q": ["y", "y", "n", "n", "y"], "r": ["a", None, "a", None, "na"]}

    found = checked(frame, single("y", "n"), follow_up)

    assert rows(found, "not_asked_answered") == [2]
    assert rows(found, "asked_blank") == [1]
    assert rows(found, "marked_not_asked") == [4]
    assert told(found, "not_asked_answered")[0][0] == "error"


def test_an_exclusive_option_beside_another_and_an_option_beside_a_missing_code_are_told():
    options = ("a", Code(code="none", label="None", exclusive=True))
    question = multiple(*options, layout="cell", missing=(missing("dk"),))

    found = checked({"q": ["a", "a none", "none", "a dk", "dk"]}, question)

    assert rows(found, "exclusive") == [1, 3]


def test_the_same_answer_to_all_items_is_a_straight_line():
    line, wave = ["high"] * 6, ["high", "low"] * 3
    found = battery(wave, line, wave, ["low"] * 5 + [None], ["low"] * 4 + [None] * 2)

    assert rows(found, "straight_lining") == [1, 3]
    assert told(found, "straight_lining") == [("warning", 1, "6 items", 2)]


@pytest.mark.parametrize(("share", "flagged"), [(1.0, [0]), (5 / 6, [0, 1]), (0.6, [0, 1, 2])])
def test_a_lower_share_takes_in_lines_with_a_kink(share, flagged):
    lines = [["low"] * same + ["high"] * (6 - same) for same in (6, 5, 4, 3)]

    assert rows(battery(*lines, straight_share=share), "straight_lining") == flagged


def test_declared_batteries_stand_in_for_those_that_are_found():
    first, last = ["low"] * 3 + ["low", "high", "low"], ["low", "high", "low"] + ["low"] * 3
    declared = (ITEMS[:3], ITEMS[3:])

    found = battery(first, last, ["high", "low"] * 3, straight_items=declared)

    assert told(found, "straight_lining") == [
        ("warning", 0, "3 items", 1),
        ("warning", 1, "3 items", 1),
    ]


def test_scales_of_other_codes_and_short_runs_are_no_battery():
    questions = [scale(*SCALE, name=one) for one in ITEMS[:3]]
    questions += [scale("no", "yes", name=one) for one in ITEMS[3:]]
    frame = {one: ["low" if place < 3 else "no"] for place, one in enumerate(ITEMS)}

    assert rows(checked(frame, *questions), "straight_lining") == []


def test_interviews_below_a_third_of_the_median_are_too_fast():
    found = timed([9.9, 30, 30, 30, 10.0, 200])

    assert rows(found, "speeding") == [0]
    assert told(found, "speeding") == [("warning", 0, "9.9 minutes", 1)]


def test_a_least_duration_holds_whatever_the_median():
    frame = {"q": ["a"] * 4, "seconds": [100, 299, 300, 310]}

    found = checked(
        frame, single("a"), duration="seconds", duration_in="seconds", minimum_minutes=5
    )

    assert rows(found, "speeding") == [0, 1]


def test_durations_are_taken_from_start_to_end_where_no_column_has_them():
    starts = [f"2024-03-01T0{hour}:00" for hour in range(5)]
    ends = [f"2024-03-01T0{hour}:30" for hour in range(4)] + ["2024-03-01T04:05"]
    frame = {"q": ["a"] * 5, "start": starts, "end": ends}

    assert rows(checked(frame, single("a"), start="start", end="end"), "speeding") == [4]


def test_a_fast_interviewer_is_told_only_with_enough_interviews():
    who = ["fast"] * 10 + ["usual"] * 30 + ["few"] * 9
    minutes = [14] * 10 + [30] * 30 + [11] * 9
    frame = {"q": ["a"] * 49, "who": who, "minutes": minutes}

    found = checked(frame, single("a"), interviewer="who", duration="minutes")

    assert rows(found, "fast_interviewer") == list(range(10))
    assert told(found, "fast_interviewer") == [("warning", 0, "fast", 10)]


def test_an_interview_that_ends_before_it_begins_is_an_error():
    found = held(
        ("x", "2024-03-01T10:00", "2024-03-01T09:59"), ("x", "2024-03-01T10:00", "2024-03-01T10:00")
    )

    assert told(found, "ends_before_start") == [("error", 0, "", 1)]


def test_moments_with_their_offsets_are_compared_as_moments():
    found = held(("x", "2024-03-01T10:00+04:00", "2024-03-01T06:30Z"))

    assert rows(found, "ends_before_start") == []


def test_days_outside_the_declared_fieldwork_are_told_on_the_clock_of_the_place():
    declared = Declaration(fieldwork_start=dt.date(2024, 3, 1), fieldwork_end=dt.date(2024, 3, 31))
    asked = Questionnaire(title="Poll", questions=(single("a"),), methodology=declared)
    start = ["2024-02-29T23:59:59", "2024-03-01T00:00+04:00", "2024-03-31T23:59:59", "2024-04-01"]
    frame = pd.DataFrame({"q": "a", "start": start})

    found = sp.check(sp.bind(frame, asked), sp.Checks(start="start"), frame=frame)

    assert told(found, "outside_fieldwork") == [
        ("warning", 0, "2024-02-29", 1),
        ("warning", 3, "2024-04-01", 1),
    ]


def test_only_interviews_of_one_person_at_one_time_overlap():
    found = held(
        ("x", "2024-03-01T10:00", "2024-03-01T11:00"),
        ("y", "2024-03-01T10:30", "2024-03-01T10:40"),
        ("x", "2024-03-01T11:00", "2024-03-01T11:20"),
        ("x", "2024-03-01T11:10", "2024-03-01T11:15"),
        (None, "2024-03-01T11:10", "2024-03-01T11:15"),
    )

    assert rows(found, "overlapping_interviews") == [2, 3]
    assert rows(found, "unreadable_fieldwork") == [4]


intervals = st.lists(
    st.tuples(st.sampled_from("xyz"), st.integers(0, 60), st.integers(0, 20)),
    min_size=1,
    max_size=12,
)


@given(intervals)
@settings(max_examples=40)
def test_overlaps_are_those_that_comparing_every_pair_finds(several):
    day = pd.Timestamp("2024-03-01T10:00")
    minutes = [(who, start, start + length) for who, start, length in several]
    frame = [
        (who, day + pd.Timedelta(a, "min"), day + pd.Timedelta(b, "min")) for who, a, b in minutes
    ]
    found = held(*frame)
    # An interview without length lies within another one that is under way, or at no time.
    expected = [
        place
        for place, (who, a, b) in enumerate(minutes)
        if any(
            other != place
            and name == who
            and (min(b, d) > max(a, c) or c < a == b < d or a < c == d < b)
            for other, (name, c, d) in enumerate(minutes)
        )
    ]

    assert rows(found, "overlapping_interviews") == expected


def test_what_is_no_time_is_told_with_its_value_and_stops_no_other_rule():
    found = held(
        ("x", "yesterday", "2024-03-01T11:00"),
        ("x", "2024-03-01T10:00", "2024-03-01T11:00"),
        ("x", "2024-03-01T10:30", "2024-03-01T11:00"),
    )

    assert told(found, "unreadable_fieldwork") == [("warning", 0, "yesterday", 1)]
    assert rows(found, "overlapping_interviews") == [1, 2]


def test_every_case_of_an_id_that_is_there_twice_is_told():
    frame = {"q": ["a"] * 5, "id": ["7", "8", "7", "9", "7"]}

    found = checked(frame, single("a"), id="id")

    assert rows(found, "duplicate_id") == [0, 2, 4]
    assert told(found, "duplicate_id") == [("error", 0, "7", 3)]


def many(cases, seed=1):
    """Make answers to 30 questions of several kinds, no two cases alike."""
    random = np.random.default_rng(seed)
    frame = {f"s{one}": random.choice(["a", "b", "c"], cases) for one in range(28)}
    frame |= {"n": random.normal(size=cases), "m": random.choice(["a", "b", "a b"], cases)}
    questions = [single("a", "b", "c", name=f"s{one}") for one in range(28)]
    return pd.DataFrame(frame), (
        *questions,
        number(name="n"),
        multiple("a", "b", name="m", layout="cell"),
    )


def test_cases_with_the_same_answers_throughout_are_told_in_groups():
    frame, questions = many(60)
    frame.loc[[40, 9]] = frame.loc[[3, 3]].to_numpy()
    frame.loc[50] = frame.loc[20]

    found = checked(frame, *questions)

    assert rows(found, "duplicate_answers") == [3, 9, 20, 40, 50]
    assert told(found, "duplicate_answers") == [
        ("warning", 3, "rows 3, 9, 40", 3),
        ("warning", 20, "rows 20, 50", 2),
    ]


def test_short_questionnaires_are_not_searched_for_duplicates():
    assert rows(checked({"q": ["a"] * 9}, single("a")), "duplicate_answers") == []


@pytest.mark.parametrize(("allowed", "flagged"), [(0, []), (1, [3, 9]), (2, [3, 9, 20, 50])])
def test_near_duplicates_differ_in_no_more_than_was_said(allowed, flagged):
    frame, questions = many(60)
    frame.loc[9] = frame.loc[3]
    frame.loc[50] = frame.loc[20]
    frame.loc[9, "n"] += 1
    frame.loc[50, ["s0", "s27"]] = frame.loc[50, ["s0", "s27"]].map({"a": "b", "b": "c", "c": "a"})

    found = checked(frame, *questions, near_differences=allowed)

    assert rows(found, "near_duplicates") == flagged


def test_item_nonresponse_counts_those_asked_and_takes_a_dont_know_in_the_base_for_an_answer():
    refused = Missing(code="ref", label="?", reason="refused", in_base=False)
    question = single("a", missing=(missing("dk", in_base=True), refused))

    def found(values):
        return checked({"q": values}, question, severity={"case_nonresponse": "off"})

    assert rows(found(["a", "dk", "ref", "a"]), "item_nonresponse") == []
    assert rows(found(["a", "dk", "ref", None]), "item_nonresponse") == [2, 3]
    assert told(found(["a", "dk", "ref", None]), "item_nonresponse") == [("warning", 2, "50.0%", 2)]


def test_a_case_that_left_most_of_its_questions_blank_is_told():
    names = [f"q{one}" for one in range(4)]
    frame = pd.DataFrame(
        [["a"] * 4, ["a", "a", None, None], ["a", None, None, None]], columns=names
    )

    found = checked(frame, *(single("a", name=one) for one in names))

    assert told(found, "case_nonresponse") == [("warning", 2, "3 of 4 questions", 1)]


def test_a_stratum_with_one_cluster_is_lonely_unless_all_of_it_was_taken():
    frame = {"q": ["a"] * 5, "h": [1, 1, 2, 2, 3], "c": [1, 2, 3, 3, 4], "N": [9, 9, 7, 7, 1]}
    plain = sp.SampleDesign(strata="h", clusters="c")
    corrected = sp.SampleDesign(strata="h", clusters="c", fpc="N", fpc_as="count")

    assert told(checked(frame, single("a"), design=plain), "lonely_stratum") == [
        ("warning", 2, "2, 3", 3)
    ]
    assert rows(checked(frame, single("a"), design=corrected), "lonely_stratum") == [2, 3]


def test_weights_of_zero_and_far_from_the_median_are_told():
    frame = {"q": ["a"] * 7, "w": [2, 2, 2, 0, 10.1, 0.39, 10]}

    found = checked(frame, single("a"), design=sp.SampleDesign(weight="w"))

    assert rows(found, "zero_weight") == [3]
    assert rows(found, "extreme_weight") == [4, 5]


def test_cases_without_an_interview_are_held_to_no_rule_of_interviews():
    design = sp.SampleDesign(disposition="result", interviewed=("done",))
    frame = {"q": ["a", "a", None], "minutes": [30, 30, 1], "result": ["done", "done", "refused"]}

    found = checked(frame, single("a"), design=design, duration="minutes")

    assert found.findings.empty


def test_a_severity_can_be_changed_and_a_rule_be_off():
    answers = {"q": ["x", None, "a"]}

    found = checked(answers, single("a"), severity={"undeclared": "note", **QUIET})
    off = checked(answers, single("a"), severity=dict.fromkeys(RULES, "off"))

    assert told(found, "undeclared") == [("note", 0, "x", 1)]
    assert found.require_clean() is found
    assert off.findings.empty
    assert rows(off, "undeclared") == []


def test_errors_stop_where_clean_answers_are_required():
    frame = {"q": ["a", "a"], "id": [1, 1]}

    with pytest.raises(UncleanError, match="an id that 2 cases have"):
        checked(frame, single("a"), id="id").require_clean()


def test_counts_are_by_rule():
    frame = {"q": ["x", "y", None, "a", "a", "a"]}
    found = checked(
        frame, single("a"), severity={"item_nonresponse": "off", "case_nonresponse": "off"}
    )

    assert found.counts.to_numpy().tolist() == [
        ["undeclared", "error", 2, 2],
        ["asked_blank", "note", 1, 1],
    ]


def test_the_answers_are_as_they_were_and_the_cases_cannot_be_written_to():
    frame = pd.DataFrame({"q": ["x", "a"], "id": ["1", "1"]})
    before = frame.copy()
    responses = sp.bind(frame, asking(single("a")))
    digest, answers = responses.digest, responses.frame

    found = sp.check(responses, sp.Checks(id="id"), frame=frame)

    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(responses.frame, answers)
    assert responses.digest == digest
    with pytest.raises(ValueError, match="read-only"):
        found.cases("duplicate_id")[0] = False


def offenders():
    frame, questions = many(40)
    frame.loc[9] = frame.loc[3]
    frame.loc[[5, 6], "s1"] = "x"
    frame["who"] = ["p", "q"] * 20
    frame["start"] = [f"2024-03-01T{8 + case // 4:02}:{15 * (case % 4):02}" for case in range(40)]
    frame["minutes"] = [20] * 3 + [40] + [20] * 35 + [2]
    frame["id"] = [str(case % 38) for case in range(40)]
    declared = {"id": "id", "start": "start", "duration": "minutes", "interviewer": "who"}
    return frame, questions, declared


@given(st.permutations(range(40)))
@settings(max_examples=15)
def test_the_same_cases_are_found_in_any_order_of_rows(order):
    frame, questions, declared = offenders()
    shuffled = frame.iloc[list(order)].reset_index(drop=True)

    one, other = checked(frame, *questions, **declared), checked(shuffled, *questions, **declared)

    assert rows(one, "overlapping_interviews") == [3, 5]
    assert rows(one, "speeding") == [39]
    for rule in RULES:
        assert other.cases(rule).tolist() == one.cases(rule)[list(order)].tolist(), rule


def test_the_same_cases_are_found_whatever_the_codes_are_called():
    frame, questions, declared = offenders()
    renamed = {"a": "1", "b": "2", "c": "3"}
    words = [f"s{one}" for one in range(28)]
    other = frame.assign(**{one: frame[one].replace(renamed) for one in words})
    asked = [single("1", "2", "3", name=one) for one in words] + list(questions[28:])

    one, two = checked(frame, *questions, **declared), checked(other, *asked, **declared)

    assert all((one.cases(rule) == two.cases(rule)).all() for rule in RULES)


@pytest.mark.parametrize(
    ("declared", "where", "allowed"),
    [
        ({"severity": {"speding": "off"}}, "severity", "did you mean 'speeding'?"),
        ({"severity": {"speeding": "warn"}}, "severity.speeding", "did you mean 'warning'?"),
        ({"duration_in": "minute"}, "duration_in", "did you mean 'minutes'?"),
        ({"fast_below": 0}, "fast_below", "above 0"),
        ({"straight_share": 0.5}, "straight_share", "above 0.5"),
        ({"same_least": 2.5}, "same_least", "1 or more"),
        ({"weight_ratio": "5"}, "weight_ratio", "above 1"),
        ({"weight_ratio": float("nan")}, "weight_ratio", "above 1"),
        ({"straight_items": [["q", "r"]]}, "straight_items[1]", "q"),
        ({"straight_items": ["q"]}, "straight_items[1]", "at least 2"),
        ({"end": "later"}, "start", ""),
        ({"id": 3}, "id", "words"),
    ],
)
def test_mistakes_in_checks_are_told_with_what_is_allowed(declared, where, allowed):
    responses = sp.bind(pd.DataFrame({"q": ["a"]}), asking(single("a")))

    with pytest.raises(ChecksError) as caught:
        sp.check(responses, sp.Checks(**declared))

    assert [one.where for one in caught.value.problems] == [where]
    assert allowed in caught.value.problems[0].allowed


def test_all_mistakes_are_told_at_once():
    responses = sp.bind(pd.DataFrame({"q": ["a"]}), asking(single("a")))

    with pytest.raises(ChecksError) as caught:
        sp.check(responses, sp.Checks(fast_below=2, weight_ratio=0, severity={"no": "off"}))

    assert len(caught.value.problems) == 3


def test_columns_that_are_named_must_be_there_in_a_frame_of_these_cases():
    frame = pd.DataFrame({"q": ["a", "a"], "case": [1, 2]})
    responses = sp.bind(frame, asking(single("a")))

    with pytest.raises(BindingError, match="the frame of the answers is not given"):
        sp.check(responses, sp.Checks(id="case"))
    with pytest.raises(BindingError, match="did you mean 'case'"):
        sp.check(responses, sp.Checks(id="cas"), frame=frame)
    with pytest.raises(BindingError, match="not that of these answers"):
        sp.check(responses, sp.Checks(id="case"), frame=frame[:1])


def test_a_rule_that_nobody_knows_is_told_with_the_nearest():
    found = checked({"q": ["a"]}, single("a"))

    with pytest.raises(UnknownNameError, match="did you mean 'speeding'"):
        found.cases("speding")
