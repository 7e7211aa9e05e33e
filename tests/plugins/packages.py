"""Packages of plugins that only look installed, and what their own tests say of them."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

__all__ = ["outcomes", "place"]


def place(package: Path, site: Path) -> None:
    """Write the metadata of a package into a folder that will be on the path."""
    project = tomllib.loads((package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = project["name"], project["version"]
    info = site / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    points = project["entry-points"]["socialpoll"].items()
    lines = "".join(f"{point} = {target}\n" for point, target in points)
    (info / "entry_points.txt").write_text(f"[socialpoll]\n{lines}", encoding="utf-8")


def outcomes(packages: Iterable[Path], folder: Path, which: str = "") -> dict[str, list[str]]:
    """Run the tests of packages in one process of their own, with all of them on the path.

    Parameters
    ----------
    packages : iterable of Path
    folder : Path
        For what is made meanwhile.
    which : str
        Of the tests, as pytest's ``-k`` takes it; all of them where empty.

    Returns
    -------
    dict of str to list of str
        By the name of the package, what each of its tests came to: empty, or why it failed.
    """
    several = {one.name: one for one in packages}
    site, shown = folder / "site", folder / "shown.xml"
    for package in several.values():
        place(package, site)
    path = [str(site), *(str(one / "src") for one in several.values())]
    inherited = os.environ.get("PYTHONPATH", "")
    command = ["pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib", "-W", "error"]
    process = subprocess.run(
        [
            sys.executable,
            "-m",
            *command,
            f"--rootdir={next(iter(several.values())).parent}",
            f"--junitxml={shown}",
            "-k",
            which,
        ]
        + [str(one / "tests") for one in several.values()],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([*path, inherited]), "PYTHONUTF8": "1"},
    )
    assert shown.exists(), process.stdout + process.stderr
    told: dict[str, list[str]] = {name: [] for name in several}
    for case in ET.parse(shown).getroot().iter("testcase"):  # noqa: S314 - pytest wrote it
        flaws = [one.get("message", "") for one in case if one.tag in {"failure", "error"}]
        of = next((one for one in told if one in case.get("classname", "")), None)
        assert of is not None, ET.tostring(case)
        told[of].append("; ".join(flaws) and f"{case.get('name')}: {'; '.join(flaws)}")
    return told
