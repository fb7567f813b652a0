"""What LangGraph's builder refuses, as its own checks do (langgraph 1.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from wflint.assembly.sequences import is_surely_set
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import ApiCall
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.expressions.iteration import listed
from wflint.evaluate.values import (
    NONE,
    Arguments,
    Bound,
    Const,
    ExternalName,
    Function,
    Location,
    Object,
    Partial,
    Value,
    last_of,
    text_of,
)
from wflint.frontends.langgraph.channels import is_managed
from wflint.frontends.langgraph.graph_draft import GraphDraft
from wflint.frontends.langgraph.naming import node_name, wrapped_function
from wflint.frontends.langgraph.releases import OPENED, SAVERS, TIMEOUTS
from wflint.model.contract import Certainty, Schema
from wflint.model.span import Span
from wflint.model.workflow import END, START, Fault, FaultKind, Join, UnresolvedName
from wflint.source.code import Attribute, Call, ExprT, FunctionDef, Name, Node, With
from wflint.source.walking import called_name, nodes_in

BUILDER = "langgraph.StateGraph"
SEPARATORS = "|:"
"""What the framework joins step names with, in names of nested runs."""
OPENING = "from_conn_string"
"""What makes a context manager of a saver."""
HANDLER = "__error_handler__"
"""What comes before a step's name in that of the step that handles its errors."""
ENTERING = frozenset({"enter_context", "enter_async_context", "__enter__", "__aenter__"})
"""Methods that enter the context that they are given."""
UNNAMED = ""
"""The name of every router that has none: lambdas, partials and callable objects are told apart by nothing."""


RESERVED = frozenset(f"__{name}__" for name in ("input", "interrupt", "resume", "error", "no_writes")) | frozenset(
    {"__pregel_push", "__pregel_pull", "configurable"}
)
"""Names that the framework gives to what is written and read beside the state."""


def check_name(graph: GraphDraft, name: str, api_call: ApiCall) -> None:
    """A step's name is reserved, or has characters that are."""
    kept = name in (START, END, *RESERVED) or any(character in name for character in SEPARATORS)
    if kept and api_call.certain:
        graph.draft.faults.append(Fault(FaultKind.RESERVED_NAME, name, api_call.location.span))


def stateless(graph: GraphDraft) -> Iterator[Fault]:
    """A builder that is told nothing of the state: no release makes one."""
    made = graph.builder
    given = made.arguments
    if made.path == BUILDER and made.cls is None and not given.open and all(value == NONE for value in given):
        why = "a graph is made for the state that its steps share"
        yield Fault(FaultKind.MISSING_PART, "state_schema", graph.draft.span, detail=why)


def check_timeout(graph: GraphDraft, name: str, action: Value, api_call: ApiCall) -> None:
    """A time limit on a step that is no coroutine: plain code cannot be stopped."""
    if is_limited(api_call.arguments) and is_plain(action) and api_call.certain:
        _refuse_timeout(graph, f'a timeout for step "{name}", which is not async', api_call.location)


def check_default_timeout(graph: GraphDraft, api_calls: Sequence[ApiCall]) -> None:
    """A time limit for all steps, one of which is no coroutine."""
    for api_call in api_calls:
        if api_call.method == "set_node_defaults" and is_limited(api_call.arguments) and api_call.certain:
            plain = [(name, at) for name, (action, at, sure) in graph.added.items() if sure and is_plain(action)]
            for name, at in plain[:1]:
                _refuse_timeout(graph, f'a timeout for all steps: "{name}" is not async', api_call.location, at)


def is_limited(options: Arguments) -> bool:
    """Whether options set a time limit."""
    return is_surely_set(options.get("timeout"))


def is_plain(action: Value) -> bool:
    """Whether the code of a step or task is certainly no coroutine."""
    function = function_of(action)
    plain = function is not None and isinstance(function.node, FunctionDef) and not function.node.is_async
    return plain and not _is_decorated(function)


