"""Answers: what comes back from something that was run, tracked so that it is seen who gets it."""

from __future__ import annotations

from dataclasses import dataclass

from wflint.evaluate.sources import sources_of
from wflint.evaluate.values import Root, Symbol, Value


@dataclass(frozen=True, slots=True, eq=False)
class Answer(Root):
    """What came back from a run of an agent, a crew, a graph.

    `label` is what its library calls the answer, `sources` are the tracked inputs that the run was given, `taken` the
    undecided conditions under which it happened.
    """

    label: str = "answer"
    sources: frozenset[Symbol] = frozenset()
    taken: tuple[int, ...] = ()


def is_answer(value: Value | None) -> bool:
    """Whether a value is an answer, or a part of one."""
    return isinstance(value, Symbol) and isinstance(value.root, Answer)


def origins_of(*values: Value) -> frozenset[Symbol]:
    """The tracked inputs that went into `values`, through the answers of what was run in between."""
    found: set[Symbol] = set()
    pending = list(sources_of(*values))
    while pending:
        symbol = pending.pop()
        if symbol not in found:
            found.add(symbol)
            pending += symbol.root.sources if isinstance(symbol.root, Answer) else ()
    return frozenset(found)
