"""What a graph is compiled with, or without, so that nothing is there when it is asked for (langgraph 1.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from wflint.assembly.sequences import is_surely_set
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import NONE, Const, Object, last_of
from wflint.frontends.langgraph.graph_draft import GraphDraft
from wflint.frontends.langgraph.resumed import answer_of
from wflint.frontends.langgraph.table import COMPILED, RUNNING, UPDATING
from wflint.model.loss import Loss, LossKind
from wflint.model.workflow import Fault, FaultKind

IN_MEMORY = frozenset({"InMemorySaver", "MemorySaver"})
"""Savers that keep what they were told themselves, and nowhere else."""
CACHED = "cache_policy"
KEPT = "cache"


def lost_threads(interp: Interpreter, handles: Iterable[Object], runs: Sequence[ApiCall]) -> Iterator[Fault]:
    """Runs that are resumed from a saver in memory which was made on the way to them: it holds no run to go on with."""
    if not any(answer_of(run) is not None for run in runs):
        return
    escaped = {id(each) for each in interp.escaped_objects}
    started = {
        id(_keeper(run.subject)) for run in runs if run.method in (*RUNNING, *UPDATING) and answer_of(run) is None
    }
    compiled = {id(handle) for handle in handles if handle.path == COMPILED}
    for run in runs:
        keeper, graph = _keeper(run.subject), run.subject
        if keeper is None or id(keeper) in started or id(graph) not in compiled or {id(graph), id(keeper)} & escaped:
            continue
        within = any(each.function is not None and keeper.allocated_at >= each.started_at for each in run.stack)
        if within and answer_of(run) is not None and run.method in RUNNING and isinstance(graph, Object):
            text = f"a run that is resumed from a new `{last_of(keeper.path)}`"
            why = "the saver is made for this call, so the run that waits is not in it; make one saver for all calls"
            yield Fault(FaultKind.FAILING, text, run.span, keeper.site.span, why)


def _keeper(graph: object) -> Object | None:
    """The saver in memory that a graph is compiled with."""
    given = graph.arguments.get("checkpointer", 0) if isinstance(graph, Object) and not graph.arguments.open else None
    known = isinstance(given, Object) and given.cls is None and last_of(given.path) in IN_MEMORY
    return given if known and isinstance(given, Object) and given.location is not None else None


def uncached(graph: GraphDraft, handles: Iterable[Object], built: Sequence[ApiCall]) -> Iterator[Loss]:
    """Steps that are to be kept, of a graph that nothing keeps any step of."""
    compiled = [each for each in handles if each.path == COMPILED and each.receiver is graph.builder]
    without = [each for each in compiled if not each.arguments.open and _is_unset(each)]
    if not compiled or len(without) < len(compiled) or _sets(built, KEPT):
        return
    for call in built:
        if call.method in ("add_node", "set_node_defaults") and is_surely_set(call.get(CACHED)) and call.certain:
            what = "the cache policy of a step" if call.method == "add_node" else "the cache policy of all steps"
            why = f"keeps nothing: the graph is compiled without a `{KEPT}`, so the step runs each time"
            yield Loss(LossKind.REPEAT, what, call.span, why, f"compile it with `{KEPT}=...`", compiled[0].site.span)


def _is_unset(compiled: Object) -> bool:
    return compiled.arguments.get(KEPT) in (None, NONE, Const(value=None)) and KEPT not in compiled.content


def _sets(built: Sequence[ApiCall], name: str) -> bool:
    return any(call.get(name) is not None for call in built if call.method not in ("add_node", "set_node_defaults"))
