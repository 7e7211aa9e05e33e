from __future__ import annotations

import io
import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import lxml.html
import openpyxl
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.report import report_to_json
from tests.demo.reading_back import compared
from tests.demo.reading_formats import cells_by_format
from tests.disclosure.attacking import Attack
from tests.disclosure.listed import MANIFEST, unlisted
from tests.disclosure.published import Published, run_poll
from tests.disclosure.reading import leaves, read_json, read_page, read_word, unread
from tests.disclosure.searching import misfed, misreported, missaved, unsaid
from tests.disclosure.test_accounts import told_by
from tests.exporters.reading_feeds import READERS, released, write_feeds
from tests.exporters.schemas import problems_by_schema
from tests.indicators.test_tallied import assert_alike
from tests.responses.scans.elsewhere import laid

docx = pytest.importorskip("docx")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ARABIC = re.compile("[\u0600-\u06ff]")
MARKS = str.maketrans("", "", "\u200e\u200f")
HERE = Path(__file__).parent / "gss2016"
DATA = Path(__file__).parents[2].parent / "shared" / "gss2016"
DESIGN = sp.SampleDesign(
    strata="vstrat", clusters="vpsu", nested=True, lonely="centered", weight="wtssall"
)

DOMAINS = {"sex": 2, "age_group": 4, "degree": 5, "region": 9}
"""What everything is broken down by, and into how many domains."""
FIGURES = ("estimate", "n_base", "n_category", "n_asked", "n_answered", "n_effective", "population")
"""Columns whose numbers stand in tables."""
LOGIT = sp.Precision(interval="logit")

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(),
    reason="the microdata of the General Social Survey are not beside the project",
)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The answers as a CSV file: codes as whole numbers, missing answers as their letters."""
    import pyreadstat

    frame, _ = pyreadstat.read_dta(DATA / "gss2016_social.dta", user_missing=True)
    path = tmp_path_factory.mktemp("gss") / "responses.csv"
    frame.map(written).to_csv(path, index=False)
    return path


def written(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


@pytest.fixture(scope="module")
def responses(answers: Path) -> sp.Responses:
    frame = pd.read_csv(answers, dtype=str, keep_default_na=False)
    return sp.bind(frame, sp.Questionnaire.load(HERE / "questionnaire.toml"), DESIGN)


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return pd.read_csv(DATA / "published_gss2016_counts.csv").set_index("variable")


@pytest.fixture(scope="module")
def oracle() -> pd.DataFrame:
    return pd.read_csv(DATA / "oracle_r_survey.csv", keep_default_na=False)


@pytest.fixture(scope="module")
def figures(responses: sp.Responses, oracle: pd.DataFrame) -> pd.DataFrame:
    precision = sp.Precision(interval="logit")
    names = list(oracle["variable"].unique())
    frame = sp.estimate(responses, names, by=["sex"], precision=precision).frame
    return frame[frame["category"] == "1"].set_index(["question", "domain"])


def test_the_answers_fit_the_questionnaire_and_its_routing(responses):
    severe = responses.findings[responses.findings["severity"] != "note"]

    assert len(responses) == 2867
    assert severe.empty, severe.to_string()


def test_the_published_counts_are_found_exactly(responses, published):
    frame = sp.estimate(responses, list(published.index)).frame.set_index(["question", "category"])

    assert len(published) == 7
    for name, counts in published.iterrows():
        row = frame.loc[(name, "1")]
        assert row["n_category"] == counts["yes"]
        assert frame.loc[(name, "2"), "n_category"] == counts["no"]
        assert row["n_asked"] - row["n_answered"] == counts["no_answer"]
        assert len(responses) - row["n_asked"] == counts["iap"]


@pytest.mark.parametrize(
    ("column", "theirs"),
    [
        ("estimate", "estimate"),
        ("se", "se"),
        ("deff", "deff"),
        ("ci_low", "ci_logit_low"),
        ("ci_high", "ci_logit_high"),
        ("df", "df"),
    ],
)
def test_every_figure_is_that_of_r_survey(figures, oracle, column, theirs):
    domains = {"all": "_T", "male": "1", "female": "2"}
    places = [
        (name, domains[one])
        for name, one in zip(oracle["variable"], oracle["category"], strict=True)
    ]

    assert len(places) == 21
    assert figures.loc[places, column].tolist() == pytest.approx(oracle[theirs].tolist(), rel=1e-6)


@pytest.fixture(scope="module")
def engines(answers: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, object]]:
    """The answers as every engine has them, words alone."""
    frame = pd.read_csv(answers, dtype=str, keep_default_na=False).astype({"wtssall": float})
    with laid(frame, tmp_path_factory.mktemp("engines")) as sources:
        yield sources


@pytest.mark.parametrize("engine", ["polars", "duckdb", "spark by duckdb"])
def test_figures_are_the_same_wherever_the_answers_lie(responses, engines, engine):
    # What is asked of clusters is too long to be put into the words of SQL by every run.
    simpler = engine == "spark by duckdb"
    design = replace(DESIGN, clusters=None, nested=False) if simpler else DESIGN
    asked, sexes = responses.questionnaire, {1: 0.48, 2: 0.52}
    names = ["facebook", "whatsapp", "sex", "age_group"]
    cases = sp.bind(engines["pandas"], asked, design)

    found, expected = (
        sp.estimate(sp.rake(one, {"sex": sexes}), names[:2], by="age_group", precision=LOGIT)
        for one in (sp.scan(engines[engine], asked, design).tally(names), cases)
    )

    assert_alike(found.frame, expected.frame)
    differences = [sp.compare(one, within="age_group").comparisons for one in (found, expected)]
    assert_alike(*differences, without=())


@pytest.fixture(scope="module")
def everything(responses: sp.Responses) -> sp.Estimates:
    """Every indicator by sex, age, degree and region, in one call."""
    names = [one.name for one in responses.questionnaire.questions if one.name not in DOMAINS]
    return sp.estimate(responses, names, by=list(DOMAINS), precision=LOGIT)


def test_one_call_has_every_indicator_in_every_domain(responses, everything):
    frame = everything.frame

    for name, size in DOMAINS.items():
        assert frame.loc[frame["breakdown"] == name, "domain"].nunique() == size
    assert frame["indicator"].nunique() == len(responses.questionnaire.questions) - 3
    figures = frame[(frame["n_base"] > 1) & (frame["df"] >= 1)]
    assert figures["estimate"].notna().all()
    assert (figures["se"] >= 0).all()
    assert not figures["caveat"].str.contains("fixed").any()


@pytest.mark.parametrize("breakdown", ["sex", "age_group", "degree", "region"])
def test_a_domain_is_the_same_as_the_condition_that_says_it(responses, everything, breakdown):
    frame = everything.frame
    rows = frame[(frame["breakdown"] == breakdown) & frame["indicator"].isin(["facebook", "age"])]
    columns = ["estimate", "se", "ci_low", "ci_high", "df", "deff", "n_base", "population"]

    for domain in rows["domain"].unique():
        code = domain if breakdown == "age_group" else int(domain)
        alone = sp.estimate(
            responses, ["facebook", "age"], where=sp.Is(breakdown, code), precision=LOGIT
        ).frame
        ours = rows[rows["domain"] == domain].sort_values(["indicator", "category"])
        theirs = alone.sort_values(["indicator", "category"])
        assert ours[columns].to_numpy(float) == pytest.approx(
            theirs[columns].to_numpy(float), rel=1e-9, nan_ok=True
        )


def test_the_figures_of_r_survey_are_in_the_one_call(everything, oracle):
    domains = {"all": "_T", "male": "1", "female": "2"}
    frame = everything.frame
    wanted = frame["breakdown"].isin(["_T", "sex"]) & (frame["category"] == "1")
    figures = frame[wanted].set_index(["question", "domain"])
    rows = oracle[oracle["category"].isin(list(domains))]
    places = [
        (name, domains[one]) for name, one in zip(rows["variable"], rows["category"], strict=True)
    ]

    for column, theirs in (("estimate", "estimate"), ("se", "se"), ("df", "df")):
        found = figures.loc[places, column].tolist()
        assert found == pytest.approx(rows[theirs].tolist(), rel=1e-6)


@pytest.fixture(scope="module")
def poll(answers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The poll file, with the answers beside it."""
    folder = tmp_path_factory.mktemp("poll")
    for path in (HERE / "poll.toml", HERE / "questionnaire.toml", answers):
        shutil.copy(path, folder / path.name)
    return folder / "poll.toml"


