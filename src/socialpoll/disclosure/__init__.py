"""What may be shown: reliability rules, disclosure policies, releases."""

from socialpoll.disclosure.auditing import audit
from socialpoll.disclosure.footnotes import FOOTNOTE
from socialpoll.disclosure.nchs import Nchs2017
from socialpoll.disclosure.policy import DEFAULT_THRESHOLD, Harm, Policy, PolicyName, Zeros
from socialpoll.disclosure.released import Release
from socialpoll.disclosure.releasing import release, verdicts
from socialpoll.disclosure.revision import Revision
from socialpoll.disclosure.rounding import round_half_away
from socialpoll.disclosure.rules import MinBase, ReliabilityRule, Ruling, Verdict, respondents
from socialpoll.disclosure.screening import PROSE
from socialpoll.disclosure.statcan import StatCan
from socialpoll.disclosure.status import (
    CONF_STATUS,
    CONF_STATUS_VERSION,
    OBS_STATUS,
    OBS_STATUS_VERSION,
    REVISED,
    REVISION,
    SHORTHAND,
    SITUATIONS,
    Situation,
    situation_of,
)
from socialpoll.disclosure.superseding import supersede
from socialpoll.hooks import hookimpl

__all__ = [
    "CONF_STATUS",
    "CONF_STATUS_VERSION",
    "DEFAULT_THRESHOLD",
    "FOOTNOTE",
    "OBS_STATUS",
    "OBS_STATUS_VERSION",
    "PROSE",
    "REVISED",
    "REVISION",
    "SHORTHAND",
    "SITUATIONS",
    "Harm",
    "MinBase",
    "Nchs2017",
    "Policy",
    "PolicyName",
    "Release",
    "ReliabilityRule",
    "Revision",
    "Ruling",
    "Situation",
    "StatCan",
    "Verdict",
    "Zeros",
    "audit",
    "release",
    "respondents",
    "round_half_away",
    "situation_of",
    "socialpoll_reliability_rules",
    "supersede",
    "verdicts",
]


@hookimpl
def socialpoll_reliability_rules() -> list[ReliabilityRule]:
    """Return the built-in rules with their usual limits."""
    return [MinBase(), Nchs2017(), StatCan()]
