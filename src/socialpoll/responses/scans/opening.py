"""Opening answers where they lie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.errors import BindingError
from socialpoll.responses.binding import column_problems, require_plain
from socialpoll.responses.design import SampleDesign, design_columns
from socialpoll.responses.needing import columns_of_numbers
from socialpoll.responses.scans.addressing import names_in
from socialpoll.responses.scans.scanning import Scan
from socialpoll.responses.scans.sources import EngineName, opened
from socialpoll.responses.scans.tallying import require_consistent

if TYPE_CHECKING:
    from socialpoll.schema import Questionnaire

__all__ = ["scan"]


def scan(
    source: object,
    questionnaire: Questionnaire,
    design: SampleDesign | None = None,
    *,
    wave: str | None = None,
    engine: EngineName = "duckdb",
) -> Scan:
    """Bind answers where they lie, however many there are.

    Figures are estimated from it as from answers in memory, and are the same; what looks at single
    cases is refused.

    Parameters
    ----------
    source : path, or frame
        A Parquet or CSV file, a pattern of files (``"answers/*.parquet"``), a folder of Parquet
        files (partitions are columns), or a frame that narwhals knows: a LazyFrame of Polars, a
        relation of DuckDB, a DataFrame of Spark.
    questionnaire : Questionnaire
        What was asked.
    design : SampleDesign, optional
        How the sample was drawn. Where absent, every row is an interview of weight 1.
    wave : str, optional
        Name of the wave.
    engine : {"duckdb", "polars"}
        What counts the rows of files.

    Returns
    -------
    Scan
        No row has been read; but of CSV files it has been looked whether there are numbers where
        the questionnaire asks for them.

    Raises
    ------
    BindingError
        No such file; columns that are missing or there twice; a wave whose name is not plain.
    DesignError
        Where the design contradicts itself.

    See Also
    --------
    bind : Answers in memory.

    estimate : What comes next.

    Examples
    --------
    >>> import polars as pl
    >>> import socialpoll as sp
    >>> answers = pl.LazyFrame({"sex": ["f", "m"] * 500, "uses": ["yes", "yes", "no", "no"] * 250})
    >>> asked = sp.Questionnaire.infer(answers.head(10).collect().to_pandas())
    >>> scan = sp.scan(answers, asked)
    >>> sp.estimate(scan, "uses", by="sex").frame["estimate"].tolist()
    [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
    >>> len(scan.tally(["uses", "sex"])), len(scan)
    (4, 1000)
    """
    require_plain(wave)
    design = SampleDesign() if design is None else design
    require_consistent(design)
    others = [column for field, column in design_columns(design) if field != "weight"]
    numbers = columns_of_numbers(questionnaire, others)
    frame = opened(source, engine, design.weight, numbers)
    problems = column_problems(names_in(frame), questionnaire, questionnaire.names, design)
    if problems:
        raise BindingError("the answers", problems)
    lying = str(source) if isinstance(source, str | Path) else None
    return Scan(questionnaire, design, wave, frame, source=lying)
