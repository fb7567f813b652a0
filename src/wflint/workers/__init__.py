"""Processes of our own that do pieces of work for us.

Each is asked over pipes of its own, so that one that dies takes down only what it was at. The pools of the standard
library share their pipes and locks: a worker that dies while work is handed out leaves them waiting for ever.
"""
