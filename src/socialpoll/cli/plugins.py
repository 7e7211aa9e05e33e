"""Commands about plugins: which there are, and what is to be known of one; options about them."""

from __future__ import annotations

import json
import sys
from contextlib import AbstractContextManager, redirect_stdout
from functools import wraps
from typing import TYPE_CHECKING

import click

from socialpoll.cli.console import show_table, show_text
from socialpoll.cli.group import examples, main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from socialpoll.plugins import Isolated
    from socialpoll.plugins.describing import Description

__all__ = ["BLOCK", "ISOLATION", "hosted", "own_output"]

BLOCK = click.option(
    "--block",
    multiple=True,
    metavar="NAME",
    help="Do without this plugin, distribution, exporter or reader; may be repeated.",
)
ISOLATION = click.option(
    "--isolated/--in-process",
    default=None,
    help="Render every exporter in a process of its own, or none; those of plugins where absent.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Write it as JSON.")


def own_output() -> AbstractContextManager[object]:
    """Keep standard output for the command: what a plugin prints meanwhile goes to the other."""
    return redirect_stdout(sys.stderr)


def hosted(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the two options, and call it with the host that they ask for."""

    @ISOLATION
    @BLOCK
    @wraps(command)
    def with_host(*, block: tuple[str, ...], isolated: bool | None, **others: object) -> None:
        from socialpoll.plugins import PluginHost

        apart: Isolated = "third-party" if isolated is None else isolated
        command(**others, host=PluginHost(blocked=block, isolated=apart))

    return with_host


@main.group(
    invoke_without_command=True,
    epilog=examples(
        "socialpoll plugins", "socialpoll plugins --json", "socialpoll plugins show word"
    ),
)
@AS_JSON
@BLOCK
@click.pass_context
def plugins(context: click.Context, block: tuple[str, ...], *, as_json: bool) -> None:
    """List exporters, readers and rules, and what is wrong with those that cannot be used."""
    from socialpoll.plugins import PluginHost

    if context.invoked_subcommand is not None:
        return
    with own_output():
        offers = PluginHost(blocked=block).listing()
    if as_json:
        _show_json([one.as_dict() for one in offers])
        return
    rows = [
        (one.name, one.kind, one.title, one.origin, one.state, one.install or one.reason)
        for one in offers
    ]
    show_table(["name", "kind", "title", "from", "state", "what to know"], rows)


@plugins.command(
    epilog=examples("socialpoll plugins show word", "socialpoll plugins show word --json")
)
@click.argument("name")
@AS_JSON
@BLOCK
@click.pass_context
def show(context: click.Context, name: str, block: tuple[str, ...], *, as_json: bool) -> None:
    """Tell all there is to know of what has this name, or comes from a plugin of this name."""
    from socialpoll.plugins import PluginHost
    from socialpoll.plugins.describing import described

    outer = context.parent.params if context.parent else {}
    with own_output():
        found = described(PluginHost(blocked=(*outer.get("block", ()), *block)), name)
    if as_json or outer.get("as_json"):
        _show_json([one.as_dict() for one in found])
        return
    for one in found:
        for label, words in _lines(one):
            show_text(f"{label + ':':15}{words}")
        if one.options:
            rows = [(it.name, it.kind, _written(it.default), it.doc) for it in one.options]
            show_table(["option", "what it may be", "default", "what it is"], rows)
        else:
            show_text("")


def _lines(one: Description) -> Iterator[tuple[str, str]]:
    offer = one.offer
    yield offer.kind, offer.name
    shown = {
        "title": offer.title,
        "from": offer.origin if offer.built_in else f"{offer.origin}, plugin {offer.plugin}",
        "state": f"{offer.state}: {offer.reason}" if offer.reason else offer.state,
        "install": offer.install,
        "files": ", ".join(one.suffixes),
        "media type": one.media_type,
        "languages": one.languages,
    }
    yield from ((label, words) for label, words in shown.items() if words)
    for needed in one.requirements:
        there = f"{needed.installed} is installed" if needed.installed else "not installed"
        yield "needs", f"{needed.requirement} ({there})"


def _written(default: object) -> str:
    """Write the default of an option as it is typed on the command line."""
    if isinstance(default, str):
        return default
    return "" if default is None else json.dumps(default, ensure_ascii=False)


def _show_json(plain: object) -> None:
    show_text(json.dumps(plain, ensure_ascii=False, indent=2))
