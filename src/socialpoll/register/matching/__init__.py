"""Records matched with people: by identifiers, then by likeness."""

from __future__ import annotations

from socialpoll.register.matching.declared import Matching
from socialpoll.register.matching.evaluating import LinkQuality, evaluate_links
from socialpoll.register.matching.linking import link_records
from socialpoll.register.matching.links import Links

__all__ = ["LinkQuality", "Links", "Matching", "evaluate_links", "link_records"]
