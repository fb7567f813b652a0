"""Ways to what somebody wants to be guarded that lead around its gate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from msgspec import Struct

from wflint.analyses.flow.reachability import Reachability
from wflint.model.workflow import Step, Workflow

Gates = Mapping[str, tuple[str, ...]]
"""Patterns for the names of gates, each with patterns for what it guards: steps, their tools, what they call."""


class Bypass(Struct, frozen=True):
    """A guarded step with a way to it `around` all of its gates; `guarded` is what of it is guarded, by name."""

    step: Step
    guarded: str
    gate: str
    around: tuple[Step, ...]
    way: tuple[str, ...]


def bypasses(workflow: Workflow, reachability: Reachability, gates: Gates) -> Iterator[Bypass]:
    """Every guarded step that a run can get to without passing a gate."""
    for gate, guarded in gates.items():
        passed = tuple(step for step in workflow.steps if fnmatchcase(step.id, gate))
        avoided = frozenset(step.id for step in passed)
        for step in workflow.steps:
            name = next((name for name in _names(step) if any(fnmatchcase(name, one) for one in guarded)), None)
            if name is None or step.id in avoided or step.id not in reachability.reached:
                continue
            way = reachability.way(step.id, avoided)
            if way and avoided.isdisjoint(way):
                yield Bypass(step, name, gate, passed, way)


def _names(step: Step) -> Iterator[str]:
    yield step.id
    yield from step.tools
    yield from (effect.callee for effect in step.side_effects)
    yield from (call.callee for call in step.calls)
