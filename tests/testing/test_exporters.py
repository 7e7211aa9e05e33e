"""For every promise there is an exporter that breaks it, and breaks no other."""

from __future__ import annotations

import datetime as dt
import html
import io
import os
import random
import socket
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.errors import UnknownNameError
from socialpoll.report import Figure, Section
from socialpoll.testing import check_exporter
from tests.testing.failing import failing
from tests.testing.page import Page, exporter_of

GOOD = exporter_of(Page())
NAMES = [one.name for one in check_exporter(GOOD)]
NUMBERS = count()


class OneName(Page):
    def name(self, edition):
        return f"{edition.report.name}.html"


class AFolder(Page):
    def name(self, edition):
        return f"out/{edition.language}.html"


class Counting(Page):
    def document(self, edition, lines):
        return f"{super().document(edition, lines)}<!-- {next(NUMBERS)} -->"


class Dated(Page):
    def document(self, edition, lines):
        return (
            f"{super().document(edition, lines)}<!-- {dt.datetime.now().astimezone():%Y-%m-%d} -->"
        )


class Packed(Page):
    """Puts the page into an archive whose members bear the time of the day."""

    def __call__(self, edition, options):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as package:
            for page in super().__call__(edition, options):
                package.writestr(page.name, page.content)
        yield sp.Document(f"{edition.language}.zip", file.getvalue(), "application/zip")


class EnglishAlone(Page):
    def document(self, edition, lines):
        if edition.language != "en":
            raise LookupError(edition.language)
        return super().document(edition, lines)


class Nothing(Page):
    def __call__(self, edition, options):
        return iter(())


class NoDocument(Page):
    def __call__(self, edition, options):
        yield from super().__call__(edition, options)
        yield b"more"


class Undirected(Page):
    def document(self, edition, lines):
        return f"<html><body>{lines}</body></html>"


class KnownRoles(Page):
    def section(self, edition, section):
        return iter(()) if section.role == "weather" else super().section(edition, section)


class TitlesOfNewRoles(Page):
    def section(self, edition, section):
        lines = super().section(edition, section)
        return iter([next(lines)]) if section.role == "weather" else lines


class AfraidOfNewRoles(Page):
    def section(self, edition, section):
        if section.role == "weather":
            raise KeyError(section.role)
        return super().section(edition, section)


class Zeros(Page):
    def number(self, edition, figure):
        if isinstance(figure, Figure) and figure.value is None:
            figure = Figure(0.0, figure.unit, figure.decimals)
        return super().number(edition, figure)


class Pythonic(Page):
    def number(self, edition, figure):
        missing = isinstance(figure, Figure) and figure.value is None
        return f"{figure.value} [c]" if missing else super().number(edition, figure)


class Calculating(Page):
    """Takes every figure for a number."""

    def number(self, edition, figure):
        known = isinstance(figure, Figure) and f"{100 * figure.value:.1f}"
        return known or super().number(edition, figure)


class Blanks(Page):
    def number(self, edition, figure):
        missing = isinstance(figure, Figure) and figure.value is None
        return "" if missing else super().number(edition, figure)


class Subtracting(Page):
    """Works a suppressed share out from the others."""

    def section(self, edition, section: Section) -> Iterator[str]:
        yield from super().section(edition, section)
        for rows in (getattr(block, "rows", ()) for block in section.blocks):
            shares = [one for row in rows for one in row.cells if isinstance(one, Figure)]
            if [one.status for one in shares].count("c") == 1:
                rest = 1 - sum(one.value or 0 for one in shares)
                yield f"<p>{100 * rest:.2f}</p>"


class Raw(Page):
    def escaped(self, text):
        return f"<p>{text}</p>"


class Short(Page):
    def escaped(self, text):
        return f"<p>{html.escape(text[:300])}</p>"


class Formatting(Page):
    """Takes texts for patterns."""

    def escaped(self, text):
        return super().escaped(text.format() if "{" in text else text)


class SilentOfData(Page):
    def of_data(self, edition):
        return iter(())


class SilentOfEmbargoes(Page):
    def of_embargo(self, edition):
        return iter(())


class Mutating(Page):
    def lines(self, edition):
        edition.report.labels["mood"] = {}
        return super().lines(edition)


class Printing(Page):
    def lines(self, edition):
        print("rendering", edition.language)  # noqa: T201 - that is its fault
        return super().lines(edition)


class Writing(Page):
    def lines(self, edition):
        Path("beside.txt").write_text("beside", encoding="utf-8")
        return super().lines(edition)


class Asking(Page):
    def lines(self, edition):
        with suppress(OSError), socket.socket() as line:
            line.settimeout(0.01)
            line.connect(("127.0.0.1", 9))
        return super().lines(edition)


class Gambling(Page):
    def lines(self, edition):
        random.seed(1)
        return super().lines(edition)


class GamblingWithArrays(Page):
    def lines(self, edition):
        np.random.default_rng()
        np.random.seed(1)  # noqa: NPY002 - that is its fault
        return super().lines(edition)


