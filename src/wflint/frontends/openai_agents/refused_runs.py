"""What runs of the SDK refuse, by what they are given and by where they are made (openai-agents 0.24)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.contracts.held_results import held_in
from wflint.assembly.sequences import elements, is_surely_set
from wflint.assembly.signatures import gives_nothing
from wflint.evaluate.events import ApiCall
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Function, Location, Object, last_of
from wflint.frontends.openai_agents.contexts import contexts_of
from wflint.frontends.openai_agents.releases import CHECKED, FILTERED
from wflint.frontends.openai_agents.steps import names_of
from wflint.frontends.openai_agents.table import AGENTS, HANDOFFS
from wflint.frontends.openai_agents.unready import answers_too_early, unconnected_servers
from wflint.model.contract import Certainty
from wflint.model.workflow import Fault, FaultKind
from wflint.source.code import Assign, Call, Name
from wflint.source.walking import body_of, called_name, nodes_in

RUNS = "agents.Runner."
SERVED = ("conversation_id", "previous_response_id", "auto_previous_response_id")
"""Arguments by which the service keeps what was said."""
STATES = ("to_state", "from_json", "from_string")
"""Calls that give the state of a run that was interrupted."""
RETURNING = {
    "call_model_input_filter": "what the model is to be told",
    "session_input_callback": "the list of what was said and what is new",
}
"""Functions in the configuration of a run, and what each has to return."""


def refused_runs(interp: Interpreter) -> Iterator[Fault]:
    """What is wrong with each run: with its hooks, its context, its configuration, and with where it is made."""
    for called in interp.api_calls:
        yield from _contextless(interp, called)
        if called.path.startswith(RUNS):
            yield from _within_coroutine(called)
            yield from answers_too_early(called)
            yield from unconnected_servers(interp, called)
            yield from _kept_by_service(interp, called)
            yield from _silent_functions(called)
        hooks = called.get("hooks") if called.path.startswith(RUNS) else None
        if isinstance(hooks, Object) and any(last_of(base) == "AgentHooks" for base in bases_of(hooks)):
            why = "they are `RunHooks`; `AgentHooks` are for `Agent(hooks=...)`"
            yield Fault(FaultKind.REFUSED, "the hooks of a run", called.span, detail=why)


def _contextless(interp: Interpreter, called: ApiCall) -> Iterator[Fault]:
    """A run that is given no context: its agent's instructions or tools fail where they read an attribute of it."""
    agent = called.subject
    lone = called.path.startswith(RUNS) and not called.arguments.open and called.get("context") is None
    if not lone or not isinstance(agent, Object) or agent.path not in AGENTS:
        return
    parts = [part for given in contexts_of(interp, agent) for part in given.parts]
    sure = next((part for part in parts if part.certainty is Certainty.CERTAIN), None)
    if sure is not None and not _goes_on(called):
        text = f'a run without a context of agent "{next(iter(names_of(agent)), "agent")}"'
        why = f'there is none by default, and its functions read "{sure.name}" of it: they fail'
        yield Fault(FaultKind.REFUSED, text, called.span, sure.span, why, may_be=True)


def _goes_on(called: ApiCall) -> bool:
    """Whether a run takes up one that was interrupted: the context is in the state that it is given."""
    nodes = list(nodes_in(called.location.module.body))
    run = next((node for node in nodes if isinstance(node, Call) and node.at == called.location.at), None)
    given = [*run.args[1:2], *(each.value for each in run.keywords if each.name == "input")] if run is not None else []
    names = {each.id for each in given if isinstance(each, Name)}
    set_ = [node.value for node in nodes if isinstance(node, Assign) and not names.isdisjoint(_set_by(node))]
    return any(
        called_name(each) in STATES
        for value in (*given, *set_)
        for each in nodes_in((value,))
        if isinstance(each, Call)
    )


def _set_by(node: Assign) -> set[str]:
    return {target.id for target in node.targets if isinstance(target, Name)}


def _within_coroutine(called: ApiCall) -> Iterator[Fault]:
    """A plain run in the code of a coroutine, or of plain functions that it calls, where a loop is running."""
    place, inner = called.location, ""
    for frame in reversed(called.stack) if called.method == "run_sync" else ():
        function = frame.function
        if function is None or function.module is not place.module or not _calls(function, place, inner):
            return  # something else may run it, in a thread of its own
        if getattr(function.node, "is_async", False):
            text = f'`run_sync` in the coroutine "{function.name}"'
            if inner:
                text = f'the call of "{inner}", which calls `run_sync`, in the coroutine "{function.name}"'
            other = called.span if inner else None
            why = "an event loop is running there, so it fails; `await Runner.run(...)`"
            yield Fault(FaultKind.REFUSED, text, place.span, other, why)
            return
        if frame.caller is None:
            return
        place, inner = frame.caller, function.name


def _calls(function: Function, place: Location, inner: str) -> bool:
    """Whether a function's own code calls at a place what it is called by, and hands it to nobody."""
    held = held_in(body_of(function.node), place.at) if inner else None
    return not inner or (held is not None and called_name(held.call) == inner)


def _kept_by_service(interp: Interpreter, called: ApiCall) -> Iterator[Fault]:
    """A run of a conversation that the service keeps: nobody can take back what was said there, nor filter it."""
    agent = called.subject
    served = next((name for name in SERVED if is_surely_set(called.get(name))), None)
    if served is None or not isinstance(agent, Object) or agent.path not in AGENTS:
        return
    name = next(iter(names_of(agent)), "agent")
    if any(entry.certain for entry in elements(agent.content.get("output_guardrails"))):
        text = f'a run with `{served}` of agent "{name}", which has output guardrails'
        fault = Fault(FaultKind.REFUSED, text, called.span, agent.site.span, "the service keeps what they reject")
        yield from CHECKED.fault(interp, fault)
    for entry in elements(agent.content.get("handoffs")):
        made = entry.value
        if isinstance(made, Object) and made.path in HANDOFFS and is_surely_set(made.arguments.get("input_filter")):
            text = f'a run with `{served}` of agent "{name}", which hands over with a filter'
            why = "the service keeps what was said, so the run fails when it hands over"
            fault = Fault(FaultKind.REFUSED, text, called.span, made.site.span, why, may_be=True)
            yield from FILTERED.fault(interp, fault)


def _silent_functions(called: ApiCall) -> Iterator[Fault]:
    """Functions of the configuration that return nothing, as if changing what they are given were enough."""
    config = called.get("run_config")
    for name, what in RETURNING.items() if isinstance(config, Object) else ():
        given = config.arguments.get(name) if isinstance(config, Object) else None
        function = function_of(given) if given is not None else None
        if function is not None and gives_nothing(function):
            text = f'the function "{function.name}" for `{name}`'
            why = f"it returns nothing, where it has to return {what}: the run fails"
            yield Fault(FaultKind.REFUSED, text, function.location.span, called.span, why)


def bases_of(value: Object) -> tuple[str, ...]:
    """The classes of the library that an object is made of."""
    return value.cls.libraries() if value.cls is not None else (value.path or "",)
