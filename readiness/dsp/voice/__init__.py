"""The voice: a recording in, levels, noise and faults out."""
