"""WF404: a path map with a label that its router never returns."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed, step_named, suggestion
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Choice, EdgeKind, MappedRoute, Workflow


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
                yield _observation(choice, mapped, returned)


def _observation(choice: Choice, mapped: MappedRoute, returned: set[str]) -> Observation:
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
    )
