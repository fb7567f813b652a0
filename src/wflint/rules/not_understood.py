"""WF991: what the source does not tell, and which rules that silences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from wflint.analyses.facts import Facts, ProgramFacts
from wflint.analyses.wording import listed
from wflint.model.finding import Observation
from wflint.model.workflow import Aspect, Program, Unresolved, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every unresolved part; a known step with open targets is reported as an open router."""
    del facts
    for item in workflow.unresolved:
        if item.aspect is not Aspect.EDGES or not item.affects:
            yield _observation(item)


def check_program(program: Program, facts: ProgramFacts) -> Iterator[Observation]:
    """Every construction site that no workflow shows."""
    del facts
    for item in program.unresolved:
        yield Observation(
            message=f"not understood: {item.reason}; no rule checks what is constructed here",
            span=item.span,
            key=(item.aspect.value, item.reason),
        )


def _observation(item: Unresolved) -> Observation:
    about = f" (it concerns {listed(item.affects)})" if item.affects else ""
    return Observation(
        message=f"not understood: {item.reason}{about}; {_silenced(item.aspect)}",
        span=item.span,
        key=(item.aspect.value, item.reason, *item.affects),
        step=item.affects[0] if item.affects else None,
    )


def _silenced(aspect: Aspect) -> str:
    match aspect:
        case Aspect.STEPS:
            return "there may be more steps, so unknown and unreachable ones are reported to auditors only"
        case Aspect.EDGES:
            return (
                "there may be more edges, so unreachable steps and loops without an exit are reported to auditors only"
            )
        case Aspect.CONTRACT:
            return "more may be read or written, so missing fields are not reported for what this touches"
    assert_never(aspect)
