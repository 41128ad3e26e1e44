"""The shared words of the product: frozen values and their own invariants, nothing else."""