def is_coroutine(action: Value) -> bool:
    """Whether the code of a step or task is certainly a coroutine."""
    function = function_of(action)
    if function is None or not isinstance(function.node, FunctionDef) or _is_decorated(function):
        return False
    return function.node.is_async


def check_route(graph: GraphDraft, source: str, target: str, location: Location, *, sends: bool) -> bool:
    """A route into the start, or a payload that is sent to the end; whether it is one of these."""
    if target == START:
        graph.draft.fault(FaultKind.EDGE_INTO_START, source, location.span)
    if target == END and sends:
        text = f'a payload sent to the end after step "{source}"'
        why = "only steps are sent one; return END itself; the run fails"
        graph.draft.faults.append(Fault(FaultKind.REFUSED, text, location.span, detail=why))
    return target == START or (target == END and sends)


def check_sequence(graph: GraphDraft, api_call: ApiCall, items: Sequence[Value]) -> None:
    """A sequence of nothing."""
    if not items and api_call.certain:
        _refuse(graph, "an empty sequence of steps", api_call.location)


def check_router(graph: GraphDraft, source: str, router: Value, api_call: ApiCall) -> None:
    """Two routers of one name after one step."""
    name = _router_name(router)
    if name is None or not api_call.certain:
        return
    old = graph.routers.setdefault((source, name), api_call.location)
    if old.span != api_call.location.span:
        named = f'two routers "{name}"' if name else "two routers without a name"
        reason = "" if name else "lambdas, partials and callable objects have none"
        _refuse(graph, f'{named} after step "{source}"', api_call.location, old, reason)


def kept_by_framework(schemas: Sequence[Schema | None]) -> Iterator[Fault]:
    """Such values in a schema of the input or the output."""
    for schema in schemas:
        for field in schema.fields if schema is not None else ():
            if is_managed(field):
                text = f'field "{field.name}" of {schema.name}' if schema is not None else field.name
                why = "the framework keeps it, so only the state may have it; the graph does not build"
                yield Fault(FaultKind.REFUSED, text, field.span, detail=why)


def check_join(graph: GraphDraft, join: Join, api_call: ApiCall) -> None:
    """A join that waits for the start, or that is declared before its steps are added."""
    if START in join.sources and api_call.certain:
        _refuse(graph, f'a join over the start and others before step "{join.target}"', api_call.location)
    if api_call.certain:
        graph.early += [
            (name, api_call.location)
            for name in (*join.sources, join.target)
            if name not in graph.added and name not in (START, END)
        ]


def check_keeper(graph: GraphDraft, api_call: ApiCall) -> None:
    """A checkpointer that is none: a text, a class in place of its object, or what has yet to be opened."""
    keeper = api_call.get("checkpointer", 0)
    wrong = isinstance(keeper, Const) and isinstance(keeper.value, str | int) and not isinstance(keeper.value, bool)
    named = isinstance(keeper, ExternalName) and last_of(keeper.path).endswith("Saver")
    if (wrong or named or isinstance(keeper, Class)) and api_call.certain:
        shown = "a class" if not wrong else "a plain value"
        refusal = _refusal(f"{shown} as checkpointer", api_call.location, why="it takes an object of a saver")
        graph.draft.faults += SAVERS.fault(graph.interp, refusal)
    if isinstance(keeper, Object) and _is_unopened(keeper) and api_call.certain:
        text = f"what `{OPENING}` gives as checkpointer"
        refusal = _refusal(text, api_call.location, why="open it first: `with ... as saver:`")
        graph.draft.faults += OPENED.fault(graph.interp, refusal)


def _is_unopened(keeper: Object) -> bool:
    """Whether a context manager of a saver is handed on as it is: nothing in its module may enter it."""
    if last_of(keeper.path) != OPENING or not last_of((keeper.path or "").rpartition(".")[0]).endswith("Saver"):
        return False
    entered = chain.from_iterable(map(_entered, nodes_in(keeper.site.module.body)))
    return not any(isinstance(each, Name | Attribute) or each.at == keeper.site.at for each in entered)


