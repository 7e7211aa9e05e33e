"""Draw plugins.png: what ``socialpoll plugins`` shows where third parties have plugins too.

``python docs/images/plugins.py`` writes it beside this file. It needs Chromium and Pillow, and
nothing is installed: the distributions lie in a folder that is put on the path.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from rich.console import Console
from rich.text import Text

COLUMNS = 148
COLOURS = 48
HOOK = """
from socialpoll.hooks import Document, Exporter, Reader, Source, hookimpl

@hookimpl
def socialpoll_{kind}s():
    return [{record}]
"""
EXPORTER = (
    "Exporter(name={name!r}, title={title!r}, media_type='text/plain', suffix='.txt', "
    "render=lambda edition, options: [])"
)
READER = (
    "Reader(name={name!r}, title={title!r}, suffixes=('.{name}',), "
    "read=lambda path: Source(None, None))"
)


def exporter(name: str, title: str) -> str:
    """Return the code of a plugin that offers an exporter."""
    return HOOK.format(kind="exporter", record=EXPORTER.format(name=name, title=title))


def reader(name: str, title: str) -> str:
    """Return the code of a plugin that offers a reader."""
    return HOOK.format(kind="reader", record=READER.format(name=name, title=title))


INSTALLED = {
    ("council-posters", "2.1.0"): exporter("posters", "A poster for each key finding"),
    ("gazette", "1.3"): "raise RuntimeError('the fonts of the gazette are not there')",
    ("markdown-notes", "1.0.0"): exporter("markdown", "Key findings and tables in Markdown"),
    ("old-cards", "0.9"): exporter("cards", "Cards to print"),
    ("other-word", "4.2"): exporter("word", "Another brief in Word"),
    ("tablet-answers", "0.4.1"): reader("tablet", "Answers as the tablets of the field write them"),
}
"""Three that are good, one that is broken, one to be blocked, one whose name is taken."""
BLOCKED = "old-cards"


def install(folder: Path) -> None:
    """Put distributions into a folder."""
    for (name, version), code in INSTALLED.items():
        module = name.replace("-", "_")
        (folder / f"{module}.py").write_text(code, encoding="utf-8")
        info = folder / f"{module}-{version}.dist-info"
        info.mkdir()
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        (info / "METADATA").write_text(metadata, encoding="utf-8")
        points = f"[socialpoll]\n{name} = {module}\n"
        (info / "entry_points.txt").write_text(points, encoding="utf-8")


def listed(folder: Path) -> str:
    """Return what the command shows on a terminal of many columns."""
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    process = subprocess.run(  # noqa: S603 - a command of our own
        [sys.executable, "-m", "socialpoll", "plugins", "--block", BLOCKED],
        check=True,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": path, "COLUMNS": str(COLUMNS), "PYTHONUTF8": "1"},
    )
    return process.stdout.decode("utf-8")


def outlined(shown: str) -> str:
    """Return a terminal with these lines as SVG; what cannot be used stands out."""
    text = Text(f"$ socialpoll plugins --block {BLOCKED}\n{shown.rstrip()}")
    text.highlight_regex(r"^\$.*", "bold green")
    text.highlight_regex(r"(?<= )(broken|blocked)(?=  )", "bold red")
    text.highlight_regex(r"(?<= )ok(?= )", "green")
    console = Console(record=True, width=COLUMNS, file=StringIO())
    console.print(text)
    return console.export_svg(title="socialpoll plugins", unique_id="plugins")


def photograph(svg: str, folder: Path, target: Path) -> None:
    """Have Chromium make dots of an SVG."""
    _, _, width, height = map(float, re.findall(r'viewBox="([^"]+)"', svg)[0].split())
    page = folder / "page.html"
    page.write_text(f"<style>body {{ margin: 0 }}</style>{svg}", encoding="utf-8")
    flags = ["--headless=new", "--no-sandbox", "--hide-scrollbars"]
    size = f"--window-size={round(width)},{round(height)}"
    command = ["chromium", *flags, "--host-resolver-rules=MAP * ~NOTFOUND", size]
    shot = [f"--screenshot={target}", page.as_uri()]
    subprocess.run([*command, *shot], check=True, capture_output=True)  # noqa: S603
    with Image.open(target) as picture:
        picture.convert("RGB").quantize(COLOURS).save(target, optimize=True)


def main() -> None:
    """Draw the picture."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        install(folder)
        photograph(outlined(listed(folder)), folder, Path(__file__).with_suffix(".png"))


if __name__ == "__main__":
    main()
