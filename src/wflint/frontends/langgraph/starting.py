"""What a compiled graph refuses when it is run by itself, outside of any other graph (langgraph 1.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from wflint.assembly.routes import Target
from wflint.evaluate.control_dependence import is_implied_by
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Const, Mapping, Object, Value, last_of
from wflint.frontends.langgraph.table import COMPILED, RUNNING, SAME
from wflint.model.workflow import Fault, FaultKind

THREAD = ("thread_id", "checkpoint_ns", "checkpoint_id")
"""Names of which a configuration needs one, where the state is kept."""
LIMIT = "recursion_limit"
INHERITED = Const(value=True)
"""The `checkpointer` of a graph that takes that of the graph around it."""


def refused_runs(interp: Interpreter, handles: Iterable[Object], runs: Sequence[ApiCall]) -> Iterator[Fault]:
    """Runs of graphs that keep their state without a thread, and of those that would take their parent's memory."""
    bound = {id(run.subject) for run in runs if run.method in SAME}
    threaded = {id(run.subject) for run in runs if run.method in RUNNING and has_thread(run.get("config", 1))}
    for run in runs:
        graph = run.subject
        if run.method not in RUNNING or not isinstance(graph, Object) or graph.path != COMPILED or id(graph) in bound:
            continue
        if any(graph is handle for handle in handles) and is_by_itself(interp, run, id(graph) in threaded):
            yield from _refused(graph, run)


def parents_missing(interp: Interpreter, above: Iterable[Target], runs: Sequence[ApiCall]) -> Iterator[Fault]:
    """Gotos to the graph around this one, where a program runs this one by itself."""
    first = next((run for run in runs if run.method in RUNNING and is_by_itself(interp, run)), None)
    for target in above if first is not None else ():
        if target.certain and first is not None:
            text = f'a goto to "{target.label}" in the parent graph'
            why = "no other graph holds this one; the run fails"
            yield Fault(FaultKind.REFUSED, text, target.location.span, first.span, why)


def is_by_itself(interp: Interpreter, run: ApiCall, others_are: bool = False) -> bool:  # noqa: FBT001, FBT002 - an answer
    """Whether a program runs the graph at its top: code that a graph may run hands its own configuration on.

    That is what frameworks are given, what decorators took, and what nobody calls, unless `others_are` is true: other
    runs of the same graph have threads of their own, so that this one is not meant to go on in somebody else's.
    """
    running = [(frame.function, frame.caller) for frame in run.stack if frame.function is not None]
    return not any(
        id(function.node) in interp.escaped_functions
        or (caller == function.location and not others_are)
        or function.unmodelled_decorators
        for function, caller in running
    )


def _refused(graph: Object, run: ApiCall) -> Iterator[Fault]:
    if _allows_no_step(run):
        yield Fault(FaultKind.REFUSED, f"a run whose `{LIMIT}` is below 1", run.span, detail="it allows no step")
    keeper = graph.arguments.get("checkpointer", 0)
    if graph.arguments.open or run.arguments.open or "config" in graph.content:
        return
    if keeper == INHERITED:
        text = "a run of a graph that was compiled with `checkpointer=True`"
        why = "that is for a graph within another one; give it a checkpointer of its own"
        yield Fault(FaultKind.REFUSED, text, run.span, graph.site.span, why)
    elif _keeps(keeper, graph) and _lacks_thread(run.get("config", 1)):
        text = "a run without a thread of a graph that has a checkpointer"
        why = 'pass {"configurable": {"thread_id": ...}}'
        yield Fault(FaultKind.REFUSED, text, run.span, graph.site.span, why)


def _allows_no_step(run: ApiCall) -> bool:
    config = run.get("config", 1)
    limit = config.content.get(LIMIT) if isinstance(config, Mapping) else None
    return isinstance(limit, Const) and isinstance(limit.value, int) and limit.value < 1


def _keeps(keeper: Value | None, graph: Object) -> bool:
    """Whether the graph, wherever it is made, certainly has a checkpointer."""
    if not isinstance(keeper, Object) or not last_of(keeper.path).endswith("Saver"):
        return False
    return is_implied_by(keeper.path_condition, graph.path_condition)


def has_thread(config: Value | None) -> bool:
    """Whether a configuration names a thread."""
    inner = config.content.get("configurable") if isinstance(config, Mapping) else None
    return isinstance(inner, Mapping) and THREAD[0] in inner.content


def _lacks_thread(config: Value | None) -> bool:
    if config is None or config == NONE:
        return True
    if not isinstance(config, Mapping) or not config.closed or any(key in config.content for key in THREAD):
        return False
    inner = config.content.get("configurable")
    if inner is None:
        return True
    return isinstance(inner, Mapping) and inner.closed and not any(key in inner.content for key in THREAD)
