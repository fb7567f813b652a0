"""WF403: a router with a way through it that returns nothing."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.facts import Facts
from wflint.analyses.wording import step_named, where_it_ends
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every reachable router that may return None; a step that decides by itself may well not decide."""
    for choice in workflow.choices:
        if choice.may_return_none_at is None or choice.is_goto or choice.source not in facts.reachability.reached:
            continue
        yield Observation(
            message=f'router "{choice.name}" after {step_named(choice.source)} returns None on some path: '
            f"{where_it_ends(choice.on_unmapped_label)}; return a label for the remaining case",
            span=choice.may_return_none_at,
            key=(choice.source, choice.name),
            related=(Related(choice.span, "the router decides here"),),
            step=choice.source,
        )
