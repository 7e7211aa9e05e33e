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
from socialpoll.register.sampling import (
    ClusterSample,
    Drawn,
    ProportionalSample,
    StratifiedSample,
    draw,
)
from socialpoll.register.updating import (
    Updated,
    Updating,
    open_register,
    read_changes,
    read_register,
    update_register,
    write_register,
)

__all__ = [
    "AgencyTable",
    "ClusterSample",
    "Decisions",
    "Drawn",
    "LinkQuality",
    "LinkageKey",
    "Links",
    "Matching",
    "Population",
    "ProportionalSample",
    "Register",
    "RegisterLayout",
    "SourceQuality",
    "StratifiedSample",
    "Updated",
    "Updating",
    "check_sources",
    "decide",
    "draw",
    "evaluate_links",
    "link_records",
    "link_respondents",
    "normalise_name",
    "open_register",
    "population",
    "read_changes",
    "read_register",
    "read_review",
    "update_register",
    "write_register",
    "write_review",
]
