"""The plan for people: a section a workflow, the edges to watch first, then the sentences to write down."""

from __future__ import annotations

import json
from collections.abc import Iterator

from wflint.analyses.labels.coordination import qualifications
from wflint.analyses.plan.planning import EdgePlan
from wflint.analyses.plan.response import Instruction, Place, Watch
from wflint.model.workflow import Edge
from wflint.writers.escape import printable_lines
from wflint.writers.plan import PlanSheet, WorkflowPlan
from wflint.writers.plan_means import Means, means_of
from wflint.writers.summary import count

_PLACES = {Place.PROMPT: "In the prompt of", Place.CODE: "In the code of"}


def write(sheet: PlanSheet) -> str:
    """The whole plan."""
    lines = ["# What to do about each edge", ""]
    if not sheet.workflows:
        lines += ["There is no edge to plan for.", ""]
    for planned in sheet.workflows:
        lines += _workflow(planned)
    lines += _orphans(sheet)
    return printable_lines("\n".join(lines).rstrip("\n").split("\n"))


def _workflow(planned: WorkflowPlan) -> Iterator[str]:
    watched = [plan for plan in planned.plans if isinstance(plan.response, Watch)]
    told = [plan for plan in planned.plans if isinstance(plan.response, Instruction)]
    yield f"## {_code(planned.workflow.id)}"
    yield ""
    yield f"{count(len(planned.plans), 'edge')}: {len(watched)} to watch at run time, {len(told)} to settle once."
    yield ""
    means = means_of(planned.workflow.framework)
    if watched:
        yield "### Watch at run time"
        yield ""
    for plan in watched:
        yield from _watched(plan, means)
    spoken = [plan for plan in told if isinstance(plan.response, Instruction) and plan.response.text]
    if spoken:
        yield "### Settle once"
        yield ""
    for plan in spoken:
        yield from _told(plan)
    silent = [plan for plan in told if plan not in spoken]
    if silent:
        yield "### Nothing to do"
        yield ""
    for plan in silent:
        assert isinstance(plan.response, Instruction)
        yield f"- {_headline(plan)} {_sentence(plan.response.why)}"
        yield from (f"  {_sentence(text)}" for text in qualifications(plan.label))
    if silent:
        yield ""


def _watched(plan: EdgePlan, means: Means) -> Iterator[str]:
    watch = plan.response
    assert isinstance(watch, Watch)
    yield f"#### {_name(plan.edge)}"
    yield ""
    yield f"{_numbers(plan)}{''.join(f' {_sentence(text)}' for text in qualifications(plan.label))}"
    yield ""
    if watch.first:
        yield f"- **First:** {watch.first}."
    yield f"- **Watch:** {watch.condition}."
    if watch.question:
        yield f"- **Ask a model:** {watch.question}"
    if watch.interventions:
        yield from _stepping_in(plan, watch, means)
    yield "- **Why:** " + ("; ".join(_speaking(plan)) or "a mismatch would cost much") + "."
    yield ""
    if watch.schema:
        yield from ("```json", json.dumps(watch.schema, ensure_ascii=False), "```", "")


def _stepping_in(plan: EdgePlan, watch: Watch, means: Means) -> Iterator[str]:
    yield f"- **Where:** {means.checking(plan.edge, watch)}."
    yield f"- **When it does not hold:** pause before {_code(plan.edge.target)} runs; {_budget(watch)}:"
    for number, item in enumerate(watch.interventions, start=1):
        way = means.stepping_in(item, plan.edge, watch)
        yield f"  {number}. {item.action} (at most {item.times}x): {way}."


def _told(plan: EdgePlan) -> Iterator[str]:
    instruction = plan.response
    assert isinstance(instruction, Instruction)
    yield f"#### {_name(plan.edge)}"
    yield ""
    yield f"{_numbers(plan)}{''.join(f' {_sentence(text)}' for text in qualifications(plan.label))}"
    yield ""
    yield f"{_PLACES[instruction.place]} {_code(instruction.step)}, because {instruction.why}:"
    yield ""
    yield f"> {instruction.text}"
    yield ""


def _orphans(sheet: PlanSheet) -> Iterator[str]:
    if sheet.orphans:
        yield "## Decisions about edges that there are not"
        yield ""
        yield from (f"- {_code(str(decision.edge))} ({decision.verdict}, {decision})" for decision in sheet.orphans)


def _headline(plan: EdgePlan) -> str:
    return f"{_name(plan.edge)}: {_numbers(plan)}"


def _numbers(plan: EdgePlan) -> str:
    label = plan.label
    return (
        f"{label.label}: p = {label.p_mismatch:.2f}, watching pays from {label.threshold:.2f}, "
        f"confidence {label.confidence:.2f}."
    )


def _speaking(plan: EdgePlan) -> Iterator[str]:
    return (reason.text for reason in plan.label.reasons if reason.weight > 0)


def _budget(watch: Watch) -> str:
    return f"{count(watch.budget, 'intervention')} a run at most, in this order"


def _name(edge: Edge) -> str:
    route = f" on {_code(edge.label)}" if edge.label else ""
    return f"{_code(edge.source)} → {_code(edge.target)}{route}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _code(text: str) -> str:
    """Text as code, whatever backticks it holds."""
    flat = " ".join(text.split())
    fence = "`" * (max((len(run) for run in _runs(flat)), default=0) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def _runs(text: str) -> Iterator[str]:
    run = ""
    for character in f"{text} ":
        if character == "`":
            run += character
        elif run:
            yield run
            run = ""
