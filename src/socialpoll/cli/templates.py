"""Commands about Word templates: started, checked, looked at, and what they may use."""

from __future__ import annotations

import json
from pathlib import Path

import click

from socialpoll.cli.console import show_problem, show_text
from socialpoll.cli.group import FAILED, FOLDER, POLL_FILE, counted, examples, main, show_paths

__all__: list[str] = []

HELD = {
    frozenset({1}): "one language",
    frozenset({2}): "two languages",
    frozenset({1, 2}): "one language or two",
}


@main.group(
    epilog=examples(
        "socialpoll template new house.docx",
        "socialpoll template check house.docx",
        "socialpoll template preview house.docx -o out/",
    )
)
def template() -> None:
    """Make a Word template of your own, for the exporter 'word'."""


@template.command(
    "new",
    epilog=examples(
        "socialpoll template new house.docx", "socialpoll template new both.docx --facing"
    ),
)
@click.argument("file", type=FOLDER)
@click.option("--facing", is_flag=True, help="For documents in two languages, as ar+en.")
def new_template(file: Path, *, facing: bool) -> None:
    """Write a copy of the built-in template, to start from. Nothing is ever overwritten."""
    from socialpoll.plugins import write_template

    show_text(f"Wrote {write_template(file, facing=facing)}")


@template.command(
    "vars", epilog=examples("socialpoll template vars", "socialpoll template vars --json")
)
@click.option("--json", "as_json", is_flag=True, help="Write the list as JSON.")
def list_variables(*, as_json: bool) -> None:
    """List the variables that a template may use, and what each means."""
    from socialpoll.exporters.word import template_variables

    names = template_variables()
    if as_json:
        show_text(json.dumps(names, ensure_ascii=False, indent=2))
    else:
        # In a table, long names would be folded, and could not be copied.
        wide = max(map(len, names))
        for name, meaning in names.items():
            show_text(f"{name:{wide}}  {meaning}")


@template.command("check", epilog=examples("socialpoll template check house.docx"))
@click.argument("file", type=POLL_FILE)
def check_file(file: Path) -> None:
    """Look for everything that is wrong with a template, each in its place.

    Ends with 1 where there are problems. Without them it says how many languages a document of the
    template is in. What would keep its documents from being accessible is told as well, and is no
    problem of the template.
    """
    from socialpoll.exporters.word import check_accessibility, look_at

    looked_at = look_at(file)
    problems = looked_at.problems
    shortcomings = () if problems else check_accessibility(file, template=True)
    for problem in problems:
        show_problem(problem)
    for problem in shortcomings:
        show_problem(problem, "accessibility: ")
    counts = [counted(len(problems), "problem"), counted(len(shortcomings), "shortcoming")]
    show_text(f"{', '.join(counts)} in {file}")
    if problems:
        click.get_current_context().exit(FAILED)
    show_text(f"Its documents are in {HELD[looked_at.languages]}")


@template.command(epilog=examples("socialpoll template preview house.docx -o out/"))
@click.argument("file", type=POLL_FILE)
@click.option("-o", "--out", type=FOLDER, default="out", show_default=True, help="Output folder.")
def preview(file: Path, out: Path) -> None:
    """Fill a template in with the bundled poll, in Arabic, English, or both: what it is for."""
    from socialpoll.demo import preview_template

    show_paths(preview_template(file, to=out), out)
