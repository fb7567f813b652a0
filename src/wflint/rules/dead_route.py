"""WF404: a label that a router never returns, or that code looks for and nobody ever says."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.labels_handed_on import labels_handed_on
from wflint.analyses.wording import listed, misspelt, step_named, suggestion
from wflint.model.conduct import LabelTest, UnlistedLabel
from wflint.model.finding import Observation, Related
from wflint.model.fix import Fix, RemoveEntry, Respell
from wflint.model.workflow import START, Choice, EdgeKind, MappedRoute, Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every mapped label outside the complete list of what a reachable router returns or sends, or is given."""
    for step in workflow.steps:
        if step.id in facts.reachability.reached:
            yield from (_never(step, each) for each in step.conduct.unlisted_labels)
    yield from _never_handed_on(workflow, facts)
    for choice in workflow.choices:
        known = choice.closed and choice.routes and choice.source in facts.reachability.reached
        if choice.mapping is None or not known:
            continue
        returned = {route.label for route in choice.routes} | {*choice.unreturned}
        sent = {
            edge.target for edge in workflow.edges if edge.source == choice.source and edge.kind is EdgeKind.FAN_OUT
        }
        for mapped in choice.mapping:
            if mapped.label not in returned and mapped.target not in sent:
                yield _observation(workflow, choice, mapped, {route.label for route in choice.routes})


def _never(step: Step, found: UnlistedLabel) -> Observation:
    """A label that the code around a run compares the answer with."""
    return Observation(
        message=f'"{found.name}" of step "{step.id}" is never "{found.label}", only {listed(found.listed)}: what '
        f"follows that is dead{suggestion(found.label, found.listed)}",
        span=found.span,
        key=(step.id, found.name, found.label),
        step=step.id,
    )


def _never_handed_on(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """The labels that a router looks for, and that no step before it hands on: it may decide after several."""
    asked: dict[LabelTest, list[Choice]] = {}
    for choice in workflow.choices:
        for test in choice.label_tests if choice.source in facts.reachability.reached else ():
            asked.setdefault(test, []).append(choice)
    for test, choices in asked.items():
        handed = [labels_handed_on(workflow, choice.source).get(test.field) for choice in choices]
        known = frozenset[str]().union(*(labels for labels in handed if labels is not None))
        if None not in handed and test.label and test.label not in known:
            yield _never_set(test, choices, known)


def _never_set(test: LabelTest, choices: list[Choice], known: frozenset[str]) -> Observation:
    first = choices[0]
    steps = listed(dict.fromkeys(choice.source for choice in choices))
    before = f"step {steps} sets" if len(choices) == 1 else f"steps {steps} set"
    return Observation(
        message=f'router "{first.name}" compares "{test.field}" with "{test.label}", but {before} it to '
        f"{listed(sorted(known))} only: what follows that is dead{suggestion(test.label, known)}",
        span=test.span,
        key=(first.source, first.name, test.field, test.label),
        related=(Related(first.span, "the router decides here"),),
        step=first.source,
    )


def _observation(workflow: Workflow, choice: Choice, mapped: MappedRoute, returned: set[str]) -> Observation:
    unmapped = returned - {other.label for other in choice.mapping or ()}
    advice = suggestion(mapped.label, unmapped) or "; remove the label or return it"
    return Observation(
        message=f'router "{choice.name}" after {step_named(choice.source)} never returns "{mapped.label}", only '
        f"{listed(sorted(returned))}, so the route to {step_named(mapped.target)} is dead{advice}",
        span=mapped.span,
        key=(choice.source, choice.name, mapped.label),
        related=(Related(choice.decider, "the router"),) if choice.decider is not None else (),
        step=choice.source,
        edge=(choice.source, mapped.target),
        fix=_fix(workflow, choice, mapped, unmapped),
    )


def _fix(workflow: Workflow, choice: Choice, mapped: MappedRoute, unmapped: set[str]) -> Fix | None:
    """The label that is returned, where it is misspelt; else the entry goes, unless its step would be out of reach."""
    meant = misspelt(mapped.label, unmapped)
    if meant is not None:
        return Fix(f'map "{meant}"', (Respell(mapped.span, mapped.label, meant),))
    if unmapped or not _is_reached_without(workflow, choice, mapped):
        return None
    return Fix(f'remove "{mapped.label}" from the path map', (RemoveEntry(mapped.span),))


def _is_reached_without(workflow: Workflow, choice: Choice, mapped: MappedRoute) -> bool:
    """Whether another label, or another way from the start, leads to the same step."""
    if any(other.target == mapped.target and other.label != mapped.label for other in choice.mapping or ()):
        return True
    seen, found = set[str](), [START, *workflow.entries]
    while found:
        name = found.pop()
        if name not in seen:
            seen.add(name)
            edges = workflow.index.edges_from(name)
            found += [edge.target for edge in edges if (name, edge.target) != (choice.source, mapped.target)]
    return mapped.target in seen
