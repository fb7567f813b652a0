"""Recorded runs: reading them, joining them to the source graph, what they cost and where they went wrong."""
