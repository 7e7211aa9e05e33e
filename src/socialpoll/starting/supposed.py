"""Everything that the practice answers of the templates assume: no number here is a finding.

How often an answer is given, by question and code; of a multiple-response question the chance of
each option. What makes groups differ multiplies these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["E_SERVICES", "MINIMAL", "SOCIAL_MEDIA", "Supposed"]


@dataclass(frozen=True, slots=True)
class Supposed:
    """How often each answer to a question is given.

    Attributes
    ----------
    often : mapping of code to float
        Relative frequencies; of a multiple-response question chances. Codes that are not here are
        never drawn.
    young, taught : mapping of code to float
        What multiplies them for people under 30, and for those with more than secondary education.
    mood : float
        By how much contented people lean to the later codes.
    """

    often: Mapping[str, float]
    young: Mapping[str, float] = field(default_factory=dict)
    taught: Mapping[str, float] = field(default_factory=dict)
    mood: float = 0.0


_SATISFACTION = ("very_dissatisfied", "dissatisfied", "neither", "satisfied", "very_satisfied")
_TRUST = ("not_at_all", "little", "somewhat", "great", "dk", "refused")


def _satisfaction(*often: float, na: float) -> Supposed:
    codes = (*_SATISFACTION, "na", "refused")
    return Supposed(dict(zip(codes, (*often, na, 0.01), strict=True)), mood=0.8)


def _trust(*often: float) -> Supposed:
    return Supposed(dict(zip(_TRUST, often, strict=True)), taught={"great": 1.2}, mood=0.4)


_HOURS = {"0.5": 3.0, "1": 8, "1.5": 6, "2": 14, "3": 18, "4": 16, "5": 11, "6": 9, "8": 7}
_RECOMMENDING = (1.5, 0.5, 1.0, 1.5, 2.0, 7.0, 8.0, 14.0, 23.0, 18.0, 21.0)

MINIMAL: dict[str, Supposed] = {
    "opinion": Supposed(
        {"dissatisfied": 30, "neither": 24, "satisfied": 40, "dk": 5, "refused": 1}
    ),
    "uses": Supposed({"yes": 35.0, "no": 65.0}, young={"yes": 1.7}),
    "hours": Supposed({"1": 20.0, "2": 30, "3": 20, "5": 18, "8": 12}),
}

SOCIAL_MEDIA: dict[str, Supposed] = {
    "uses": Supposed(
        {"yes": 95.0, "no": 4.7, "refused": 0.3}, young={"no": 0.2}, taught={"no": 0.4}
    ),
    "platforms": Supposed(
        {
            "whatsapp": 0.97,
            "youtube": 0.74,
            "instagram": 0.66,
            "snapchat": 0.42,
            "tiktok": 0.45,
            "x": 0.33,
            "facebook": 0.21,
            "telegram": 0.24,
            "imo": 0.14,
            "other": 0.05,
            "refused": 0.003,
        },
        young={"instagram": 1.25, "snapchat": 1.5, "tiktok": 1.4, "facebook": 0.5},
        taught={"x": 1.5, "telegram": 1.3, "imo": 0.5},
    ),
    "main_platform": Supposed(
        {
            "whatsapp": 58.0,
            "youtube": 9,
            "instagram": 12,
            "snapchat": 5,
            "tiktok": 8,
            "x": 5,
            "facebook": 1,
            "telegram": 1,
            "imo": 1,
            "dk": 1,
        },
        young={"instagram": 1.6, "tiktok": 1.6, "snapchat": 1.8},
    ),
    "frequency": Supposed(
        {"less": 1.0, "weekly": 4, "daily": 14, "often": 56, "always": 24, "dk": 1},
        young={"always": 1.8, "weekly": 0.4},
    ),
    "hours": Supposed(
        {**_HOURS, "10": 3, "98": 4, "99": 1}, young={"5": 1.6, "6": 1.8, "8": 2.0, "10": 2.0}
    ),
    "busiest": Supposed(
        {"night": 4.0, "morning": 11, "afternoon": 12, "evening": 25, "late": 45, "dk": 3},
        young={"night": 2.0},
    ),
    "purposes": Supposed(
        {
            "contact": 0.9,
            "news": 0.55,
            "entertainment": 0.6,
            "learning": 0.38,
            "shopping": 0.33,
            "selling": 0.09,
            "official": 0.34,
            "work": 0.3,
            "other": 0.03,
            "refused": 0.004,
        },
        young={"entertainment": 1.25, "learning": 1.2, "news": 0.8},
        taught={"news": 1.2, "official": 1.3, "work": 1.4},
    ),
    "formats": Supposed(
        {
            "short_video": 0.68,
            "long_video": 0.27,
            "live": 0.16,
            "pictures": 0.44,
            "text": 0.37,
            "audio": 0.18,
            "dk": 0.01,
        },
        young={"short_video": 1.15, "live": 1.3, "text": 0.8},
        taught={"audio": 1.5, "text": 1.2},
    ),
    "content_languages": Supposed(
        {"arabic": 0.98, "english": 0.4, "swahili": 0.04, "balochi": 0.03, "other": 0.03},
        young={"english": 1.4},
        taught={"english": 1.4},
    ),
    "follows_government": Supposed(
        {"yes": 56.0, "no": 41, "dk": 2, "refused": 1}, taught={"yes": 1.6}
    ),
    "accounts": Supposed(
        {
            "ministries": 0.72,
            "local": 0.38,
            "safety": 0.55,
            "health": 0.4,
            "education": 0.36,
            "media": 0.49,
            "officials": 0.15,
            "other": 0.05,
            "dk": 0.01,
        },
        young={"education": 1.4, "local": 0.8},
        taught={"ministries": 1.2},
    ),
    "engagement": Supposed(
        {"read": 0.86, "liked": 0.44, "commented": 0.15, "shared": 0.37, "messaged": 0.16}
    ),
    "trust_official": _trust(3, 9, 36, 48, 3, 1),
    "trust_media": _trust(6, 17, 47, 25, 4, 1),
    "trust_influencers": _trust(34, 36, 20, 4, 5, 1),
    "trust_forwarded": _trust(24, 39, 27, 6, 3, 1),
}

E_SERVICES: dict[str, Supposed] = {
    "used": Supposed({"yes": 84.0, "no": 14, "dk": 2}, taught={"yes": 1.6}),
    "channels": Supposed(
        {
            "portal": 0.4,
            "website": 0.46,
            "app": 0.63,
            "machine": 0.15,
            "sanad": 0.35,
            "other": 0.02,
            "dk": 0.01,
        },
        young={"app": 1.2, "sanad": 0.7},
        taught={"portal": 1.3, "sanad": 0.7},
    ),
    "tasks": Supposed(
        {
            "civil_status": 0.46,
            "traffic": 0.58,
            "labour": 0.22,
            "commerce": 0.14,
            "housing": 0.2,
            "health": 0.3,
            "education": 0.24,
            "payments": 0.5,
            "other": 0.06,
            "dk": 0.01,
        },
        young={"education": 1.5, "labour": 1.5, "housing": 0.6},
        taught={"health": 1.2, "payments": 1.2},
    ),
    "device": Supposed(
        {"phone": 78.0, "computer": 17, "tablet": 3, "machine": 1, "dk": 1},
        young={"computer": 0.7},
        taught={"computer": 1.5},
    ),
    "completed": Supposed({"yes": 62.0, "partly": 22, "no": 14, "dk": 2}, mood=-0.5),
    "ease": Supposed(
        {
            "very_difficult": 4.0,
            "difficult": 12,
            "neither": 21,
            "easy": 42,
            "very_easy": 19,
            "dk": 1,
            "refused": 1,
        },
        young={"very_easy": 1.5},
        mood=0.7,
    ),
    "aspects_information": _satisfaction(4, 12, 20, 45, 18, na=1),
    "aspects_speed": _satisfaction(7, 17, 20, 38, 16, na=2),
    "aspects_design": _satisfaction(4, 12, 23, 43, 17, na=1),
    "aspects_payment": _satisfaction(3, 7, 13, 43, 27, na=7),
    "aspects_privacy": _satisfaction(2, 6, 19, 43, 26, na=4),
    "aspects_support": _satisfaction(11, 20, 23, 26, 10, na=10),
    "satisfaction": Supposed(
        {
            **dict(zip(_SATISFACTION, (4.0, 10.0, 20.0, 48.0, 16.0), strict=True)),
            "dk": 1,
            "refused": 1,
        },
        mood=1.0,
    ),
    "recommend": Supposed(
        {**{str(points): one for points, one in enumerate(_RECOMMENDING)}, "98": 1.5, "99": 1.0},
        mood=0.5,
    ),
    "obstacles": Supposed(
        {
            "steps": 0.26,
            "login": 0.24,
            "faults": 0.3,
            "slow": 0.28,
            "payment": 0.09,
            "documents": 0.17,
            "support": 0.23,
            "other": 0.04,
            "dk": 0.01,
        },
        young={"login": 0.7},
    ),
    "why_not": Supposed(
        {
            "no_need": 0.35,
            "unaware": 0.2,
            "difficult": 0.16,
            "in_person": 0.25,
            "others_do": 0.28,
            "trust": 0.09,
            "access": 0.05,
            "other": 0.06,
        }
    ),
    "preferred": Supposed(
        {"app": 48.0, "website": 19, "sanad": 14, "office": 12, "phone": 4, "dk": 2, "refused": 1},
        young={"app": 1.4},
        taught={"website": 1.3, "office": 0.7},
    ),
}
