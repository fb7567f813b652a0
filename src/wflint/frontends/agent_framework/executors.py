"""What the code of an executor does: the messages it takes, those it sends, and whether it always sends one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.coded_step import parameter_type
from wflint.assembly.contracts.calls import calls_of
from wflint.assembly.contracts.conduct import conduct_of_all
from wflint.assembly.contracts.effects import needs_open, read_set
from wflint.assembly.contracts.error_texts import error_texts_of
from wflint.assembly.contracts.fixed_numbers import fixed_number, is_carried
from wflint.assembly.contracts.in_loops import stands_in_loop
from wflint.assembly.contracts.kept_values import kept_values, stale_kept
from wflint.assembly.contracts.origins import origins_in, parts_of
from wflint.assembly.contracts.output_formats import expected_formats, path_read
from wflint.assembly.contracts.schemas import schema_of
from wflint.assembly.contracts.side_effects import side_effects_of
from wflint.assembly.contracts.templates import template_gaps
from wflint.assembly.contracts.typed_inputs import message_in_parts
from wflint.assembly.function_summary import FunctionSummary, summarize
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import annotation, bare, name_of, show
from wflint.evaluate.values import NONE, Bound, Function, Generic, Location, Object, Unknown, Value, last_of, text_of
from wflint.frontends.agent_framework.quiet_returns import quiet_return
from wflint.frontends.agent_framework.table import MADE
from wflint.model.conduct import Called, ErrorText, SideEffect
from wflint.model.conduct import Conduct as Acts
from wflint.model.contract import Certainty, Need, Offer, Schema, TypedInput
from wflint.model.kept_value import KeptValue
from wflint.model.prompt import TemplateGap
from wflint.source.code import (
    Attribute,
    Await,
    Call,
    ExprStmt,
    FunctionDef,
    If,
    Name,
    Opaque,
    Raise,
    Return,
    StmtT,
    With,
)
from wflint.source.walking import body_of, nodes_in

MESSAGE = "message"
"""The name of what is handed on as a whole."""
SEND, YIELD, ASK = "send_message", "yield_output", "request_info"
SETTING, GETTING = ("set_state", "set_shared_state"), ("get_state", "get_shared_state")
ASKING_MODELS = ("run", "run_stream", "get_response", "get_streaming_response", "invoke")
NOBODY = ("Never", "NoReturn")
CONTEXT = "WorkflowContext"
ANSWERING = "response_handler"
HANDLERS = frozenset({"handler", ANSWERING})


class Sent(Struct, frozen=True):
    """A message that the code sends on; `target` is the only step that it is for, if it names one.

    `is_repeated` is true where one run of the code may send several.
    """

    value: Value
    location: Location
    certain: bool
    target: str | None = None
    is_repeated: bool = False


class Asked(Struct, frozen=True):
    """A question to somebody outside, and the type of the answer."""

    request: Value
    answer: Value
    location: Location


class Conduct(Struct, frozen=True):
    """All handlers of an executor together; `takes` is the one schema of its messages, if there is one.

    `offers_open` is true where nothing is seen to be sent; `closed` says that every message it sends is listed;
    `always_sends` that no run of it ends without one, `never_sends` that none of its code does. `gives` and `handles`
    are the declared types of what it sends and takes. `quiet` is where its one handler ends without a message, although
    it sends one otherwise. `acts` are what its code was seen to do about failures.
    """

    needs: tuple[Need, ...] = ()
    offers: tuple[Offer, ...] = ()
    needs_open: bool = False
    offers_open: bool = False
    sent: tuple[Sent, ...] = ()
    closed: bool = False
    always_sends: bool = False
    never_sends: bool = False
    quiet: Location | None = None
    yields: bool = False
    asks: bool = False
    runs_model: bool = False
    takes: Schema | None = None
    calls: tuple[Called, ...] = ()
    template_gaps: tuple[TemplateGap, ...] = ()
    gives: tuple[Value, ...] = ()
    handles: tuple[Value, ...] = ()
    typed_inputs: tuple[TypedInput, ...] = ()
    acts: Acts = Acts()
    asked: tuple[Asked, ...] = ()
    returned: Location | None = None
    side_effects: tuple[SideEffect, ...] = ()
    kept_values: tuple[KeptValue, ...] = ()


TEXTS_OF_ANSWER = (("agent_response", "text"), ("agent_run_response", "text"), ("text",))
"""Where a message of an agent holds what its model wrote."""


def code_of(made: Object) -> tuple[Function, ...]:
    """The functions that take an executor's messages."""
    if made.path == MADE or last_of(made.path) == "FunctionExecutor":
        function = made.content.get("function") or made.arguments.get("func", 0)
        return (function,) if isinstance(function, Function) else ()
    found: dict[str, Function] = {}
    for ancestor in made.cls.lineage() if made.cls is not None else ():
        for name, value in ancestor.content.items():
            if isinstance(value, Function) and marks_of(value) & HANDLERS:
                found.setdefault(str(name), value)
    return tuple(found.values())


