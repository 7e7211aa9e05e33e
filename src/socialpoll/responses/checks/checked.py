"""What checking answers found: one table of findings, and the cases that each rule concerns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.errors import UnknownNameError, nearest
from socialpoll.responses.checks.declared import Checks
from socialpoll.responses.checks.rules import RULES
from socialpoll.responses.columns import Truths
from socialpoll.responses.responses import require_clean

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Checked"]


@dataclass(frozen=True, eq=False)
class Checked:
    """Findings about answers; the answers themselves are as they were.

    Attributes
    ----------
    findings : pandas.DataFrame
        severity, row, question, value, count, what, advice, rule; one row a finding, the worst
        first.
    rows : int
        Number of cases that were checked.
    checks : Checks
        By which they were.
    flagged : mapping of str to bool array (n,)
        By rule: the cases that its findings concern.
    """

    findings: pd.DataFrame
    rows: int
    checks: Checks
    flagged: Mapping[str, Truths] = field(default_factory=dict)

    def cases(self, rule: str) -> Truths:
        """Return which cases the findings of a rule concern; UnknownNameError where there is none.

        Parameters
        ----------
        rule : str

        Returns
        -------
        bool array (n,)
            True of none where nothing was found, or the rule is off.
        """
        if rule not in RULES:
            allowed = nearest(rule, RULES)
            raise UnknownNameError(f"there is no rule {rule!r}", found=repr(rule), allowed=allowed)
        nobody = np.zeros(self.rows, dtype=np.bool_)
        return self.flagged.get(rule, nobody)

    @property
    def counts(self) -> pd.DataFrame:
        """Rules that found something: rule, severity, findings (their number), cases."""
        import pandas as pd

        pairs = list(zip(self.findings["rule"], self.findings["severity"], strict=True))
        order = [*RULES, *(rule for rule, _ in pairs)]
        lines = [
            (rule, severity, pairs.count((rule, severity)), self._number(rule))
            for rule, severity in sorted(set(pairs), key=lambda one: (order.index(one[0]), one[1]))
        ]
        return pd.DataFrame(lines, columns=["rule", "severity", "findings", "cases"])

    def _number(self, rule: str) -> int:
        return int(np.count_nonzero(self.flagged.get(rule, ())))

    def require_clean(self) -> Checked:
        """Return this, if no finding is an error; else raise UncleanError with all that are."""
        require_clean(self.findings)
        return self
