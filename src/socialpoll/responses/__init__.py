"""What was answered: sampled cases bound to a questionnaire and a sample design."""

from socialpoll.responses.answered import asked, in_base, state_of, valid
from socialpoll.responses.binding import bind
from socialpoll.responses.checks import Checked, Checks, check
from socialpoll.responses.columns import (
    BLANK,
    FIRST_MISSING,
    NOT_ASKED,
    UNREADABLE,
    Categorical,
    Clock,
    Column,
    Days,
    Numeric,
    Ticks,
    Words,
)
from socialpoll.responses.conditions import mask
from socialpoll.responses.counting import (
    Counting,
    Repeats,
    counting_of,
    require_cases,
    without_cases,
)
from socialpoll.responses.design import LonelyPolicy, SampleDesign, per_stage
from socialpoll.responses.rates import ResponseRates, response_rates
from socialpoll.responses.responses import DesignStage, Responses
from socialpoll.responses.scans.cluster_sums import Asked, ClusterSums
from socialpoll.responses.scans.clusters import Clusters
from socialpoll.responses.scans.opening import scan
from socialpoll.responses.scans.pointing import Pointed
from socialpoll.responses.scans.ranking import ranked
from socialpoll.responses.scans.records import Records
from socialpoll.responses.scans.scanning import Scan, require_memory
from socialpoll.responses.scans.tallying import tally

__all__ = [
    "BLANK",
    "FIRST_MISSING",
    "NOT_ASKED",
    "UNREADABLE",
    "Asked",
    "Categorical",
    "Checked",
    "Checks",
    "Clock",
    "ClusterSums",
    "Clusters",
    "Column",
    "Counting",
    "Days",
    "DesignStage",
    "LonelyPolicy",
    "Numeric",
    "Pointed",
    "Records",
    "Repeats",
    "ResponseRates",
    "Responses",
    "SampleDesign",
    "Scan",
    "Ticks",
    "Words",
    "asked",
    "bind",
    "check",
    "counting_of",
    "in_base",
    "mask",
    "per_stage",
    "ranked",
    "require_cases",
    "require_memory",
    "response_rates",
    "scan",
    "state_of",
    "tally",
    "valid",
    "without_cases",
]
