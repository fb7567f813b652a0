"""WF303: a name stands for a step, and no step has it."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed, misspelt, step_named, suggestion
from wflint.model.conduct import UnknownTool
from wflint.model.contract import Certainty
from wflint.model.finding import Cause, Confidence, Level, Observation, Persona, Related
from wflint.model.fix import Fix, Respell
from wflint.model.workflow import Aspect, Step, StepKind, UnresolvedName, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every dangling name, once per place it hangs from; for auditors only where steps may be hidden from view."""
    hidden = bool(workflow.open_to(Aspect.STEPS))
    named = {(item.name, item.role, item.source): item for item in reversed(workflow.unresolved_names)}
    for step in workflow.steps:
        if step.id in facts.reachability.reached:
            yield from (_tool(step, each) for each in step.conduct.unknown_tools)
    for item in sorted(named.values(), key=lambda item: (item.span, item.name)):
        if item.certainty is Certainty.POSSIBLE and _is_step_elsewhere(workflow, item, facts):
            continue
        yield _observation(workflow, item, _level(item, _names(workflow, item), hidden=hidden))


def _is_step_elsewhere(workflow: Workflow, item: UnresolvedName, facts: Facts) -> bool:
    """Whether another workflow with the code that names it has such a step: who writes that code may mean that one."""
    source = workflow.step(item.source) if item.source is not None else None
    code = source.definition if source is not None else None
    others = (
        other for other in facts.program.workflows if other.id != workflow.id and other.step(item.name) is not None
    )
    return code is not None and any(code == step.definition for other in others for step in other.steps)


def _tool(step: Step, found: UnknownTool) -> Observation:
    """A setting that names a tool which its step does not have."""
    return Observation(
        message=f'{found.role} of step "{step.id}" is "{found.name}", which it does not have'
        f"{suggestion(found.name, found.known) or f'; it has {listed(found.known)}'}",
        span=found.span,
        key=(step.id, found.name, found.role),
        step=step.id,
    )


def _names(workflow: Workflow, item: UnresolvedName) -> list[str]:
    """The steps that may be meant: none waits for itself."""
    inner = (step.id for step in workflow.steps if step.kind not in (StepKind.START, StepKind.END))
    return [name for name in inner if name != item.target]


def _level(item: UnresolvedName, names: list[str], *, hidden: bool) -> Level:
    """An error where the framework refuses the name, or one that it takes stands for another."""
    if hidden:
        return Level.NOTE
    harmless = item.is_accepted and misspelt(item.name, names) is None
    return Level.ERROR if item.certainty is Certainty.CERTAIN and not harmless else Level.WARNING


def _observation(workflow: Workflow, item: UnresolvedName, level: Level) -> Observation:
    names = _names(workflow, item)
    known = item.source or item.target
    source = workflow.step(known) if known is not None else None
    hidden = level is Level.NOTE
    advice = suggestion(item.name, names) or (f"; the steps are {listed(names)}" if names else "; no step is known")
    return Observation(
        message=f'{item.role} "{item.name}"{_other_end(item)} is not a step of this workflow{advice}',
        span=item.span,
        key=(item.name, item.role, item.source or ""),
        related=(Related(source.span, f'"{source.id}" is added here'),) if source is not None else (),
        level=level,
        confidence=Confidence.LOW if hidden else None,
        persona=Persona.AUDITOR if hidden else None,
        step=known,
        edge=(item.source, item.name) if item.source is not None else None,
        fix=_fix(item, names),
        cause=Cause("unknown name", (item.name,)),
    )


def _fix(item: UnresolvedName, names: list[str]) -> Fix | None:
    meant = misspelt(item.name, names)
    return Fix(f'name step "{meant}"', (Respell(item.span, item.name, meant),)) if meant is not None else None


def _other_end(item: UnresolvedName) -> str:
    """Where the way comes from, or where it was meant to lead."""
    if item.source is not None:
        return f" after {step_named(item.source)}"
    return f" before {step_named(item.target)}" if item.target is not None else ""
