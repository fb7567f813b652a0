"""A step in words: its work, its contract, and where it leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from wflint.analyses.wording import listed, step_named
from wflint.model.contract import Certainty, Need, Offer
from wflint.model.finding import EdgeLabel
from wflint.model.text import Texts
from wflint.model.workflow import END, START, Choice, Edge, EdgeKind, Step, StepKind, Workflow
from wflint.writers.text import place

_Term = TypeVar("_Term", Need, Offer)

_WORK = {
    StepKind.START: "begins",
    StepKind.END: "ends",
    StepKind.FUNCTION: "runs code",
    StepKind.AGENT: "asks a model",
    StepKind.TOOL: "runs tools that a model asked for",
    StepKind.ROUTER: "chooses who goes next",
    StepKind.SUBWORKFLOW: "runs a workflow",
    StepKind.HUMAN: "asks a person",
}


def in_order(workflow: Workflow) -> tuple[Step, ...]:
    """The steps in an order in which they can run, from the start on; the end is left out.

    It is reverse postorder: loops aside, a step comes after all that lead to it.
    """
    index, seen, order = workflow.index, set[str](), list[str]()
    for root in (START, *workflow.entries, *index.steps):
        finished: list[str] = []
        _visit(workflow, root, seen, finished)
        order += reversed(finished)
    return tuple(index.steps[name] for name in order if name in index.steps and name != END)


def _visit(workflow: Workflow, root: str, seen: set[str], finished: list[str]) -> None:
    """Depth first, without recursion: workflows may be long."""
    pending = [(root, False)]
    while pending:
        name, is_done = pending.pop()
        if is_done:
            finished.append(name)
        elif name not in seen:
            seen.add(name)
            pending.append((name, True))
            pending += [(edge.target, False) for edge in workflow.index.edges_from(name)]


def explained(workflow: Workflow, step: Step, labels: Mapping[Edge, EdgeLabel], texts: Texts) -> Iterator[str]:
    """The step's line, its contract, its habits, and a line for each way on."""
    if step.id == START:
        yield "A run begins:"
    else:
        yield f'"{step.id}" {_work(step)}  ({place(step.definition or step.span, texts, str)})'
        yield from contract(step)
        yield from _habits(step)
    for edge in workflow.index.edges_from(step.id):
        yield f"-> {_target(workflow, edge)}{verdict(labels.get(edge))}"


def contract(step: Step) -> Iterator[str]:
    """What a step needs and offers, a line each; what is left out of them is said, too."""
    needs = [_need(need) for need in _once(step.needs)]
    offers = [_offer(offer) for offer in _once(step.offers)]
    if step.forwards_state:
        offers.append("the whole state it was given")
    if needs or step.needs_open:
        yield f"needs {', '.join(needs + (['perhaps more'] if step.needs_open else []))}"
    if offers or step.offers_open:
        yield f"offers {', '.join(offers + (['perhaps more'] if step.offers_open else []))}"


def _once(items: tuple[_Term, ...]) -> tuple[_Term, ...]:
    """The first of each name."""
    first: dict[str, _Term] = {}
    for item in items:
        first.setdefault(item.name, item)
    return tuple(first.values())


def _need(need: Need) -> str:
    return _described(need, "optional" if not need.required else None)


def _offer(offer: Offer) -> str:
    return _described(offer, "on some paths" if offer.certainty is Certainty.POSSIBLE else None)


def _described(item: Need | Offer, qualification: str | None) -> str:
    details = [text for text in (item.type, qualification, " ".join(item.description.split())) if text]
    return f'"{item.name}"' + (f" ({'; '.join(details)})" if details else "")


def _work(step: Step) -> str:
    words = _WORK[step.kind]
    if step.kind is StepKind.SUBWORKFLOW and step.workflow:
        words = f'runs the workflow "{step.workflow}"'
    if step.model:
        words += f', "{step.model}"' if step.kind is StepKind.AGENT else f', with the model "{step.model}"'
    if step.tools:
        words += f" with {listed(step.tools)}{' and perhaps more' if step.tools_open else ''}"
    return words


def _habits(step: Step) -> Iterator[str]:
    if step.description:
        yield f"described as: {' '.join(step.description.split())}"
    if step.interrupts:
        yield "pauses for a person"
    if step.retries:
        yield "is retried when it fails"
    if step.deferred:
        yield "waits until nothing else is left to run"
    for check in step.checks:
        yield f"what it hands on is checked: {check.name}"


def _target(workflow: Workflow, edge: Edge) -> str:
    words = step_named(edge.target)
    match edge.kind:
        case EdgeKind.DIRECT:
            pass
        case EdgeKind.CONDITIONAL:
            words += _decided(workflow, edge)
        case EdgeKind.FAN_OUT:
            words += ", once per item"
        case EdgeKind.FAN_IN:
            words += ", once all that it waits for are done"
        case EdgeKind.HANDOFF:
            words += ", by a hand-off"
        case EdgeKind.MESSAGE:
            words += f' on "{edge.label}"' if edge.label else ", by a message"
    mapped = ", ".join(f'"{one.offer}" as "{one.need}"' for one in edge.field_map if one.offer != one.need)
    perhaps = ", perhaps" if edge.certainty is Certainty.POSSIBLE else ""
    return words + (f", {mapped}" if mapped else "") + perhaps


def _decided(workflow: Workflow, edge: Edge) -> str:
    choice: Choice | None = workflow.choices[edge.choice] if edge.choice is not None else None
    who = f'"{choice.name}"' if choice is not None and choice.name else "a choice"
    if choice is not None and choice.on_error:
        return ", when it fails"
    return f' if {who} says "{edge.label}"' if edge.label else f" if {who} says so"


def way(edge: Edge) -> str:
    """An edge within a sentence."""
    route = f' on "{edge.label}"' if edge.label else ""
    return f"{_end(edge.source)} -> {_end(edge.target)}{route}"


def _end(name: str) -> str:
    return step_named(name) if name in (START, END) else f'"{name}"'


def verdict(label: EdgeLabel | None) -> str:
    """The label of an edge with its probability, in brackets."""
    return f"  [{label.label}, p = {label.p_mismatch:.2f}]" if label is not None else ""
