"""A recruiter's heap of reports: taken in from anywhere, a row for each, a picture of them all.

Reads, and does nothing else: nothing is fetched, run, unpacked onto the disk or noted.
"""
