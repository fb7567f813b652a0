"""Runtimes on their way to workflows: the agents that are registered with each, and who hears whom."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.draft import Draft
from wflint.assembly.groups import Group, assembled, by_site, made_as
from wflint.evaluate.events import ApiCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Location, Object, Value, alternatives
from wflint.frontends.autogen.core.agents import agent_of
from wflint.frontends.autogen.core.delivering import deliver
from wflint.frontends.autogen.core.losses import losses_of
from wflint.frontends.autogen.core.messages import sent_in
from wflint.frontends.autogen.core.refusals import refused
from wflint.frontends.autogen.core.rows import REGISTERED, REMOTE, RUNTIMES, SUBSCRIBING, type_of
from wflint.frontends.autogen.core.running import Running
from wflint.frontends.autogen.core.starting import never_started
from wflint.frontends.autogen.core.steps import step_of, unsent
from wflint.frontends.autogen.core.subscriptions import of_registration, of_value
from wflint.model.workflow import Aspect, Exchange, FaultKind, Invocation, Workflow


class Registered(Struct, frozen=True):
    """A runtime with the registrations of agents; `made` is the first of these where nobody sees the runtime made."""

    made: Object
    registrations: tuple[Object, ...]


def core_workflows(interp: Interpreter, framework: str) -> Iterator[Workflow]:
    """Every runtime that agents are registered with."""
    yield from assembled(
        interp,
        _sites(interp),
        lambda each: each.made,
        lambda each: _folded(interp, each, framework),
        _finished,
    )


def _sites(interp: Interpreter) -> dict[Location, list[Registered]]:
    """The runtimes by place; those that nobody sees made by the place of their first registration."""
    found: dict[int, tuple[Object, list[Object]]] = {}
    registrations = [each for alike in made_as(interp, (REGISTERED,)).values() for each in alike if _is_whole(each)]
    elsewhere: dict[tuple[Value | None, str], Object] = {}
    for each in registrations:
        for option in alternatives(each.arguments.get("runtime", 0)):
            known = isinstance(option, Object) and option.path in RUNTIMES and option.location is not None
            first = option if known else elsewhere.setdefault((option, each.site.module.path), each)
            assert isinstance(first, Object)
            found.setdefault(id(first), (first, []))[1].append(each)
    made = {id(first): Registered(first, tuple(each)) for first, each in found.values()}
    sites = by_site(first for first, _ in found.values())
    return {location: [made[id(each)] for each in alike] for location, alike in sites.items()}


def _is_whole(made: Object) -> bool:
    """Whether an agent type comes of a registration, and is not made by hand."""
    return made.arguments.get("runtime", 0) is not None and "type" in made.content and made.receiver is not made


def _folded(interp: Interpreter, registered: Registered, framework: str) -> Running:
    runtime = registered.made
    is_seen = runtime.path in RUNTIMES
    draft = Draft.of(runtime, framework, "runtime")
    running = Running(
        draft, runtime.path_condition, is_shared=not is_seen or runtime.path == REMOTE, intercepts=_intercepts(runtime)
    )
    if running.is_shared:
        where = "of other processes" if is_seen else "that other code registers"
        draft.open(f"agents {where} may take part", runtime.site.span, Aspect.EDGES)
    for made in registered.registrations:
        draft.constructed_at.append(made.site.span)
        name = type_of(made.content.get("type"))
        if name is None:
            draft.open("the type of an agent is not known statically", made.site.span, Aspect.STEPS)
            continue
        _seat(interp, running, name, made)
    calls = [each for each in interp.api_calls if each.subject is runtime and not running.is_within(each)]
    for api_call in calls:
        if api_call.method == SUBSCRIBING:
            added = of_value(api_call.get("subscription", 0), api_call.span)
            running.subscriptions.append(replace(added, certain=api_call.certain, origin=_origin(api_call)))
    for each in running.subscriptions:
        if each.topic is None or each.agent is None:
            draft.open("a subscription is not known statically", each.span, Aspect.EDGES)
    running.begun = [(call, sent) for call in calls if (sent := sent_in(call, certain=call.certain)) is not None]
    deliver(interp, running)
    for name in running.agents.keys() - {target for _, target in draft.edges}:
        draft.steps[name] = unsent(draft.steps[name])
    draft.faults += never_started(interp, runtime, [call for call, _ in running.begun])
    draft.losses += losses_of(running)
    draft.faults += refused(running)
    return running


def _intercepts(runtime: Object) -> bool:
    """Whether code of the source sees every message before the agents do."""
    return runtime.arguments.get("intervention_handlers") is not None or runtime.arguments.open


def _seat(interp: Interpreter, running: Running, name: str, made: Object) -> None:
    """Make a registered agent a step."""
    agent, first = agent_of(interp, made), running.registered.setdefault(name, made)
    for ancestor in agent.cls.lineage() if agent.cls is not None else ():
        running.draft.constructed_at.append(ancestor.location.span)
    if first is made:
        running.agents[name] = agent
        running.draft.steps[name] = step_of(interp, name, made.site.span, agent)
        certain = running.is_always(made)
        running.subscriptions += (replace(e, certain=certain) for e in of_registration(made, name, agent.cls))
        return
    known = running.agents[name]
    running.agents[name] = replace(known, open=known.open or known.cls is not agent.cls)
    if _is_second(running, first, made):
        running.draft.fault(FaultKind.DUPLICATE_STEP, name, made.site.span, first.site.span)


def _is_second(running: Running, first: Object, made: Object) -> bool:
    """Whether two registrations under one name are made one after the other, whatever happens."""
    is_instance = isinstance(made.receiver, Object)  # a type may have several of those
    always = running.is_always(first) and running.is_always(made) and first.context[:1] == made.context[:1]
    return always and not is_instance and first.site != made.site


def _origin(api_call: ApiCall) -> tuple[Location, ...]:
    """The outermost call on the way to a call."""
    callers = (frame.caller for frame in api_call.stack)
    return tuple(caller for caller in callers if caller is not None and not caller.module.stub)[:1]


def _finished(group: Group[Registered, Running]) -> Workflow | None:
    running = group.best(lambda each: (len(each.draft.steps), len(each.draft.edges)))
    draft = running.draft
    if not running.agents:
        return draft.finish(None, None, None, (), Exchange.MESSAGES) if draft.unresolved else None
    calls = [call for _, each in group.folded for call, _ in each.begun]
    runs = tuple(dict.fromkeys(Invocation((), call.span, closed=False, limits_concurrency=False) for call in calls))
    workflow = draft.finish(None, None, None, runs, Exchange.MESSAGES)
    return replace(
        workflow,
        entries=() if running.is_entered else tuple(running.agents),
        externally_callable=not running.is_entered,
        runs_per_arrival=True,
    )
