"""WF307: a way around a gate to what it guards."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.gate_bypasses import Bypass
from wflint.analyses.wording import step_named
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every guarded step that can be reached around its gates."""
    yield from (_observation(workflow, found) for found in facts.bypasses)


def _observation(workflow: Workflow, found: Bypass) -> Observation:
    step, guarded = found.step, f' ("{found.guarded}")' if found.guarded != found.step.id else ""
    gates = tuple(Related(gate.span, f'the gate "{gate.id}" is here') for gate in found.around)
    around = f'the gate "{found.gate}"' if gates else f'a gate "{found.gate}", which the workflow does not have'
    return Observation(
        message=f'step "{step.id}"{guarded} can be reached around {around}: {" -> ".join(map(_named, found.way))}; '
        "lead every way through the gate",
        span=step.span,
        key=(step.id, found.gate, found.guarded),
        related=gates,
        step=step.id,
        path=tuple(_places(workflow, found.way)),
    )


def _named(name: str) -> str:
    return step_named(name).removeprefix("step ")


def _places(workflow: Workflow, way: tuple[str, ...]) -> Iterator[Related]:
    for name in way:
        step = workflow.step(name)
        if step is not None:
            yield Related(step.span, f"{step_named(name)} runs")