def marks_of(function: Function) -> frozenset[str]:
    """What decorators call a function; what a person answers is no message of another step."""
    return frozenset(last_of(path_of(mark)) for mark in function.unmodelled_decorators)


def conduct_of(interp: Interpreter, made: Object, location: Location) -> Conduct:
    """Read every handler of an executor."""
    functions = code_of(made)
    takers = [function for function in functions if not answering(function)]
    needs: dict[str, Need] = {}
    offers: dict[str, Offer] = {}
    read_all: list[FunctionSummary] = []
    takes: Schema | None = None
    for function in functions:
        callee = Bound(function, made) if function.owner is not None else function
        summary = summarize(interp, callee, None, location)
        if summary is not None:
            read_all.append(summary)
            _offers(interp, offers, function)
            if function in takers:
                _needs(interp, needs, summary, alone=len(takers) == 1)
                takes = schema_of(interp, summary.input_type, summary.location) if len(takers) == 1 else None
    calls = [call for summary in read_all for call in summary.calls]
    sends = [_always_sends(summary) for summary in read_all]
    sent = tuple(one for summary in read_all for one in _sent(summary))
    for one in sent:
        offers.setdefault(MESSAGE, Offer(MESSAGE, one.location.span, Certainty.POSSIBLE))
    complete = bool(read_all) and all(summary.complete for summary in read_all)
    return Conduct(
        tuple(needs.values()),
        tuple(_with_origins(offers, [one.value for one in sent], read_all)),
        needs_open=not read_all or any(needs_open(summary) for summary in read_all),
        offers_open=not offers,
        sent=sent,
        closed=complete and not any(_hands_on_context(summary) for summary in read_all),
        always_sends=bool(sends) and all(sends),
        never_sends=complete and not sent and _is_bare(made) and all(map(_sends_nothing, read_all)),
        quiet=quiet_return(read_all[0]) if complete and len(read_all) == 1 else None,
        yields=any(call.method == YIELD for call in calls),
        asks=any(call.method == ASK for call in calls),
        runs_model=any(_runs_model(call) for call in calls),
        takes=takes,
        typed_inputs=tuple(message_in_parts(interp, summary) for summary in read_all if summary.function in takers),
        calls=calls_of(read_all[0]) if len(read_all) == 1 else (),
        template_gaps=tuple(gap for summary in read_all for gap in template_gaps(summary, interp)),
        gives=tuple(type_ for function in functions for type_ in _sent_types(interp, function)),
        handles=tuple(type_ for function in takers for type_ in _taken_types(interp, function)),
        acts=_acts(read_all),
        asked=tuple(_asked(calls)),
        returned=next(_returned(read_all), None),
        kept_values=_kept(read_all, location),
        side_effects=tuple(effect for summary in read_all for effect in _effects(summary)),
    )


def _acts(summaries: list[FunctionSummary]) -> Acts:
    stale = tuple(each for summary in summaries for each in stale_kept(summary, SETTING, GETTING))
    return replace(conduct_of_all(summaries), error_texts=tuple(_error_texts(summaries)), stale_writes=stale)


def _kept(summaries: list[FunctionSummary], location: Location) -> tuple[KeptValue, ...]:
    """What the code keeps for the run; code of which not all is seen may keep anything."""
    seen = [value for summary in summaries for value in kept_values(summary, SETTING, GETTING)]
    whole = bool(summaries) and not any(_hands_on_context(summary) for summary in summaries)
    return (*seen, *(() if whole else (KeptValue(None, location.span, is_set=True),)))


