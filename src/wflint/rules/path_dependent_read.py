"""WF103: a field is not set on every way to its reader."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.data.gaps import Gap, GapKind
from wflint.analyses.data.kept_values import AskedAround, AskedEarly, asked_around, asked_early
from wflint.analyses.facts import Facts
from wflint.analyses.flow.supersteps import Unexplored
from wflint.analyses.wording import dependents, listed
from wflint.model.contract import Certainty
from wflint.model.finding import Confidence, Level, Observation, Related
from wflint.model.fix import Fix, ReadDefault
from wflint.model.workflow import START, Workflow

EMPTY = (("list", "[]"), ("dict", "{}"), ("str", '""'), ("bool", "False"), ("int", "0"), ("float", "0.0"))
"""What a type begins with, and its empty value."""


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """Every required read of a field that some way to the reader leaves unset."""
    for gap in facts.gaps:
        match gap.kind:
            case GapKind.AROUND | GapKind.CONDITIONAL | GapKind.SOME_CALLS if gap.read.need.required:
                yield _observation(gap, workflow, facts)
            case _:
                pass
    if not isinstance(facts.concurrency, Unexplored):
        yield from map(_asked_early, asked_early(workflow, facts.concurrency, facts.reachability))
        yield from map(_asked_around, asked_around(workflow, facts.concurrency, facts.reachability))


def _asked_early(found: AskedEarly) -> Observation:
    key = found.asked.key or ""
    return Observation(
        message=f'step "{found.step}" asks the run for "{key}", but "{found.writer}" sets it concurrently; set it '
        "earlier or let one step follow the other",
        span=found.asked.span,
        key=(found.step, key),
        related=(Related(found.is_set.span, f'step "{found.writer}" sets "{key}" here'),),
        step=found.step,
    )


def _asked_around(found: AskedAround) -> Observation:
    key = found.asked.key or ""
    return Observation(
        message=f'step "{found.step}" asks the run for "{key}", but it is not set on the path {_shown(found.way)}, '
        f"which bypasses {listed(list(found.writers))}; set it earlier or ask with a default",
        span=found.asked.span,
        key=(found.step, key),
        related=(Related(found.is_set.span, f'step "{found.writers[0]}" sets "{key}" here'),),
        step=found.step,
        edge=(found.way[-2], found.way[-1]) if len(found.way) > 1 else None,
    )


def _shown(way: tuple[str, ...]) -> str:
    return " -> ".join("START" if name == START else f'"{name}"' for name in way)


def _observation(gap: Gap, workflow: Workflow, facts: Facts) -> Observation:
    name = gap.read.need.name
    possible = gap.read.need.certainty is Certainty.POSSIBLE
    doubtful = gap.kind is GapKind.SOME_CALLS or possible or _is_resumed(gap, workflow) or _begins_there(gap, workflow)
    impact = dependents(facts.impact, gap.read.step)
    return Observation(
        message=f"{gap.read.claim}, but {_reason(gap, workflow, facts)}{impact}; set it earlier or read a default",
        span=gap.read.need.span,
        key=(gap.read.reader, name),
        related=_related(gap),
        level=Level.NOTE if doubtful else None,
        confidence=Confidence.LOW if doubtful else None,
        step=gap.read.step,
        edge=(gap.way[-2], gap.way[-1]) if len(gap.way) > 1 else None,
        path=_path(gap, workflow),
        fix=_fix(gap, workflow),
    )


def _fix(gap: Gap, workflow: Workflow) -> Fix | None:
    """The empty value of the field's type; None where another one would have to be made up."""
    field = workflow.state.field(gap.read.need.name) if workflow.state is not None else None
    type_ = (field.type or "") if field is not None else ""
    default = next((empty for start, empty in EMPTY if type_.lower().startswith(start)), None)
    if workflow.state is None or not workflow.state.mapping or default is None:
        return None
    return Fix(f'read "{gap.read.need.name}" with a default', (ReadDefault(gap.read.need.span, default),))


def _is_resumed(gap: Gap, workflow: Workflow) -> bool:
    """Whether the way begins with a decision, and a run before may have left the field in a state that is kept."""
    if not workflow.persisted or gap.kind is not GapKind.AROUND or START not in gap.way[:1]:
        return False
    leaving = workflow.index.edges_from(START)
    return any(edge.target == gap.way[1] and edge.choice is not None for edge in leaving if len(gap.way) > 1)


def _begins_there(gap: Gap, workflow: Workflow) -> bool:
    """Whether code that builds the workflow decides with which of several steps it begins, as suits what is there."""
    leaving = workflow.index.edges_from(START)
    built = len(leaving) > 1 and all(edge.certainty is Certainty.POSSIBLE for edge in leaving)
    return built and gap.kind is GapKind.AROUND and gap.way[:1] == (START,)


def _reason(gap: Gap, workflow: Workflow, facts: Facts) -> str:
    field = workflow.state.field(gap.read.need.name) if workflow.state is not None else None
    setters = dict.fromkeys(source.step for source in gap.writers if source.step != gap.read.step)
    writers = listed(setters or [gap.read.step])
    match gap.kind:
        case GapKind.CONDITIONAL:
            return f"{writers} sets it only conditionally"
        case GapKind.AROUND if field is not None and field.fleeting:
            return f"what {writers} sets is there in the next superstep only"
        case GapKind.SOME_CALLS:
            return "some calls of the workflow do not pass it"
        case _ if not setters and gap.read.choice is None:
            return "only the step itself sets it, so it is unset on the first run"
        case _ if _all_beside(gap, facts):
            return f"{writers} sets it concurrently"
        case _ if gap.way:
            return f"it is not set on the path {_shown(gap.way)}, which bypasses {writers}"
        case _:
            return f"it is not set on a path that bypasses {writers}"


def _all_beside(gap: Gap, facts: Facts) -> bool:
    """Whether everybody who sets the field always runs at the same time as its reader."""
    if isinstance(facts.concurrency, Unexplored):
        return False
    beside = facts.concurrency.are_beside
    return all(beside(source.step, gap.read.step) for source in gap.writers)


def _related(gap: Gap) -> tuple[Related, ...]:
    name = gap.read.need.name
    sources = tuple(Related(source.offer.span, f'step "{source.step}" sets "{name}" here') for source in gap.writers)
    calls = tuple(Related(call.span, f'this call does not pass "{name}"') for call in gap.calls)
    return (*sources, *calls)


def _path(gap: Gap, workflow: Workflow) -> tuple[Related, ...]:
    """The edges of the way that leaves the field unset."""
    steps = []
    for source, target in zip(gap.way, gap.way[1:], strict=False):
        edge = next((edge for edge in workflow.index.edges_from(source) if edge.target == target), None)
        if edge is not None:
            steps.append(Related(edge.span, f'"{source}" leads to "{target}"'))
    return tuple(steps)
