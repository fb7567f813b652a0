"""How much of what the source constructs is recovered and known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from wflint.model.program import Program
from wflint.model.site import Site
from wflint.model.workflow import Aspect, Step, StepKind, Workflow

_WITHOUT_CODE: Final = frozenset({StepKind.START, StepKind.END, StepKind.HUMAN})


class Coverage(Struct, frozen=True):
    """Construction sites, recovered and not; steps, and those whose work is known; edges that are left open."""

    sites: int
    recovered: int
    steps: int
    known: int
    edges_open: int

    @property
    def unresolved(self) -> int:
        """Sites that no workflow shows."""
        return self.sites - self.recovered

    @property
    def steps_known(self) -> float:
        """The share of the steps whose work is known; all of none."""
        return self.known / self.steps if self.steps else 1.0

    @property
    def percent(self) -> float:
        """The share of the sites that are recovered, in percent; all of none."""
        return 100 * self.recovered / self.sites if self.sites else 100.0


def coverage_of(program: Program) -> Coverage:
    """The coverage of a run."""
    return _counted(program.sites, program.workflows)


def coverage_of_workflow(program: Program, workflow: Workflow) -> Coverage:
    """The coverage of one workflow: the sites that it shows, and those about which only it reports something."""
    own = (
        site
        for site in program.sites
        if workflow.id in site.recovered_in or (workflow.id in site.reported_in and not site.is_recovered)
    )
    return _counted(own, (workflow,))


def _counted(sites: Iterable[Site], workflows: Iterable[Workflow]) -> Coverage:
    found, flows = tuple(sites), tuple(workflows)
    steps = [step for flow in flows for step in flow.steps if step.kind not in _WITHOUT_CODE]
    return Coverage(
        sites=len(found),
        recovered=sum(site.is_recovered for site in found),
        steps=len(steps),
        known=sum(_is_known(step) for step in steps),
        edges_open=sum(_edges_open(flow) for flow in flows),
    )


def _is_known(step: Step) -> bool:
    """Whether the work of a step is seen: its code, its workflow, its prompt, or else a closed contract."""
    shown = step.definition is not None or step.workflow is not None or step.prompt is not None
    return shown or not (step.offers_open or step.needs_open)


def _edges_open(workflow: Workflow) -> int:
    """The steps whose targets are not all known, and what leaves edges open without naming a step."""
    unnamed = sum(not item.affects for item in workflow.open_to(Aspect.EDGES))
    return len(workflow.open_sources) + unnamed
