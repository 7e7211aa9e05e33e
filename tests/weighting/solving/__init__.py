"""Tests of the kernels of weighting."""
