"""What a step takes of the answer that it waits for, against what callers answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.assembly.contracts.pauses import is_pause
from wflint.evaluate.events import ApiCall, LibraryCall
from wflint.evaluate.statements.bindings import names_of
from wflint.evaluate.values import Mapping, Object, Value
from wflint.frontends.langgraph.graph_draft import GraphDraft
from wflint.frontends.langgraph.steps import PAUSES
from wflint.frontends.langgraph.table import COMMAND, RUNNING
from wflint.model.loss import Loss, LossKind
from wflint.source import code
from wflint.source.walking import body_of, nodes_in


def misread_answers(graph: GraphDraft, runs: Sequence[ApiCall]) -> Iterator[Loss]:
    """Keys of the answer that the only pause of a graph takes, and that no caller's answer has."""
    pauses = [(name, call) for name in graph.read for call in _pauses(graph, name)]
    answers = [(run, answer) for run in runs if run.method in RUNNING and (answer := answer_of(run)) is not None]
    if len(pauses) != 1 or not answers:
        return
    name, call = pauses[0]
    given = [(run, answer) for run, answer in answers if isinstance(answer, Mapping) and answer.closed]
    if len(given) < len(answers):
        return
    for key, at in _taken(graph, name, call):
        if not any(key in answer.content for _, answer in given):
            known = ", ".join(f'"{each}"' for each in dict.fromkeys(str(k) for _, a in given for k in a.content))
            yield Loss(
                LossKind.ABSENT,
                f'step "{name}"',
                call.location.module.span(at),
                f'takes "{key}" of the answer that it waits for, but the run is resumed with {known or "nothing"} only',
                "resume it with what the step takes",
                given[0][0].span,
                name,
            )


def _pauses(graph: GraphDraft, name: str) -> Iterator[LibraryCall]:
    summary = graph.read[name].summary
    yield from (call for call in (summary.calls if summary is not None else ()) if is_pause(call, PAUSES))


def answer_of(run: ApiCall) -> Value | None:
    """What a call resumes a run with; None where it begins one."""
    given = run.get("input", 0)
    return given.arguments.get("resume") if isinstance(given, Object) and given.path == COMMAND else None


def _taken(graph: GraphDraft, name: str, pause: LibraryCall) -> Iterator[tuple[str, code.TextRange]]:
    """The keys that the step's own code certainly looks up, where it tests nothing of the answer before."""
    summary = graph.read[name].summary
    if summary is None or pause.within or not pause.certain:
        return
    nodes = list(nodes_in(body_of(summary.function.node)))
    names = names_of(nodes, lambda value: value.at == pause.location.at)
    tested = (node for node in nodes if isinstance(node, code.Try) or _asks(node))
    if any(isinstance(each, code.Name) and each.id in names for node in tested for each in nodes_in([node])):
        return
    stored = {id(target) for node in nodes if isinstance(node, code.Assign) for target in node.targets}
    for node in nodes:
        match node:
            case code.Subscript(value=code.Name(id=held), index=code.Constant(value=str(key)), at=at):
                if held in names and id(node) not in stored:
                    yield key, at
            case code.Subscript(value=code.Call(at=asked), index=code.Constant(value=str(key)), at=at):
                if asked == pause.location.at:
                    yield key, at
            case _:
                pass


def _asks(node: code.Node) -> bool:
    """Whether code looks what the answer is like, or whether it has a key."""
    match node:
        case code.Compare(operators=operators):
            return any(operator in ("in", "not in") for operator in operators)
        case code.Call(func=code.Name(id=name)):
            return name in ("isinstance", "hasattr")
        case _:
            return False
