"""WF202: calls of models and searches that give again what is there already."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.repetition.repeats import Repeats, Round, across_steps, in_loops, within_rounds, within_steps
from wflint.analyses.wording import dependents, listed, step_named
from wflint.model.code_runs import FixedRun
from wflint.model.conduct import Called, CallKind
from wflint.model.finding import Observation, Related
from wflint.model.loss import LossKind
from wflint.model.span import Span
from wflint.model.workflow import Exchange, Step, Workflow

SHOWN = 2
"""So many calls stand in a message; the rest are counted."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every call that is made again within a step, by another step of the run, or in each round of a loop."""
    yield from (loss.observation for loss in workflow.losses if loss.kind is LossKind.REPEAT)
    for step, call in within_steps(workflow):
        yield _in_step(step, call)
    for step, call, loop in within_rounds(workflow):
        yield _in_rounds(step, call, loop)
    for repeats in across_steps(facts.setting):
        yield _in_steps(repeats, facts)
    for again in in_loops(facts.setting):
        yield _in_loop(again)
    for run in workflow.fixed_runs:
        yield _told_the_same(run)


def _told_the_same(run: FixedRun) -> Observation:
    return Observation(
        message=f"{step_named(run.step)} is run in each round of a loop over data, and is told the same each time; run "
        "it once before the loop",
        span=run.span,
        key=(run.step, "told the same"),
        related=(Related(run.loop, "the loop goes over this"),),
        step=run.step,
    )


def _in_step(step: Step, call: Called) -> Observation:
    assert call.repeats is not None
    return Observation(
        message=f"{step_named(step.id)} calls `{call.callee}` again with the same arguments; "
        f"reuse the first result{_saved(1, call)}",
        span=call.span,
        key=(step.id, call.callee, "again"),
        related=(Related(call.repeats, "the same call is here"),),
        step=step.id,
    )


def _in_rounds(step: Step, call: Called, loop: Span) -> Observation:
    return Observation(
        message=f"{step_named(step.id)} calls `{call.callee}` with the same arguments in each round of a loop "
        "over other data; call it once before the loop",
        span=call.span,
        key=(step.id, call.callee, "rounds"),
        related=(Related(loop, "the loop goes over this"),),
        step=step.id,
    )


def _in_steps(repeats: Repeats, facts: Facts) -> Observation:
    first, again = repeats.first, repeats.step
    calls = [repeat.call for repeat in repeats.calls]
    named = " and ".join(f"`{name}`" for name in list(dict.fromkeys(call.callee for call in calls))[:SHOWN])
    fields = listed(dict.fromkeys(name for call in calls for name in call.fields))
    when = "at the same time" if repeats.side_by_side else "before it"
    advice = (
        "store one result in the state and reuse it"
        if facts.workflow.exchange is Exchange.STATE
        else "hand one result on"
    )
    return Observation(
        message=f"{step_named(again.id)} calls {named} with the same {fields} as {step_named(first.id)} {when}"
        f"{dependents(facts.impact, again.id)}; {advice}"
        f"{_saved(len(calls), *calls)}",
        span=calls[0].span,
        key=(first.id, again.id, *(call.callee for call in calls)),
        related=tuple(
            Related(repeat.earlier.span, f"{step_named(first.id)} calls `{repeat.earlier.callee}` here")
            for repeat in repeats.calls
        ),
        step=again.id,
        edge=(first.id, again.id),
    )


def _in_loop(again: Round) -> Observation:
    call, loop = again.call, again.loop
    return Observation(
        message=f"{step_named(again.step.id)} calls `{call.callee}` with the same {listed(call.fields)} in each round "
        f"of the loop {listed(loop.steps)}, where no step writes {'it' if len(call.fields) == 1 else 'them'}; "
        f"call it once before the loop, or change its arguments in the loop{_saved(1, call)}",
        span=call.span,
        key=(again.step.id, call.callee, "loop"),
        related=tuple(Related(edge.span, "the loop is closed here") for edge in loop.edges[-1:]),
        step=again.step.id,
    )


def _saved(count: int, *calls: Called) -> str:
    """` (saves 1 model call a run)`."""
    kinds = {call.kind for call in calls}
    what = "model call" if kinds == {CallKind.MODEL} else "search" if kinds == {CallKind.LOOKUP} else "call"
    plural = "" if count == 1 else "es" if what == "search" else "s"
    return f" (saves {count} {what}{plural} a run)"
