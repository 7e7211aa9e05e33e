"""Letters in brackets beside figures, as the table of statuses has them."""

from __future__ import annotations

__all__ = ["LOW_RELIABILITY", "MARKED_REVISED", "NOT_APPLICABLE", "NOT_AVAILABLE", "SUPPRESSED"]

SUPPRESSED = "c"
LOW_RELIABILITY = "u"
NOT_AVAILABLE = "x"
NOT_APPLICABLE = "z"
MARKED_REVISED = "r"
