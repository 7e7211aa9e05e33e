"""Checks of the answers: rules, what they find, and the cases concerned."""

from socialpoll.responses.checks.checked import Checked
from socialpoll.responses.checks.checking import check
from socialpoll.responses.checks.declared import Checks, checks_problems
from socialpoll.responses.checks.rules import RULES

__all__ = ["RULES", "Checked", "Checks", "check", "checks_problems"]
