"""Each example is a project of its own: tests/plugins installs it and then runs its tests."""

from __future__ import annotations

collect_ignore_glob = ["*/tests/*"]
