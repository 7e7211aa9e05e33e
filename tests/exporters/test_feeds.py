"""All feeds of one report: they hold the same figures, and those of the release."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import socialpoll as sp
from socialpoll.report import report_from_json
from socialpoll.schema.legible import legible
from tests.exporters.hostile import HOSTILE
from tests.exporters.made_report import HIDDEN, figures, made_report
from tests.exporters.reading_feeds import KEYS, READERS, released, write_feeds

CALC = Path("/usr/lib/libreoffice/program/libsclo.so")


def hostile_report() -> sp.Report:
    """A report whose every word and code is made to break something."""
    base = made_report()
    words = {str(place): {"en": text, "ar": f"ع{text}"} for place, text in enumerate(HOSTILE)}
    codes = dict(zip(HOSTILE, words.values(), strict=True))
    rows = [
        {**base.figures[0], "item": code, "domain": f"{place}|{code}", "estimate": -place / 7}
        for place, code in enumerate(HOSTILE)
    ]
    return replace(
        base,
        title={"en": HOSTILE[0], "ar": HOSTILE[6]},
        subtitle={"en": HOSTILE[7], "ar": ""},
        publisher=replace(
            base.publisher, name={"en": HOSTILE[3], "ar": HOSTILE[9]}, contact=HOSTILE[7]
        ),
        life_cycle=replace(base.life_cycle, edition=HOSTILE[8], supersedes=HOSTILE[4]),
        figures=(*rows, *base.figures[-3:]),
        labels={"item:platforms": codes, "domain:governorate": {rows[0]["domain"]: {"en": ""}}},
    )


def leaking_report() -> sp.Report:
    """A report whose maker forgot to empty a figure that is suppressed."""
    rows = tuple(
        {**one, "estimate": 0.123456, "caveat": "told"} if one["domain"] == HIDDEN else one
        for one in figures()
    )
    return replace(made_report(), figures=rows)


def revised_report() -> sp.Report:
    """A second edition: it says what it supersedes, and which figures changed."""
    life = replace(
        made_report().life_cycle,
        edition="2",
        status="revised",
        supersedes="1",
        embargo=dt.datetime(2019, 4, 1, 9, tzinfo=dt.timezone(dt.timedelta(hours=4))),
    )
    changed = {"muscat": "revised", "dhofar": "new"}
    rows = tuple({**one, "revision": changed.get(one["domain"], "")} for one in figures())
    return replace(made_report(), life_cycle=life, figures=rows)


REPORTS = {"leaking": leaking_report, "hostile": hostile_report, "revised": revised_report}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Each report with the folder of its feeds."""
    reports = {name: make() for name, make in REPORTS.items()}
    return {
        name: (report, write_feeds(report, tmp_path_factory.mktemp(name)))
        for name, report in reports.items()
    }


@pytest.mark.parametrize("feed", READERS)
@pytest.mark.parametrize("name", REPORTS)
def test_the_figures_of_a_feed_are_those_of_the_release(made, name, feed):
    report, folder = made[name]

    assert READERS[feed](folder, report.name) == released(report)


def test_the_same_report_gives_the_same_bytes(made, tmp_path):
    report, folder = made["hostile"]
    again = write_feeds(report, tmp_path)

    names = sorted(path.relative_to(folder) for path in folder.glob("**/*") if path.is_file())
    assert len(names) == 19
    for name in names:
        assert (folder / name).read_bytes() == (again / name).read_bytes(), name


def test_a_suppressed_figure_is_in_no_feed_even_where_a_report_forgot_to_empty_it(made):
    report, folder = made["leaking"]

    (row,) = [one for one in released(report) if one["domain"] == HIDDEN]
    known = {name for name, value in row.items() if value is not None}
    assert known == {*KEYS, "flag", "obs_status", "conf_status"}
    files = [path for path in folder.glob("**/*") if path.is_file()]
    assert [path.name for path in files if b"0.123456" in path.read_bytes()] == []


