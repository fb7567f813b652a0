"""WF403: a router with a way through it that returns nothing."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.flow.labels_handed_on import labels_handed_on
from wflint.analyses.wording import step_named, where_it_ends
from wflint.model.finding import Level, Observation, Related
from wflint.model.workflow import Choice, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every reachable router that may return None; a step that decides by itself may well not decide on purpose."""
    for choice in workflow.choices:
        meant = choice.is_goto and not choice.falls_through
        if choice.may_return_none_at is None or meant or choice.source not in facts.reachability.reached:
            continue
        if _is_exhaustive(workflow, choice):
            continue
        yield Observation(
            message=f'router "{choice.name}" after {step_named(choice.source)} returns None on some path: '
            f"{where_it_ends(choice.on_unmapped_label)}; return a label for the remaining case",
            span=choice.may_return_none_at,
            key=(choice.source, choice.name),
            related=(Related(choice.span, "the router decides here"),),
            level=Level.NOTE if choice.is_goto else None,
            step=choice.source,
        )


def _is_exhaustive(workflow: Workflow, choice: Choice) -> bool:
    """Whether a router looks at one field only, and for all that its source ever sets that to."""
    fields = {need.name for need in choice.needs}
    known = labels_handed_on(workflow, choice.source)
    tested = {test.label for test in choice.label_tests if test.field in fields}
    return not choice.needs_open and len(fields) == 1 and all(known.get(name, {""}) <= tested for name in fields)
