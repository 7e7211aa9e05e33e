"""Whom to reach, where, when and with what: plans made from released figures and nothing else."""

from socialpoll.audience.declared import Outreach
from socialpoll.audience.planned import (
    AudiencePlan,
    Leading,
    OutreachPlan,
    Preferred,
    Purpose,
    Refusal,
    Verdict,
)
from socialpoll.audience.planning import plan
from socialpoll.audience.platforms import Loss, Reached, Shared, Step

__all__ = [
    "AudiencePlan",
    "Leading",
    "Loss",
    "Outreach",
    "OutreachPlan",
    "Preferred",
    "Purpose",
    "Reached",
    "Refusal",
    "Shared",
    "Step",
    "Verdict",
    "plan",
]
