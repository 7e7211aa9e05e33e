from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, strategies as st

import socialpoll as sp
from socialpoll.errors import (
    ExportError,
    OptionsError,
    PluginError,
    Problem,
    ReportError,
    TemplateError,
)
from socialpoll.hooks import Document, Exporter
from socialpoll.plugins.naming import flaw_in_name
from tests.plugins.installing import exporting


def exporter(render, **fields) -> Exporter:
    sound = {"name": "cards", "title": "Cards", "media_type": "text/plain", "suffix": ".txt"}
    return Exporter(**(sound | fields), render=render)


def told(edition, options):
    words = f"{'+'.join(edition.languages)} {edition.digits} {options}"
    yield Document(f"{edition.language}.txt", words.encode(), "text/plain")


@dataclass(frozen=True)
class Choices:
    depth: int = 1
    colours: tuple[str, ...] = ()
    loud: bool = False

    def __post_init__(self):
        if self.depth < 0:
            message = "depth is below 0"
            raise ValueError(message)


def contents(documents) -> list[str]:
    return [one.content.decode() for one in documents]


def test_each_language_has_an_edition_of_its_own_unless_the_exporter_takes_all_at_once(report):
    each = sp.render(report, exporter(told))
    together = sp.render(report, exporter(told, editions="all"))

    assert contents(each) == ["ar latn None", "en latn None"]
    assert contents(together) == ["ar+en latn None"]


def test_languages_and_digits_can_be_chosen(report):
    assert contents(sp.render(report, exporter(told), languages=["en"])) == ["en latn None"]
    assert contents(sp.render(report, exporter(told), languages="ar", digits="arab")) == [
        "ar arab None"
    ]


def test_a_language_that_the_report_is_not_in_is_refused(report):
    with pytest.raises(ExportError, match="not in language 'fr'") as caught:
        sp.render(report, exporter(told), languages=["en", "fr"])

    assert caught.value.allowed == "ar, en"


def test_two_languages_joined_by_a_plus_are_one_edition(report):
    def named(edition, options):
        yield Document(f"{'-'.join(edition.languages)}.txt", b"", "text/plain")

    chosen = exporter(named, facing=True)

    documents = sp.render(report, chosen, languages=["ar", "ar+en", "en + ar", "ar + en"])

    assert [one.name for one in documents] == ["ar.txt", "ar-en.txt", "en-ar.txt"]


@pytest.mark.parametrize("editions", ["each", "all"])
def test_an_exporter_that_does_not_say_so_makes_no_document_in_two_languages(report, editions):
    with pytest.raises(ExportError, match="does not put two languages into one") as caught:
        sp.render(report, exporter(told, editions=editions), languages="ar+en")

    assert (caught.value.found, caught.value.allowed) == ("'ar+en'", "ar, en")


@pytest.mark.parametrize(
    ("edition", "what"),
    [
        ("ar+fr", "not in language 'fr'"),
        ("ar+en+ar", "more than two languages"),
        ("ar+ar", "one language twice"),
        ("ar+", "not in language ''"),
    ],
)
def test_two_languages_that_cannot_face_each_other_are_refused(report, edition, what):
    with pytest.raises(ExportError, match=what) as caught:
        sp.render(report, exporter(told, facing=True), languages=[edition])

    assert caught.value.found == repr(edition)


def test_no_language_at_all_is_refused(report):
    with pytest.raises(ExportError, match="no language"):
        sp.render(report, exporter(told), languages=[])


def test_digits_of_no_known_kind_are_refused(report):
    with pytest.raises(ExportError, match="no such digits"):
        sp.render(report, exporter(told), digits="roman")


def test_options_reach_the_exporter_as_its_own_dataclass(report):
    seen = []
    chosen = exporter(lambda _, options: seen.append(options) or [], options=Choices)

    sp.render(report, chosen, languages="en", depth="3", colours=["red"], loud="true")

    assert seen == [Choices(3, ("red",), loud=True)]


