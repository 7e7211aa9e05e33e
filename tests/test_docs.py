"""What the reference pages list is what there is, no more and no less."""

from __future__ import annotations

import re
import shlex
import tomllib
from dataclasses import fields

import click
import pandas as pd
import pytest

import socialpoll as sp
from benchmarks import bench_scale
from socialpoll import errors, testing
from socialpoll.cli import main
from socialpoll.disclosure import PROSE, SITUATIONS
from socialpoll.exporters import socialpoll_exporters
from socialpoll.exporters.word import template_variables
from socialpoll.indicators import CHOICE_COLUMNS, COLUMNS, COMPARISON_COLUMNS, KEYS
from socialpoll.poll import outreach_tables, own_tables, tables as poll_tables, wave_tables
from socialpoll.poll.indicator_tables import INDICATORS
from socialpoll.responses.checks import RULES
from socialpoll.schema.codes import ClockBand, Code, Missing
from socialpoll.schema.derived import Band, Bands, Boxes, Derived, Group, Grouping, Nets
from socialpoll.schema.instrument import Block, Split
from socialpoll.schema.methodology import Declaration
from socialpoll.schema.questions import Duration, Multiple, Number, Question, Scale, Single
from socialpoll.schema.routing import CONDITION_KEYS
from socialpoll.weighting import reading
from tests.pages import DOCS, NAMES, README, blocks_of, names_under, page, tables_of


def keys(kind: type, *without: type) -> set[str]:
    left_out = {field.name for one in without for field in fields(one)}
    return {field.name for field in fields(kind) if field.init} - left_out


def test_the_page_of_columns_lists_every_column_in_its_order():
    listed = [
        name
        for table in tables_of("reference/columns.md")
        if table.head == "column" and table.section not in ("Comparisons", "Choices")
        for name in table.names
    ]

    assert tuple(listed) == COLUMNS


def test_the_page_of_columns_names_the_column_that_a_release_adds():
    assert f"`{PROSE}`" in page("reference/columns.md")


def test_the_page_of_columns_lists_every_column_of_comparisons():
    keys_first, *rest = names_under("reference/columns.md", "Comparisons")[1:]

    assert keys_first == KEYS[-2]
    assert tuple(rest) == COMPARISON_COLUMNS[len(KEYS) - 1 :]


def test_the_page_of_columns_lists_every_column_of_choices():
    assert tuple(names_under("reference/columns.md", "Choices")) == CHOICE_COLUMNS


def test_the_page_of_columns_gives_every_situation_its_statuses():
    (table,) = [one for one in tables_of("reference/columns.md") if one.section == "Statuses"]
    listed = {tuple(cell.strip("`[]") for cell in row[:5]) for row in table.rows}

    assert listed == {
        (one.name, one.obs_status, one.conf_status, one.shorthand, one.flag)
        for one in SITUATIONS.values()
    }


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("The file", keys(sp.Questionnaire)),
        ("Every question", keys(Question) | {"kind"}),
        ("single", keys(Single, Question) - {"kind"}),
        ("multiple", keys(Multiple, Single)),
        ("number", keys(Number, Question) - {"kind"}),
        ("duration", keys(Duration, Question) - {"kind"}),
        ("time_of_day", {"bands"}),
        ("Options", keys(Code)),
        ("Missing codes", keys(Missing)),
        ("Derived variables", keys(Derived) | {"kind"}),
        ("bands", keys(Bands, Derived) - {"kind"}),
        ("grouping", keys(Grouping, Derived) - {"kind"}),
        ("boxes", keys(Boxes, Derived) - {"kind"} | {"label"}),
        ("nets", keys(Nets, Derived) - {"kind"}),
        ("Blocks", keys(Block)),
        ("Split samples", keys(Split)),
        ("Methodology", keys(Declaration)),
    ],
)
def test_the_page_of_the_questionnaire_file_lists_every_key(section, expected):
    listed = names_under("reference/questionnaire-file.md", section)

    assert set(listed) == expected


def test_a_scale_has_the_keys_of_a_single_question():
    assert keys(Scale) == keys(Single)


@pytest.mark.parametrize("kind", [ClockBand, Band, Group])
def test_the_page_of_the_questionnaire_file_names_the_keys_of_bands_and_groups(kind):
    named = set(NAMES.findall(page("reference/questionnaire-file.md")))

    assert keys(kind) <= named


def test_the_page_of_the_questionnaire_file_writes_every_condition():
    written = " ".join(names_under("reference/questionnaire-file.md", "Conditions"))
    (table,) = [
        one for one in tables_of("reference/questionnaire-file.md") if one.section == "Conditions"
    ]
    written += " ".join(row[1] for row in table.rows)

    assert [key for key in CONDITION_KEYS if f"{key} =" not in written] == []


