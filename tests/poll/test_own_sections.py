from __future__ import annotations

import datetime as dt
import json

import jsonschema
import pytest

import socialpoll as sp
from socialpoll.errors import PollFileError
from socialpoll.poll.json_schema import json_schema_of
from socialpoll.schema.files import tables_of
from tests.poll.polls import changed, write_poll
from tests.report.pictured import jpeg, png

STYLE = """
[publication.style]
primary = "#5B2A86"
arabic_font = "Amiri"

[publication.style.logo]
file = "images/logo.png"
alt = { en = "The centre", ar = "المركز" }
"""
SECTIONS = """
[[publication.sections]]
role = "text"
title = { en = "Foreword", ar = "تمهيد" }
text = { en = "Why we asked.", ar = "لماذا سألنا." }

[[publication.sections]]
role = "recommendations"
title = { en = "Recommendations", ar = "التوصيات" }
items = [{ en = "Teach.", ar = "التعليم." }, { en = "Ask again.", ar = "إعادة السؤال." }]

[[publication.sections]]
role = "timeline"
place = "end"
title = { en = "Timeline", ar = "المراحل" }

[[publication.sections.phases]]
title = { en = "Fieldwork", ar = "جمع البيانات" }
start = 2019-03-03
end = 2019-03-21
status = "done"

[[publication.sections.phases]]
title = { en = "Next poll", ar = "الاستطلاع القادم" }
status = "planned"
next_step = { en = "Draw a sample", ar = "سحب العينة" }

[[publication.sections]]
role = "pictures"
title = { en = "Pictures", ar = "صور" }

[[publication.sections.pictures]]
file = "images/hall.jpg"
alt = { en = "A hall", ar = "قاعة" }
caption = { en = "The hall.", ar = "القاعة." }
width = 8.5
"""
WHOLE = changed(("[publication.reliability]", f"{STYLE}{SECTIONS}\n[publication.reliability]"))


