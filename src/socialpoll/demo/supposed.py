"""What the synthetic population is supposed to be like: published shares and assumptions.

``README.md`` lists which figure was published where. Leanings are assumptions throughout; they make
groups differ in directions that the published figures show or that are plausible.
"""

from __future__ import annotations

from socialpoll.demo.chances import Leaning

__all__ = [
    "ACCOUNT",
    "BUSIEST",
    "DISTRUST",
    "FORMATS",
    "HOURS_BY_AGE",
    "HOURS_BY_FEMALE",
    "HOURS_BY_INTENSITY",
    "HOURS_SHAPE",
    "LANGUAGES",
    "MEAN_ACCOUNTS",
    "MEAN_HOURS",
    "NO_ANSWER",
    "PLATFORMS",
    "POSTING_LESS",
    "POSTING_OFTEN",
    "PURPOSES",
    "RESPONSE",
    "SELLING",
    "SHOPPING",
    "TRUST",
    "TRUST_ABOVE_SECONDARY",
    "TRUST_BELOW_SECONDARY",
    "TRUST_FEMALE_LESS_MALE",
    "UNSURE",
]

CONNECTED = (0.35, 0.05, -0.15, 0.05, 0.10, 0.0, 0.0, -0.20, -0.10, -0.05, -0.50)
"""How the governorates differ in going online, in official order."""

RESPONSE = (
    0.57,
    Leaning(
        female=-0.32,
        age=(0.0, 0.0, -0.35),
        education=(-0.36, 0.0, 0.25),
        governorate=(-0.05, 0.0, 0.05, 0.0, 0.03, 0.0, 0.0, 0.03, 0.03, 0.05, 0.05),
    ),
)
"""Share of sampled citizens who are interviewed, and logs of relative rates.

Rates that multiply are what raking to the same margins undoes.
"""

ACCOUNT = (
    0.94,
    Leaning(
        female=-0.10,
        age=(0.6, 0.0, -1.9),
        education=(-0.7, 0.0, 0.6),
        intensity=0.7,
        governorate=CONNECTED,
    ),
)
"""Share of citizens."""

PLATFORMS = {
    "whatsapp": (0.93, Leaning(0.1, (0.3, 0.2, -0.9), (-0.5, 0.0, 0.4), 0.6, CONNECTED)),
    "youtube": (0.71, Leaning(0.45, (0.6, 0.0, -0.9), (-0.3, 0.0, 0.1), 0.6, CONNECTED)),
    "instagram": (0.50, Leaning(0.5, (0.7, 0.0, -1.2), (-0.5, 0.0, 0.4), 0.6, CONNECTED)),
    "snapchat": (0.38, Leaning(0.7, (1.0, 0.0, -1.6), (-0.3, 0.0, 0.1), 0.6, CONNECTED)),
    "facebook": (0.27, Leaning(-0.6, (-0.3, 0.3, 0.1), (0.0, 0.0, 0.1), 0.4, CONNECTED)),
    "twitter": (0.24, Leaning(-0.6, (0.1, 0.2, -0.6), (-0.6, 0.0, 0.6), 0.6, CONNECTED)),
    "imo": (0.22, Leaning(-0.5, (-0.2, 0.2, 0.2), (0.3, 0.0, -0.2), 0.4, CONNECTED)),
    "other": (0.05, Leaning(0.0, (0.3, 0.0, -0.3), (0.0, 0.0, 0.2), 0.6, CONNECTED)),
}
"""Share of users of each platform."""

PURPOSES = {
    "contact": (0.91, Leaning(0.2, (-0.1, 0.1, 0.0))),
    "news": (0.47, Leaning(-0.25, (-0.3, 0.1, 0.3), (-0.5, 0.0, 0.4), 0.3)),
    "entertainment": (0.40, Leaning(0.1, (0.6, 0.0, -0.7), (-0.1, 0.0, 0.0), 0.4)),
    "learning": (0.28, Leaning(0.1, (0.2, 0.0, -0.5), (-0.5, 0.0, 0.4), 0.3)),
    "official": (0.17, Leaning(-0.2, (-0.2, 0.1, 0.0), (-0.4, 0.0, 0.3), 0.2)),
    "work": (0.15, Leaning(-0.3, (0.2, 0.2, -0.9), (-0.6, 0.0, 0.7), 0.3)),
    "other": (0.03, Leaning()),
}
"""Share of users for each purpose."""

