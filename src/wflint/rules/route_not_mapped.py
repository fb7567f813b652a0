"""WF401: a router returns a label that its path map lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.analyses.facts import Facts
from wflint.analyses.flow.labels_handed_on import labels_handed_on
from wflint.analyses.wording import listed, misspelt, step_named, suggestion, where_it_ends
from wflint.model.conduct import MissedLabels
from wflint.model.contract import Certainty
from wflint.model.finding import Level, Observation, Related
from wflint.model.fix import AddEntry, Fix, Respell
from wflint.model.workflow import END, Choice, Route, Step, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every label of a reachable choice that leads nowhere: no map translates it, no step waits for it."""
    yield from _unmapped(workflow, facts)
    for step in workflow.steps:
        if step.id in facts.reachability.reached:
            yield from (_missed(step, each) for each in step.conduct.missed_labels)
    for choice in workflow.choices:
        if choice.source in facts.reachability.reached:
            yield from (_unheard(workflow, choice, route) for route in choice.unheard)


def _missed(step: Step, found: MissedLabels) -> Observation:
    labels = listed(found.labels)
    return Observation(
        message=f'"{found.name}" of step "{step.id}" may be {labels}, but the dict that it is looked up in has no such '
        "entry: the run fails; add it, or cope with its absence",
        span=found.span,
        key=(step.id, found.name, *found.labels),
        step=step.id,
    )


def _unheard(workflow: Workflow, choice: Choice, route: Route) -> Observation:
    heard = sorted({edge.label for edge in workflow.edges if edge.label and edge.source == choice.source})
    advice = suggestion(route.label, heard) or "; add a step that does, or return another label"
    return Observation(
        message=f'router "{choice.name}" can return "{route.label}", but no step waits for it: '
        f"{where_it_ends(choice.on_unmapped_label)}{advice}",
        span=route.span,
        key=(choice.source, choice.name, route.label),
        related=(Related(choice.span, "the router is here"),),
        level=Level.WARNING,
        step=choice.source,
        edge=(choice.source, route.label),
    )


def _unmapped(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every label that a reachable choice can return and neither its map nor that of a twin translates."""
    for choice in workflow.choices:
        known = _accepted(choice)
        if known is None or choice.source not in facts.reachability.reached:
            continue
        missing: dict[str, Route] = {}
        handed_on = _handed_on(workflow, choice)
        for route in sorted(choice.routes, key=lambda route: route.certainty):
            comes = handed_on is None or route.label in handed_on
            if comes and route.label not in known | _elsewhere(workflow, choice):
                missing.setdefault(route.label, route)
        for level in Level:
            alike = [route for route in missing.values() if _level(choice, route) is level]
            if alike:
                yield _observation(workflow, choice, alike, sorted(known))


def _handed_on(workflow: Workflow, choice: Choice) -> frozenset[str] | None:
    """The labels that may come after what the step right before sets the one field to that decides; None if unknown."""
    if choice.settled is not None:
        return frozenset(choice.settled)
    fields = {need.name for need in choice.needs}
    if len(fields) != 1 or choice.needs_open or choice.label_tests:
        return None
    return labels_handed_on(workflow, choice.source).get(*fields)


def _level(choice: Choice, route: Route) -> Level:
    return Level.ERROR if choice.closed or route.certainty is Certainty.CERTAIN else Level.WARNING


def _accepted(choice: Choice) -> frozenset[str] | None:
    """The labels that lead somewhere; None where there is no such list, or not all of it is known."""
    if choice.mapping is not None:
        return None if choice.mapping_open else frozenset(mapped.label for mapped in choice.mapping)
    return frozenset(choice.declared) if choice.declared is not None and choice.sticks_to_declared else None


def _elsewhere(workflow: Workflow, choice: Choice) -> frozenset[str]:
    """Labels in the other maps of the same router, which may return only a part of its labels after each step."""
    twins = [other for other in workflow.choices if other.decider is not None and other.decider == choice.decider]
    return frozenset(mapped.label for twin in twins for mapped in twin.mapping or ())


def _observation(workflow: Workflow, choice: Choice, missing: Sequence[Route], known: list[str]) -> Observation:
    """What one choice may return in vain: its author has written one map, whatever that lacks."""
    labels = [_shown(route.label) for route in missing]
    every = f"{', '.join(labels[:-1])} and {labels[-1]}" if labels[1:] else labels[0]
    mapped = f"only {listed(known)}" if known else "nothing"
    ends = where_it_ends(choice.on_unmapped_label)
    where = "path map" if choice.mapping is not None else "return annotation"
    meant = suggestion(missing[0].label, known) if not labels[1:] else ""
    advice = meant or f"; add {every} to the {where}"
    message = (
        f'router "{choice.name}" after {step_named(choice.source)} can return {every}, but its {where} has {mapped}'
    )
    if choice.is_goto and choice.mapping is not None and all(mapped.span == choice.span for mapped in choice.mapping):
        # nobody has written a map: what others take is one
        taken = "them" if labels[1:] else "it"
        message = f"{step_named(choice.source)} can return {every}, but no step takes {taken}"
        advice = meant or "; add a step that does, or return something else"
    return Observation(
        message=f"{message}: {ends}{advice}",
        span=choice.span,
        key=(choice.source, choice.name, *(route.label for route in missing)),
        related=tuple(Related(route.span, f"{_shown(route.label)} is returned here") for route in missing),
        level=_level(choice, missing[0]),
        step=choice.source,
        edge=(choice.source, missing[0].label),
        fix=_together([_fix(workflow, choice, route, known) for route in missing]),
    )


def _together(fixes: Sequence[Fix | None]) -> Fix | None:
    """What mends all of it, where each can be mended."""
    known = [fix for fix in fixes if fix is not None]
    if len(known) < len(fixes):
        return None
    return Fix("; ".join(fix.title for fix in known), tuple(change for fix in known for change in fix.changes))


def _shown(label: str) -> str:
    """A label as its code has it."""
    if label == END:
        return "the end"
    return f"`{label}`" if label in TRUTHS else f'"{label}"'


TRUTHS = (str(True), str(False))
"""Labels that are no texts in the code."""


def _fix(workflow: Workflow, choice: Choice, route: Route, known: list[str]) -> Fix | None:
    """The mapped label, where it is misspelt; else an entry for the step, or the end, that is called like the label."""
    meant = misspelt(route.label, known)
    if meant is not None:
        return Fix(f'return "{meant}"', (Respell(route.span, route.label, meant),))
    if not choice.mapping or (route.label != END and workflow.step(route.label) is None):
        return None
    name = "the end" if route.label == END else f'"{route.label}"'
    entry = AddEntry(choice.mapping[-1].span, route.label, route.label, like=route.span)
    return Fix(f"add {name} to the path map", (entry,))
