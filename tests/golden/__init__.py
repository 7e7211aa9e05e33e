"""Reference results of R ``survey``, run against the public API: ``python -m tests.golden DIR``."""
