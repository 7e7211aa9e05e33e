"""What a report of findings says of each rule, as phrases of the catalogues."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from socialpoll.report.blocks import Message, Phrase, Value
from socialpoll.report.findings_values import minutes_told, number_told, share_told
from socialpoll.responses import Checks

__all__ = ["Words", "rule_told"]


class Words(NamedTuple):
    """What is said of a rule.

    Attributes
    ----------
    title, meaning, advice : Phrase
        What its findings are called, what they mean, and what to do.
    """

    title: Phrase
    meaning: Phrase
    advice: Phrase


OF_ANSWERS: Mapping[str, Words] = {
    "undeclared": Words(
        Message("Answers that are not declared"),
        Message("The questionnaire has no such code, or this is no number, time or day."),
        Message("Correct the answer, or declare the code."),
    ),
    "out_of_range": Words(
        Message("Answers beyond their limits"),
        Message("A number, a day or the length of words is beyond what the questionnaire allows."),
        Message("Correct the answer, declare it as a missing code, or widen the range."),
    ),
    "left_out": Words(
        Message("Answers in no band or group"),
        Message("A derived variable has no place for them."),
        Message("Widen or add a band, or add the code to a group."),
    ),
    "not_asked_answered": Words(
        Message("Answered, though not asked"),
        Message(
            "According to the routing, these respondents were not asked; the answer is kept as "
            "given."
        ),
        Message("Correct the answer, the routing, or the answers that it depends on."),
    ),
    "asked_blank": Words(
        Message("Asked, but left blank"),
        Message(
            "According to the routing, these respondents were asked. Nothing is assumed about the "
            "blank."
        ),
        Message("Enter a missing code where it is known why there is no answer."),
    ),
    "marked_not_asked": Words(
        Message("Marked as not asked, though asked"),
        Message("According to the routing, these respondents were asked."),
        Message("Check the routing."),
    ),
    "exclusive": Words(
        Message("Answers that contradict themselves"),
        Message("An option that excludes others, or a missing code, stands beside an answer."),
        Message("Correct the answer; it is kept as given."),
    ),
    "constraint": Words(
        Message("Answers that contradict each other"),
        Message("They break a constraint of the questionnaire, and are kept as given."),
        Message("Correct the answers that are wrong."),
    ),
    "ends_before_start": Words(
        Message("Interviews that end before they begin"),
        Message("The end that was recorded lies before the start."),
        Message("Correct the times."),
    ),
    "outside_fieldwork": Words(
        Message("Interviews outside the fieldwork"),
        Message("They began before its first day or after its last one."),
        Message("Check the clock of the device, or the fieldwork dates of the methodology."),
    ),
    "overlapping_interviews": Words(
        Message("Interviews held at the same time"),
        Message("One interviewer held interviews that overlap."),
        Message("Ask the interviewer, and check both interviews."),
    ),
    "unreadable_fieldwork": Words(
        Message("Particulars of the fieldwork that cannot be read"),
        Message(
            "An id, a time, a duration or an interviewer is not there or cannot be read; the "
            "checks that need it pass over these cases."
        ),
        Message("Correct what was recorded."),
    ),
    "duplicate_id": Words(
        Message("Ids that several cases have"),
        Message("An id tells cases apart, so no two may have the same one."),
        Message("Keep one case for each id, or correct the ids."),
    ),
    "lonely_stratum": Words(
        Message("Strata with a single sampling unit"),
        Message("One unit alone does not tell how much sampling units vary."),
        Message("Join strata, or declare what lonely clusters contribute."),
    ),
    "zero_weight": Words(
        Message("Interviews with weight 0"),
        Message("They are not counted in any figure."),
        Message("Give them their base weight."),
    ),
}
"""Rules without thresholds."""

THE_REST = Words(
    Message("The rest of the poll"),
    Message(
        "Messages about the poll file, the weighting and the documents, as the program words them."
    ),
    Message("Each has its advice beside it."),
)
"""Findings that no rule about answers made."""


def rule_told(rule: str, checks: Checks) -> Words:
    """Return the words for a rule, with the thresholds that the checks declare.

    Parameters
    ----------
    rule : str
        Empty for what no rule about answers found.
    checks : Checks
    """
    if rule in OF_ANSWERS:
        return OF_ANSWERS[rule]
    return MEASURED[rule](checks) if rule in MEASURED else THE_REST


def _straight(checks: Checks) -> Words:
    meaning = Message("All items have the same answer; the first one stands for them.")
    if checks.straight_share < 1:
        values: dict[str, Value] = {"share": share_told(checks.straight_share)}
        meaning = Message("At least {share} of the items have the same answer.", values)
    return Words(
        Message("The same answer throughout a battery"),
        meaning,
        Message("Look at the other answers of these cases."),
    )


def _speeding(checks: Checks) -> Words:
    values: dict[str, Value] = {"share": share_told(checks.fast_below)}
    meaning = Message("They took less than {share} of the median duration.", values)
    if checks.minimum_minutes is not None:
        values["minutes"] = minutes_told(f"{checks.minimum_minutes:g}")
        meaning = Message(
            "They took less than {share} of the median, or less than {minutes}.", values
        )
    return Words(
        Message("Interviews that were too fast"),
        meaning,
        Message("Look at these cases before they count."),
    )


def _fast_interviewer(checks: Checks) -> Words:
    return Words(
        Message("Interviewers who were too fast"),
        Message(
            "The median duration of their interviews is below {share} of that of all interviews.",
            {"share": share_told(checks.interviewer_fast_below)},
        ),
        Message("Listen to recordings, or call respondents back."),
    )


def _duplicates(checks: Checks) -> Words:
    return Words(
        Message("The same answers to every question"),
        Message(
            "Answers that a case needs to be compared: {number}.",
            {"number": checks.same_least},
        ),
        Message("Check whether one interview was entered twice."),
    )


def _near_duplicates(checks: Checks) -> Words:
    return Words(
        Message("Nearly the same answers"),
        Message(
            "Questions in which they differ, at most: {number}.",
            {"number": checks.near_differences},
        ),
        Message("Compare the interviews; look at who conducted them."),
    )


def _item_nonresponse(checks: Checks) -> Words:
    return Words(
        Message("Questions that many did not answer"),
        Message(
            "More than {share} of those asked gave no answer.",
            {"share": share_told(checks.item_nonresponse)},
        ),
        Message("Say so beside the figures; look at wording and routing."),
    )


def _case_nonresponse(checks: Checks) -> Words:
    return Words(
        Message("Interviews with many blanks"),
        Message(
            "More than {share} of the questions asked have no answer.",
            {"share": share_told(checks.case_nonresponse)},
        ),
        Message("Say by a disposition whether they count as interviews."),
    )


def _extreme_weight(checks: Checks) -> Words:
    return Words(
        Message("Weights far from the others"),
        Message(
            "The base weight is more than {ratio} times the median, or less than the median "
            "divided by {ratio}.",
            {"ratio": number_told(f"{checks.weight_ratio:g}")},
        ),
        Message("Check the design weights; trimming is a step of the recipe."),
    )


MEASURED: Mapping[str, Callable[[Checks], Words]] = {
    "straight_lining": _straight,
    "speeding": _speeding,
    "fast_interviewer": _fast_interviewer,
    "duplicate_answers": _duplicates,
    "near_duplicates": _near_duplicates,
    "item_nonresponse": _item_nonresponse,
    "case_nonresponse": _case_nonresponse,
    "extreme_weight": _extreme_weight,
}
"""Rules whose words have a threshold in them."""
