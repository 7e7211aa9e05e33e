"""From R's replicate designs to ways of replicating weights, and R's degrees of freedom of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

import socialpoll as sp
from socialpoll.responses import mask
from tests.golden.folder import Folder
from tests.golden.steps import NotBuiltError

__all__ = ["REPLICATING", "degrees_of_rank", "method_of"]

REPLICATING = frozenset({"as.svrepdesign", "svrepdesign"})
JACKKNIVES = frozenset({"JK1", "JKn"})
RANK = 1e-5
"""Part of the largest singular value below which R's ``qr`` takes columns for none."""
Record = Mapping[str, Any]


def method_of(design: Record, folder: Folder) -> sp.Jackknife | sp.GivenReplicates:
    """Translate how R makes replicates; random ones come with their weights.

    Raises
    ------
    NotBuiltError
        Random replicates without their weights.
    """
    if design.get("type") in JACKKNIVES:
        return sp.Jackknife(mse=bool(design["mse"]))
    file = design.get("repweights_file")
    if file is None:
        raise NotBuiltError(f"replicates by {design.get('type')!r} without their weights")
    return sp.GivenReplicates(
        folder.replicate_weights(file),
        scale=design["scale"],
        rscales=design["rscales"],
        mse=bool(design["mse"]),
    )


def degrees_of_rank(replicates: sp.Replicates, where: Any) -> float:
    """Return R's ``degf`` of a subset: the rank of its replicate weights, less one.

    R takes it anew after post-stratification and raking, which may leave no column of weights a
    combination of others: it is then the number of replicates less one, whatever the clusters.
    """
    table = replicates.to_frame().drop(columns="weight").to_numpy()
    if where is not None:
        table = table[mask(replicates.responses, where)]
    sizes = np.linalg.svd(table, compute_uv=False)
    return float(np.count_nonzero(sizes > RANK * sizes[0]) - 1)
