"""A small poll in a folder, to be run or spoilt."""

from __future__ import annotations

from pathlib import Path

import socialpoll as sp

QUESTIONNAIRE = """
title = { en = "Accounts", ar = "الحسابات" }
languages = ["ar", "en"]

[[questions]]
name = "sex"
kind = "single"
text = { en = "Are you a man or a woman?", ar = "هل أنت رجل أم امرأة؟" }
label = { en = "Sex", ar = "النوع" }
options = [
    { code = "male", label = { en = "Males", ar = "الذكور" } },
    { code = "female", label = { en = "Females", ar = "الإناث" } },
]

[[questions]]
name = "account"
kind = "single"
text = { en = "Do you have an account?", ar = "هل لديك حساب؟" }
label = { en = "Has an account", ar = "لديه حساب" }
options = [
    { code = "yes", label = { en = "Yes", ar = "نعم" } },
    { code = "no", label = { en = "No", ar = "لا" } },
]

[[questions]]
name = "hours"
kind = "number"
text = { en = "How many hours a day?", ar = "كم ساعة في اليوم؟" }
label = { en = "Hours a day", ar = "ساعات في اليوم" }
unit = { en = "hours", ar = "ساعة" }
minimum = 0
maximum = 24

[[derived]]
name = "use"
kind = "bands"
of = "hours"
label = { en = "Use", ar = "الاستخدام" }
bands = [
    { code = "light", label = { en = "Light", ar = "خفيف" }, maximum = 2 },
    { code = "heavy", label = { en = "Heavy", ar = "كثيف" }, minimum = 3 },
]
"""
POLL = """
name = "accounts"
questionnaire = "questionnaire.toml"
responses = "answers.csv"
wave = "2019-03"
seed = 7

[design]
strata = "region"
weight = "base"

[[weighting.steps]]
step = "rake"
total = 1000
margins = [
    { of = "sex", targets = "targets/sex.csv", source = { en = "Census", ar = "التعداد" } },
    { of = "use", targets = { light = 0.6, heavy = 0.4 }, date = 2019-01-01 },
]

[[indicators]]
share = "account"
compare = true

[[indicators]]
mean = "hours"
by = []

[[indicators]]
share = "use"
by = ["sex", "account", ["sex", "account"]]

[publication]
title = { en = "Accounts in March", ar = "الحسابات في مارس" }
languages = ["ar", "en"]
by = ["sex"]
release_date = 2019-04-01

[publication.publisher]
name = { en = "A centre", ar = "مركز" }

[publication.reliability]
minimum_base = 5
flag_below = 10

[[exports]]
exporter = "csv"
"""


def answers(cases: int = 60) -> str:
    lines = ["region,base,sex,account,hours"]
    for case in range(cases):
        sex = ("male", "female")[case % 2]
        account = ("yes", "no", "yes")[case % 3]
        lines.append(f"{'north' if case % 4 < 2 else 'south'},1.5,{sex},{account},{case % 5}")
    return "\n".join(lines) + "\n"


def write_poll(folder: Path, poll: str = POLL, questionnaire: str = QUESTIONNAIRE) -> Path:
    """Write the poll and return the path of its poll file."""
    (folder / "targets").mkdir(parents=True, exist_ok=True)
    texts = {
        "poll.toml": poll,
        "questionnaire.toml": questionnaire,
        "answers.csv": answers(),
        "targets/sex.csv": "sex,target\nmale,510\nfemale,490\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "poll.toml"


def changed(*changes: tuple[str, str], text: str = POLL) -> str:
    """Return a poll file with some of its text replaced; each text must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def said(report: sp.Report, language: str) -> list[str]:
    """Return every sentence of a report."""
    edition = sp.Edition(report, (language,))
    return [
        edition.text(phrase)
        for section in report.sections
        for block in section.blocks
        for phrase in getattr(block, "phrases", ())
    ]