def _error_texts(summaries: list[FunctionSummary]) -> Iterator[ErrorText]:
    """What is sent on that gets the text of a failure in place of a result."""
    for summary in summaries:
        yield from error_texts_of(summary, [(MESSAGE, one.value, one.location) for one in _sent(summary)])


def _sent(summary: FunctionSummary) -> Iterator[Sent]:
    calls = [call for call in summary.calls if call.method == SEND]
    several = sum(call.certain for call in calls) > 1
    for call in calls:
        value = call.get("message", 0)
        if value is not None:
            target = text_of(call.get("target_id", 1) or NONE)
            yield Sent(value, call.location, call.certain, target, several or stands_in_loop(summary, call))


def _effects(summary: FunctionSummary) -> Iterator[SideEffect]:
    """What the code changes outside; to send a message on changes nothing there."""
    own = {call.span for call in summary.calls if call.method == SEND and isinstance(call.receiver, Unknown)}
    yield from (effect for effect in side_effects_of(summary) if effect.span not in own)


def _asked(calls: list[LibraryCall]) -> Iterator[Asked]:
    for call in calls:
        request, answer = call.get("request_data", 0), call.get("response_type", 1)
        if call.method == ASK and request is not None and answer is not None:
            yield Asked(request, answer, call.location)


def answering(function: Function) -> bool:
    """Whether a function takes what somebody outside answers."""
    return ANSWERING in marks_of(function)


def _always_sends(summary: FunctionSummary) -> bool:
    """Whether a handler sends whenever it runs; a test that only its first run is sure to pass decides."""
    node = summary.function.node
    if isinstance(node, FunctionDef) and any(isinstance(each, If | Return) for each in nodes_in(node.body)):
        return _sends(node.body)
    return any(call.method == SEND and call.certain for call in summary.calls)


def _sends(body: tuple[StmtT, ...]) -> bool:
    """Whether no way through some statements ends without a message, or with an error."""
    for statement in body:
        match statement:
            case ExprStmt(value=Await(value=Call(func=Attribute(name=name)))) if name == SEND:
                return True
            case Raise():
                return True
            case If(body=then, orelse=otherwise) if _sends(then) and _sends(otherwise):
                return True
            case With(body=inner) if _sends(inner):
                return True
            case _ if any(isinstance(node, Return | Opaque) for node in nodes_in([statement])):
                return False
            case _:
                pass
    return False


def _is_bare(made: Object) -> bool:
    """Whether an executor has no handlers but those of its own code."""
    return made.cls is None or all(last_of(path) == "Executor" for path in made.cls.libraries())


def _returned(summaries: list[FunctionSummary]) -> Iterator[Location]:
    """Where handlers return something; the framework drops it."""
    for summary in summaries:
        yield from (site.location for site in summary.returns if site.value != NONE and site.location is not None)


def _sends_nothing(summary: FunctionSummary) -> bool:
    """Whether a handler asks nobody and keeps its context to itself; what it returns, the framework drops."""
    node = summary.function.node
    contexts = {parameter.name for parameter in node.parameters if parameter.name != "self"}
    body = list(nodes_in(body_of(node)))
    named = [item for item in body if isinstance(item, Name) and item.id in contexts]
    used = [item for item in body if isinstance(item, Attribute) and isinstance(item.value, Name)]
    taken = parameter_names(summary)
    kept = sum(item.id not in taken for item in named) == sum(
        isinstance(item.value, Name) and item.value.id in contexts - taken for item in used
    )
    asks = any(call.method in (ASK, SEND) for call in summary.calls)
    return kept and not asks


def parameter_names(summary: FunctionSummary) -> frozenset[str]:
    """The parameter of a handler that takes the message."""
    first = next((parameter.name for parameter in summary.function.node.parameters if parameter.name != "self"), None)
    return frozenset() if first is None else frozenset({first})


def _hands_on_context(summary: FunctionSummary) -> bool:
    """Whether the context goes where its use is not seen; only a handler that was read whole is closed."""
    names = {p.name for p in summary.function.node.parameters[1:]}
    return "kwargs" in names


def _runs_model(call: LibraryCall) -> bool:
    receiver = path_of(call.receiver)
    agent = receiver.startswith("agent_framework") or last_of(receiver) in ("create_agent", "as_agent", "get_agent")
    return call.method in ASKING_MODELS and agent


