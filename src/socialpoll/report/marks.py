"""Letters in brackets beside figures, as the table of statuses has them."""

from __future__ import annotations

__all__ = ["LOW_RELIABILITY", "MARKED_REVISED", "NOT_AVAILABLE", "SUPPRESSED"]

SUPPRESSED = "c"
LOW_RELIABILITY = "u"
NOT_AVAILABLE = "x"
MARKED_REVISED = "r"