def write(folder, poll: str = WHOLE):
    file = write_poll(folder, poll)
    images = folder / "images"
    images.mkdir()
    (images / "logo.png").write_bytes(png())
    (images / "hall.jpg").write_bytes(jpeg())
    (images / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (images / "torn.png").write_bytes(png()[:40])
    return file


def problems_in(folder, *changes: tuple[str, str]) -> dict[str, object]:
    """Return the problems of the poll with some changes, by their place in the file."""
    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(write(folder, changed(*changes, text=WHOLE)))
    found = {one.where.removeprefix("poll.toml, "): one for one in caught.value.problems}
    assert len(found) == len(caught.value.problems)
    return found


def test_house_style_is_the_one_that_python_would_write(tmp_path):
    style = sp.Poll.load(write(tmp_path)).publication.style

    logo = sp.Image(content=png(), alt={"en": "The centre", "ar": "المركز"})
    assert style == sp.HouseStyle(primary="#5B2A86", arabic_font="Amiri", logo=logo)


def test_a_poll_that_says_nothing_of_its_style_has_the_usual_one(poll_file):
    publication = sp.Poll.load(poll_file).publication

    assert (publication.style, publication.sections) == (sp.HouseStyle(), ())


def test_own_sections_are_those_that_python_would_write(tmp_path):
    text, advice, timeline, pictures = sp.Poll.load(write(tmp_path)).publication.sections

    assert text == sp.Passage(
        title={"en": "Foreword", "ar": "تمهيد"},
        text={"en": "Why we asked.", "ar": "لماذا سألنا."},
    )
    assert advice.items[1] == {"en": "Ask again.", "ar": "إعادة السؤال."}
    assert timeline.phases[0] == sp.Phase(
        title={"en": "Fieldwork", "ar": "جمع البيانات"},
        status="done",
        start=dt.date(2019, 3, 3),
        end=dt.date(2019, 3, 21),
    )
    assert (timeline.place, timeline.phases[1].next_step["en"]) == ("end", "Draw a sample")
    assert pictures.pictures[0].content == jpeg()
    assert pictures.pictures[0].width == 8.5


def test_a_run_prints_own_sections_and_its_manifest_has_the_hashes_of_the_images(tmp_path):
    poll = sp.Poll.load(write(tmp_path / "poll"))

    run = poll.run(tmp_path / "out")

    assert [one.role for one in run.report.sections] == [
        "publisher",
        "headlines",
        "text",
        *["indicator"] * 3,
        "recommendations",
        "pictures",
        "methodology",
        "instrument",
        "timeline",
    ]
    assert run.report.style.primary == "#5B2A86"
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert {"images/logo.png", "images/hall.jpg"} <= manifest["inputs"].keys()


def test_the_schema_of_poll_files_accepts_own_sections_and_refuses_what_is_none(tmp_path):
    schema = json_schema_of("poll")
    written = json.loads(json.dumps(tables_of(write(tmp_path)), default=str))

    jsonschema.validate(written, schema)
    written["publication"]["sections"][0]["role"] = "weather"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(written, schema)


@pytest.mark.parametrize(
    ("change", "where", "found"),
    [
        (('"#5B2A86"', '"#F9A87C"'), "publication.style.primary", "'#F9A87C', a contrast of 1.92"),
        (('"#5B2A86"', "5"), "publication.style.primary", "5"),
        (("arabic_font", "arab_font"), "publication.style.arab_font", ""),
        (('"Amiri"', '""'), "publication.style.arabic_font", "''"),
        (("images/logo.png", "images/logo.svg"), "publication.style.logo.file", "SVG"),
        (("images/logo.png", "images/torn.png"), "publication.style.logo.file", "too early"),
        (("images/logo.png", "../logo.png"), "publication.style.logo.file", "'../logo.png'"),
        (("images/logo.png", "none.png"), "publication.style.logo.file", "'none.png'"),
        ((', ar = "المركز" }', " }"), "publication.style.logo.alt", "only en"),
        (('role = "text"', 'role = "essay"'), "publication.sections[1].role", "'essay'"),
        (('role = "text"\n', ""), "publication.sections[1].role", ""),
        (('place = "end"', 'place = "middle"'), "publication.sections[3].place", "'middle'"),
        (('"done"', '"finished"'), "publication.sections[3].phases[1].status", "'finished'"),
        (
            ("end = 2019-03-21", "end = 2019-03-02"),
            "publication.sections[3].phases[1].end",
            "03-02",
        ),
        (("end = 2019-03-21", "till = 1"), "publication.sections[3].phases[1].till", ""),
        ((', ar = "سحب العينة" }', " }"), "publication.sections[3].phases[2].next_step", "only en"),
        ((', ar = "التعليم." }', " }"), "publication.sections[2].items[1]", "only en"),
        (("images/hall.jpg", "hall.jpg"), "publication.sections[4].pictures[1].file", "'hall.jpg'"),
        (("width = 8.5", "width = 85"), "publication.sections[4].pictures[1].width", "85"),
        (('ar = "قاعة"', 'ar = ""'), "publication.sections[4].pictures[1].alt", ""),
        (
            ('"Why we asked."', '"Why.\\n\\nWe."'),
            "publication.sections[1].text",
            "2 in en, 1 in ar",
        ),
    ],
)
def test_a_mistake_is_told_where_it_stands(tmp_path, change, where, found):
    [(place, problem)] = problems_in(tmp_path, change).items()

    assert place == where
    assert found in problem.found


def test_sections_that_are_no_list_of_tables_are_told(tmp_path):
    poll = changed(("[publication.publisher]", "sections = 3\n\n[publication.publisher]"))
    with pytest.raises(PollFileError, match=r"tables headed \[\[publication.sections\]\]"):
        sp.Poll.load(write_poll(tmp_path, poll))


def test_mistakes_of_sections_are_told_with_all_others(tmp_path):
    problems = problems_in(
        tmp_path,
        ('"#5B2A86"', '"purple"'),
        ('role = "text"', 'role = "essay"'),
        ("images/hall.jpg", "hall.jpg"),
        ('share = "account"', 'share = "acount"'),
    )

    assert set(problems) == {
        "publication.style.primary",
        "publication.sections[1].role",
        "publication.sections[4].pictures[1].file",
        "indicators[1].share",
    }
