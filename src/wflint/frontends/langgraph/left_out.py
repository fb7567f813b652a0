"""What a compiled graph leaves out: late additions, and what follows a step whose error was handled (langgraph 1.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wflint.assembly.draft import Draft
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import Object, alternatives
from wflint.frontends.langgraph.steps import ReadStep
from wflint.frontends.langgraph.table import BUILDING, COMMAND
from wflint.model.contract import Certainty
from wflint.model.loss import Loss, LossKind
from wflint.model.workflow import END


def added_late(api_calls: Sequence[ApiCall]) -> list[ApiCall]:
    """The additions that follow the last `compile` in the same run of the same code.

    Elsewhere it cannot be told which comes first.
    """
    compiled = [api_call for api_call in api_calls if api_call.method == "compile"]
    if not compiled or not compiled[-1].certain or any(each.in_reiterated_loop for each in compiled):
        return []
    last = compiled[-1]
    later = [api_call for api_call in api_calls if api_call.method in BUILDING and _follows(api_call, last)]
    return [api_call for api_call in later if not any(_follows(each, api_call) for each in compiled)]


def _follows(api_call: ApiCall, other: ApiCall) -> bool:
    here, there = api_call.location, other.location
    return here.module is there.module and api_call.stack == other.stack and here.at[0] > there.at[1]


def not_compiled(api_call: ApiCall) -> Loss:
    """One of them as something that the framework leaves out."""
    return Loss(
        LossKind.ROUTE,
        f"this `{api_call.method}`",
        api_call.span,
        "comes after `compile`: the compiled graph does not have it",
        "compile the graph once all is added",
    )


def not_followed(draft: Draft, read: Mapping[str, ReadStep]) -> Iterator[Loss]:
    """What follows steps whose error handler gives an update and sends control nowhere."""
    for name, step in read.items():
        handler = step.handler
        if handler is None or handler.summary is None or not handler.summary.complete:
            continue
        leads = handler.gotos.targets or handler.gotos.unknown or handler.gotos.declared or handler.above
        after = next((e for (source, target), e in draft.edges.items() if source == name and target != END), None)
        if not leads and after is not None:
            yield Loss(
                LossKind.ROUTE,
                f'what follows step "{name}"',
                after.span,
                f'is not run where its error handler "{handler.summary.function.name}" copes: an update alone ends '
                "the run",
                "return `Command(goto=...)` from the handler to go on",
                handler.summary.location.span,
                name,
                Certainty.POSSIBLE,
            )


def ignored_commands(source: str, router: FunctionSummary | None) -> Iterator[Loss]:
    """Commands that a router returns: only steps do, so the run goes nowhere and the update is lost."""
    for site in router.returns if router is not None else ():
        made = [each for each in alternatives(site.value) if isinstance(each, Object) and each.path == COMMAND]
        if made and router is not None:
            yield Loss(
                LossKind.ROUTE,
                f'the `Command` of router "{router.function.name}"',
                (site.location or made[0].site).span,
                "is dropped, its goto and its update: a router returns names of steps",
                "return the name, or return the `Command` from the step itself",
                step=source,
            )
            return
