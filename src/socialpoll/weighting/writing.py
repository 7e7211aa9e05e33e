"""Weights beside the rows that they are of, as Parquet: written where the answers lie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from socialpoll.errors import ExportError, WeightingError, nearest
from socialpoll.responses import Records, without_cases
from socialpoll.responses.scans.addressing import address_of, names_in
from socialpoll.responses.scans.fetching import fetched
from socialpoll.responses.scans.storing import require_apart, store, store_frame

if TYPE_CHECKING:
    import narwhals as nw

    from socialpoll.weighting.weights import Weights

__all__ = ["write_weights"]

ROW, BASE_WEIGHT, WEIGHT = "row", "base_weight", "weight"
NEAR = 1e-9
"""Relative difference of two sums of weights up to which it is of rounding."""


def write_weights(weights: Weights, path: str | Path, columns: Iterable[str] | None) -> str | Path:
    """Write weights, one row a sampled case: see :meth:`Weights.write`."""
    wanted = None if columns is None else tuple(dict.fromkeys(columns))
    repeats = weights.responses.repeats
    if repeats is None:
        _write_cases(weights, path, wanted)
    elif repeats.records is None:
        raise without_cases()
    else:
        _write_where_they_lie(weights, repeats.records, path, wanted)
    return path


def _write_cases(weights: Weights, path: str | Path, wanted: Sequence[str] | None) -> None:
    answers, own = weights.responses.frame, weights.to_frame()
    named = _chosen(list(answers.columns), wanted, (ROW, BASE_WEIGHT, WEIGHT))
    table = own[[ROW]].join(answers[named]).join(own[[BASE_WEIGHT, WEIGHT]])
    try:
        import pyarrow as pa
    except ImportError as error:
        raise ExportError(
            "Parquet files need what is not installed",
            where=str(path),
            found="no pyarrow",
            advice='pip install "socialpoll[parquet]"',
        ) from error
    write = partial(table.to_parquet, engine="pyarrow", index=False)
    store(path, write, (pa.ArrowException,), lambda _: None)


def _write_where_they_lie(
    weights: Weights, records: Records, path: str | Path, wanted: Sequence[str] | None
) -> None:
    """Have the engine join what each combination is given to its rows, and write them."""
    import narwhals as nw

    require_apart(path, None if weights.scan is None else weights.scan.source)
    there = names_in(records.frame)
    if wanted is None:
        # What the design calls the base weight stands as such.
        there = [one for one in there if one != weights.responses.design.weight]
    named = _chosen(there, wanted, (BASE_WEIGHT, WEIGHT))
    base = weights.responses.base_weight
    each = np.divide(weights.values, base, out=np.zeros_like(base), where=base > 0)
    (name,) = records.free_names([WEIGHT])
    found = records.scored(each[:, None], [name]).select(
        *(nw.col(address_of(one)).alias(one) for one in named),
        records.weight.alias(BASE_WEIGHT),
        nw.col(name).alias(WEIGHT),
    )
    store_frame(path, found, partial(_require_whole, weights, found))


def _chosen(there: Sequence[str], wanted: Sequence[str] | None, own: Sequence[str]) -> list[str]:
    """Return the columns of the answers that stand beside those of the weights."""
    named = list(there) if wanted is None else list(wanted)
    for name in named:
        if name not in there:
            raise ExportError(
                "there is no such column of the answers",
                where="columns",
                found=repr(name),
                allowed=nearest(name, there),
            )
    # Some engines know no capitals.
    clashing = [name for name in named if name.casefold() in own]
    if clashing:
        raise ExportError(
            "columns of the answers have the name of one of the weights",
            where="columns",
            found=", ".join(map(repr, clashing)),
            advice="name the columns that shall stand beside the weights: columns=[...]",
        )
    return named


def _require_whole(weights: Weights, written: nw.LazyFrame[Any], path: str) -> None:
    """Raise WeightingError where rows or weights are others than those that were weighed."""
    import narwhals as nw

    engine = written.implementation
    session = {"session": written.to_native().sparkSession} if engine.is_spark_like() else {}
    weight = nw.col(WEIGHT)
    told = nw.scan_parquet(path, backend=engine, **session).select(
        nw.len().alias("rows"),
        weight.is_null().cast(nw.Int64()).sum().alias("without"),
        weight.sum().alias("total"),
    )
    found = fetched(told).to_pandas().iloc[0]
    total = float(weights.values.sum())
    if (
        int(found["rows"]) != len(weights)
        or int(found["without"])
        or abs(float(found["total"]) - total) > NEAR * total
    ):
        raise WeightingError(
            "the answers have changed since they were weighted",
            where=path,
            found=f"{int(found['rows']):,} rows of weight {float(found['total']):,.6g}, "
            f"{int(found['without']):,} of them without",
            allowed=f"{len(weights):,} rows of weight {total:,.6g}",
            advice="scan the answers again, and weight them",
        )