class Moving(Page):
    def lines(self, edition):
        os.environ["LANGUAGE"] = edition.language
        os.chdir("/")
        return super().lines(edition)


@dataclass(kw_only=True)
class Loose:
    tables: bool = True


@dataclass(frozen=True, kw_only=True)
class Bare:
    tables: bool


BAD = {
    "record_is_valid": exporter_of(Page(), title=""),
    "options_are_sound": exporter_of(Page(), options=Loose),
    "names_are_plain": exporter_of(OneName()),
    "media_types_are_true": exporter_of(Page(), suffix=".htm"),
    "bytes_are_the_same": exporter_of(Counting()),
    "every_language_renders": exporter_of(EnglishAlone()),
    "direction_is_used": exporter_of(Undirected()),
    "unknown_roles_are_shown": exporter_of(KnownRoles()),
    "suppressed_stay_hidden": exporter_of(Zeros()),
    "hostile_texts_survive": exporter_of(Raw()),
    "notices_are_given": exporter_of(SilentOfData()),
    "report_is_left": exporter_of(Mutating()),
    "nothing_is_printed": exporter_of(Printing()),
    "no_file_is_written": exporter_of(Writing()),
    "network_is_left_alone": exporter_of(Asking()),
    "random_state_is_left": exporter_of(Gambling()),
    "program_is_left": exporter_of(Moving()),
}
MORE = [
    ("options_are_sound", exporter_of(Page(), options=Bare)),
    ("names_are_plain", exporter_of(AFolder())),
    ("media_types_are_true", exporter_of(Page(), media_type="text/plain")),
    ("bytes_are_the_same", exporter_of(Dated())),
    ("bytes_are_the_same", exporter_of(Packed())),
    ("every_language_renders", exporter_of(Nothing())),
    ("every_language_renders", exporter_of(NoDocument())),
    ("unknown_roles_are_shown", exporter_of(TitlesOfNewRoles())),
    ("unknown_roles_are_shown", exporter_of(AfraidOfNewRoles())),
    ("suppressed_stay_hidden", exporter_of(Pythonic())),
    ("suppressed_stay_hidden", exporter_of(Calculating())),
    ("suppressed_stay_hidden", exporter_of(Blanks())),
    ("suppressed_stay_hidden", exporter_of(Subtracting())),
    ("hostile_texts_survive", exporter_of(Short())),
    ("hostile_texts_survive", exporter_of(Formatting())),
    ("notices_are_given", exporter_of(SilentOfEmbargoes())),
    ("random_state_is_left", exporter_of(GamblingWithArrays())),
]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("check", check_exporter(GOOD))
def test_an_exporter_that_keeps_its_promises_passes(check):
    check()


@pytest.mark.parametrize("name", NAMES)
def test_an_exporter_that_breaks_one_promise_fails_one_check(name):
    told = failing(check_exporter(BAD[name]))

    assert list(told) == [name], told
    what, advice = told[name].split("\nWhat to do: ")
    assert what
    assert advice


@pytest.mark.parametrize(("name", "exporter"), MORE)
def test_a_promise_can_be_broken_in_other_ways_too(name, exporter):
    told = failing(one for one in check_exporter(exporter) if one.name == name)

    assert list(told) == [name]


@pytest.mark.parametrize("name", ["csv", "json"])
def test_exporters_that_are_built_in_pass(name):
    assert failing(check_exporter(sp.PluginHost().exporter(name))) == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["word", "slides", "excel", "webpage", "chart", "sdmx", "parquet"])
def test_all_exporters_that_are_built_in_pass(name):
    told = failing(check_exporter(sp.PluginHost().exporter(name)))

    # The title of a chart says that data are made up, so the pictures need not say it again.
    assert list(told) == (["notices_are_given"] if name == "chart" else [])


def test_a_check_can_be_left_out_with_a_reason():
    checks = check_exporter(GOOD, except_for={"direction_is_used": "the format has none"})

    assert [one.name for one in checks] == [one for one in NAMES if one != "direction_is_used"]


@pytest.mark.parametrize(
    ("left_out", "found"),
    [({"direction_is_usd": "none"}, "direction_is_usd"), ({"direction_is_used": " "}, "' '")],
)
def test_a_check_is_left_out_by_its_name_and_with_a_reason_only(left_out, found):
    with pytest.raises(UnknownNameError) as error:
        check_exporter(GOOD, except_for=left_out)

    assert found in str(error.value)


def test_nothing_is_rendered_before_a_check_is_called():
    check_exporter(exporter_of(None))


def test_what_a_program_shares_is_put_back_after_a_check():
    before = dict(os.environ), Path.cwd(), random.getstate()

    for exporter in (exporter_of(Moving()), exporter_of(Gambling())):
        failing(check_exporter(exporter))

    assert (dict(os.environ), Path.cwd(), random.getstate()) == before
