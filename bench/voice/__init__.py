"""The voice and telephone figures against known truth."""
