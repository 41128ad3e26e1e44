"""The report: in words, as JSON, sealed, as HTML and PDF, written to and read from files."""
