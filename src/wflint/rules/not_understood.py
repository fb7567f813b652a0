"""WF991: what the source does not tell, and which rules that silences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from wflint.analyses.facts import Facts, ProgramFacts
from wflint.analyses.wording import listed
from wflint.model.finding import Observation
from wflint.model.program import Program
from wflint.model.workflow import Aspect, Unresolved, Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every unresolved part; a known step with open targets is reported as an open router."""
    del facts
    for item in workflow.unresolved:
        if not item.is_meant and (item.aspect is not Aspect.EDGES or not item.affects):
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
    about = f" (affects {listed(item.affects)})" if item.affects else ""
    return Observation(
        message=f"could not resolve: {item.reason}{about}; {_silenced(item.aspect)}",
        span=item.span,
        key=(item.aspect.value, item.reason, *item.affects),
        step=item.affects[0] if item.affects else None,
    )


def _silenced(aspect: Aspect) -> str:
    match aspect:
        case Aspect.STEPS:
            return "more steps may exist: unknown and unreachable steps are shown only with `--persona auditor`"
        case Aspect.EDGES:
            return "more edges may exist: unreachable steps and endless loops are shown only with `--persona auditor`"
        case Aspect.CONTRACT:
            return "more fields may be read or written: missing fields are not reported for what this affects"
    assert_never(aspect)
