"""How alike two words are, after Jaro (1989) and Winkler (1990), as expressions of SQL.

DuckDB has a function for it. Spark has none; there it is said by what Spark has itself, so that
nothing needs to be installed on a cluster, and comes out the same.
"""

from __future__ import annotations

__all__ = ["in_duckdb", "in_spark"]

PREFIX = 4
"""Letters at the beginning of words that count more when they are the same."""
BOOST, BOOSTED_FROM = 0.1, 0.7
TAKEN = "#"
"""Stands for a letter that was found already; no name has it."""


def in_duckdb(one: str, other: str) -> str:
    """Return the expression of DuckDB for the similarity of two columns, from 0 to 1.

    Examples
    --------
    >>> in_duckdb("given_l", "given_r")
    'jaro_winkler_similarity(given_l, given_r)'
    """
    return f"jaro_winkler_similarity({one}, {other})"


def in_spark(one: str, other: str) -> str:
    """Return the expression of Spark for the similarity of two columns, from 0 to 1.

    Parameters
    ----------
    one, other : str
        Columns of words that have at least one letter.
    """
    prefix = " + ".join(
        f"CASE WHEN length({one}) >= {count} AND left({one}, {count}) = left({other}, {count}) "
        "THEN 1 ELSE 0 END"
        for count in range(1, PREFIX + 1)
    )
    boosted = f"v + {BOOST} * ({prefix}) * (1 - v)"
    # A fold over one value gives it a name, and it is worked out once.
    return (
        f"aggregate(array({_jaro(one, other)}), CAST(0 AS DOUBLE), (t, v) -> "
        f"CAST(CASE WHEN v > {BOOSTED_FROM} THEN {boosted} ELSE v END AS DOUBLE))"
    )


def _jaro(one: str, other: str) -> str:
    """Return the similarity of Jaro: the letters of the other are looked for, one by one."""
    longest = f"greatest(length({one}), length({other}))"
    window = f"greatest(CAST(floor({longest} / 2) AS INT) - 1, 0)"
    letter = f"substr({other}, i, 1)"
    place = f"locate({letter}, s.rest, greatest(1, i - {window}))"
    rest = f"concat(left(s.rest, {place} - 1), '{TAKEN}', substr(s.rest, {place} + 1))"
    found = f"named_struct('rest', {rest}, 'same', array_append(s.same, {letter}))"
    step = f"CASE WHEN {place} BETWEEN 1 AND i + {window} THEN {found} ELSE s END"
    begun = f"named_struct('rest', {one}, 'same', CAST(array() AS ARRAY<STRING>))"
    same = "size(s.same)"
    in_order = f"({same} - {_exchanged(one)}) / {same}"
    jaro = f"({same} / length({one}) + {same} / length({other}) + {in_order}) / 3"
    told = f"CASE WHEN {same} = 0 THEN 0 ELSE {jaro} END"
    return f"aggregate(sequence(1, length({other})), {begun}, (s, i) -> {step}, s -> {told})"


def _exchanged(one: str) -> str:
    """Return how many pairs of letters that both have stand in another order."""
    letter = f"CASE WHEN substr(s.rest, j, 1) = '{TAKEN}' THEN substr({one}, j, 1) ELSE '' END"
    letters = f"filter(transform(sequence(1, length({one})), j -> {letter}), x -> x <> '')"
    differ = f"zip_with(s.same, {letters}, (x, y) -> x <> y)"
    return f"floor(size(filter({differ}, z -> z)) / 2)"
