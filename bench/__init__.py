"""Measured comparisons; each is one command and prints its results."""
