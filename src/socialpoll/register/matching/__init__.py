"""Records matched with people: by identifiers, then by likeness, then by people who decide."""

from __future__ import annotations

from socialpoll.register.matching.deciding import Decisions, decide, read_review
from socialpoll.register.matching.declared import Matching
from socialpoll.register.matching.evaluating import LinkQuality, evaluate_links
from socialpoll.register.matching.linking import link_records
from socialpoll.register.matching.links import Links
from socialpoll.register.matching.reviewing import write_review

__all__ = [
    "Decisions",
    "LinkQuality",
    "Links",
    "Matching",
    "decide",
    "evaluate_links",
    "link_records",
    "read_review",
    "write_review",
]