@pytest.fixture(scope="module")
def run(poll: Path) -> sp.Run:
    """The poll, run."""
    run = sp.Poll.load(poll).run(poll.parent / "out")
    assert run.failures == ()
    return run


@pytest.fixture(scope="module")
def made(run: sp.Run) -> tuple[Path, ...]:
    """What a run makes of the poll."""
    return run.paths


@pytest.fixture(scope="module")
def briefs(made: tuple[Path, ...]) -> dict[str, Path]:
    """The brief in each language, and in both at once."""
    return {path.stem.removeprefix("brief-"): path for path in made if path.suffix == ".docx"}


@pytest.mark.parametrize("name", ["poll", "questionnaire"])
def test_every_text_of_the_poll_is_there_in_both_languages(name):
    several = list(texts_in(tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))))

    assert len(several) > 1
    assert all(set(one) == {"en", "ar"} for one in several)
    assert not [one for one in several if ARABIC.search(one["en"]) or not ARABIC.search(one["ar"])]


def texts_in(value: object) -> Iterator[dict[str, str]]:
    """Yield every text that is written in languages."""
    if isinstance(value, dict) and "en" in value:
        yield value
        return
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from texts_in(one)


def test_the_poll_runs_to_a_brief_in_each_language_and_in_both(briefs):
    titles = {
        "en": ["Social media in the United States, 2016"],
        "ar": ["وسائل التواصل الاجتماعي في الولايات المتحدة، 2016"],
    }
    titles["ar-en"] = titles["ar"] + titles["en"]

    assert set(briefs) == set(titles)
    for languages, path in briefs.items():
        words = words_of(path)
        assert all(one in words for one in titles[languages])
        assert "74.2" in words
    assert problems_by_schema(*briefs.values()) == []


