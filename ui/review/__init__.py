"""The review desk: the reports of many applicants in windows."""
