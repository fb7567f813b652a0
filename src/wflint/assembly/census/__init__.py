"""The census of construction sites: what the syntax says is constructed, whatever the evaluator makes of it."""
