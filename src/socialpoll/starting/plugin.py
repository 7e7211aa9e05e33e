"""Starting a plugin: a package that can be installed, with tests that it passes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Literal, TypeAlias, get_args

from socialpoll import __version__
from socialpoll.errors import StartError, nearest
from socialpoll.starting.folder import write_folder

__all__ = ["PluginKind", "StartedPlugin", "start_plugin"]

PluginKind: TypeAlias = Literal["exporter", "reader", "rule"]

FOLDER = Path(__file__).parent / "plugins"
"""What is in every package, and what is in one of each kind, as templates."""
OWN = "socialpoll-"
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
PARTING = re.compile(r"[\s_.-]+")
LONGEST = 30
PLACES = {
    "pyproject.toml.txt": "pyproject.toml",
    "README.md.txt": "README.md",
    "module.py.txt": "src/{module}/__init__.py",
    "tests.py.txt": "tests/test_{module}.py",
}
"""Where the text of a template goes."""
DESCRIPTIONS: Mapping[PluginKind, str] = {
    "exporter": "Reports as {words}",
    "reader": "Answers from files of {words}",
    "rule": "The reliability rule {words}",
}
USES: Mapping[PluginKind, str] = {
    "exporter": "socialpoll export poll.toml {name}",
    "reader": "socialpoll new my-poll --from answers.jsonl",
    "rule": 'rules = ["{name}"]',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedPlugin:
    """A plugin that was started.

    Attributes
    ----------
    folder : Path
    paths : tuple of Path
        Every file that was written.
    name : str
        What users type: ``"my-cards"``.
    distribution : str
        What is installed: ``"socialpoll-my-cards"``.
    module : str
        What is imported: ``"socialpoll_my_cards"``.
    """

    folder: Path
    paths: tuple[Path, ...]
    name: str
    distribution: str
    module: str


def start_plugin(
    name: str, kind: str = "exporter", *, folder: str | Path | None = None
) -> StartedPlugin:
    """Write a package with a plugin into a new folder: code, tests, and what installs it.

    It works as it stands, and its tests pass, so that an author changes something that is right.

    Parameters
    ----------
    name : str
        What users are to type. ``"My cards"``, ``"my_cards"`` and ``"socialpoll-my-cards"`` are all
        the plugin ``my-cards`` of the distribution ``socialpoll-my-cards``.
    kind : {"exporter", "reader", "rule"}
    folder : str or Path, optional
        Not there yet, or empty; named after the distribution where absent, in the working folder.

    Returns
    -------
    StartedPlugin

    Raises
    ------
    StartError
        There is no such kind, the name is not plain or is one of a plugin that is built in, or the
        folder holds something or cannot be written to.
    """
    known = _kind(kind)
    plain = _plain_name(name, known)
    distribution = f"{OWN}{plain}"
    module = distribution.replace("-", "_")
    place = Path(distribution if folder is None else folder)
    files = _files(plain, distribution, module, known)
    paths = write_folder(place, files)
    return StartedPlugin(
        folder=place, paths=paths, name=plain, distribution=distribution, module=module
    )


def _kind(kind: str) -> PluginKind:
    for one in get_args(PluginKind):
        if kind == one:
            known: PluginKind = one
            return known
    raise StartError(
        "there is no such kind of plugin",
        where="kind",
        found=repr(kind),
        allowed=nearest(kind, get_args(PluginKind)),
    )


def _plain_name(name: str, kind: PluginKind) -> str:
    """Return the name as users are to type it."""
    plain = PARTING.sub("-", name.strip().lower()).removeprefix(OWN)
    if not NAME.fullmatch(plain) or len(plain) > LONGEST:
        raise StartError(
            "a plugin cannot be called that",
            where="name",
            found=repr(name),
            allowed=f"at most {LONGEST} letters from a to z and digits, a letter first, "
            "words parted by '-'",
        )
    if plain in _built_in(kind):
        raise StartError(
            f"the name {plain!r} is reserved: it is built in",
            where="name",
            found=repr(name),
            advice=f"call it something else, such as 'my-{plain}'",
        )
    return plain


def _built_in(kind: PluginKind) -> set[str]:
    from socialpoll.disclosure import socialpoll_reliability_rules
    from socialpoll.exporters import socialpoll_exporters
    from socialpoll.readers import socialpoll_readers

    if kind == "rule":
        # Names of rules may be parted by '_', names of distributions are not.
        return {one.name.replace("_", "-") for one in socialpoll_reliability_rules()}
    records = socialpoll_exporters() if kind == "exporter" else socialpoll_readers()
    return {one.name for one in records}


def _files(name: str, distribution: str, module: str, kind: PluginKind) -> dict[str, bytes]:
    """Return the content of every file by its path inside the folder."""
    words = name.replace("-", " ")
    use = USES[kind].format(name=name)
    said = {
        "name": name,
        "distribution": distribution,
        "module": module,
        "prefix": words.title().replace(" ", ""),
        "description": DESCRIPTIONS[kind].format(words=words),
        "version": __version__,
        "use": f"```{'toml' if kind == 'rule' else 'bash'}\n{use}\n```",
    }
    files = {f"src/{module}/py.typed": b""}
    for template in (
        path for part in ("every", kind) for path in sorted((FOLDER / part).iterdir())
    ):
        text = Template(template.read_text(encoding="utf-8")).substitute(said)
        files[PLACES[template.name].format(module=module)] = text.encode()
    return dict(sorted(files.items()))
