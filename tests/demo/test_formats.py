"""Every format of the bundled poll against its release, and so against every other format."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.report import Chart
from tests.demo.reading_back import NO_ANSWER, Compared, Labels, compared, with_sections
from tests.demo.reading_formats import cells_by_format
from tests.exporters.reading_feeds import READERS, read_plain, released, write_feeds
from tests.exporters.schemas import problems_by_schema

LANGUAGES = ("ar", "en")
WITH_DATA = "en"
"""Language of the workbook that has the sheet of all figures."""


@pytest.fixture(scope="module")
def documents(report) -> dict[str, dict[str, bytes]]:
    """The page, and the workbook and the deck of each language, by language and exporter."""
    (page,) = sp.render(report, "webpage", charts=False)
    return {
        tag: {
            "excel": sp.render(report, "excel", languages=[tag], data=tag == WITH_DATA)[0].content,
            "slides": sp.render(report, "slides", languages=[tag])[0].content,
            "webpage": page.content,
        }
        for tag in LANGUAGES
    }


@pytest.fixture(scope="module")
def read(poll, release, report, documents) -> dict[str, dict[str, Compared]]:
    """What was read of the findings, by language and format."""
    told = with_sections(release)
    names = list(told.figures["indicator"].unique())
    cells = {tag: cells_by_format(report, names, tag, documents[tag]) for tag in LANGUAGES}
    return {
        tag: {form: compared(poll, told, [tag], one) for form, one in forms.items()}
        for tag, forms in cells.items()
    }


@pytest.mark.parametrize("form", ["excel", "slides", "webpage"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_read_in_its_place_and_every_number_is_a_figure(read, language, form):
    assert read[language][form].missing == []
    assert read[language][form].added == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_formats_tell_the_same_numbers_of_every_answer_of_every_group(read, language):
    workbook, slides, page = (read[language][one].numbers for one in ("excel", "slides", "webpage"))

    assert len(workbook) > 400
    assert sum(map(len, workbook.values())) > 1000
    assert workbook == slides
    assert workbook == page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plan_in_a_workbook_has_the_reach_of_every_audience(poll, documents, language):
    book = openpyxl.load_workbook(BytesIO(documents[language]["excel"]))
    area = next(
        sheet[one.ref]
        for sheet in book
        for one in sheet.tables.values()
        if one.name == "outreach_1"
    )
    _, *rows = [[cell.value for cell in row] for row in area]
    plan = poll.plan().frame

    assert len(rows) == len(plan) > 15
    for row, told in zip(rows, plan.itertuples(), strict=True):
        if not told.refusal:
            overall = told.platforms == plan["platforms"].iloc[0]
            shared = told.expected if overall else told.shared_reach
            figures = [told.expected, told.ci_low, told.ci_high, shared, told.base]
            assert [one for one in row if isinstance(one, float | int)] == figures


def test_the_last_sheet_of_a_workbook_has_every_figure_in_a_row(release, documents):
    book = BytesIO(documents[WITH_DATA]["excel"])
    data = pd.read_excel(book, sheet_name="Data", header=4, engine="calamine")
    figures = release.figures

    for name in ("indicator", "breakdown", "domain"):
        assert data[name.upper()].tolist() == figures[name].tolist()
    for heading, name in (("OBS_VALUE", "estimate"), ("CI_LOWER", "ci_low"), ("N_BASE", "n_base")):
        told = data[heading].to_numpy(float)
        assert told == pytest.approx(figures[name].to_numpy(float), nan_ok=True, rel=1e-15)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charts_of_slides_draw_the_figures_of_their_findings_and_no_others(
    read, report, language
):
    charts = read[language]["charts"]
    drawn = [place for place, numbers in charts.numbers.items() if numbers]

    assert charts.added == []
    assert len(drawn) == len(list(figures_drawn(report))) > 100


def figures_drawn(report: sp.Report) -> Iterator[object]:
    """Yield the figures of the first chart of each finding, which stands on its slide."""
    for section in report.sections:
        charts = [one for one in section.blocks if isinstance(one, Chart)]
        for chart in charts[:1] if section.role == "indicator" else ():
            points = [point for series in chart.series for point in series.points]
            points += [] if chart.reference is None else [chart.reference]
            yield from (one.figure for one in points if one.figure.value is not None)


@pytest.fixture(scope="module")
def feeds(report, tmp_path_factory):
    return write_feeds(report, tmp_path_factory.mktemp("feeds"))


@pytest.mark.parametrize("form", [one for one in READERS if one != "csv"])
def test_readers_of_others_find_the_released_figures_in_every_feed(report, feeds, form):
    assert READERS[form](feeds, report.name) == released(report)


def test_every_program_that_reads_csv_finds_the_released_figures(report, feeds):
    assert read_plain(feeds, report.name) == released(report)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_beside_the_codes_of_a_feed_are_those_of_the_questionnaire(
    poll, release, report, feeds, language
):
    labels, tag = Labels(poll, language), language.upper()
    table = pd.read_parquet(feeds / f"{report.name}.parquet").to_dict("records")

    said, known = [], []
    for told, row in zip(table, release.figures.itertuples(), strict=True):
        answer = told[f"CATEGORY_{tag}" if row.item == NO_ANSWER else f"ITEM_{tag}"]
        words = labels.answer(row), labels.group(row)
        known += filter(None, words)
        said += [
            one for one, word in zip((answer, told[f"DOMAIN_{tag}"]), words, strict=True) if word
        ]
    assert len(known) > 700
    assert said == known


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbooks_and_slides_are_what_their_schemas_allow(documents, tmp_path, language):
    paths = [tmp_path / "workbook.xlsx", tmp_path / "slides.pptx"]
    for path, name in zip(paths, ("excel", "slides"), strict=True):
        path.write_bytes(documents[language][name])

    assert problems_by_schema(*paths) == []
