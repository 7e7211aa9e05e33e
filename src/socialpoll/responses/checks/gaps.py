"""Checks of what is not there: questions that few answered, cases that answered few of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from socialpoll.responses.answered import asked, in_base, state_of
from socialpoll.responses.checks.rules import found
from socialpoll.responses.columns import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialpoll.responses.checks.declared import Checks
    from socialpoll.responses.findings import Finding
    from socialpoll.responses.responses import Responses

__all__ = ["nonresponse"]


def nonresponse(responses: Responses, checks: Checks) -> Iterator[Finding]:
    """Tell of questions and of cases without answer in more than a share of what was asked.

    A missing code that is in the base is an answer; what cannot be read is told as such.
    """
    put = np.zeros(len(responses), dtype=np.int32)
    lacking = np.zeros(len(responses), dtype=np.int32)
    for question in responses.questionnaire.asked:
        column = responses.columns[question.name]
        were = asked(column) & responses.interviewed
        without = were & ~in_base(column) & (state_of(column) != UNREADABLE)
        put += were
        lacking += without
        share = float(np.count_nonzero(without)) / max(int(np.count_nonzero(were)), 1)
        if share > checks.item_nonresponse:
            what = f"a question that {share:.1%} of those asked did not answer"
            yield from found(
                "item_nonresponse", without, what, question=question.name, value=f"{share:.1%}"
            )
    cases = responses.interviewed & (lacking > checks.case_nonresponse * put)
    first = int(np.argmax(cases))
    what = f"interviews with no answer to more than {checks.case_nonresponse:.1%} of what was asked"
    value = f"{lacking[first]} of {put[first]} questions"
    yield from found("case_nonresponse", cases, what, value=value)
