from __future__ import annotations

import datetime as dt

import pytest

import socialpoll as sp
from socialpoll.errors import ReportError
from socialpoll.report import Picture, Table, Text, report_from_json, report_to_json
from tests.report.handmade import composed, section, text, yes_no
from tests.report.pictured import jpeg, png

PASSAGE = sp.Passage(
    title=text("Foreword", "تمهيد"),
    text=text("First,\nin lines.\n\nSecond.", "أولاً\nفي سطور.\n\n\nثانياً."),
    items=[text("One", "واحد")],
)
ADVICE = sp.Recommendations(
    title=text("Recommendations", "التوصيات"),
    items=[text("Teach.", "التعليم."), text("Ask\nagain.", "إعادة\nالسؤال.")],
)
PHASES = (
    sp.Phase(
        title=text("Fieldwork", "جمع البيانات"),
        status="done",
        start=dt.date(2019, 3, 3),
        end=dt.date(2019, 3, 21),
    ),
    sp.Phase(
        title=text("Report", "التقرير"), status="under way", next_step=text("Print", "الطباعة")
    ),
    sp.Phase(title=text("Next poll", "الاستطلاع القادم"), status="planned"),
)
TIMELINE = sp.Timeline(title=text("Timeline", "المراحل"), phases=PHASES, place="end")
PICTURES = sp.Pictures(
    title=text("From the field", "من الميدان"),
    pictures=[
        sp.Image(content=png(), alt=text("A hall", "قاعة"), caption=text("The hall.", "القاعة.")),
        sp.Image(content=jpeg(), alt=text("A phone", "هاتف"), width=4),
    ],
)
OWN = (PASSAGE, ADVICE, TIMELINE, PICTURES)


@pytest.fixture(scope="module")
def report() -> sp.Report:
    return composed(yes_no(0.9), sections=OWN)


def refusal(*sections) -> ReportError:
    with pytest.raises(ReportError) as caught:
        composed(yes_no(0.9), sections=sections)
    return caught.value


def written(report: sp.Report, role: str, language: str = "en") -> list[list[str]]:
    """Return what stands in the table of a section."""
    edition = sp.Edition(report, (language,))
    (table,) = (one for one in section(report, role).blocks if isinstance(one, Table))
    heads = [edition.text(one.heading) for one in table.columns]
    rows = [
        ["" if cell is None else edition.text(cell) for cell in row.cells] for row in table.rows
    ]
    return [heads, *rows]


def test_own_sections_stand_where_they_say_and_in_the_order_in_which_they_were_declared(report):
    assert [one.role for one in report.sections] == [
        "publisher",
        "headlines",
        "text",
        "indicator",
        "recommendations",
        "pictures",
        "methodology",
        "instrument",
        "timeline",
    ]


def test_sections_of_one_role_are_told_apart_by_their_names():
    report = composed(yes_no(0.9), sections=(PASSAGE, ADVICE, PASSAGE))

    assert [one.name for one in report.sections if one.role == "text"] == ["text", "text-2"]


def test_empty_lines_part_paragraphs_and_other_lines_are_joined(report):
    blocks = section(report, "text").blocks
    arabic, english = (sp.Edition(report, (one,)) for one in ("ar", "en"))

    assert [one.style for one in blocks] == ["body", "body", "bullet"]
    assert [english.text(*one.phrases) for one in blocks] == ["First, in lines.", "Second.", "One"]
    assert [arabic.text(*one.phrases) for one in blocks] == ["أولاً في سطور.", "ثانياً.", "واحد"]


def test_every_recommendation_is_an_item(report):
    blocks = section(report, "recommendations").blocks

    assert all(isinstance(one, Text) and one.style == "bullet" for one in blocks)
    assert [sp.Edition(report, ("en",)).text(*one.phrases) for one in blocks] == [
        "Teach.",
        "Ask again.",
    ]


def test_a_timeline_is_a_table_of_phases_with_dates_status_and_next_steps(report):
    assert written(report, "timeline") == [
        ["Phase", "Start", "End", "Status", "Next step"],
        ["Fieldwork", "3 March 2019", "21 March 2019", "Done", ""],
        ["Report", "", "", "Under way", "Print"],
        ["Next poll", "", "", "Planned", ""],
    ]
    assert written(report, "timeline", "ar")[1][-2] == "منجزة"


