"""Whether a graph's state outlives a run: what it is compiled with, and what a run that waits needs."""

from __future__ import annotations

from collections.abc import Sequence

from wflint.evaluate.values import NONE, Const, Object, Value
from wflint.evaluate.values import Sequence as Listed
from wflint.frontends.langgraph.table import COMPILED, ENTRYPOINT
from wflint.model.span import Span

KEEPER = "checkpointer"
HALTING = ("interrupt_before", "interrupt_after")
NOTHING = (None, NONE, Const(value=False))


def is_kept(graph: Object) -> bool:
    """Whether the state outlives a run, so that anybody may look at it later."""
    return graph.path == COMPILED and _has_keeper(graph, 0)


def halting(handles: Sequence[Object]) -> Span | None:
    """Where the graph is made to halt before or after some of its steps, in each way that it is compiled."""
    compiled = [made for made in handles if made.path == COMPILED]
    halts = [any(_is_some(made.arguments.get(name)) for name in HALTING) for made in compiled]
    return compiled[0].site.span if compiled and all(halts) else None


def forgetting(handles: Sequence[Object]) -> Span | None:
    """Where the graph is made to run with nothing that keeps its state, in each way that it is; None where it is kept.

    A graph that is built and not yet compiled says nothing.
    """
    entry = f"{ENTRYPOINT}.made"
    runnable = [made for made in handles if made.path in (COMPILED, entry)]
    kept = any(_has_keeper(made, 0 if made.path == COMPILED else None) or KEEPER in made.content for made in runnable)
    return runnable[0].site.span if runnable and not kept else None


def _has_keeper(made: Object, position: int | None) -> bool:
    return made.arguments.open or made.arguments.get(KEEPER, position) not in NOTHING


def _is_some(given: Value | None) -> bool:
    """Whether steps are named, for certain."""
    return isinstance(given, Listed) and bool(given.content)
