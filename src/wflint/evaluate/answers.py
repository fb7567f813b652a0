"""Answers: what comes back from something that was run, tracked so that it is seen who gets it."""

from __future__ import annotations

from dataclasses import dataclass

from wflint.evaluate.sources import sources_of
from wflint.evaluate.values import Member, Object, Root, Symbol, Union, Unknown, Value


@dataclass(frozen=True, slots=True, eq=False)
class Answer(Root):
    """What came back from a run of an agent, a crew, a graph.

    `label` is what its library calls the answer, `texts` are the parts of it that hold what was written (none: it is
    the text itself), None where that cannot be told. `sources` are the tracked inputs that the run was given, `taken`
    the undecided conditions under which it happened.
    """

    label: str = "answer"
    texts: tuple[str, ...] | None = None
    sources: frozenset[Symbol] = frozenset()
    taken: tuple[int, ...] = ()


def is_answer(value: Value | None) -> bool:
    """Whether a value is an answer, or a part of one."""
    return isinstance(value, Symbol) and isinstance(value.root, Answer)


def comes_of_answer(value: Value) -> bool:
    """Whether a value is an answer, a part of one, or made of one by methods alone."""
    while isinstance(value, Object | Member) and value.receiver is not None:
        value = value.receiver
    match value:
        case Union(options=options):
            return any(map(comes_of_answer, options))
        case Unknown(sources=sources):
            return bool(sources) and all(map(is_answer, sources))
        case _:
            return is_answer(value)


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
