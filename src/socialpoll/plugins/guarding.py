"""A reliability rule of a plugin, held to its promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from socialpoll.disclosure import ReliabilityRule, Ruling, Verdict
from socialpoll.disclosure.rules import VERDICTS, footnotes_of
from socialpoll.errors import PluginError
from socialpoll.schema import Text

__all__ = ["GuardedRule"]


@dataclass(frozen=True)
class GuardedRule:
    """A rule whose mistakes are told with its name.

    Parameters
    ----------
    rule : ReliabilityRule
    origin : str
        Distribution and version.
    """

    rule: ReliabilityRule
    origin: str

    @property
    def name(self) -> str:
        """Name of the rule."""
        return self.rule.name

    @property
    def footnotes(self) -> Mapping[str, Text]:
        """What it may tell of figures; none where it has no such attribute."""
        return footnotes_of(self.rule)

    def __call__(self, row: Mapping[str, object], /) -> Verdict | Ruling:
        """Judge one row; PluginError where the rule fails or gives no verdict."""
        try:
            answer: object = self.rule(row)
        except Exception as error:
            raise self._error(f"failed: {type(error).__name__}: {error}") from error
        given = answer.verdict if isinstance(answer, Ruling) else answer
        for one in VERDICTS:
            if given == one:
                return answer if isinstance(answer, Ruling) else one
        raise self._error(f"gave {given!r}, which is no verdict", ", ".join(VERDICTS))

    def _error(self, what: str, allowed: str = "") -> PluginError:
        return PluginError(
            f"the reliability rule {self.name!r} {what}",
            where=self.origin,
            allowed=allowed,
            advice="take it out of the rules, or tell its makers",
        )
