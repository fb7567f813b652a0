"""What a link's report says in sentences, for every format of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from wflint.link.judging import ToldLikeness
from wflint.link.records import Channel
from wflint.link.report import ClusterStep, CopiedWorkflow, Copies, Difference, DuplicateCluster, LinkedCall, Saving
from wflint.model.grouping import grouped

_SHOWN = 3
_CALLED = {
    Channel.PACKAGE: "",
    Channel.HTTP: "the route ",
    Channel.MCP: "the tool ",
    Channel.A2A: "the agent ",
}


def cluster_title(cluster: DuplicateCluster, seen_from: ClusterStep | None = None) -> str:
    """What a cluster is, told at one of its steps."""
    first = seen_from or cluster.steps[0]
    others = [step for step in cluster.steps if step is not first]
    verb = "has the same prompt as" if are_copies(cluster) else "probably does the same work as"
    return f"{step_named(first)} {verb} {_few([step_named(step, first) for step in others])}"


def cluster_heading(cluster: DuplicateCluster) -> str:
    """What a cluster is, where its steps are listed below."""
    names = list(dict.fromkeys(f'"{step.step}"' for step in cluster.steps))
    count = len({step.repository for step in cluster.steps})
    what = "the same prompt" if are_copies(cluster) else "probably the same work"
    return f"{_few(names)} in {count} repositories: {what}"


def are_copies(cluster: DuplicateCluster) -> bool:
    """Whether all of its steps have the same prompt, word for word."""
    return all(step.likeness is ToldLikeness.COPY for step in cluster.steps)


def step_named(step: ClusterStep, beside: ClusterStep | None = None) -> str:
    """A step with its workflow, and with its repository unless that of the other is meant."""
    where = "" if beside is not None and beside.repository == step.repository else f" in {step.repository}"
    return f'step "{step.step}" of {step.workflow}{where}'


def saving(found: Saving) -> str:
    """What one step for all would save."""
    steps = f"one step in place of {found.definitions + 1}"
    if found.recorded_et is not None:
        return f"{steps}; recorded runs of the others cost {found.recorded_et:,.0f} effective tokens"
    if found.recorded:
        return f"{steps}; an execution of each of the others costs {found.et:,.0f} effective tokens"
    if not found.high:
        return steps
    return (
        f"{steps}; an execution of each of the others costs about {found.et:,.0f} effective tokens "
        f"(estimated, {found.low:,.0f} to {found.high:,.0f})"
    )


def gap(call: LinkedCall) -> str:
    """A call that does not fit."""
    return f"{called(call)} and {' and '.join(_misfits(call))}"


def called(call: LinkedCall) -> str:
    """A call, with the other end of it."""
    what = f"{call.method} {call.address}".strip()
    return f"{call.caller} calls {_CALLED[call.channel]}{what} of {call.provider} ({call.why})"


def _misfits(call: LinkedCall) -> Iterator[str]:
    if call.missing:
        yield f"does not hand over {_names(call.missing)}, which it needs"
    if call.unknown:
        yield f"uses {_names(call.unknown)}, which it does not give back"


def copies_title(copies: Copies, seen_from: CopiedWorkflow | None = None) -> str:
    """In which repositories a workflow is, and whether it is still the same there."""
    first = seen_from or copies.workflows[0]
    beside = grouped((flow for flow in copies.workflows if flow is not first), attrgetter("repository"))
    others = [_copies_in(repository, flows) for repository, flows in beside.items()]
    count = len(copies.differences)
    state = "still the same" if not count else "1 difference" if count == 1 else f"{count} differences"
    return f'workflow "{first.name}" of {first.repository} is also in {_few(others)}: {state}'


def _copies_in(repository: str, flows: Sequence[CopiedWorkflow]) -> str:
    times = f" ({len(flows)} times)" if len(flows) > 1 else ""
    return f'{repository} as "{flows[0].name}"{times}'


def difference(found: Difference) -> str:
    """One difference in words."""
    where = f'step "{found.step}"' if found.step else "the workflow"
    match found.kind:
        case "step-added":
            return f"{where} is only in {found.repository}"
        case "step-removed":
            return f"{where} is missing in {found.repository}"
        case "text":
            return f"{where} has another prompt in {found.repository}"
        case _:
            return f"{found.kind} of {where} in {found.repository}: {found.detail}"


def _names(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _few(names: Sequence[str]) -> str:
    shown = list(names[:_SHOWN])
    if len(names) > _SHOWN:
        shown.append(f"{len(names) - _SHOWN} more")
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]
