from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import socialpoll as sp
from socialpoll.errors import PluginError
from socialpoll.hooks import Exporter, Reader
from socialpoll.plugins import PluginHost
from tests.plugins.installing import exporting

READING = """
from socialpoll.hooks import Reader, Source, hookimpl

@hookimpl
def socialpoll_readers():
    return [Reader(name={name!r}, title="A reader", suffixes=({suffix!r},),
                   read=lambda path: Source(None, None))]
"""


def hook(body: str, *, name: str = "socialpoll_exporters", arguments: str = "") -> str:
    head = "from socialpoll.hooks import hookimpl\n@hookimpl"
    return f"{head}\ndef {name}({arguments}):\n    {body}\n"


def offer_of(name: str, host: PluginHost | None = None):
    offers = [one for one in (host or PluginHost()).listing() if one.name == name]
    assert len(offers) == 1, [one.origin for one in offers]
    return offers[0]


def test_what_is_built_in_is_offered_through_the_same_hooks():
    offers = [one for one in PluginHost().listing() if one.distribution == "socialpoll"]

    assert {("exporter", "word"), ("reader", "csv")} <= {(one.kind, one.name) for one in offers}
    assert {one.state for one in offers} <= {"ok", "missing requirement"}


def test_the_built_in_come_first_in_the_list(install):
    install("a-plugin", exporting("aaa"))

    origins = [one.distribution for one in PluginHost().listing()]

    assert origins == sorted(origins, key=lambda one: one != "socialpoll")


def test_an_installed_exporter_is_had_by_its_name(install):
    install("cards", exporting("cards"), version="2.3")

    assert isinstance(PluginHost().exporter("cards"), Exporter)
    assert offer_of("cards").origin == "cards 2.3"
    assert offer_of("cards").state == "ok"


def test_an_installed_reader_is_had_by_its_name_and_by_the_ending_of_a_file(install):
    install("spreadsheets", READING.format(name="spreadsheets", suffix=".ods"))
    host = PluginHost()

    assert isinstance(host.reader("spreadsheets"), Reader)
    assert host.reader("answers.ods") is host.reader("spreadsheets")
    assert host.reader(Path("answers.ODS")) is host.reader("spreadsheets")


def test_the_built_in_reader_keeps_its_file_ending(install):
    install("other-csv", READING.format(name="other-csv", suffix=".csv"))
    host = PluginHost()

    assert host.reader("answers.csv").name == "csv"
    assert host.reader("other-csv").name == "other-csv"


def test_two_readers_for_one_ending_are_both_named(install):
    install("one", READING.format(name="one", suffix=".ods"))
    install("two", READING.format(name="two", suffix=".ods"))

    with pytest.raises(PluginError, match="several readers") as caught:
        PluginHost().reader("answers.ods")

    assert "'one' of one 1.0" in caught.value.found
    assert "'two' of two 1.0" in caught.value.found


def test_a_file_that_nobody_reads_is_refused_with_the_endings_that_are_read():
    with pytest.raises(PluginError, match=r"no reader for files like 'answers\.por'") as caught:
        PluginHost().reader("answers.por")

    assert ".csv" in caught.value.allowed


def test_a_rule_of_a_plugin_is_had_by_its_name(install):
    install(
        "rules",
        """
from socialpoll.hooks import hookimpl

class Lenient:
    "Publishes everything."
    name = "lenient"
    def __call__(self, row):
        return "publish"

@hookimpl
def socialpoll_reliability_rules():
    return [Lenient()]
""",
    )

    assert PluginHost().rule("lenient")({}) == "publish"
    assert offer_of("lenient").title == "Publishes everything."


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("name = 'strict'", "cannot be called with a row"),
        ("__call__ = print", "the name None is not plain"),
        ("name = property(lambda self: 1 / 0)", "looking at its record failed: ZeroDivisionError"),
    ],
)
def test_a_rule_with_a_flaw_is_broken(install, body, reason):
    install(
        "rules",
        f"""
from socialpoll.hooks import hookimpl

class Rule:
    {body}

@hookimpl
def socialpoll_reliability_rules():
    return [Rule()]
""",
    )
    [offer] = [one for one in PluginHost().listing() if one.distribution == "rules"]

    assert (offer.state, offer.kind) == ("broken", "rule")
    assert reason in offer.reason


