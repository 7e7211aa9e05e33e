"""Answers of more people than memory holds, in files of Parquet, and what is asked of them.

Governorates are the strata and the folders; within them stand clusters of 20 to 500 persons with
log-normal base weights. Some answers are missing, and one is of no code.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import socialpoll as sp

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa

SEED, GOVERNORATES, AT_ONCE = 1, 11, 500_000
SMALLEST, LARGEST = 20, 500
"""Persons of a cluster."""
PLATFORMS = ("facebook", "instagram", "tiktok", "x", "youtube", "none")
AGES = ((15, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 110))
MISSING, TOTAL = 0.03, 7e6
WRONG = ["trust", "7", 1]
"""The one answer of no code: question, value, cases."""
BREAKDOWNS = ("sex", "age_group", "gov")


def questionnaire() -> sp.Questionnaire:
    """Ask for what is weighted by, broken down by, and estimated."""
    bands = tuple(
        sp.Band(code=f"{low}+", label=f"{low} and older", minimum=low, maximum=high)
        for low, high in AGES
    )
    platforms = tuple(sp.Code(code=one, label=one) for one in PLATFORMS[:-1])
    nothing = sp.Code(code=PLATFORMS[-1], label="none of these", exclusive=True)
    return sp.Questionnaire(
        title="benchmark",
        questions=(
            _single("gov", range(1, GOVERNORATES + 1)),
            _single("sex", ("female", "male")),
            sp.Number(name="age", text="?", unit="years", minimum=15, maximum=110),
            _single("school", range(1, 6)),
            _single("account", range(1, 3)),
            _single("trust", range(1, 6)),
            sp.Multiple(
                name="platforms", text="?", layout="columns", options=(*platforms, nothing)
            ),
            sp.Number(name="hours", text="?", unit="hours", minimum=0, maximum=24),
            sp.Number(name="minutes", text="?", unit="minutes", minimum=0),
        ),
        derived=(sp.Bands(name="age_group", label="?", of="age", bands=bands),),
    )


def design(*, clusters: bool) -> sp.SampleDesign:
    """Say how the sample was drawn: by person, or by cluster."""
    return sp.SampleDesign(strata="gov", clusters="cluster" if clusters else None, weight="w")


def indicators() -> list[sp.Share | sp.Mean | sp.Total]:
    """Return what is estimated."""
    return [
        sp.Share("account"),
        sp.Share("trust"),
        sp.Share("platforms"),
        sp.Share("school"),
        sp.Mean("hours"),
        sp.Total("account", name="accounts"),
    ]


def targets() -> dict[str, dict[object, float]]:
    """Return the shares of the population in three margins."""
    ages = (0.26, 0.23, 0.19, 0.14, 0.1, 0.08)
    return {
        "sex": {"female": 0.51, "male": 0.49},
        "age_group": {f"{low}+": share for (low, _), share in zip(AGES, ages, strict=True)},
        "school": dict(zip(range(1, 6), (0.14, 0.22, 0.28, 0.21, 0.15), strict=True)),
    }


def laid(folder: Path, rows: int) -> None:
    """Write so many rows, a folder a governorate, of which never many are in memory."""
    import pyarrow.parquet as pq

    random = np.random.default_rng(SEED)
    shares = np.arange(3, 3 + GOVERNORATES) / np.arange(3, 3 + GOVERNORATES).sum()
    ends = np.round(np.cumsum(shares) * rows).astype(int)
    clusters = 0
    for place, size in enumerate(np.diff(ends, prepend=0)):
        inside = folder / f"gov={place + 1}"
        inside.mkdir(parents=True)
        writer = None
        for cluster in _clusters(random, size, clusters):
            table = _answers(random, cluster, wrong=writer is None and place == 0)
            writer = writer or pq.ParquetWriter(inside / "answers.parquet", table.schema)
            writer.write_table(table, row_group_size=AT_ONCE // 4)
            clusters = int(cluster[-1]) + 1
        if writer is not None:
            writer.close()


def _single(name: str, codes: range | tuple[str, ...]) -> sp.Single:
    kind = "integer" if isinstance(codes, range) else "string"
    options = tuple(sp.Code(code=code, label=str(code)) for code in codes)
    return sp.Single(name=name, text="?", code_type=kind, options=options)


def _clusters(
    random: np.random.Generator, rows: int, first: int
) -> Iterator[npt.NDArray[np.int64]]:
    """Yield the cluster of each row, many rows at a time; those of one are all together."""
    left = rows
    while left > 0:
        sizes = random.integers(SMALLEST, LARGEST + 1, AT_ONCE // LARGEST)
        of_row = np.repeat(np.arange(first, first + sizes.size), sizes)[:left]
        yield of_row
        left -= of_row.size
        first = int(of_row[-1]) + 1


def _answers(
    random: np.random.Generator, cluster: npt.NDArray[np.int64], *, wrong: bool
) -> pa.Table:
    """Return answers that are alike within clusters; the first trust is of no code if ``wrong``."""
    import pyarrow as pa

    rows = cluster.size
    leaning = random.normal(0, 0.1, cluster[-1] - cluster[0] + 1)[cluster - cluster[0]]
    age = 15 + (random.beta(1.3, 2.5, rows) * 80).astype(np.int16)
    school = 1 + np.minimum(random.poisson(1.6, rows), 4).astype(np.int8)
    uses = random.random((len(PLATFORMS) - 1, rows)) < 0.45 - 0.004 * (age - 15) + leaning
    trust = np.clip(np.floor((random.random(rows) + leaning) * 5), 0, 4).astype(np.int8) + 1
    if wrong:
        trust[0] = int(WRONG[1])
    hours = np.minimum(np.round(random.gamma(2.0, 1.2, rows) * 2) / 2, 12)
    columns: dict[str, object] = {
        "cluster": cluster,
        "w": random.lognormal(3, 0.5, rows),
        "sex": np.array(["female", "male"], dtype=object)[random.integers(0, 2, rows)],
        "age": age,
        "school": school,
        "account": _some(random, 1 + (random.random(rows) > 0.4 + leaning).astype(np.int8)),
        "trust": _some(random, trust, keep_first=True),
        "hours": _some(random, hours),
        "minutes": _some(random, random.gamma(1.5, 20.0, rows)),
    }
    ticks = np.vstack([uses, ~uses.any(axis=0)]).astype(np.int8)
    columns |= {f"platforms_{one}": row for one, row in zip(PLATFORMS, ticks, strict=True)}
    return pa.table(columns)


def _some(
    random: np.random.Generator, values: npt.NDArray[np.generic], *, keep_first: bool = False
) -> pa.Array:
    """Return answers of which some are missing."""
    import pyarrow as pa

    missing = random.random(values.size) < MISSING
    missing[0] &= not keep_first
    return pa.array(values, mask=missing)
