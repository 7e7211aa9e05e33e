"""Score socialpoll against a folder of reference cases: ``python -m tests.golden DIR``."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.golden.folder import Folder
from tests.golden.running import run, summary, table

USAGE = "usage: python -m tests.golden DIR   (DIR holds data/ and results/)\n"


def main(arguments: list[str]) -> int:
    """Print the table; return 1 where any case failed, 2 where there is no folder of cases."""
    if len(arguments) != 1 or not (Path(arguments[0]) / "results" / "designs.json").is_file():
        sys.stderr.write(USAGE)
        return 2
    outcomes = list(run(Folder(Path(arguments[0]))))
    for line in table(outcomes):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{summary(outcomes)}\n")
    return int(any(one.result == "failed" for one in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
