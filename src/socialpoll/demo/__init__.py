"""A poll to try things on: adult Omanis and social media, with synthetic answers.

The folder holds a whole poll: questionnaire, answers, population targets and the poll file.
``README.md`` beside it tells where every number comes from.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["FOLDER", "POLL_FILE"]

FOLDER = Path(__file__).parent
"""Where the files of the bundled poll lie."""
POLL_FILE = FOLDER / "poll.toml"
"""The poll file, ready to be run."""
