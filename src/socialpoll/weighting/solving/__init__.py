"""The kernels of weighting: arrays in, arrays out."""
