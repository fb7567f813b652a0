"""One writer a format: plain functions from what was found to text."""