@pytest.mark.parametrize(("old", "new"), [("('.ods',)", "'.ods'"), ("('.ods',)", "('ods',)")])
def test_a_reader_without_plain_file_endings_is_broken(install, old, new):
    install("odd", READING.format(name="odd", suffix=".ods").replace(old, new))

    assert offer_of("odd").state == "broken"


def test_a_reader_without_file_endings_is_used_where_it_is_named(install, tmp_path):
    install("odd", READING.format(name="odd", suffix=".ods").replace("('.ods',)", "()"))

    assert PluginHost().reader("odd").suffixes == ()
    with pytest.raises(PluginError, match="no reader for files"):
        PluginHost().reader(tmp_path / "a.ods")


def test_an_unknown_name_is_refused_with_the_nearest_one():
    with pytest.raises(PluginError, match="no exporter 'wrod'") as caught:
        PluginHost().exporter("wrod")

    assert "did you mean 'word'?" in caught.value.allowed


def test_third_party_code_is_not_loaded_for_a_built_in_name(install):
    install("cards", "raise RuntimeError('loaded')")
    host = PluginHost()

    assert host.exporter("csv").name == "csv"
    assert "cards" not in sys.modules
    assert offer_of("cards", host).state == "broken"


def test_a_plugin_that_cannot_be_imported_is_listed_with_its_reason_and_harms_no_other(install):
    install("torn", "import no_such_module_at_all")
    install("cards", exporting("cards"))
    host = PluginHost()

    torn = offer_of("torn", host)

    assert (torn.state, torn.kind, torn.record) == ("broken", "plugin", None)
    assert "ModuleNotFoundError: No module named 'no_such_module_at_all'" in torn.reason
    assert host.exporter("cards").name == "cards"


def test_asking_for_a_broken_plugin_by_its_name_tells_why_it_is_broken(install):
    install("torn", "raise RuntimeError('the disk is gone')")

    with pytest.raises(PluginError, match="the disk is gone") as caught:
        PluginHost().exporter("torn")

    assert caught.value.where == "torn 1.0"
    assert "SOCIALPOLL_BLOCK_PLUGINS=torn" in caught.value.advice


def test_an_unknown_name_is_refused_with_the_plugins_that_might_have_offered_it(install):
    install("torn", "raise RuntimeError('the disk is gone')")

    with pytest.raises(PluginError) as caught:
        PluginHost().exporter("cards")

    assert "'torn' of torn 1.0 (loading it failed: RuntimeError: the disk is gone)" in str(
        caught.value
    )


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise SystemExit(3)", "loading it failed: SystemExit: 3"),
        ("VALUE = 1", "it registers nothing"),
        (hook("return []", name="socialpoll_exporter"), "unknown hook 'socialpoll_exporter'"),
        (hook("return []", arguments="report"), "Argument(s) {'report'}"),
        (hook("1/0"), "socialpoll_exporters() failed: ZeroDivisionError"),
        (hook("raise SystemExit"), "socialpoll_exporters() failed: SystemExit"),
        (hook("return 1"), "returned an object of type 'int'"),
        (hook("return 'word'"), "returned an object of type 'str'"),
        (hook("return ['word']"), "an object of type 'str' where Exporter is expected"),
        (hook("return []"), "its hooks return nothing"),
        (hook("yield 1; 1/0"), "socialpoll_exporters() failed: ZeroDivisionError"),
    ],
)
def test_a_plugin_that_breaks_its_promises_is_listed_with_the_reason(install, code, reason):
    install("odd", code)

    odd = offer_of("odd")

    assert odd.state == "broken"
    assert reason in odd.reason


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"name": "'My Cards'"}, "the name 'My Cards' is not plain"),
        ({"title": "''"}, "is not one line of words"),
        ({"media_type": "'text'"}, "the media type 'text'"),
        ({"suffix": "'txt'"}, "'txt' is not a file ending"),
        ({"editions": "'both'"}, "editions is 'both'"),
        ({"facing": "'yes'"}, "facing is 'yes'"),
        ({"facing": "True", "editions": "'all'"}, "facing is True"),
        ({"render": "None"}, "'render' is nothing, not a function"),
        ({"finish": "'later'"}, "'finish' is"),
        ({"options": "dict"}, "not a dataclass"),
        ({"options": "Bare"}, "the option 'depth' has no default"),
        ({"options": "Lost"}, "the types of its options cannot be told"),
        ({"requires": "'matplotlib'"}, "not a tuple of requirements"),
        ({"requires": "('matplotlib >>> 3',)"}, "is not a requirement as pip writes them"),
    ],
)
def test_a_record_with_a_flaw_is_broken_and_the_flaw_is_named(install, fields, reason):
    sound = {
        "name": "'odd'",
        "title": "'A title'",
        "media_type": "'text/plain'",
        "suffix": "'.txt'",
        "render": "print",
    }
    written = ", ".join(f"{key}={value}" for key, value in (sound | fields).items())
    install(
        "flawed",
        f"""
from dataclasses import dataclass
from socialpoll.hooks import Exporter, hookimpl

@dataclass
class Bare:
    depth: int

@dataclass
class Lost:
    depth: "Depth" = 1

@hookimpl
def socialpoll_exporters():
    return [Exporter({written})]
""",
    )
    offers = [one for one in PluginHost().listing() if one.distribution == "flawed"]

    assert [one.state for one in offers] == ["broken"]
    assert reason in offers[0].reason


