"""What an agent of LangChain (1.5) refuses, and what it is given and never uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wflint.assembly.sequences import elements, is_empty, is_known, is_unset
from wflint.evaluate.values import NONE, Const, Function, Object, Sequence, Value, text_of
from wflint.evaluate.values import Mapping as Keyed
from wflint.frontends.langgraph.demands import MIDDLEWARE
from wflint.frontends.langgraph.graph_draft import GraphDraft
from wflint.frontends.langgraph.ready_made import answers_directly
from wflint.frontends.langgraph.steps import ReadStep
from wflint.model.contract import Certainty, Schema
from wflint.model.loss import Loss, LossKind
from wflint.model.span import Span
from wflint.model.workflow import Edge, Fault, FaultKind, Step

HOOKS = ("before_agent", "before_model", "after_model", "after_agent")
JUMP = "jump_to"
APPROVALS = "HumanInTheLoopMiddleware"
TOOLS = "tools"


def refused_agent(graph: GraphDraft) -> Iterator[Fault]:
    """Two pieces of middleware of one name."""
    names = [text_of(entry.value) for entry in elements(graph.builder.content.get("names")) if entry.certain]
    for name in dict.fromkeys(name for number, name in enumerate(names) if name and name in names[:number]):
        why = "an agent takes one piece of a name; give one of them a class of its own, or another name"
        yield Fault(FaultKind.REFUSED, f'middleware "{name}" twice', graph.draft.span, detail=why)
    for entry in elements(graph.builder.content.get("middleware")):
        if isinstance(entry.value, Object) and entry.value.cls is not None and entry.value.cls.module.stub:
            yield from _refused_middleware(entry.value, entry.value.cls.name)


def _refused_middleware(item: Object, called: str) -> Iterator[Fault]:
    """What a piece of the library's own middleware refuses."""
    for demand in MIDDLEWARE.get(called, ()):
        if (why := demand.breach(item.arguments)) is not None:
            yield Fault(FaultKind.REFUSED, demand.subject(called), item.site.span, detail=why)
    asked = item.arguments.get("interrupt_on", 0) if called == APPROVALS else None
    for name, said in asked.known() if isinstance(asked, Keyed) else ():
        if isinstance(said, Keyed) and said.closed and _is_left_out(said.content.get("allowed_decisions")):
            why = "`allowed_decisions` says what a person may decide"
            yield Fault(FaultKind.REFUSED, f'the approval for the tool "{name}"', item.site.span, detail=why)


def _is_left_out(decisions: Value | None) -> bool:
    return is_unset(decisions) or is_empty(decisions)


def lacking_keys(graph: GraphDraft, state: Schema | None) -> Iterator[Fault]:
    """Fields that a ready-made agent uses and its state does not have."""
    required = [text_of(entry.value) for entry in elements(graph.builder.content.get("required"))]
    for name in required if state is not None and state.closed and state.fields else ():
        if name is not None and state is not None and state.field(name) is None:
            why = "a ready-made agent uses that field; take its own state class as the base"
            yield Fault(FaultKind.REFUSED, f"{state.name} without `{name}`", graph.draft.span, state.span, why)


def agent_losses(graph: GraphDraft) -> Iterator[Loss]:
    """Jumps that are not declared, guards of tools that are not there, a form that a tool skips."""
    if "names" in graph.builder.content:
        yield from _deaf(graph.read, graph.draft.edges)
        yield from _idle(graph.builder, graph.draft.steps.get(TOOLS))
        yield from _unformed(graph.builder, graph.draft.span)


def _deaf(read: Mapping[str, ReadStep], edges: Mapping[tuple[str, str], Edge]) -> Iterator[Loss]:
    """Hooks that say where to jump to and have not declared that they may."""
    for name, step in read.items():
        jumps = [offer for offer in step.step.offers if offer.name == JUMP and offer.certainty is Certainty.CERTAIN]
        decides = any(edge.choice is not None for (source, _), edge in edges.items() if source == name)
        if name.rpartition(".")[2] in HOOKS and jumps and not decides:
            yield Loss(
                LossKind.ROUTE,
                f'where step "{name}" jumps to',
                jumps[0].span,
                "is not followed: a hook may jump only to what it declares",
                "add `can_jump_to=[...]` to its decorator",
                None,
                name,
            )


def _idle(builder: Object, tools: Step | None) -> Iterator[Loss]:
    """Approvals and limits for tools that the agent does not have."""
    given = builder.content.get("middleware")
    items = [entry.value for entry in elements(given)]
    if (
        tools is None
        or tools.tools_open
        or not tools.tools
        or not is_known(given)
        or not is_known(builder.content.get(TOOLS))
    ):
        return
    if any(not isinstance(item, Object) or _brings(item) for item in items):
        return
    for item in (item for item in items if isinstance(item, Object)):
        for name in _guarded(item.content.get("guarded")):
            if name not in tools.tools:
                yield Loss(
                    LossKind.GUARD,
                    f'what guards the tool "{name}"',
                    item.site.span,
                    f"never does: the agent has no tool of that name, only {', '.join(sorted(tools.tools))}",
                    "name it as the tool is named",
                )


def _brings(item: Object) -> bool:
    """Whether a piece of middleware may add tools of its own."""
    return "tools" in item.content or (item.cls is not None and item.cls.find("tools") is not None)


def _guarded(given: Value | None) -> tuple[str, ...]:
    """The tools that an approval or a limit names; those for which nothing is asked are left out."""
    match given:
        case Keyed():
            return tuple(name for name, held in given.known() if isinstance(name, str) and held != Const(value=False))
        case Sequence():
            return tuple(name for item in given.content if item != NONE and (name := text_of(item)) is not None)
        case _:
            return ()


def _unformed(builder: Object, span: Span) -> Iterator[Loss]:
    """A declared form of the answer, where a tool may give the answer itself."""
    formed = builder.content.get("response_format")
    tools = [entry.value for entry in elements(builder.content.get(TOOLS))]
    direct = next((each for each in tools if isinstance(each, Function) and answers_directly(each)), None)
    if formed is not None and formed != NONE and direct is not None:
        yield Loss(
            LossKind.GUARD,
            "the response format of the agent",
            span,
            "is not asked for where a tool is called that returns directly: the answer is what the tool gives",
            "have the model answer after the tool, or read the tool's own answer",
            direct.location.span,
            certainty=Certainty.POSSIBLE,
        )
