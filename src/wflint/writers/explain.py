"""A workflow in words: what it works on, what it does step by step, where it repeats and waits, what to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wflint.analyses.flow.loops import Loop
from wflint.analyses.wording import listed, step_named
from wflint.model.contract import Field
from wflint.model.finding import Coordination, EdgeLabel
from wflint.model.text import Texts
from wflint.model.workflow import END, START, Edge, Exchange, Invocation, Unresolved, UnresolvedName, Workflow
from wflint.rules.invalid_graph import refusal
from wflint.writers.escape import printable_lines
from wflint.writers.explain_step import explained, in_order, way
from wflint.writers.summary import count
from wflint.writers.text import place


def write(workflow: Workflow, loops: tuple[Loop, ...], labels: Mapping[Edge, EdgeLabel], texts: Texts) -> str:
    """One workflow, from its model and the labels of its edges alone."""
    return printable_lines(_lines(workflow, loops, labels, texts))


def _lines(
    workflow: Workflow, loops: tuple[Loop, ...], labels: Mapping[Edge, EdgeLabel], texts: Texts
) -> Iterator[str]:
    watched = sorted(
        ((edge, label) for edge, label in labels.items() if label.label is Coordination.DYNAMIC),
        key=lambda item: (-item[1].p_mismatch, item[0].span, item[0].target),
    )
    yield f'"{workflow.name}" ({workflow.framework}, {place(workflow.span, texts, str)})'
    yield workflow.id
    yield _size(workflow, loops, len(watched))
    yield from _titled("What it works on", _data(workflow, texts))
    yield from _titled("Step by step", _steps(workflow, labels, texts))
    yield from _titled("Loops", (_loop(loop) for loop in loops))
    yield from _titled(
        "Joins", (f"{step_named(join.target)} waits for {_all_of(join.sources)}" for join in workflow.joins)
    )
    yield from _titled("What to look at", _concerns(workflow, loops, watched, texts))
    yield from _titled(
        "What is not known", (f"{place(item.span, texts, str)}: {item.reason}" for item in _open(workflow))
    )


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines below a title; neither where there are none."""
    found = tuple(lines)
    if found:
        yield from ("", title, *(f"  {line}" for line in found))


def _size(workflow: Workflow, loops: tuple[Loop, ...], watched: int) -> str:
    steps = sum(step.id not in (START, END) for step in workflow.steps)
    parts = [count(steps, "step"), count(len(workflow.edges), "edge")]
    parts += [count(len(loops), "loop")] if loops else []
    parts += [count(len(workflow.joins), "join")] if workflow.joins else []
    return f"{', '.join(parts)}; {count(watched, 'edge')} to watch at run time"


def _data(workflow: Workflow, texts: Texts) -> Iterator[str]:
    if workflow.parents:
        yield f"It is a step of {listed(workflow.parents)}."
    if workflow.exchange is Exchange.MESSAGES:
        yield "Steps hand messages on: what a step writes gets to the targets of its edges and nobody else."
    else:
        yield "Steps share a state: what a step writes gets to every later step, until it is overwritten."
    if workflow.is_imperative:
        yield "Plain code runs the steps; edges say whose results get to whom."
    for role, schema in (("state", workflow.state), ("input", workflow.inputs), ("output", workflow.outputs)):
        if schema is not None and (role == "state" or schema != workflow.state):
            fields = "; ".join(_field(field) for field in schema.fields) or "no fields"
            yield f"The {role} {schema.name}: {fields}{'' if schema.closed else '; perhaps more'}."
    if workflow.persisted:
        yield "The state outlives a run: the next one may begin with it."
    for run in workflow.invocations:
        yield f"{place(run.span, texts, str)} runs it with {_passed(run)}."


def _field(field: Field) -> str:
    details = [text for text in (field.type, f"merged by {field.reducer}" if field.reducer else None) if text]
    return f'"{field.name}"' + (f" ({', '.join(details)})" if details else "")


def _passed(run: Invocation) -> str:
    known = listed(run.keys) if run.keys else "nothing"
    return known if run.closed else (f"{known} and perhaps more" if run.keys else "what the source does not tell")


def _steps(workflow: Workflow, labels: Mapping[Edge, EdgeLabel], texts: Texts) -> Iterator[str]:
    number = 0
    for step in in_order(workflow):
        if step.id != START:
            number += 1
        lead = "" if step.id == START else f"{number}. "
        first, *others = explained(workflow, step, labels, texts)
        yield f"{lead}{first}"
        yield from (f"{' ' * len(lead) or '  '}{line}" for line in others)


def _loop(loop: Loop) -> str:
    steps = f"{listed(loop.steps)} can run again"
    if loop.endless:
        return f"{steps}; nothing ends this loop"
    left = " or ".join(way(edge) for edge in loop.exits)
    other = "code, a person or a target that is not known can end it"
    return "; ".join((steps, *((f"left by {left}",) if left else ()), *((other,) if loop.stoppable else ())))


def _all_of(sources: tuple[str, ...]) -> str:
    return f"all of {listed(sources)}" if len(sources) > 1 else listed(sources)


def _concerns(
    workflow: Workflow, loops: tuple[Loop, ...], watched: Iterable[tuple[Edge, EdgeLabel]], texts: Texts
) -> Iterator[str]:
    """What deserves a look, the certain before the likely."""
    for fault in workflow.faults:
        yield f"{place(fault.span, texts, str)}: {refusal(fault)}"
    for loss in workflow.losses:
        yield f"{place(loss.span, texts, str)}: {loss.subject} {loss.reason}"
    for name in workflow.unresolved_names:
        yield f"{place(name.span, texts, str)}: {_unresolved(name)}"
    for unused in workflow.unused:
        yield f'{place(unused.span, texts, str)}: {unused.role} "{unused.name}" has no part in it: {unused.reason}'
    for loop in loops:
        if loop.endless:
            yield f"{listed(loop.steps)} form an endless loop"
    for edge, label in watched:
        speaking = "; ".join(reason.text for reason in label.reasons if reason.weight > 0)
        yield f"watch {way(edge)} (p = {label.p_mismatch:.2f})" + (f": {speaking}" if speaking else "")


def _unresolved(name: UnresolvedName) -> str:
    ends = [f"from {step_named(name.source)}"] if name.source else []
    ends += [f"to {step_named(name.target)}"] if name.target else []
    return f'no step is called "{name.name}" ({" ".join((name.role, *ends))})'


def _open(workflow: Workflow) -> tuple[Unresolved, ...]:
    return tuple(sorted(workflow.unresolved, key=lambda item: item.span))