def _entered(node: Node) -> Iterator[ExprT]:
    """The context managers that a statement or call enters, a stack of them (`ExitStack`) included."""
    match node:
        case With(items=items):
            yield from (item.context for item in items)
        case Call(args=(context, *_)) if called_name(node) in ENTERING:
            yield context


def check_early(graph: GraphDraft) -> None:
    """Which of the joins' steps are added after all, only too late."""
    for name, location in graph.early:
        if name in graph.added and graph.added[name][2]:
            _refuse(graph, f'a join over step "{name}" before the step is added', location, graph.added[name][1])


def check_compiled(graph: GraphDraft, api_call: ApiCall) -> None:
    """What `compile` is given."""
    check_keeper(graph, api_call)
    check_interrupts(graph, api_call)


def check_interrupts(graph: GraphDraft, api_call: ApiCall) -> None:
    """A pause before or after a step that is not there; only `"*"` stands for all."""
    for option in ("interrupt_before", "interrupt_after"):
        given = api_call.arguments.get(option)
        for item in (listed(given) or ()) if given is not None else ():
            name = text_of(item)
            if name is not None and name.removeprefix(HANDLER) not in graph.added:
                sure = Certainty.CERTAIN if api_call.certain else Certainty.POSSIBLE
                missing = UnresolvedName(name, option, api_call.location.span, certainty=sure)
                graph.draft.unresolved_names.append(missing)


def clashing(schemas: Sequence[Schema]) -> tuple[Fault, ...]:
    """Fields that one schema merges and an earlier one does not, or merges otherwise.

    A later schema may leave the reducer out; lambdas are all taken for the same.
    """
    known: dict[str, tuple[str | None, Schema]] = {}
    found = []
    for schema in {id(schema): schema for schema in schemas}.values():
        for field in schema.fields:
            first, where = known.setdefault(field.name, (field.reducer, schema))
            if field.reducer in (None, first) or where is schema or "<lambda>" in (field.reducer, first):
                continue
            text = f'field "{field.name}" of {schema.name}, which {where.name} merges differently'
            found.append(Fault(FaultKind.REFUSED, text, field.span, _field_span(where, field.name)))
    return tuple(replace(fault, detail="the graph does not build") for fault in found)


def _field_span(schema: Schema, name: str) -> Span | None:
    field = schema.field(name)
    return field.span if field is not None else None


def _refuse(graph: GraphDraft, text: str, location: Location, other: Location | None = None, why: str = "") -> None:
    graph.draft.faults.append(_refusal(text, location, other, why))


def _refuse_timeout(graph: GraphDraft, text: str, location: Location, other: Location | None = None) -> None:
    graph.draft.faults += TIMEOUTS.fault(graph.interp, _refusal(text, location, other))


def _refusal(text: str, location: Location, other: Location | None = None, why: str = "") -> Fault:
    detail = f"{why}; the graph does not build" if why else "the graph does not build"
    place = other.span if other is not None else None
    return Fault(FaultKind.REFUSED, text, location.span, place, detail)


def _router_name(router: Value) -> str | None:
    """The name that the framework gives a router; None where that is not known."""
    match router:
        case Function() if router.unmodelled_decorators:
            return None
        case Function(name=name):
            return UNNAMED if name == "<lambda>" else name
        case Bound(function=Function() as function):
            return _router_name(function)
        case Partial():
            return UNNAMED
        case Object() if (wrapped := wrapped_function(router)) is not None:
            return node_name(wrapped)
        case Object() if function_of(router) is not None:
            return UNNAMED
        case _:
            return None


def _is_decorated(function: Function | None) -> bool:
    return function is not None and bool(function.unmodelled_decorators)
