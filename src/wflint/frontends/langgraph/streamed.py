"""What callers take of the chunks of a stream, which by default hold what each step wrote, under its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.assembly.contracts.held_results import held_result
from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import text_of
from wflint.frontends.langgraph.graph_draft import GraphDraft
from wflint.model.contract import Schema
from wflint.model.loss import Loss, LossKind
from wflint.source import code
from wflint.source.walking import nodes_in

STREAMING = ("stream", "astream")
BY_STEP = "updates"
MODE = "stream_mode"


def misread_chunks(graph: GraphDraft, state: Schema, runs: Sequence[ApiCall]) -> Iterator[Loss]:
    """Fields of the state that code takes of a chunk directly, where no step goes by that name."""
    for run in runs:
        mode = run.get(MODE, 2)
        plain = run.method in STREAMING and not run.arguments.open and (mode is None or text_of(mode) == BY_STEP)
        if not plain or run.get("subgraphs") is not None or run.get("version") is not None:
            continue
        for key, at in _taken(run):
            if key in state.names and key not in graph.draft.steps and not graph.draft.unresolved:
                yield Loss(
                    LossKind.ABSENT,
                    f'"{key}"',
                    run.location.module.span(at),
                    "is taken of a chunk of the stream, and the chunk holds what a step wrote, under the step's name: "
                    "it has no such key",
                    f'stream with `{MODE}="values"`, or take it of the step\'s part',
                    run.span,
                )


def _taken(run: ApiCall) -> Iterator[tuple[str, code.TextRange]]:
    """The keys that the code around a stream looks up in its chunks, and in no part of them."""
    held = held_result(run)
    nodes = held.nodes if held is not None else ()
    loops = [each for each in nodes if isinstance(each, code.For) and held is not None and held.holds(each.iterable)]
    chunks = {loop.target.id for loop in loops if isinstance(loop.target, code.Name)}
    names = chunks | {
        target.id
        for node in nodes
        if isinstance(node, code.Assign) and isinstance(node.value, code.Name) and node.value.id in chunks
        for target in node.targets
        if isinstance(target, code.Name)
    }
    if _are_set_otherwise(nodes, names, chunks) or _are_looked_at(nodes, names):
        return
    for node in nodes:
        match node:
            case code.Subscript(value=code.Name(id=name), index=code.Constant(value=str(key)), at=at) if name in names:
                yield key, at
            case _:
                pass


def _are_set_otherwise(nodes: Sequence[code.Node], names: set[str], chunks: set[str]) -> bool:
    """Whether some name may stand for something else: for more than a chunk, or what it is before the first one."""
    for node in nodes:
        match node:
            case code.Assign(targets=targets, value=value):
                own = {each.id for each in targets if isinstance(each, code.Name)} & names
                empty = isinstance(value, code.Constant | code.DictDisplay) and not getattr(value, "pairs", ())
                if own and not empty and not (isinstance(value, code.Name) and value.id in chunks):
                    return True
            case code.For(target=code.Name(id=name), iterable=iterable):
                others = [n for n in nodes if isinstance(n, code.For) and n.iterable.at != iterable.at]
                if name in names and any(isinstance(n.target, code.Name) and n.target.id == name for n in others):
                    return True
            case _:
                pass
    return False


def _are_looked_at(nodes: Sequence[code.Node], names: set[str]) -> bool:
    """Whether code asks what is in a chunk before it takes it."""
    for node in nodes:
        match node:
            case code.Compare(operators=operators):
                asks = any(operator in ("in", "not in") for operator in operators)
            case code.Try():
                asks = True
            case code.Call(func=code.Name(id="isinstance" | "hasattr" | "len")):
                asks = True
            case _:
                continue
        if asks and any(isinstance(each, code.Name) and each.id in names for each in nodes_in((node,))):
            return True
    return False
