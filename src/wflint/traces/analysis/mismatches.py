"""Where what was handed on did not fit: refused answers, reports of invalid values, fields that were promised."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.model.contract import Certainty
from wflint.traces.analysis.executions import Execution
from wflint.traces.analysis.source_index import SourceIndex, StepRef
from wflint.traces.analysis.transitions import Transition
from wflint.traces.content import CONTRACT_ERRORS


def why_unfit(transition: Transition, refs: list[StepRef], index: SourceIndex) -> str:
    """Why what came over a way did not fit; empty where nothing says so."""
    source, target = transition.source, transition.target
    if source is not None and source.refused:
        return "the answer was refused and asked for again"
    if target is not None and target.rejects:
        return "the target reports that what it was given is not valid"
    if target is not None and unfit_result(target) and not target.calls:
        return f"the target failed on what it was given: {target.errors[-1]}"
    if source is not None and target is not None:
        lacking = next(_lacking(source, target, refs, index), "")
        if lacking:
            return f'"{lacking}" was not handed on'
    return ""


def unfit_result(execution: Execution) -> bool:
    """Whether it failed because a value did not have its declared form."""
    return execution.failed and any(CONTRACT_ERRORS.search(error) for error in execution.errors)


def _lacking(source: Execution, target: Execution, refs: list[StepRef], index: SourceIndex) -> Iterator[str]:
    """Fields that the source promises for certain, the target requires, and the result does not hold."""
    made, needed = index.step(refs[source.ref]), index.step(refs[target.ref])
    written = set(source.keys.split(",")) - {""}
    promised = {offer.name for offer in made.offers if offer.certainty is Certainty.CERTAIN}
    if not written & promised:
        return
    for need in needed.needs:
        if need.required and need.name in promised and need.name not in written:
            yield need.name
