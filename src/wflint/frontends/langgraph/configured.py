"""What steps read of the configuration of a run, against the configurations that callers pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.assembly.contracts.run_contexts import Wrapper, contexts_taken
from wflint.evaluate.events import ApiCall
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.values import NONE, Mapping, Object
from wflint.frontends.langgraph.graph_draft import GraphDraft
from wflint.frontends.langgraph.starting import THREAD, is_by_itself
from wflint.frontends.langgraph.table import COMPILED, RUNNING
from wflint.model.contract import Certainty, Part
from wflint.model.loss import Loss, LossKind

CONFIG = Wrapper(frozenset({"RunnableConfig"}), "langchain.RunnableConfig", "configurable", is_dict=True)
GIVEN = frozenset({*THREAD, "checkpoint_map", "__pregel_read", "__pregel_send"})
"""What the framework itself adds to it."""


def unconfigured(graph: GraphDraft, runs: Sequence[ApiCall]) -> Iterator[Loss]:
    """Keys that a step certainly looks up in the configuration, and that no run of the graph is given."""
    begun = [run for run in runs if run.method in RUNNING]
    if not begun or not all(_is_known(graph, run) for run in begun):
        return
    passed = {key for run in begun for key in _passed(run)}
    for name, part in _read(graph):
        if part.name not in passed and part.name not in GIVEN and not part.path:
            given = ", ".join(f'"{key}"' for key in sorted(passed)) or "nothing"
            yield Loss(
                LossKind.UNPASSED,
                f'step "{name}"',
                part.span,
                f'reads "{part.name}" of the run\'s configuration, where callers pass {given} only: it fails',
                f'pass {{"configurable": {{"{part.name}": ...}}}}',
                begun[0].span,
                name,
            )


def _is_known(graph: GraphDraft, run: ApiCall) -> bool:
    """Whether all of a run's configuration is known: what the graph is bound to, and what is around, adds to it."""
    made = run.subject
    if not isinstance(made, Object) or made.path != COMPILED or "config" in made.content or run.arguments.open:
        return False
    config = run.get("config", 1)
    if config is None or config == NONE:
        return is_by_itself(graph.interp, run)
    inner = config.content.get("configurable") if isinstance(config, Mapping) and config.closed else None
    whole = isinstance(inner, Mapping) and inner.closed
    return whole and is_by_itself(graph.interp, run, others_are=isinstance(inner, Mapping) and bool(inner.content))


def _passed(run: ApiCall) -> Iterator[str]:
    config = run.get("config", 1)
    inner = config.content.get("configurable") if isinstance(config, Mapping) else None
    yield from (str(key) for key in (inner.content if isinstance(inner, Mapping) else ()))


def _read(graph: GraphDraft) -> Iterator[tuple[str, Part]]:
    for name, (action, _, sure) in graph.added.items():
        function = function_of(action) if sure else None
        given = contexts_taken(graph.interp, [function], CONFIG) if function is not None else ()
        yield from ((name, part) for each in given for part in each.parts if part.certainty is Certainty.CERTAIN)
