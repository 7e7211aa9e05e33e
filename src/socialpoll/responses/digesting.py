"""A fingerprint of coded answers, their questionnaire and their design."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt

from socialpoll.responses.columns import Categorical, Clock, Column, Days, Numeric, Ticks, Words
from socialpoll.responses.design import SampleDesign, per_stage
from socialpoll.responses.responses import DesignStage

__all__ = ["digest_of"]

Array = npt.NDArray[Any]


def digest_of(
    words: Mapping[str, str | None],
    design: SampleDesign,
    columns: Mapping[str, Column],
    stages: tuple[DesignStage, ...],
    cases: Mapping[str, Array],
) -> str:
    """Return the SHA-256, in hexadecimal, of everything that estimates are made from.

    Parameters
    ----------
    words : mapping of str to (str or None)
        What is not an array: the questionnaire's digest, the wave.
    design : SampleDesign
    columns : mapping of str to Column
    stages : tuple of DesignStage
    cases : mapping of str to array (n,)
        Base weights, who was interviewed, and outcomes where they are declared.

    Returns
    -------
    str
        Independent of the frame's index, of columns nobody uses, and of how codes were written.
    """
    digest = hashlib.sha256()
    # Outcomes count as what became of the cases, however they were declared.
    several_ways = ("strata", "clusters", "fpc", "outcomes")
    policies = {key: one for key, one in asdict(design).items() if key not in several_ways}
    head = {**words, "design": policies, "stages": per_stage(design)}
    digest.update(json.dumps(head, sort_keys=True, ensure_ascii=False).encode())
    for name, array in _arrays(columns, stages, cases):
        digest.update(f"{name}\0{array.dtype.str}{array.shape}\0".encode())
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


def _answer(column: Ticks | Numeric | Days | Words) -> Array:
    match column:
        case Ticks():
            # Options stand one after the other, so that the transpose needs no copy.
            return column.ticked.T
        case Days():
            return column.day
        case Words():
            # Each with its length before it, so that no two columns are written alike.
            written = b"".join(b"%d:%s" % (len(one), one) for one in map(str.encode, column.words))
            return np.frombuffer(written, dtype=np.uint8)
        case _:
            return column.values


def _arrays(
    columns: Mapping[str, Column], stages: tuple[DesignStage, ...], cases: Mapping[str, Array]
) -> Iterator[tuple[str, Array]]:
    for name, column in columns.items():
        if isinstance(column, Categorical):
            yield f"{name}|position", column.position
        else:
            yield f"{name}|state", column.state
            yield f"{name}|answer", _answer(column)
        if isinstance(column, Clock):
            yield f"{name}|minutes", column.minutes
    for number, stage in enumerate(stages):
        yield f"{number}|stratum", stage.stratum
        yield f"{number}|unit", stage.unit
        if stage.fraction is not None:
            yield f"{number}|fraction", stage.fraction
        if stage.similar is not None:
            yield f"{number}|similar", stage.similar
    yield from cases.items()
