"""Tests of the linter of recipes."""
