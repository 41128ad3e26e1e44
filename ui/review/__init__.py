"""The recruiter's desk: what applicants sent, as a table, one by one, and all together."""