def test_no_english_is_left_in_the_arabic_brief(briefs):
    names = {"NORC", "c", "u", *"ABCDEF"}

    assert set(re.findall("[A-Za-z]+", words_of(briefs["ar"]))) <= names
    assert sp.check_accessibility(briefs["ar"]) == ()


@pytest.mark.parametrize(
    ("language", "sheet", "answer"),
    [("en", "Table 1", "Uses Facebook"), ("ar", "جدول 1", "يستخدم فيسبوك")],
)
def test_the_published_share_is_a_number_in_the_workbook(made, language, sheet, answer):
    (path,) = [path for path in made if path.name == f"workbook-{language}.xlsx"]
    cells = openpyxl.load_workbook(path)[sheet].iter_rows(min_row=6)
    (row,) = [rest for label, *rest in cells if label.value == answer]

    assert [one.value for one in row] == [0.742, 0.713, 0.769, 1372]
    assert [one.number_format for one in row] == ["0.0%"] * 3 + ["#,##0"]


@pytest.fixture(scope="module")
def decks(run: sp.Run) -> dict[str, bytes]:
    """The slides in each language."""
    made = {tag: sp.render(run.report, "slides", languages=[tag]) for tag in ("en", "ar")}
    return {tag: document.content for tag, (document,) in made.items()}