def test_phases_that_have_dates_are_drawn_where_there_are_two():
    days = dt.date(2019, 3, 3), dt.date(2019, 3, 21)
    phases = [
        sp.Phase(title="Poll", status="done", start=days[0], end=days[1]),
        sp.Phase(title="Talks", status="planned", end=dt.date(2019, 2, 1)),
        sp.Phase(title="Plan", status="planned"),
    ]
    several, one = (
        composed(yes_no(0.9), sections=[sp.Timeline(title="Timeline", phases=some)])
        for some in (phases, phases[1:])
    )
    chart, _ = section(several, "timeline").blocks

    assert (chart.kind, chart.name) == ("timeline", "timeline")
    assert [(span.start, span.end, span.status) for span in chart.spans] == [
        (dt.date(2019, 2, 1), None, "planned"),
        (*days, "done"),
    ]
    assert len(section(one, "timeline").blocks) == 1


def test_columns_that_no_phase_has_anything_for_are_left_out():
    bare = sp.Timeline(title="Timeline", phases=[sp.Phase(title="Poll", status="planned")])

    report = composed(yes_no(0.9), sections=[bare])

    assert written(report, "timeline") == [["Phase", "Status"], ["Poll", "Planned"]]


def test_pictures_keep_their_sentence_in_every_language(report):
    first, second = (one for one in section(report, "pictures").blocks if isinstance(one, Picture))
    arabic = sp.Edition(report, ("ar",))

    assert (first.name, second.name) == ("pictures-1", "pictures-2")
    assert (arabic.alt(first), arabic.text(first.caption)) == ("قاعة", "القاعة.")
    assert arabic.alt(second, language="en") == "A phone"
    assert (second.width, second.height, second.media_type) == (4, 2, "image/jpeg")
    assert second.caption is None


def test_a_report_with_own_sections_comes_back_from_json_equal(report):
    assert report_from_json(report_to_json(report)) == report


def test_words_that_look_like_markup_stay_words():
    marked = "{{ title }} <b>5 < 6</b> {% if %}"
    report = composed(yes_no(0.9), sections=[sp.Passage(title="T", text=marked)])

    assert sp.Edition(report, ("en",)).text(*section(report, "text").blocks[0].phrases) == marked


@pytest.mark.parametrize(
    ("own", "where", "found"),
    [
        (sp.Passage(title="T"), "text", ""),
        (sp.Passage(title="", text="x"), "title", ""),
        (sp.Passage(title="T", text={"en": "a\n\nb", "ar": "c"}), "text", "2 in en, 1 in ar"),
        (sp.Passage(title="T", text="x", place="middle"), "place", "'middle'"),
        (sp.Recommendations(title="T"), "items", ""),
        (sp.Recommendations(title="T", items=["a", " "]), "items[2]", ""),
        (sp.Timeline(title="T"), "phases", ""),
        (
            sp.Timeline(title="T", phases=[sp.Phase(title="P", status="finished")]),
            "phases[1].status",
            "'finished'",
        ),
        (
            sp.Timeline(
                title="T",
                phases=[
                    sp.Phase(title="P", status="done"),
                    sp.Phase(
                        title="P",
                        status="done",
                        start=dt.date(2019, 3, 3),
                        end=dt.date(2019, 3, 2),
                    ),
                ],
            ),
            "phases[2].end",
            "2019-03-02",
        ),
        (sp.Pictures(title="T"), "pictures", ""),
    ],
)
def test_what_cannot_be_printed_is_refused_where_it_stands(own, where, found):
    error = refusal(PASSAGE, own)

    assert (error.where, error.found) == (f"sections[2].{where}", found)


def test_everything_that_is_wrong_with_own_sections_is_told_at_once():
    error = refusal(sp.Recommendations(title=""), sp.Timeline(title="T"), sp.Pictures(title=""))

    assert [one.where for one in error.problems] == [
        "sections[1].items",
        "sections[1].title",
        "sections[2].phases",
        "sections[3].pictures",
        "sections[3].title",
    ]
