"""What may be shown: reliability rules, disclosure policies, releases."""

from socialpoll.disclosure.auditing import audit
from socialpoll.disclosure.policy import Harm, Policy, PolicyName, Zeros
from socialpoll.disclosure.released import Release
from socialpoll.disclosure.releasing import release
from socialpoll.disclosure.rounding import round_half_away
from socialpoll.disclosure.rules import MinBase, ReliabilityRule, Verdict, respondents
from socialpoll.disclosure.screening import PROSE
from socialpoll.disclosure.status import (
    CONF_STATUS,
    CONF_STATUS_VERSION,
    OBS_STATUS,
    OBS_STATUS_VERSION,
    SHORTHAND,
    SITUATIONS,
    Situation,
    situation_of,
)

__all__ = [
    "CONF_STATUS",
    "CONF_STATUS_VERSION",
    "OBS_STATUS",
    "OBS_STATUS_VERSION",
    "PROSE",
    "SHORTHAND",
    "SITUATIONS",
    "Harm",
    "MinBase",
    "Policy",
    "PolicyName",
    "Release",
    "ReliabilityRule",
    "Situation",
    "Verdict",
    "Zeros",
    "audit",
    "release",
    "respondents",
    "round_half_away",
    "situation_of",
]