@pytest.fixture(scope="module")
def page(run: sp.Run) -> bytes:
    """The web page in both languages, without pictures."""
    (document,) = sp.render(run.report, "webpage", charts=False)
    return document.content


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_published_share_is_on_the_slide_of_its_finding(decks, language, tmp_path):
    from pptx import Presentation

    path = tmp_path / "slides.pptx"
    path.write_bytes(decks[language])
    slides = Presentation(str(path)).slides
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    drawn = [numbers_of(one) for chart in charts for one in chart.plots[0].series]
    notes = [slide.notes_slide.notes_text_frame.text.translate(MARKS) for slide in slides]

    assert problems_by_schema(path) == []
    assert any(0.742 in one for one in drawn)
    assert any("74.2%" in one for one in notes)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_figure_is_read_in_its_place_in_every_format(poll, run, made, decks, page, language):
    (workbook,) = [path for path in made if path.name == f"workbook-{language}.xlsx"]
    names = list(run.release.figures["indicator"].unique())
    documents = {"excel": workbook.read_bytes(), "slides": decks[language], "webpage": page}
    cells = cells_by_format(run.report, names, language, documents)
    loaded = sp.Poll.load(poll)
    read = {form: compared(loaded, run.release, [language], one) for form, one in cells.items()}

    assert problems_by_schema(workbook) == []
    assert {form: one.added for form, one in read.items()} == {form: [] for form in cells}
    assert [read[one].missing for one in ("excel", "slides", "webpage")] == [[], [], []]
    assert read["excel"].numbers == read["slides"].numbers == read["webpage"].numbers
    assert len(read["charts"].numbers) > 20


def test_every_feed_of_the_poll_has_its_figures_and_is_read_by_others(run, tmp_path):
    write_feeds(run.report, tmp_path)

    for feed, read in READERS.items():
        assert read(tmp_path, run.report.name) == released(run.report), feed


def test_the_published_share_is_the_same_in_every_feed_and_on_the_page(run, page):
    csv, parquet, json = (
        sp.render(run.report, name)[0].content for name in ("csv", "parquet", "json")
    )
    keys = {"indicator": "facebook", "domain": "_T", "category": "1", "statistic": "share"}
    told = pd.read_csv(io.BytesIO(csv), dtype=str).set_index([key.upper() for key in keys])
    typed = pd.read_parquet(io.BytesIO(parquet)).set_index([key.upper() for key in keys])
    figures = sp.report_from_json(json.decode()).figures
    (figure,) = [one for one in figures if keys.items() <= one.items()]
    place = tuple(keys.values())

    assert page.decode().count('<data value="0.742">') >= 2
    assert float(told.loc[place, "OBS_VALUE"]) == 0.742
    assert typed.loc[place, "OBS_VALUE"] == 0.742
    assert figure["estimate"] == 0.742


def numbers_of(series: object) -> set[float]:
    """Return what a series of a chart draws, gaps left out."""
    return {float(one.text) for one in series._element.findall(".//{*}val//{*}v")}


def words_of(brief: Path) -> str:
    """Return what is to be read in a brief, as an independent reader finds it, pictures told."""
    document = docx.Document(str(brief))
    body = document.element.body
    told = [one.get("descr") or "" for one in body.iter("{*}docPr")]
    heads = [part for section in document.sections for part in (section.header, section.footer)]
    parts = [body, *(one._element for one in heads)]
    # A letter on either side of a number says in which direction it is read.
    written = ["".join(t.text for t in p.iter(f"{W}t")) for one in parts for p in one.iter(f"{W}p")]
    return "\n".join([*written, *told]).translate(MARKS)


def test_no_small_count_is_found_from_what_cells_releases(responses):
    by = ["age_group", "sex", "degree", ("age_group", "sex")]
    estimates = sp.estimate(responses, ["clssmtes", "whatsapp"], by=by, precision=LOGIT)
    release = sp.release(estimates, sp.MinBase(0, 0), policy=sp.Policy(name="cells"))
    found = Attack([estimates], release, 10, complete=["sex"], whole=False).bounds()

    assert len(found) >= 4
    assert [one for one in found if not one.protected] == []