def test_every_feed_tells_of_another_edition_what_it_supersedes(made):
    report, folder = made["revised"]

    described = json.loads((folder / f"{report.name}.csv-metadata.json").read_text("utf-8"))
    assert (described["dc:replaces"], described["schema:version"]) == ("1", "2")
    assert described["dc:available"]["@value"] == "2019-04-01T09:00:00+04:00"
    rows = list(
        csv.DictReader(io.StringIO((folder / f"{report.name}.sdmx.csv").read_text("utf-8")))
    )
    assert {one["STRUCTURE_ID"] for one in rows} == {"SOCIALPOLL:SOCIAL_MEDIA_2019(2.0.0)"}
    assert {(one["EDITION"], one["SUPERSEDES"]) for one in rows} == {("2", "1")}
    table = pq.read_table(folder / f"{report.name}.parquet")
    assert set(table["REVISION"].to_pylist()) == {"revised", "new", ""}
    assert table["EMBARGO"][0].as_py() == report.life_cycle.embargo
    read = report_from_json((folder / f"{report.name}.json").read_text("utf-8"))
    assert read.life_cycle == report.life_cycle


def test_feeds_for_programs_keep_hostile_words_and_the_one_for_spreadsheets_disarms_them(made):
    report, folder = made["hostile"]

    table = pq.read_table(folder / f"{report.name}.parquet").to_pylist()
    text = (folder / f"{report.name}.csv").read_bytes().decode()
    plain = list(csv.DictReader(io.StringIO(text, newline="")))
    for place, hostile in enumerate(HOSTILE):
        assert plain[place]["ITEM"] == table[place]["ITEM"] == hostile
        assert table[place]["ITEM_EN"] == legible(hostile)
        assert plain[place]["CONTACT"] == HOSTILE[7]
    structure = json.loads((folder / f"{report.name}.sdmx.json").read_text("utf-8"))
    lists = {one["id"]: one for one in structure["data"]["codelists"]}
    excel = (folder / "excel" / f"{report.name}.csv").read_bytes().decode("utf-8-sig")
    shown = [one["ITEM"] for one in csv.DictReader(io.StringIO(excel, newline=""))]
    assert shown[: len(HOSTILE)] == [
        f"'{one}" if one.startswith(("=", "@", "-", "+")) else one for one in HOSTILE
    ]
    items = lists["CL_SOCIAL_MEDIA_2019_ITEM"]["codes"][: len(HOSTILE)]
    assert [one["annotations"][0]["value"] for one in items] == list(HOSTILE)
    assert [one["names"]["en"] for one in items] == list(map(legible, HOSTILE))


@pytest.fixture(scope="module")
def convert(tmp_path_factory):
    """LibreOffice, which begins with an empty home, and where it leaves what it converts."""
    if not (CALC.is_file() and shutil.which("soffice")):
        pytest.skip("LibreOffice Calc is not here")
    folder = tmp_path_factory.mktemp("converted")
    home = f"-env:UserInstallation={folder.as_uri()}/home"

    def to(form: str, *files: Path, options: tuple[str, ...] = ()) -> Path:
        command = ["soffice", home, "--headless", *options, "--convert-to", form]
        subprocess.run(
            [*command, "--outdir", folder, *files], check=True, capture_output=True, timeout=120
        )
        return folder

    return to


def test_a_spreadsheet_calculates_nothing_of_the_feed_for_spreadsheets(made, convert, tmp_path):
    report, folder = made["hostile"]
    files = [tmp_path / "machine.csv", tmp_path / "excel.csv"]
    shutil.copy(folder / f"{report.name}.csv", files[0])
    shutil.copy(folder / "excel" / f"{report.name}.csv", files[1])
    # Comma, quotation marks, UTF-8; numbers are recognised, and what looks like a formula is one.
    read = "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"

    converted = convert("xlsx", *files, options=(read,))

    assert formulas(converted / "machine.xlsx") > 0
    assert formulas(converted / "excel.xlsx") == 0


def test_a_spreadsheet_shows_the_words_of_a_workbook_and_calculates_none(made, convert, tmp_path):
    report, _ = made["hostile"]
    (workbook,) = sp.render(report, "excel", languages=["en"])
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(workbook.content)

    # Comma, quotation marks, UTF-8, cells as they are shown; every sheet as a file.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    text = (convert(form, path) / "hostile-Data.csv").read_text("utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    heading = next(place for place, row in enumerate(rows) if "ITEM" in row)
    item, value = (rows[heading].index(one) for one in ("ITEM", "OBS_VALUE"))
    shown = rows[heading + 1 : heading + 1 + len(HOSTILE)]

    assert [" ".join(row[item].split()) for row in shown] == [
        " ".join(legible(one).split()) for one in HOSTILE
    ]
    assert [float(row[value]) for row in shown] == pytest.approx(
        [-place / 7 for place in range(len(HOSTILE))], abs=1e-9
    )


def formulas(book: Path) -> int:
    with zipfile.ZipFile(book) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        return sum(parts.read(name).count(b"<f") for name in sheets)