def test_options_have_their_defaults(report):
    seen = []

    sp.render(report, exporter(lambda _, options: seen.append(options) or [], options=Choices))

    assert seen == [Choices(), Choices()]


def test_all_that_is_wrong_with_options_is_told_at_once(report):
    with pytest.raises(OptionsError) as caught:
        sp.render(report, exporter(told, options=Choices), deep=2, depth="three", loud="perhaps")

    found = {one.where.split("option ")[1]: one for one in caught.value.problems}
    assert set(found) == {"'deep'", "'depth'", "'loud'"}
    assert "did you mean 'depth'?" in found["'deep'"].allowed
    assert found["'depth'"].found == "'three'"


def test_what_the_options_themselves_refuse_is_told(report):
    with pytest.raises(OptionsError, match="depth is below 0"):
        sp.render(report, exporter(told, options=Choices), depth=-1)


def test_an_exporter_without_options_takes_none(report):
    with pytest.raises(OptionsError, match="no options at all"):
        sp.render(report, exporter(told), depth=1)


def test_options_of_a_kind_that_cannot_be_read_are_the_fault_of_the_plugin(report):
    @dataclass(frozen=True)
    class Strange:
        where: Exporter.__class__ | object = None
        how: memoryview | None = None

    with pytest.raises(PluginError, match="the options of exporter 'cards' cannot be read"):
        sp.render(report, exporter(told, options=Strange), how=1)


def test_a_failing_exporter_is_named_and_its_own_error_is_the_cause(report):
    def failing(edition, options):
        yield Document("a.txt", b"", "text/plain")
        raise KeyError("answer")

    with pytest.raises(ExportError, match="exporter 'cards', edition ar") as caught:
        sp.render(report, exporter(failing))

    assert isinstance(caught.value.__cause__, KeyError)


def test_an_exporter_that_ends_the_program_does_not_end_ours(report):
    def leaving(edition, options):
        raise SystemExit(0)

    with pytest.raises(ExportError, match="SystemExit"):
        sp.render(report, exporter(leaving))


def test_an_error_of_the_library_keeps_its_parts_inside_an_exporter(report):
    def refusing(edition, options):
        raise ReportError("nobody can draw", where="chart 'a'", advice="install matplotlib")

    with pytest.raises(ExportError, match="nobody can draw") as caught:
        sp.render(report, exporter(refusing))

    assert caught.value.advice == "install matplotlib"
    assert "exporter 'cards'" in caught.value.where
    assert "chart 'a'" in caught.value.where


def test_an_error_of_a_template_is_told_as_it_is(report):
    error = TemplateError("house.docx", [Problem("a tag is not closed", "body, paragraph 3")])

    def refusing(edition, options):
        raise error

    with pytest.raises(TemplateError) as caught:
        sp.render(report, exporter(refusing))

    assert caught.value is error


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("a text", "an object of type 'str' instead of a Document"),
        (Document("a.txt", "a text", "text/plain"), "of type 'str' instead of 'bytes'"),
        (Document("a.txt", b"", None), "the media_type of 'a.txt'"),
        (Document(7, b"", "text/plain"), "it is no text"),
        (Document("../a.txt", b"", "text/plain"), "it contains '/'"),
    ],
)
def test_what_is_no_document_is_refused(report, document, reason):
    with pytest.raises(ExportError, match="cannot be written") as caught:
        sp.render(report, exporter(lambda *_: [document]))

    assert reason in str(caught.value)


def test_nothing_iterable_is_refused(report):
    with pytest.raises(ExportError, match="TypeError"):
        sp.render(report, exporter(lambda *_: None))


