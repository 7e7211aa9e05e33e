"""Replicates: how they are drawn, and weights made again in each."""
