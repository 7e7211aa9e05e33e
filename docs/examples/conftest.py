"""Each example is a project of its own: tests/plugins runs its tests, as if it were installed."""

from __future__ import annotations

collect_ignore_glob = ["*/tests/*"]