def test_readers_of_others_find_the_released_figures_in_every_feed(responses, tmp_path):
    by = ["sex", "degree", ("degree", "sex")]
    estimates = sp.estimate(responses, "whatsapp", by=by, precision=LOGIT)
    publisher = sp.Publisher(name={"en": "NORC", "ar": "المركز"})
    release = sp.release(estimates, sp.MinBase(150, 300))
    title = {"en": "General Social Survey", "ar": "المسح الاجتماعي العام"}
    report = sp.compose(release, title=title, publisher=publisher)
    write_feeds(report, tmp_path)

    expected = released(report)
    assert {row["flag"] for row in expected} >= {None, "suppressed"}
    for feed, read in READERS.items():
        assert read(tmp_path, report.name) == expected, feed


CROSSED = 'by = ["sex", "age_group", ["sex", "age_group"]]'
FEED = """
[[exports]]
exporter = "csv"
languages = ["en"]
"""


@pytest.fixture(scope="module")
def crossed(answers: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The poll with a crossing of sex and age, run under the policy ``cells``."""
    folder = tmp_path_factory.mktemp("crossed")
    text = (HERE / "poll.toml").read_text(encoding="utf-8")
    text = text.replace('by = ["sex", "age_group"]', CROSSED)
    text = text.replace("[publication]\n", '[publication]\npolicy = "cells"\n')
    (folder / "poll.toml").write_text(text + FEED, encoding="utf-8")
    shutil.copy(HERE / "questionnaire.toml", folder / "questionnaire.toml")
    shutil.copy(answers, folder / "responses.csv")
    return run_poll(folder / "poll.toml", folder / "out")


def test_the_brief_of_a_crossing_says_no_number_that_is_not_shown(crossed):
    content = crossed.file("brief-en.docx")
    pieces = read_word(content)

    assert len(crossed.gone) > 20
    assert len([one for one in pieces if one.kind == "cell" and one.numbers]) > 80
    assert unread(content, pieces) == []
    assert unsaid(crossed, pieces) == []


def test_the_web_page_of_a_crossing_has_the_released_figures_and_no_other(crossed):
    (document,) = sp.render(crossed.run.report, "webpage", charts=False)
    page = lxml.html.document_fromstring(document.content.decode())
    frame = crossed.run.release.figures
    released = {float(one) for name in FIGURES for one in frame[name].dropna()}
    shown = frame.loc[frame["flag"] != "suppressed", "estimate"].dropna()

    languages = list(crossed.run.report.languages)
    assert [one.get("lang") for one in page.iter("article")] == languages
    for article in page.iter("article"):
        read = [float(one) for one in article.xpath(".//td//data/@value")]
        assert len(read) > 150
        assert set(read) <= released
        assert len(set(read) & set(shown)) > 40
        hidden = [one for one in article.iter("td") if one.text_content() == "[c]"]
        assert len(hidden) > 10
        assert not [one for one in hidden if one.xpath(".//data")]
    english = page.get_element_by_id("en")
    pieces = [one for one in read_page(lxml.html.tostring(english)) if one.kind != "hidden"]
    assert len([one for one in pieces if one.kind == "cell" and one.numbers]) > 80
    assert unsaid(crossed, pieces) == []


def test_the_data_of_a_crossing_have_nothing_of_hidden_figures(crossed):
    (document,) = sp.render(crossed.run.report, "csv", languages=["en"])
    report = read_json(report_to_json(crossed.run.report).encode())
    paths = [path for path, _ in leaves(read_json(crossed.file("manifest.json")))]

    assert misfed(crossed, document.content) == []
    assert missaved(crossed, read_json(crossed.file("release.json"))) == []
    assert misreported(crossed, report) == []
    assert unlisted(paths, MANIFEST) == []


def test_the_figures_of_a_crossing_bound_no_small_count(crossed):
    found = told_by(crossed, "sex").bounds()

    assert len(found) > 10
    assert [one for one in found if not one.protected] == []


@pytest.mark.slow
def test_all_that_a_run_of_a_crossing_tells_bounds_no_small_count(crossed):
    found = told_by(crossed, "sex", account=True).bounds()

    assert len(found) > 10
    assert [one for one in found if not one.protected] == []
