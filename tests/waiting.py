"""How long a test waits for another process: long enough for a busy machine, and never for ever."""

from __future__ import annotations

PATIENCE = 300
"""Seconds; less than `pytest-timeout` gives a test, so that what is told is the command that did not end."""
