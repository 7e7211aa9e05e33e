"""The synthetic register: its records matched with its people, and held against the truth."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from tempfile import TemporaryDirectory
from time import process_time

from socialpoll.demo.register.synthesise import synthesise_hard_cases, synthesise_register

NAME = "register"
SIZES = (10_000, 100_000, 1_000_000)
HARD_PAIRS = 500
MEGABYTE = 1024
CURVE = (0.5, 0.9, 0.95, 0.99, 0.999)
MATCHING = """
import json, resource, sys
from time import perf_counter, process_time
import pandas as pd
import socialpoll as sp
from socialpoll.demo.register.declared import LAYOUT, declared_tables

folder = sys.argv[1]
reference, *agencies = declared_tables(folder).values()
key = sp.LinkageKey(bytes(32))
begun, wall = process_time(), perf_counter()
links = sp.link_records(reference, agencies, LAYOUT, key)
seconds, wall = process_time() - begun, perf_counter() - wall
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begun = process_time()
register = sp.open_register(reference, LAYOUT, key)
opened, begun = process_time() - begun, process_time()
sp.update_register(register, links, agencies, key)
updated = process_time() - begun
records = pd.read_parquet(f"{folder}/truth/records.parquet")
people = records.query("source == 'reference'").set_index("person")["record"]
truth = records.query("source != 'reference'")
kinds = pd.read_parquet(f"{folder}/truth/people.parquet").set_index("person")["kind"]
of_kind = truth["person"].map(kinds)
truth = truth.assign(person=truth["person"].map(people))
found = {
    kind: sp.evaluate_links(links, truth[of_kind == kind], key).curve.to_dict("records")
    for kind in of_kind.unique()
}
times = {"seconds": seconds, "wall": wall, "opened": opened, "updated": updated}
print(json.dumps(times | {"memory": memory, "found": found}))
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Take numbers of people on the command line."""
    parser.add_argument(
        "--people",
        type=int,
        nargs="+",
        default=SIZES,
        help="how many people have records to be matched, once for each number",
    )


def run(options: argparse.Namespace) -> list[dict[str, object]]:
    """Match three tables and update by them, at each size; then those who are easily mistaken."""
    rows = []
    for people in options.people:
        with TemporaryDirectory() as folder:
            begun = process_time()
            synthesise_register(people, to=folder)
            rows += _matched(folder, f"{people:,} people", f"{process_time() - begun:.1f}")
    with TemporaryDirectory() as folder:
        synthesise_hard_cases(HARD_PAIRS, to=folder)
        return rows + _matched(folder, f"{HARD_PAIRS} pairs", "–")


def _matched(folder: str, whom: str, written: str) -> list[dict[str, object]]:
    """Return what a fresh interpreter found: a row a kind of people and probability."""
    child = [sys.executable, "-c", MATCHING, folder]
    told = json.loads(subprocess.run(child, check=True, capture_output=True, text=True).stdout)
    return [
        {
            "people": f"{whom}, {kind}",
            "linked from": row["accept"],
            "records": f"{row['records']:,}",
            "precision": f"{row['precision']:.5f}",
            "recall": f"{row['recall']:.5f}",
            "CPU seconds to write": written,
            "CPU seconds to match": f"{told['seconds']:.1f}",
            "seconds to match": f"{told['wall']:.1f}",
            "CPU seconds to open": f"{told['opened']:.1f}",
            "CPU seconds to update": f"{told['updated']:.1f}",
            "memory": f"{told['memory'] / MEGABYTE:,.0f} MB",
        }
        for kind, curve in told["found"].items()
        for row in curve
        if row["accept"] in CURVE
    ]
