"""Targets: where the numbers of the population come from, and in what form."""
