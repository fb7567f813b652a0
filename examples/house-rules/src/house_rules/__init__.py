"""Rules of one house: an example of a package of rules for wflint."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wflint import Facts, Observation, Rule, RulePlugin, Workflow

LONGEST = 12


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """One observation for each step whose name is too long for the house's dashboard."""
    for step in workflow.steps:
        if step.id in facts.reachability.reached and len(step.id) > LONGEST and not step.id.startswith("__"):
            yield Observation(
                message=f'step "{step.id}" has a name of {len(step.id)} characters; the dashboard shows {LONGEST}',
                span=step.span,
                key=(step.id,),
                step=step.id,
            )


PLUGIN = RulePlugin.read(Path(__file__).parent, Rule("long-step-name", check))
