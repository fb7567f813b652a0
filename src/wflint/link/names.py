"""Which names say what a step does."""

from __future__ import annotations

from typing import Final

from wflint.matching.words import split_name

GENERIC: Final = frozenset(
    """agent assistant model llm chat chatbot generator node step task work worker call tool tools bot main run
    process""".split()  # noqa: SIM905 (a list of words)
)
"""Words that say nothing about the work."""


def says_something(name: str) -> bool:
    """Whether a name says more than that it is one of several: `task_1` and `agent` do not."""
    return any(word not in GENERIC and not word.isdecimal() for word in split_name(name))
