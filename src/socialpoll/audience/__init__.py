"""Whom to reach, where, when and with what: plans made from released figures and nothing else."""

from socialpoll.audience.declared import Outreach
from socialpoll.audience.planned import (
    AudiencePlan,
    Leading,
    Loss,
    OutreachPlan,
    Preferred,
    Purpose,
    Reached,
    Refusal,
    Step,
    Verdict,
)
from socialpoll.audience.planning import plan

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
    "Step",
    "Verdict",
    "plan",
]