FORMATS = {
    "short_video": (0.55, Leaning(0.1, (0.7, 0.0, -1.0), intensity=0.3)),
    "long_video": (0.14, Leaning(-0.1, (0.0, 0.1, -0.2), (-0.2, 0.0, 0.2), 0.2)),
    "pictures": (0.46, Leaning(0.3, (-0.2, 0.1, 0.3), (0.0, 0.0, 0.1))),
    "text": (0.34, Leaning(-0.3, (-0.6, 0.1, 0.6), (-0.6, 0.0, 0.4))),
    "audio": (0.18, Leaning(0.0, (-0.4, 0.0, 0.6), (0.3, 0.0, -0.1))),
    "live": (0.15, Leaning(-0.1, (0.3, 0.0, -0.5), intensity=0.3)),
}
"""Share of users who prefer each format; whoever chooses none of them has no preference."""

LANGUAGES = {
    "english": (0.07, Leaning(0.0, (0.4, 0.0, -0.8), (-1.2, 0.0, 0.9))),
    "both": (0.18, Leaning(0.1, (0.4, 0.0, -0.6), (-0.9, 0.0, 0.7))),
    "other": (0.01, Leaning(0.0, (-0.2, 0.0, 0.4), (0.3, 0.0, -0.2))),
}
"""Share of users who prefer each language; the rest prefer Arabic."""

MEAN_HOURS = 6.0
"""Of users, a day."""
HOURS_SHAPE = 1.7
"""Of the Weibull distribution of hours."""
HOURS_BY_AGE = (1.2, 1.0, 0.62)
HOURS_BY_FEMALE = 1.05
HOURS_BY_INTENSITY = 1.25

MEAN_ACCOUNTS = 3.0
"""Of users: one, and one for each platform after the first, with a chance that gives this mean."""

BUSIEST = {
    "00:00": (0.08, 0.04, 0.02),
    "06:00": (0.08, 0.09, 0.12),
    "12:00": (0.14, 0.13, 0.15),
    "16:00": (0.23, 0.25, 0.32),
    "20:00": (0.47, 0.49, 0.39),
}
"""First hour of each band: chance in each age group."""

POSTING_OFTEN = (0.19, Leaning(0.1, (0.2, 0.1, -0.4), (0.1, 0.0, -0.1), 0.7))
"""Share of citizens who post seven times a day or more."""
POSTING_LESS = {"never": 0.34, "1-3": 0.44, "4-6": 0.22}
"""Chances of the rest of those on WhatsApp."""

SHOPPING = ((0.234, 0.404), Leaning(0.0, (0.5, 0.2, -1.2), (-0.6, 0.0, 0.4), 0.5, CONNECTED))
"""Share of men and of women: printed 23 and 40, and 32 of everybody near the top of both."""
SELLING = ((0.174, 0.224), Leaning(0.0, (0.3, 0.2, -0.9), (-0.3, 0.0, 0.1), 0.5, CONNECTED))
"""Share of men and of women: printed 17 and 22, and 20 of everybody near the top of both."""

TRUST = (0.36, Leaning(age=(0.1, 0.0, -0.1), intensity=0.2))
TRUST_FEMALE_LESS_MALE = 0.06
"""The printed difference of 38 and 32, kept around the overall figure, which they contradict."""
TRUST_BELOW_SECONDARY = 0.26
TRUST_ABOVE_SECONDARY = 0.42
DISTRUST = (0.35, Leaning(-0.1, (0.0, 0.1, 0.0), (-0.1, 0.0, 0.2), -0.1))
"""Share of citizens."""
UNSURE = (0.25, Leaning(0.0, (0.0, 0.0, 0.5), (0.5, 0.0, -0.3), -0.3))
"""Share of don't-knows among those who neither trust nor distrust."""

NO_ANSWER = {
    "hours": 0.02,
    "accounts": 0.01,
    "busiest": 0.03,
    "purposes": 0.006,
    "formats": 0.008,
    "content_languages": 0.006,
    "trust": 0.01,
}
"""Chances that a question that was asked got no answer, the same for everybody."""
