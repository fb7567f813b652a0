"""Calls in a step's code that leave the process: of models, and plain requests."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.clients import Settings, is_request, retries_around, settings_of, settings_of_client
from wflint.assembly.contracts.effects import certainty
from wflint.assembly.contracts.models import asks
from wflint.assembly.contracts.retry_schemes import Level, levels_around, levels_of, retry_schemes
from wflint.assembly.contracts.started_together import is_admitted, started_together
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.answers import is_answer
from wflint.evaluate.events import ApiCall, LibraryCall
from wflint.evaluate.values import Function, Object, Value, last_of
from wflint.model.conduct import RemoteCall, RetryScheme, Safeguard
from wflint.model.contract import Certainty

UNKNOWN = Settings(Safeguard.UNKNOWN, Safeguard.UNKNOWN, None)


def remote_calls_of(summary: FunctionSummary | None) -> tuple[RemoteCall, ...]:
    """Every such call with what is done about failures and delays; the first at each place."""
    if summary is None or not summary.complete:
        return ()
    first = {call.span: call for call in reversed(summary.calls) if asks(call) or is_request(call)}
    return tuple(_remote(summary, call) for call in first.values())


def asked_unguarded(client: Value | None) -> tuple[RemoteCall, ...]:
    """What a framework asks of a client for an agent, where code has switched retries or the time limit off."""
    made = client if isinstance(client, Object) else None
    settings = settings_of_client(made) if made is not None else None
    written = (Safeguard.OFF, Safeguard.UNSET)
    if made is None or settings is None or not (settings.retry in written or settings.limit in written):
        return ()
    callee, span = last_of(made.path), made.site.span
    return (
        RemoteCall(callee, span, Certainty.CERTAIN, of_model=True, retry=settings.retry, time_limit=settings.limit),
    )


def retry_schemes_of(summary: FunctionSummary | None) -> tuple[RetryScheme, ...]:
    """How the step's own code makes its remote calls again, and the runs of agents and the like that it starts."""
    if summary is None or not summary.complete:
        return ()
    ways = [levels_of(summary.function, call) for call in summary.calls if asks(call) or is_request(call)]
    ways += [_within(summary, call) for call in summary.api_calls if is_answer(call.result)]
    return tuple(dict.fromkeys(scheme for way in ways for scheme in retry_schemes(way)))


def _within(summary: FunctionSummary, api_call: ApiCall) -> list[Level]:
    """The way to a call from the step's own function on."""
    levels = levels_around(api_call)
    own = next((number for number, (one, _) in enumerate(levels) if one.node is summary.function.node), len(levels))
    return levels[own:]


def _remote(summary: FunctionSummary, call: LibraryCall) -> RemoteCall:
    settings = settings_of(call) or UNKNOWN
    around = any(retries_around(one.unmodelled_decorators) for one in _functions(summary.function, call))
    return RemoteCall(
        callee=_name(call),
        span=call.span,
        certainty=certainty(call.certain),
        of_model=asks(call),
        retry=Safeguard.GIVEN if around else settings.retry,
        time_limit=settings.limit,
        handled=call.tried,
        made_at=settings.made_at.span if settings.made_at is not None else None,
        together=started_together(summary, call),
        admitted=is_admitted(summary, call),
    )


def _functions(step: Function, call: LibraryCall) -> Iterator[Function]:
    yield step
    yield from (entered.function for entered in call.within)


def _name(call: LibraryCall) -> str:
    name = getattr(call.receiver, "name", None)
    return f"{name}.{call.method}" if isinstance(name, str) else ".".join(call.path.split(".")[-2:])
