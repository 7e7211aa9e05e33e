"""Records matched with people: by identifiers, then by likeness."""

from __future__ import annotations

from socialpoll.register.matching.declared import Matching
from socialpoll.register.matching.linking import link_records
from socialpoll.register.matching.links import Links

__all__ = ["Links", "Matching", "link_records"]
