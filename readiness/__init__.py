"""The engine of Readiness: measure a home office, judge it, report on it. Imports no Qt."""

__version__ = "0.1.0"