@pytest.mark.parametrize(
    ("section", "head", "expected"),
    [
        ("The top of the file", "key", keys(poll_tables.PollTable)),
        ("Design", "key", keys(poll_tables.DesignTable)),
        ("Checks", "key", keys(poll_tables.ChecksTable)),
        ("Checks", "rule", set(RULES)),
        ("Weighting", "key of a step `rake`", keys(reading.RakeTable) | {"step"}),
        ("Weighting", "key of a step `poststratify`", keys(reading.PostStratifyTable) | {"step"}),
        ("Weighting", "key of a margin", keys(reading.MarginTable)),
        (
            "Indicators",
            "key",
            {key for table in INDICATORS.values() for key in keys(table)},
        ),
        ("Outreach", "key", keys(outreach_tables.OutreachTable)),
        ("Waves", "key of `[[waves]]`", keys(wave_tables.WaveTable)),
        ("Waves", "key of `[[breaks]]`", keys(wave_tables.BreakTable) - {"since"} | {"from"}),
        ("Publication", "key of `[publication]`", keys(poll_tables.PublicationTable)),
        ("Publication", "key of `[publication.publisher]`", keys(poll_tables.PublisherTable)),
        ("Publication", "key of `[publication.style]`", keys(own_tables.StyleTable)),
        (
            "Sections of your own",
            "key of `[[publication.sections]]`",
            {key for table in own_tables.SECTIONS.values() for key in keys(table)},
        ),
        ("Sections of your own", "key of `[[publication.sections.phases]]`", keys(sp.Phase)),
        (
            "Sections of your own",
            "key of `[[publication.sections.pictures]]`",
            keys(own_tables.ImageTable),
        ),
        ("Reliability", "key of `[publication.reliability]`", keys(poll_tables.ReliabilityTable)),
        ("Exports", "key", keys(poll_tables.ExportTable)),
    ],
)
def test_the_page_of_the_poll_file_lists_every_key(section, head, expected):
    assert set(names_under("reference/poll-file.md", section, head)) == expected


def test_the_page_of_the_poll_file_gives_every_rule_its_severity():
    (table,) = [
        one
        for one in tables_of("reference/poll-file.md")
        if (one.section, one.head) == ("Checks", "rule")
    ]

    severities = {row[0].strip("`"): row[1].split(",")[0] for row in table.rows}
    assert severities == {name: rule.severity for name, rule in RULES.items()}


@pytest.mark.parametrize("exporter", socialpoll_exporters(), ids=lambda one: one.name)
def test_the_page_of_the_poll_file_lists_every_option_of_the_exporters(exporter):
    (table,) = [
        one
        for one in tables_of("reference/poll-file.md")
        if (one.section, one.head) == ("Exports", "exporter")
    ]
    (row,) = [one for one in table.rows if one[0] == f"`{exporter.name}`"]

    assert [key for key in keys(exporter.options) if f"`{key}`" not in row[2]] == []


def test_the_page_of_the_report_lists_every_variable_of_a_template():
    titles = ["Variables of a Word template", "Variables of a template for two languages"]
    listed = [names_under("reference/report.md", title, "variable") for title in titles]

    assert [name for names in listed for name in names] == list(template_variables())


def test_every_public_name_is_on_the_page_of_the_api():
    listed = set(re.findall(r"\w+", " ".join(re.findall(r"members: \[(.*)\]", api()))))

    assert [name for name in sp.__all__ if name not in listed] == []


def test_every_error_is_on_the_page_of_the_api():
    classes = [name for name in errors.__all__ if name[0].isupper()]

    assert [name for name in classes if not re.search(rf"\b{name}\b", api())] == []


@pytest.mark.parametrize("path", [*DOCS.rglob("*.md"), README], ids=lambda one: one.stem)
def test_commands_that_a_page_shows_are_understood(path):
    lines = "\n".join(blocks_of(path.read_text(encoding="utf-8"), "bash")).splitlines()
    shown = [shlex.split(one, comments=True) for line in lines for one in line.split("&&")]

    assert [words for words in shown if words[:1] == ["socialpoll"] if misread(words[1:])] == []


def misread(words: list[str]) -> list[str]:
    """The options that the command of a line does not have; or the word that is no command."""
    command: click.Command = main
    while isinstance(command, click.Group) and words:
        if words[0] not in command.commands:
            return words[:1] if not command.invoke_without_command else []
        command, words = command.commands[words[0]], words[1:]
    known = {flag for one in command.params for flag in (*one.opts, *one.secondary_opts)}
    return [one for one in words if one.startswith("-") and one.split("=")[0] not in known]


@pytest.mark.parametrize("path", [*DOCS.rglob("*.md"), README], ids=lambda one: one.stem)
def test_toml_that_a_page_shows_is_toml(path):
    for block in blocks_of(path.read_text(encoding="utf-8"), "toml"):
        assert tomllib.loads(block)


def test_the_page_of_the_command_line_lists_every_command_and_option():
    text = page("reference/command-line.md")
    inner = {
        f"{name} {one}": command
        for name, group in main.commands.items()
        if isinstance(group, click.Group)
        for one, command in group.commands.items()
    }
    every = main.commands | inner
    commands = {f"socialpoll {name}" for name in every}
    options = {
        f"`{flag}"
        for one in every.values()
        for opt in one.params
        for flag in opt.opts
        if flag.startswith("-")
    }

    assert [one for one in sorted(commands | options) if one not in text] == []


def checks_of_plugins() -> dict[str, list[testing.Check]]:
    host = sp.PluginHost()
    return {
        "Exporters": testing.check_exporter(host.exporter("csv")),
        "Readers": testing.check_reader(host.reader("csv"), b"sex\nmale\n"),
        "Reliability rules": testing.check_rule(sp.MinBase()),
    }


@pytest.mark.parametrize("section", ["Exporters", "Readers", "Reliability rules"])
def test_the_page_of_testing_lists_every_check_with_its_promise(section):
    listed = {
        row[0].strip("`"): row[1]
        for table in tables_of("reference/testing.md")
        if table.section in (section, "Every plugin")
        for row in table.rows
    }

    assert listed == {one.name: one.promise for one in checks_of_plugins()[section]}


def api() -> str:
    return page("reference/api.md")


def test_the_page_of_scale_tells_what_was_measured():
    measured = pd.read_csv(bench_scale.DATA, dtype=str, keep_default_na=False)

    (told,) = bench_scale.MEASURED.findall(page("explanation/scale.md"))

    assert told == bench_scale.on_page(measured)
    assert set(measured["reached"]) == {"yes"}
