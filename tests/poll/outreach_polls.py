"""A small poll from which a plan is made, in a folder, to be run or spoilt."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.poll.polls import POLL, QUESTIONNAIRE, changed, write_poll

ASKED = """
[[questions]]
name = "platforms"
kind = "multiple"
layout = "cell"
text = { en = "Which do you use?", ar = "أيّها تستخدم؟" }
label = { en = "Platforms", ar = "المنصات" }
options = [
    { code = "whatsapp", label = { en = "WhatsApp", ar = "واتساب" } },
    { code = "youtube", label = { en = "YouTube", ar = "يوتيوب" } },
    { code = "x", label = { en = "X", ar = "إكس" } },
    { code = "radio", label = { en = "Radio", ar = "الإذاعة" } },
    { code = "none", label = { en = "None", ar = "لا شيء" }, exclusive = true },
]
asked_if = { question = "account", is = ["yes"] }
if_not_asked = "none"

[[questions]]
name = "busiest"
kind = "time_of_day"
text = { en = "When do you use them most?", ar = "متى تستخدمها أكثر؟" }
label = { en = "Busiest time", ar = "أكثر الأوقات" }
bands = [
    { code = "day", label = { en = "By day", ar = "نهاراً" }, start = "06:00", end = "18:00" },
    { code = "night", label = { en = "By night", ar = "ليلاً" }, start = "18:00", end = "06:00" },
]

[[questions]]
name = "formats"
kind = "multiple"
layout = "cell"
text = { en = "Which formats do you prefer?", ar = "ما الأشكال التي تفضلها؟" }
label = { en = "Formats", ar = "الأشكال" }
options = [
    { code = "video", label = { en = "Videos", ar = "مقاطع مصورة" } },
    { code = "text", label = { en = "Texts", ar = "نصوص" } },
]

[[questions]]
name = "by_platform"
kind = "grid"
text = { en = "When do you use each?", ar = "متى تستخدم كلاً منها؟" }
label = { en = "Time by platform", ar = "الوقت حسب المنصة" }
items = [
    { code = "whatsapp", label = { en = "WhatsApp", ar = "واتساب" } },
    { code = "youtube", label = { en = "YouTube", ar = "يوتيوب" } },
]
options = [
    { code = "day", label = { en = "By day", ar = "نهاراً" } },
    { code = "night", label = { en = "By night", ar = "ليلاً" } },
]

[[derived]]
name = "screens"
kind = "nets"
of = "platforms"
label = { en = "Screens", ar = "الشاشات" }
nets = [
    { code = "screen", label = { en = "Screen", ar = "شاشة" }, codes = ["youtube", "x"] },
    { code = "voice", label = { en = "Voice", ar = "صوت" }, codes = ["whatsapp", "radio"] },
]
"""
OUTREACH = """
[outreach]
platforms = "platforms"
audiences = ["sex"]
size = 2
times = "busiest"
times_by_platform = "by_platform"
formats = "formats"
minimum_base = 20
"""


def asked() -> str:
    """Return the questionnaire of the small poll, with questions of outreach."""
    questions, derived = ASKED.split("\n[[derived]]")
    first, own = QUESTIONNAIRE.split("\n[[derived]]")
    return f"{first}{questions}\n[[derived]]{own}\n[[derived]]{derived}"


def answers(cases: int = 200) -> str:
    """Return answers of persons most of whom use WhatsApp, and few anything else."""
    random = np.random.default_rng(5)
    lines = ["region,base,sex,account,hours,platforms,busiest,formats"]
    lines[0] += ",by_platform_whatsapp,by_platform_youtube"
    for case in range(cases):
        draws = random.random(8)
        used = [
            name
            for name, draw, chance in zip(
                ("whatsapp", "youtube", "x", "radio"), draws, (0.7, 0.5, 0.2, 0.1), strict=False
            )
            if draw < chance
        ]
        account = "no" if case % 5 == 0 else "yes"
        row = [
            "north" if case % 4 < 2 else "south",
            "1.5",
            ("male", "female")[case % 2],
            account,
            str(case % 5),
            (" ".join(used) or "none") if account == "yes" else "",
            "20:30" if draws[4] < 0.7 else "09:00",
            "video" if draws[5] < 0.4 else "text" if draws[5] < 0.8 else "video text",
            "day" if draws[6] < 0.4 else "night",
            "day" if draws[7] < 0.5 else "night",
        ]
        lines.append(",".join(row))
    return "\n".join(lines) + "\n"


def write_outreach(folder: Path, outreach: str = OUTREACH, *changes: tuple[str, str]) -> Path:
    """Write the poll with a table of outreach and return the path of its poll file."""
    poll = changed(("\n[publication]", f"{outreach}\n[publication]"), *changes, text=POLL)
    file = write_poll(folder, poll, asked())
    (folder / "answers.csv").write_text(answers(), encoding="utf-8")
    return file
