"""The applicant's journey, a file per page."""
