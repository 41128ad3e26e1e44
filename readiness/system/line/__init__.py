"""The far end of the line.

``opening`` picks the backend that the person agreed to. Every measurement runs in a child process
(``child``), so that Stop ends it at any moment and a busy window does not disturb its clock; this
file imports nothing, so that a child starts fast.
"""
