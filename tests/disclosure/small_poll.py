"""A small poll in a folder, released under the policy ``cells`` in every format."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

THRESHOLD = 5
QUESTIONNAIRE = """
title = { en = "Buses", ar = "الحافلات" }
languages = ["ar", "en"]

[methodology]
population = { en = "Adults", ar = "البالغون" }
fieldwork_start = 2019-03-03
fieldwork_end = 2019-03-21

[[questions]]
name = "area"
kind = "single"
text = { en = "Where do you live?", ar = "أين تسكن؟" }
label = { en = "Area", ar = "المنطقة" }
options = [
    { code = "coast", label = { en = "Coast", ar = "الساحل" } },
    { code = "town", label = { en = "Town", ar = "المدينة" } },
    { code = "desert", label = { en = "Desert", ar = "الصحراء" } },
    { code = "hills", label = { en = "Hills", ar = "الجبال" } },
]

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
name = "bus"
kind = "single"
text = { en = "Do you take the bus?", ar = "هل تستقل الحافلة؟" }
label = { en = "Takes the bus", ar = "يستقل الحافلة" }
options = [
    { code = "yes", label = { en = "Yes", ar = "نعم" } },
    { code = "no", label = { en = "No", ar = "لا" } },
]

[[questions]]
name = "lines"
kind = "multiple"
text = { en = "Which lines do you take?", ar = "أي الخطوط تستقل؟" }
label = { en = "Lines taken", ar = "الخطوط المستخدمة" }
asked_if = { question = "bus", is = ["yes"] }
blank = "missing"
options = [
    { code = "red", label = { en = "Red line", ar = "الخط الأحمر" } },
    { code = "blue", label = { en = "Blue line", ar = "الخط الأزرق" } },
]

[[questions]]
name = "trust"
kind = "scale"
text = { en = "Do the buses come on time?", ar = "هل تصل الحافلات في موعدها؟" }
label = { en = "Buses come on time", ar = "وصول الحافلات في موعدها" }
options = [
    { code = "1", label = { en = "Never", ar = "أبداً" } },
    { code = "2", label = { en = "At times", ar = "أحياناً" } },
    { code = "3", label = { en = "Always", ar = "دائماً" } },
]

[[questions]]
name = "minutes"
kind = "number"
text = { en = "How many minutes do you wait?", ar = "كم دقيقة تنتظر؟" }
label = { en = "Minutes of waiting", ar = "دقائق الانتظار" }
unit = { en = "minutes", ar = "دقيقة" }
minimum = 0
maximum = 60
"""
POLL = """
name = "buses"
questionnaire = "questionnaire.toml"
responses = "answers.csv"
wave = "2019-03"

[design]
strata = "area"
weight = "weight"
disposition = "disposition"

[design.outcomes]
interview = "interview"
refusal = "refusal"

[[weighting.steps]]
step = "nonresponse"
within = "sex"

[[weighting.steps]]
step = "rake"
total = 90_000
margins = [{ of = "sex", targets = { male = 0.49, female = 0.51 } }]

[[indicators]]
share = "bus"
by = ["area", "sex", ["area", "sex"]]
compare = true

[[indicators]]
total = "bus"
name = "riders"
title = { en = "Persons who take the bus", ar = "عدد من يستقلون الحافلة" }
by = ["sex"]

[[indicators]]
share = "lines"
by = ["area"]

[[indicators]]
share = "trust"
by = ["area"]

[[indicators]]
mean = "trust"
name = "score"
title = { en = "Mean score of the buses", ar = "متوسط تقييم الحافلات" }
by = ["area"]

[[indicators]]
mean = "minutes"
by = ["area"]
compare = true

[[banners]]
name = "by-area"
rows = ["bus", "trust", "minutes"]
columns = ["area"]
levels = [0.05, 0.1]

[publication]
title = { en = "Buses in March", ar = "الحافلات في مارس" }
languages = ["ar", "en"]
release_date = 2019-04-01
policy = "cells"
threshold = 5

[publication.publisher]
name = { en = "A centre", ar = "مركز" }

[publication.reliability]
minimum_base = 5
flag_below = 30

[[exports]]
exporter = "word"
languages = ["ar", "en"]

[[exports]]
exporter = "csv"
languages = ["ar", "en"]

[[exports]]
exporter = "chart"
languages = ["ar", "en"]
"""
SIZES = {"coast": 70, "town": 61, "desert": 23, "hills": 48}


def answers() -> pd.DataFrame:
    """Return the same answers each time; few take the bus in the desert."""
    draw = np.random.default_rng(5)
    area = np.repeat(list(SIZES), list(SIZES.values()))
    size = len(area)
    few = area == "desert"
    bus = np.where(draw.random(size) < np.where(few, 0.12, 0.55), "yes", "no")
    frame = pd.DataFrame(
        {
            "area": area,
            "sex": draw.choice(["male", "female"], size),
            "weight": np.where(few, 140.5, 410.25),
            "disposition": np.where(draw.random(size) < 0.9, "interview", "refusal"),
            "bus": bus,
            "lines_red": (draw.random(size) < 0.6).astype(object),
            "lines_blue": (draw.random(size) < 0.4).astype(object),
            "trust": draw.choice(["1", "2", "3"], size, p=[0.15, 0.35, 0.5]),
            "minutes": draw.integers(0, 40, size).astype(object),
        }
    )
    ticks = ["lines_red", "lines_blue"]
    frame[ticks] = frame[ticks].map(lambda one: str(int(one)))
    frame.loc[bus == "no", ticks] = ""
    told = ["bus", *ticks, "trust", "minutes"]
    frame.loc[frame["disposition"] == "refusal", told] = ""
    return frame


def write_small_poll(folder: Path, poll: str = POLL) -> Path:
    """Write the poll and return the path of its poll file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "poll.toml").write_text(poll, encoding="utf-8")
    (folder / "questionnaire.toml").write_text(QUESTIONNAIRE, encoding="utf-8")
    answers().to_csv(folder / "answers.csv", index=False)
    return folder / "poll.toml"
