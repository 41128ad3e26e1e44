"""What several probes advise, in one wording, and where a setting stands on each system."""