@pytest.mark.parametrize("names", [("A.txt", "a.txt"), ("caf\u00e9", "cafe\u0301")])
def test_two_documents_of_one_name_are_refused_even_in_other_case_or_composition(report, names):
    def twice(edition, options):
        return [Document(name, b"", "text/plain") for name in names]

    with pytest.raises(ExportError, match="two documents of one name"):
        sp.render(report, exporter(twice))


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "...", " ", "/etc/passwd", "a/b", "a\\b", "C:a.txt", "a\0b", "a\nb"),
        *("nul", "CON.txt", "com1.csv", "a.", " a", "x" * 121, "\u202egnp.exe", "a?b"),
        *("COM¹", "LPT9.docx", "x" * 300, "😀" * 70, "\ud800.txt"),
    ],
)
def test_names_that_are_not_plain_files_everywhere_are_refused(name):
    assert flaw_in_name(name)


@pytest.mark.parametrize("name", ["brief-ar.docx", ".profile", "الموجز.docx", "a b.txt", "x" * 120])
def test_plain_names_are_allowed(name):
    assert not flaw_in_name(name)


@given(st.text())
def test_no_allowed_name_leads_out_of_a_folder(name):
    from pathlib import PurePosixPath, PureWindowsPath

    if not flaw_in_name(name):
        assert PurePosixPath("out", name).parent == PurePosixPath("out")
        assert PureWindowsPath("out", name).parent == PureWindowsPath("out")


def test_an_exporter_is_found_by_name_in_the_host_that_is_given(report, install):
    install("cards", exporting("cards", render="lambda e, o: [Document('a', b'!', 'text/plain')]"))

    assert contents(sp.render(report, "cards", languages="en")) == ["!"]
    with pytest.raises(PluginError, match="blocked"):
        sp.render(report, "cards", host=sp.PluginHost(blocked=["cards"]))


def test_a_record_with_a_flaw_is_refused(report):
    with pytest.raises(PluginError, match="cannot be used"):
        sp.render(report, exporter(None))


def test_charts_are_drawn_for_an_exporter_where_they_can_be(report):
    pytest.importorskip("matplotlib", "3.11")
    artists = []

    sp.render(report, exporter(lambda edition, _: artists.append(edition.artist) or []))

    from socialpoll.drawing import Studio

    assert isinstance(artists[0], Studio)
    assert artists[0] is artists[1]


def test_what_is_made_of_all_documents_together_stands_after_them(report):
    def finish(documents, options):
        names = ", ".join(one.name for one in documents)
        yield Document("all.txt", f"{names}; {options.depth}".encode(), "text/plain")

    made = sp.render(report, exporter(told, finish=finish, options=Choices), depth=3)

    assert [one.name for one in made] == ["ar.txt", "en.txt", "all.txt"]
    assert contents(made)[-1] == "ar.txt, en.txt; 3"


def test_nothing_is_made_of_no_documents(report):
    silent = exporter(lambda edition, options: [], finish=lambda documents, options: 1 / 0)

    assert sp.render(report, silent) == []


def test_a_mistake_in_what_is_made_of_all_documents_is_told_as_one_of_the_exporter(report):
    broken = exporter(told, finish=lambda documents, options: 1 / 0)

    with pytest.raises(ExportError, match="the exporter failed: ZeroDivisionError") as caught:
        sp.render(report, broken)

    assert caught.value.where == "exporter 'cards'"


def test_what_is_made_of_all_documents_may_not_take_the_name_of_one(report):
    again = exporter(told, finish=lambda documents, options: documents[:1])

    with pytest.raises(ExportError, match="two documents of one name"):
        sp.render(report, again)


@pytest.mark.parametrize(
    ("made", "named"),
    [
        ("brief-en.docx", "brief-en-sex-male.docx"),
        ("plain", "plain-sex-male"),
        ("accounts-sex-male.csv", "accounts-sex-male.csv"),
    ],
)
def test_a_document_of_a_group_is_named_after_it_once(report, made, named):
    part = replace(report, group="sex-male")
    one = exporter(lambda edition, options: [Document(made, b"", "text/plain")])

    assert [one.name for one in sp.render(part, one, languages="en")] == [named]