def test_the_sound_records_of_a_plugin_are_used_beside_a_broken_one(install):
    code = exporting("sound").replace("return [", "return [1, ")
    install("mixed", code)

    states = {one.name: one.state for one in PluginHost().listing() if one.distribution == "mixed"}

    assert states == {"mixed": "broken", "sound": "ok"}


def test_a_built_in_name_is_reserved(install):
    install("other-word", exporting("word"))
    host = PluginHost()
    theirs = [one for one in host.listing() if one.distribution == "other-word"]

    assert "reserved" in theirs[0].reason
    assert host.offer("exporter", "csv").distribution == "socialpoll"


def test_two_plugins_of_one_name_are_both_named_and_neither_is_used(install):
    install("one", exporting("cards"))
    install("two", exporting("cards"), version="2.0")

    with pytest.raises(PluginError, match=r"offered 2 times, by one 1\.0 and two 2\.0"):
        PluginHost().exporter("cards")


def test_blocking_one_of_two_plugins_of_one_name_leaves_the_other(install):
    install("one", exporting("cards"))
    install("two", exporting("cards"))

    assert PluginHost(blocked=["one"]).offer("exporter", "cards").distribution == "two"


def test_a_blocked_plugin_is_not_loaded(install, monkeypatch):
    install("cards", "raise RuntimeError('loaded')")
    monkeypatch.setenv("SOCIALPOLL_BLOCK_PLUGINS", "other, Cards")

    assert offer_of("cards").state == "blocked"
    assert "cards" not in sys.modules


def test_an_exporter_can_be_blocked_by_its_own_name(install):
    install("decks", exporting("cards"))

    with pytest.raises(PluginError, match="'cards' is blocked by name") as caught:
        PluginHost(blocked=["cards"]).exporter("cards")

    assert "--block" in caught.value.advice
    assert "SOCIALPOLL_BLOCK_PLUGINS" not in caught.value.advice


def test_something_built_in_can_be_blocked(monkeypatch):
    monkeypatch.setenv("SOCIALPOLL_BLOCK_PLUGINS", "word")

    with pytest.raises(PluginError, match="'word' is blocked by the environment") as caught:
        PluginHost().exporter("word")

    assert caught.value.advice == "take it out of SOCIALPOLL_BLOCK_PLUGINS"


