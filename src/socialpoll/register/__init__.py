"""The population register: what agencies know of individuals, matched with a reference.

Whoever is in it goes by a pseudonym wherever anything leaves the matching: no identifier and no
name is in a result, an error or a log.
"""

from __future__ import annotations

from socialpoll.register.arabic import normalise_name
from socialpoll.register.belonging import population
from socialpoll.register.declared import AgencyTable, RegisterLayout
from socialpoll.register.keys import LinkageKey
from socialpoll.register.matching import (
    Decisions,
    LinkQuality,
    Links,
    Matching,
    decide,
    evaluate_links,
    link_records,
    read_review,
    write_review,
)
from socialpoll.register.populations import Population
from socialpoll.register.quality import SourceQuality, check_sources
from socialpoll.register.registers import Register
from socialpoll.register.respondents import link_respondents

__all__ = [
    "AgencyTable",
    "Decisions",
    "LinkQuality",
    "LinkageKey",
    "Links",
    "Matching",
    "Population",
    "Register",
    "RegisterLayout",
    "SourceQuality",
    "check_sources",
    "decide",
    "evaluate_links",
    "link_records",
    "link_respondents",
    "normalise_name",
    "population",
    "read_review",
    "write_review",
]
