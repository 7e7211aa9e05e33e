"""Tests of the steps of a recipe."""
