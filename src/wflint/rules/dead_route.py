"""WF404: a path map with a label that its router never returns."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed, misspelt, step_named, suggestion
from wflint.model.finding import Observation, Related
from wflint.model.fix import Fix, RemoveEntry, Respell
from wflint.model.workflow import START, Choice, EdgeKind, MappedRoute, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every mapped label outside the complete list of what a reachable router returns or sends."""
    for choice in workflow.choices:
        known = choice.closed and choice.routes and choice.source in facts.reachability.reached
        if choice.mapping is None or not known:
            continue
        returned = {route.label for route in choice.routes}
        sent = {
            edge.target for edge in workflow.edges if edge.source == choice.source and edge.kind is EdgeKind.FAN_OUT
        }
        for mapped in choice.mapping:
            if mapped.label not in returned and mapped.target not in sent:
                yield _observation(workflow, choice, mapped, returned)


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
