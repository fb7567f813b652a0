"""Remote calls that nothing retries, or that nothing limits in time: those of one cause together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from wflint.analyses.flow.concurrency import Concurrency
from wflint.analyses.flow.reachability import Reachability
from wflint.analyses.wording import listed
from wflint.model.conduct import RemoteCall, Safeguard
from wflint.model.span import Span
from wflint.model.workflow import EdgeKind, Step, Workflow


class Exposed(Struct, frozen=True):
    """A remote call without a safeguard, with the steps that it is made in; `off` where code switches it off.

    `written` is true where code says so, be it no more than what holds anyway; `span` is where, or the call itself.
    """

    steps: tuple[str, ...]
    call: RemoteCall
    off: bool
    span: Span
    written: bool

    @property
    def told(self) -> str:
        """Who calls what."""
        who, verb = ("step", "calls") if len(self.steps) == 1 else ("steps", "call")
        return f"{who} {listed(self.steps)} {verb} {self.call.callee}"


def without_retry(workflow: Workflow, reachability: Reachability) -> tuple[Exposed, ...]:
    """Calls that nobody makes again when they fail, and whose failure nobody handles."""

    def bare(step: Step) -> Iterator[tuple[RemoteCall, Safeguard]]:
        if not step.retries and not _handles(workflow, step):
            yield from ((call, call.retry) for call in step.conduct.remote_calls if not call.handled)

    return tuple(_exposed(_reached(workflow, reachability), bare))


def without_limit(workflow: Workflow, reachability: Reachability) -> tuple[Exposed, ...]:
    """Calls that may take for ever."""

    def bare(step: Step) -> Iterator[tuple[RemoteCall, Safeguard]]:
        if not step.limited:
            yield from ((call, call.time_limit) for call in step.conduct.remote_calls)

    return tuple(_exposed(_reached(workflow, reachability), bare))


def without_handler(workflow: Workflow, reachability: Reachability) -> Iterator[tuple[Step, RemoteCall]]:
    """Steps with the first of their calls whose failure ends the run."""
    for step in _reached(workflow, reachability):
        calls = [call for call in step.conduct.remote_calls if not call.handled]
        if calls and not step.retries and not _handles(workflow, step):
            yield step, calls[0]


def fanned_out(workflow: Workflow) -> frozenset[str]:
    """The steps that are started once for each item."""
    return frozenset(edge.target for edge in workflow.edges if edge.fan_out)


def awaited(workflow: Workflow, concurrency: Concurrency | None) -> frozenset[str]:
    """The steps that others are waited for beside: sources of joins, steps that run at the same time."""
    joined = {source for join in workflow.joins for source in join.sources}
    joined |= {edge.source for edge in workflow.edges if edge.kind is EdgeKind.FAN_IN}
    if concurrency is not None:
        calling = frozenset(step.id for step in workflow.steps if step.conduct.remote_calls)
        joined |= {one for one in calling if not calling.isdisjoint(concurrency.meanwhile((one,)) - {one})}
    return frozenset(joined) | fanned_out(workflow)


def _reached(workflow: Workflow, reachability: Reachability) -> tuple[Step, ...]:
    return tuple(step for step in workflow.steps if step.id in reachability.reached)


def _handles(workflow: Workflow, step: Step) -> bool:
    """Whether somebody else goes on where the step fails."""
    return any(choice.on_error for choice in workflow.choices if choice.source == step.id)


def _exposed(
    steps: Iterable[Step], bare: Callable[[Step], Iterator[tuple[RemoteCall, Safeguard]]]
) -> Iterator[Exposed]:
    found: dict[tuple[Span, Safeguard], list[tuple[str, RemoteCall]]] = {}
    for step in steps:
        for call, safeguard in bare(step):
            written = safeguard in (Safeguard.OFF, Safeguard.UNSET)
            if safeguard.is_missing:
                cause = call.made_at if written and call.made_at is not None else call.span
                found.setdefault((cause, safeguard), []).append((step.id, call))
    for (span, safeguard), made in found.items():
        names = tuple(dict.fromkeys(name for name, _ in made))
        off, written = safeguard is Safeguard.OFF, safeguard is not Safeguard.ABSENT
        yield Exposed(names, made[0][1], off, span, written)
