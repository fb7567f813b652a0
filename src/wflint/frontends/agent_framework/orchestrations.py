"""The ready-made orchestrations: sequential, concurrent, hand-off, group chat, Magentic."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.sequences import Element, followers
from wflint.assembly.speculation import evaluate_isolated
from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import NONE, Arguments, Function, Mapping, Object, Sequence, Value, alternatives, text_of
from wflint.frontends.agent_framework.building import Building, SeatedParticipant
from wflint.frontends.agent_framework.chat_ends import may_end
from wflint.frontends.agent_framework.graph import building_event
from wflint.frontends.agent_framework.participants import UNNAMED, identity, listed, participant
from wflint.frontends.agent_framework.selections import strangers
from wflint.frontends.agent_framework.table import BuilderKind
from wflint.model.hidden_result import HiddenReason
from wflint.model.workflow import END, START, Aspect, Choice, EdgeKind, FaultKind, Step, StepKind

MANAGER = "__manager__"
"""Whoever picks the next speaker."""
MANAGER_ARGUMENTS = (
    "orchestrator_agent", "orchestrator", "selection_func", "manager", "manager_agent", "manager_factory",
    "manager_agent_factory",
)  # fmt: skip
MANAGER_METHODS = (
    "set_manager", "with_manager", "with_standard_manager", "set_prompt_based_manager", "set_select_speakers_func",
    "with_select_speaker_func", "select_speakers", "with_orchestrator", "with_agent_orchestrator",
)  # fmt: skip
AGENT_MANAGERS = ("orchestrator_agent", "manager", "manager_agent", "agent")


def fold_orchestration(building: Building, kind: BuilderKind, api_calls: list[ApiCall]) -> None:
    """Take the participants, then connect them as the orchestration does."""
    seated = _participants(building, api_calls)
    names = list(dict.fromkeys(one.name for one in seated))
    match kind:
        case BuilderKind.CONCURRENT:
            _concurrent(building, names, api_calls)
        case BuilderKind.HANDOFF:
            _handoff(building, names, api_calls)
        case BuilderKind.MANAGED:
            _managed(building, names, api_calls)
        case _:
            _sequential(building, seated)


# ------------------------------------------------------------------------------------------------- participants


def _participants(building: Building, api_calls: list[ApiCall]) -> list[SeatedParticipant]:
    """Whoever is given to the constructor or to a method, in order, each once in a row."""
    begun = building_event(building)
    found: dict[tuple[str, int], SeatedParticipant] = {}
    for api_call in (begun, *api_calls):
        for group in _groups(building, api_call, is_first=api_call is begun):
            above = 1 + max((seated.element.seat[1] for seated in found.values()), default=-1)
            for seated in group:
                row, number = seated.element.seat
                moved = replace(seated.element, seat=(row, above + number))
                found.setdefault((seated.name, row), SeatedParticipant(seated.name, moved))
    return list(found.values())


def _groups(building: Building, api_call: ApiCall, *, is_first: bool) -> Iterator[list[SeatedParticipant]]:
    """The lists of participants that a call gives, one after the other."""
    arguments, location = api_call.arguments, api_call.location
    match api_call.method:
        case "participants":
            yield _given(building, arguments.get("participants", 0), api_call)
            single = (v for _, v in arguments.keywords if not isinstance(v, Sequence | Mapping) and v != NONE)
            yield from (_alone(name, value) for value in single for name in building.take(value, location))
        case "register_participants" | "participant_factories":
            yield from _made(building, arguments.get("participant_factories", 0), api_call)
        case _ if is_first:
            yield _given(building, arguments.get("participants"), api_call)
            yield from _made(building, arguments.get("participant_factories"), api_call)
        case _:
            pass


def _given(building: Building, value: Value | None, api_call: ApiCall) -> list[SeatedParticipant]:
    return building.seated(None if value == NONE else value, api_call.location)


def _alone(name: str, value: Value) -> list[SeatedParticipant]:
    return [SeatedParticipant(name, Element(value, certain=True, seat=(0, 0), filled=True))]


def _made(building: Building, value: Value | None, api_call: ApiCall) -> Iterator[list[SeatedParticipant]]:
    """Factories, in a list or under names."""
    for option in alternatives(value):
        keys = [key for key, _ in option.known()] if isinstance(option, Mapping) else []
        for number, factory in enumerate(listed(option)):
            made = evaluate_isolated(building.interp, factory.value, Arguments(), api_call.location)
            if keys and isinstance(keys[number], str):
                building.registered[str(keys[number])] = made
            for name in building.take(made, api_call.location):
                yield _alone(name, made)


# ------------------------------------------------------------------------------------------------- connections


def _sequential(building: Building, row: list[SeatedParticipant]) -> None:
    for source in (None, *row):
        for target, sure in followers(row, source.element if source else None, lambda seated: seated.element):
            building.follow(source.name if source else START, target.name, building_event(building), sure=sure)


def _concurrent(building: Building, names: list[str], api_calls: list[ApiCall]) -> None:
    begun = building_event(building)
    goal = END
    for api_call in api_calls:
        if "aggregator" in api_call.method:
            goal = _aggregator(building, api_call) or goal
    for name in names:
        building.connect(START, name, begun, EdgeKind.FAN_OUT)
    building.join(names, goal, begun)
    for name in names:  # those who are asked at the same time are shown nothing of each other
        others = (other for other in names if other != name)
        building.draft.hide(name, others, HiddenReason.CONCURRENT, begun.span)


def _aggregator(building: Building, api_call: ApiCall) -> str | None:
    value = next(iter((*api_call.arguments.positional, *(value for _, value in api_call.arguments.keywords))), None)
    if value is None:
        return None
    if api_call.method == "register_aggregator":
        value = evaluate_isolated(building.interp, value, Arguments(), api_call.location)
    if isinstance(value, Object) and identity(value) is not None:
        return next(iter(building.take(value, api_call.location)), None)
    function = value.function if not isinstance(value, Function) and hasattr(value, "function") else value
    if isinstance(function, Function):
        name = function.name if function.name.isidentifier() else UNNAMED
        building.draft.steps[name] = Step(name, StepKind.FUNCTION, api_call.span, function.location.span)
        return name
    building.draft.open("the aggregator's name is not known statically", api_call.span, Aspect.STEPS)
    return None


def _handoff(building: Building, names: list[str], api_calls: list[ApiCall]) -> None:
    pairs = [api_call for api_call in api_calls if api_call.method == "add_handoff"]
    for api_call in pairs:
        targets = api_call.get("targets", 1) or api_call.get("target")
        for source in _known(building, api_call.get("source", 0), api_call):
            for target in _known(building, targets, api_call):
                building.connect(source, target, api_call, EdgeKind.HANDOFF)
    begun = building_event(building)
    for source in names if not pairs else ():
        for target in names:
            if source != target:
                building.connect(source, target, begun, EdgeKind.HANDOFF)
    for source in dict.fromkeys(pair[0] for pair in building.draft.edges):
        _free_choice(building, source)
    _first(building, names, api_calls)


def _known(building: Building, value: Value | None, api_call: ApiCall) -> list[str]:
    """The ids of some participants; nobody becomes one by being named here."""
    items = [entry.value for entry in listed(value)] or ([value] if value is not None else [])
    found: list[str] = []
    for item in items:
        for option in alternatives(item):
            text = text_of(option)
            name = text if text is not None else identity(option)
            if text is not None and text in building.registered:
                name = identity(building.registered[text])
            if name is None:
                building.draft.open("a hand-off is not known statically", api_call.span, Aspect.EDGES)
            else:
                found.append(name)
    return found


def _first(building: Building, names: list[str], api_calls: list[ApiCall]) -> None:
    """Who gets the first message; the framework demands that it is said."""
    begun = building_event(building)
    given = building.builder.arguments.get("coordinator")
    starts: list[tuple[Value | None, ApiCall]] = []
    if given is not None and given != NONE:
        starts.append((given, begun))
    for api_call in api_calls:
        if api_call.method in ("with_start_agent", "set_coordinator"):
            starts = [(api_call.get("agent", 0), api_call)]
    for value, api_call in starts:
        for name in _known(building, value, api_call):
            building.connect(START, name, api_call, EdgeKind.DIRECT)
    if not starts and names and not building.builder.arguments.open and not building.draft.unresolved:
        building.draft.fault(FaultKind.MISSING_PART, "with_start_agent", building.draft.span, None, "a start agent")


def _managed(building: Building, names: list[str], api_calls: list[ApiCall]) -> None:
    begun = building_event(building)
    managers = [
        (name, value, begun)
        for name in MANAGER_ARGUMENTS
        if (value := building.builder.arguments.get(name)) is not None and value != NONE
    ]
    managers += [
        (name, value, api_call)
        for api_call in api_calls
        if api_call.method in MANAGER_METHODS
        for name, value in (("manager", api_call.get("", 0)), *api_call.arguments.keywords)
        if value is not None
    ]
    told = bool(managers) or any(api_call.method in MANAGER_METHODS for api_call in api_calls)
    if not told and names and not building.builder.arguments.open and not building.draft.unresolved:
        building.draft.fault(
            FaultKind.MISSING_PART, "manager", building.draft.span, None, "no selector picks the next speaker"
        )
    if not names:
        return
    building.draft.steps[MANAGER] = _manager(building, managers)
    for _, value, api_call in managers if not building.draft.unresolved else ():
        if isinstance(value, Function):
            found = strangers(building, value, api_call.location, "selected participant", MANAGER)
            building.draft.unresolved_names += found
    for name in names:
        building.connect(MANAGER, name, begun, EdgeKind.CONDITIONAL)
        building.connect(name, MANAGER, begun, EdgeKind.DIRECT)
    _free_choice(building, MANAGER, may_end=may_end(building, managers, api_calls))


def _manager(building: Building, managers: list[tuple[str, Value, ApiCall]]) -> Step:
    """The manager as a step: the agent or the function that picks."""
    step = Step(MANAGER, StepKind.ROUTER, building.draft.span, offers_open=True, needs_open=True)
    for name, value, api_call in managers:
        if name in AGENT_MANAGERS and isinstance(value, Object):
            found = participant(building.interp, value, MANAGER, api_call.location).step
            return replace(found, offers_open=True, needs_open=True)
        if isinstance(value, Function):
            return replace(step, definition=value.location.span)
    return step


def _free_choice(building: Building, source: str, *, may_end: bool = True) -> None:
    """Somebody who picks one of several, or ends the run if it may."""
    ways = [way for way in building.draft.edges if way[0] == source and source != START]
    if ways:
        span = building.draft.edges[ways[0]].span
        building.draft.choose(Choice(source, source, span, closed=True, is_goto=may_end), ways)