# ------------------------------------------------------------------------------------------------- contracts


def _needs(interp: Interpreter, needs: dict[str, Need], summary: FunctionSummary, *, alone: bool) -> None:
    """The parts that are used of a message whose class is in the source; of any other, the message as a whole."""
    type_ = bare(summary.input_type)
    if isinstance(type_, Class) and type_.declared():
        for need in read_set(summary, interp):
            needs.setdefault(need.name, need if alone else replace(need, required=False, certainty=Certainty.POSSIBLE))
        return
    certainty = Certainty.CERTAIN if alone else Certainty.POSSIBLE
    shown = show(summary.input_type)
    forms = expected_formats(summary, lambda value: _text_of_answer(value, summary)).get(MESSAGE, ())
    need = Need(MESSAGE, summary.location.span, alone, certainty, shown, whole=True, expectations=forms)
    needs.setdefault(MESSAGE, need)


def _text_of_answer(value: Value, summary: FunctionSummary) -> str | None:
    """The message as a whole, where a value is the text of the answer in it."""
    return MESSAGE if path_read(value, summary.root) in TEXTS_OF_ANSWER else None


def _offers(interp: Interpreter, offers: dict[str, Offer], function: Function) -> None:
    """The parts of what is sent, and the message as a whole: whom it gets to may take it either way."""
    types = [type_ for type_ in _sent_types(interp, function) if type_ != NONE and name_of(type_) not in NOBODY]
    certainty = Certainty.CERTAIN if len(types) == 1 else Certainty.POSSIBLE
    for type_ in types:
        inner = bare(type_)
        if isinstance(inner, Class) and inner.declared():
            for declared in inner.declared().values():
                shown = show(annotation(interp, declared.annotation, declared.scope, declared.location.module))
                offers.setdefault(declared.name, Offer(declared.name, declared.location.span, certainty, shown))
    if types:
        whole = " | ".join(filter(None, map(show, types))) or None
        offers.setdefault(MESSAGE, Offer(MESSAGE, function.location.span, Certainty.CERTAIN, whole))


def _with_origins(
    offers: Mapping[str, Offer], sent: Sequence[Value], taken: Sequence[FunctionSummary]
) -> Iterator[Offer]:
    """The parts of what is sent, or all of it, with what writes them, and whether they are what was taken."""
    root = taken[0].root if len(taken) == 1 and taken[0].complete else None
    for name, offer in offers.items():
        values = [*(sent if name == MESSAGE else parts_of(sent, name))]
        same = root is not None and name != MESSAGE and is_carried(values, name, root, whole=True)
        fixed = fixed_number(values) if root is not None else None
        yield replace(offer, origins=origins_in(*values), unchanged=same, fixed=fixed)


def _taken_types(interp: Interpreter, function: Function) -> Iterator[Value]:
    """What a handler says that it takes: in its decorator, or else with its parameter."""
    said = [mark.arguments.get("input") for mark in function.unmodelled_decorators if isinstance(mark, Object)]
    parameters = [p for p in function.node.parameters if p.name != "self"]
    given = parameter_type(interp, function, next(iter(parameters), None))
    type_ = next((each for each in said if each is not None), given)
    yield from _either(type_ if type_ is not None else Unknown("a message", function.location))


def taken_by(interp: Interpreter, functions: Sequence[Function]) -> Iterator[tuple[Function, Value]]:
    """The handlers of messages among some functions, each with a type that it takes."""
    for function in functions:
        if not answering(function):
            yield from ((function, type_) for type_ in _taken_types(interp, function))


def _either(type_: Value) -> tuple[Value, ...]:
    is_union = isinstance(type_, Generic) and name_of(type_.base) in ("Union", "Optional")
    return tuple(type_.arguments) if isinstance(type_, Generic) and is_union else (type_,)


def _sent_types(interp: Interpreter, function: Function) -> Iterator[Value]:
    """What `ctx: WorkflowContext[A | B, Output]` says that is sent on."""
    for parameter in function.node.parameters:
        type_ = parameter_type(interp, function, parameter)
        if isinstance(type_, Generic) and name_of(type_.base) == CONTEXT and type_.arguments:
            yield from _either(type_.arguments[0])