@pytest.mark.parametrize("blocked", ["cards", ["CARDS "], (one for one in ["cards"])])
def test_names_to_block_may_come_in_any_case_and_collection(install, blocked):
    install("cards", exporting("cards"))

    assert offer_of("cards", PluginHost(blocked=blocked)).reason == "blocked by name"


@pytest.mark.parametrize(
    ("requirement", "state"),
    [
        ("pluggy>=1.5", "ok"),
        ("no-such-thing; python_version < '3'", "ok"),
        ("no-such-thing>=2", "missing requirement"),
        ("pluggy>=99", "missing requirement"),
    ],
)
def test_requirements_are_held_against_what_is_installed(install, requirement, state):
    install("cards", exporting("cards", requires=f"({requirement!r},)"))

    assert offer_of("cards").state == state


def test_what_is_missing_is_told_with_the_line_that_installs_it(install):
    install("cards", exporting("cards", requires="('no-such-thing>=2', 'pluggy>=99')"))
    line = 'pip install "no-such-thing>=2" "pluggy>=99"'

    with pytest.raises(PluginError, match="not installed") as caught:
        PluginHost().exporter("cards")

    assert offer_of("cards").install == line
    assert line in caught.value.advice


def test_a_plugin_for_a_newer_library_is_not_loaded_and_told_with_what_it_needs(install):
    install("cards", "raise RuntimeError('loaded')", requires=["socialpoll>=99"])

    cards = offer_of("cards")

    assert (cards.state, cards.install) == (
        "missing requirement",
        'pip install "socialpoll>=99"',
    )
    assert cards.reason == f"it needs socialpoll>=99 ({sp.__version__} is installed)"


def test_a_plugin_that_lacks_what_its_distribution_needs_is_told_with_the_install_line(install):
    needs = ["no-such-thing>=2", "also-not; extra == 'more'", "pluggy", "Not a requirement"]
    install("cards", "import no_such_thing", requires=needs)

    with pytest.raises(PluginError, match=r"it needs no-such-thing>=2 \(not installed\)") as caught:
        PluginHost().exporter("cards")

    assert caught.value.advice == 'install it with: pip install "no-such-thing>=2"'


def test_what_a_distribution_lacks_is_no_reason_where_it_loads(install):
    install("cards", exporting("cards"), requires=["no-such-thing>=2"])

    assert offer_of("cards").state == "ok"


def test_a_record_made_for_newer_hooks_is_told_to_be_one(install):
    install("cards", exporting("cards", preview="True"))

    assert offer_of("cards").reason == (
        "socialpoll_exporters() failed: its record has 'preview', which version 1 of the hooks "
        "does not have: it was made for a newer socialpoll"
    )


def test_a_hook_of_a_newer_library_that_is_optional_is_passed_over(install):
    newer = "\n@hookimpl(optionalhook=True)\ndef socialpoll_previews(report, language): ...\n"
    install("cards", exporting("cards") + newer)

    assert offer_of("cards").state == "ok"


def test_an_offer_knows_the_entry_point_it_came_through(install):
    install("suite", exporting("cards"), points={"tools": "suite"})

    assert offer_of("cards").plugin == "tools"


def test_one_distribution_may_bring_several_plugins(install):
    install("suite", exporting("cards"), points={"cards": "suite", "torn": "suite:nothing"})
    offers = [one for one in PluginHost().listing() if one.distribution == "suite"]

    assert {one.name: one.state for one in offers} == {"cards": "ok", "torn": "broken"}


def test_a_listing_is_plain_values(install):
    install("torn", "raise RuntimeError('no')")

    plain = offer_of("torn").as_dict()

    assert plain == {
        "name": "torn",
        "kind": "plugin",
        "title": "",
        "distribution": "torn",
        "version": "1.0",
        "state": "broken",
        "reason": "loading it failed: RuntimeError: no",
        "install": "",
    }


def test_listing_what_is_built_in_loads_neither_pandas_nor_the_libraries_of_the_formats():
    code = "import sys, socialpoll as sp; sp.PluginHost().listing(); print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    loaded = set(shown.stdout.split())

    assert loaded.isdisjoint({"docxtpl", "docx", "matplotlib", "lxml"})
