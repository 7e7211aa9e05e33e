"""A poll file: everything about a poll in one place, and running it."""

from socialpoll.poll.declared import Export, PollOutreach, Publication, Reliability, Wanted
from socialpoll.poll.narrowing import Withheld
from socialpoll.poll.poll import Poll
from socialpoll.poll.progress import Progress
from socialpoll.poll.running import Failure, Run
from socialpoll.poll.tabulating import Tables
from socialpoll.poll.waves import Wave

__all__ = [
    "Export",
    "Failure",
    "Poll",
    "PollOutreach",
    "Progress",
    "Publication",
    "Reliability",
    "Run",
    "Tables",
    "Wanted",
    "Wave",
    "Withheld",
]
