"""The answers of a poll that an engine counts where they lie."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, get_args

from socialpoll.errors import BindingError, Problem, ReaderError
from socialpoll.plugins.requirements import unmet
from socialpoll.poll.engine_reading import ENGINE
from socialpoll.poll.harmonising_elsewhere import harmonised_elsewhere
from socialpoll.responses import Checks, Scan, response_rates, scan
from socialpoll.responses.design import design_columns
from socialpoll.responses.findings import Severity
from socialpoll.responses.needing import columns_of_numbers
from socialpoll.responses.responses import require_clean
from socialpoll.responses.scans.sources import EngineName, opened

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd

    from socialpoll.poll.harmonising import Harmony
    from socialpoll.poll.poll import Poll

__all__ = ["LookedThrough", "looked_through", "scanned"]

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The worst first."""


@dataclass(frozen=True, eq=False)
class LookedThrough:
    """What was found in answers that lie elsewhere: it counts cases, and names none.

    Attributes
    ----------
    findings : pandas.DataFrame
        severity, question, value, count, what, advice, rule; one row a finding, the worst first.
    """

    findings: pd.DataFrame

    @property
    def counts(self) -> pd.DataFrame:
        """Rules that found something: rule, severity, findings (their number), cases.

        A case may be in several findings of a rule: how many cases these concern is then not known.
        """
        import pandas as pd

        groups = self.findings.groupby(["rule", "severity"], sort=False)["count"]
        lines = [(*key, len(one), _cases(one.tolist())) for key, one in groups]
        columns = ["rule", "severity", "findings", "cases"]
        return pd.DataFrame(lines, columns=columns, dtype="object")

    def require_clean(self) -> LookedThrough:
        """Return this, if no finding is an error; else raise UncleanError with all that are."""
        require_clean(self.findings)
        return self


def _cases(counts: list[int]) -> int | None:
    """Return the cases of the only finding of a rule, where it counts some."""
    return counts[0] if len(counts) == 1 and counts[0] else None


def scanned(poll: Poll) -> tuple[Scan, tuple[str, ...]]:
    """Bind the answers of a poll where they lie, and say what was made of its codes.

    Those of a wave are first put into the columns and codes of the poll.

    Raises
    ------
    ReaderError
        The engine is not installed.
    BindingError
        The poll names no engine; columns that are missing; a file that cannot be read.
    DesignError
        The design contradicts itself or the data.
    """
    engine = poll.engine
    if engine is None:
        what, advice = "the poll names no engine that counts answers", 'add engine = "duckdb"'
        raise BindingError("the answers", [Problem(what, ENGINE, advice=advice)])
    if unmet([engine]):
        raise ReaderError(
            f"the engine {engine!r} is not installed",
            where=ENGINE,
            advice='pip install "socialpoll[engines]"',
        )
    source: object = poll.source
    said: tuple[str, ...] = ()
    for wave in poll.waves:
        source, said = harmonised_elsewhere(_opened(poll, engine, wave.harmony), wave.harmony)
    found = scan(source, poll.questionnaire, poll.design, wave=poll.wave, engine=engine)
    return _with_rates(found), said


def _opened(poll: Poll, engine: EngineName, harmony: Harmony) -> nw.LazyFrame[Any]:
    """Return the answers of a wave in its own columns; which are numbers, the poll's say."""
    own = {new: old for old, new in harmony.columns.items()}
    others = [column for field, column in design_columns(poll.design) if field != "weight"]
    numbers = columns_of_numbers(poll.questionnaire, others)
    weight = own.get(poll.design.weight or "", poll.design.weight)
    return opened(poll.source, engine, weight, [own.get(one, one) for one in numbers])


def _with_rates(found: Scan) -> Scan:
    """Add the response rates to what is told, where it is declared what became of the cases."""
    if found.tally(()).outcome is None:
        return found
    rates = response_rates(found, weighted=found.design.weight is not None)
    return replace(found, facts=(rates.fact(),))


def looked_through(found: Scan, checks: Checks) -> LookedThrough:
    """Return what does not fit the questionnaire, as bad as the checks of the poll say."""
    findings = found.findings
    severity = [
        checks.severity.get(rule, own)
        for rule, own in zip(findings["rule"], findings["severity"], strict=True)
    ]
    told = findings.assign(severity=severity)
    told = told[told["severity"] != "off"]
    order = told["severity"].map(SEVERITIES.index)
    return LookedThrough(told.iloc[order.argsort(kind="stable")].reset_index(drop=True))
