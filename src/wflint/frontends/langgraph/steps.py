"""One step of a graph: what its code is, reads, writes, and where it sends control."""

from __future__ import annotations

from dataclasses import dataclass, field

from wflint.assembly.contracts import Writes, mutations_of, needs_of, needs_open
from wflint.assembly.reading import Reading, place_of, read
from wflint.assembly.schemas import schema_of
from wflint.evaluate.calls import function_of, path_of
from wflint.evaluate.events import LibraryCall
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare
from wflint.evaluate.values import (
    Arguments,
    Bound,
    Class,
    Const,
    Function,
    Member,
    Object,
    Partial,
    Place,
    Sequence,
    Value,
    options_of,
    text_of,
)
from wflint.frontends.langgraph.ready_made import TOOL_NODES
from wflint.frontends.langgraph.routing import Routes, Target, commands_in, gotos_of
from wflint.frontends.langgraph.table import BUILDERS, COMPILED, INTERRUPT, MODEL
from wflint.model.contract import Certainty, Need, Offer, Schema
from wflint.model.workflow import Step, StepKind

MODEL_LIBRARIES = (
    "langchain_", "openai.", "anthropic.", "litellm.", "google.genai.", "google.generativeai.", "groq.", "mistralai.",
    "cohere.", "ollama.", "langchain.chat_models", "langchain.init_chat_model", "boto3.", "together.", "huggingface_hub.",
)  # fmt: skip
ASKING = frozenset(
    [
        "invoke",
        "ainvoke",
        "stream",
        "astream",
        "batch",
        "abatch",
        "generate",
        "agenerate",
        "predict",
        "apredict",
        "create",
        "acreate",
        "parse",
        "completion",
        "acompletion",
        "generate_content",
        "generate_content_async",
        "chat",
        "complete",
        "acomplete",
    ]
)
MODEL_MARKS = (".with_structured_output", ".bind_tools")


@dataclass(slots=True)
class ReadStep:
    """A step with what the graph around it needs to know; `ready_made` where its code is the framework's own."""

    step: Step
    gotos: Routes = field(default_factory=Routes)
    above: list[Target] = field(default_factory=list)
    graph: Object | None = None
    reading: Reading | None = None
    ready_made: bool = False


def node_name(value: Value) -> str | None:
    """The name that the framework infers for a node without one."""
    match value:
        case Function(name=name):
            return name
        case Bound(function=function) | Partial(function=function):
            return node_name(function)
        case Class(name=name):
            return name
        case Object() if (name := text_of(value.content.get("name"))) is not None:
            return name
        case Object(path=path) if path == COMPILED:
            return "LangGraph"
        case Object(path=path) if path in TOOL_NODES:
            return "tools"
        case Object(cls=Class() as cls):
            return cls.name
        case _:
            return None


def read_step(
    interp: Interpreter, name: str, node: Value, place: Place, options: Arguments, state: Value | None
) -> ReadStep:
    """Read the code of a node; of several alternatives, the first that can be read."""
    alternatives = [option for option in options_of(node) if not isinstance(option, Const)] or [node]
    found = [_read_one(interp, name, option, place, options, state) for option in alternatives[:4]]
    return next((item for item in found if item.reading is not None or item.graph is not None), found[0])


def _read_one(
    interp: Interpreter, name: str, node: Value, place: Place, options: Arguments, state: Value | None
) -> ReadStep:
    base = _with_options(Step(name, StepKind.FUNCTION, place.span), options)
    graph = compiled_graph(node)
    if graph is not None:
        return ReadStep(_replace(base, kind=StepKind.SUBWORKFLOW, offers_open=True, needs_open=True), graph=graph)
    if isinstance(node, Object) and node.path in TOOL_NODES:
        return ReadStep(_tool_step(base, node), ready_made=True)
    if isinstance(node, Object) and node.path == MODEL:
        return ReadStep(_model_step(base, node), ready_made=True)
    own = options.get("input_schema") or options.get("input")
    reading = read(interp, node, own or state)
    if reading is None:
        definition = place_of(node)
        at = definition.span if definition is not None else None
        asks = _is_model(path_of(node))
        kind = StepKind.AGENT if asks else StepKind.FUNCTION
        return ReadStep(_replace(base, kind=kind, definition=at, offers_open=True, needs_open=True))
    return _from_reading(interp, base, node, reading, own)


def _replace(step: Step, **changes) -> Step:  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(step, **changes)


def compiled_graph(node: Value) -> Object | None:
    """The builder of a graph that is used as a node."""
    for option in options_of(node):
        while isinstance(option, Member):
            option = option.receiver
        if isinstance(option, Object) and option.path == COMPILED and isinstance(option.receiver, Object):
            return option.receiver
        if isinstance(option, Object) and option.path in BUILDERS:
            return option
    return None


def _with_options(step: Step, options: Arguments) -> Step:
    defer = options.get("defer")
    retries = any(options.get(key) is not None for key in ("retry", "retry_policy"))
    return _replace(step, deferred=isinstance(defer, Const) and defer.value is True, retries=retries)


def _tool_step(step: Step, node: Object) -> Step:
    messages = text_of(node.arguments.get("messages_key")) or "messages"
    tools = node.content.get("tools")
    names = [node_name(tool) or path_of(tool).rpartition(".")[2] for tool in _items(tools)]
    return _replace(
        step,
        kind=StepKind.TOOL,
        definition=node.place.span if node.place else None,
        offers=(Offer(messages, step.span, Certainty.CERTAIN, "list"),),
        needs=(Need(messages, step.span),),
        offers_open=True,
        tools=tuple(name for name in names if name and name != "?"),
    )


def _model_step(step: Step, node: Object) -> Step:
    written = text_of(node.arguments.get("writes")) or "messages"
    return _replace(
        step,
        kind=StepKind.AGENT,
        offers=(Offer(written, step.span, Certainty.CERTAIN, "list" if written == "messages" else None),),
        needs=(Need("messages", step.span),),
        offers_open=True,
        model=_model_name(node.arguments.get("model", 0)),
    )


def _items(value: Value | None) -> list[Value]:
    return [item for item in value.content] if isinstance(value, Sequence) else []


def _from_reading(interp: Interpreter, base: Step, node: Value, reading: Reading, own: Value | None) -> ReadStep:
    writes = Writes(reading.root)
    for site in reading.returns:
        commands = list(commands_in(site.value))
        if not commands:
            writes.add(site.value, site.place, site.certain, reading.function.place)
        for command in commands:
            update = command.arguments.get("update")
            if update is not None:
                writes.add(update, command.place, site.certain, reading.function.place)
            elif not command.arguments.open:
                writes.updates += 1
    gotos, above = gotos_of(interp, reading)
    mutations = mutations_of(reading)
    offers = writes.offers()
    if writes.forwards:
        known = {offer.name for offer in offers}
        offers += tuple(Offer(m.field, m.span) for m in mutations if not m.nested and m.field not in known)
    models = [call for call in reading.calls if _asks(call)]
    interrupts = any(call.path == INTERRUPT for call in reading.calls)
    kind = StepKind.HUMAN if interrupts else StepKind.AGENT if models else StepKind.FUNCTION
    function = function_of(node)
    step = _replace(
        base,
        kind=kind,
        definition=reading.function.place.span,
        offers=offers,
        needs=needs_of(reading, interp),
        offers_open=writes.open or not reading.complete or getattr(reading.function.node, "yields", False),
        needs_open=needs_open(reading),
        forwards_state=writes.forwards,
        own_schema=_own_schema(interp, own, reading),
        model=next((name for call in models if (name := _model_name(call.receiver))), None),
        interrupts=interrupts,
        bad_returns=tuple(writes.bad),
        mutations=mutations,
        description=(getattr(function.node, "doc", None) or "") if function is not None else "",
    )
    return ReadStep(step, gotos, above, None, reading)


def _own_schema(interp: Interpreter, own: Value | None, reading: Reading) -> Schema | None:
    for value in (own, reading.input_type):
        cls = bare(value)
        if isinstance(cls, Class) and cls.declared():
            return schema_of(interp, cls)
    return None


def _asks(call: LibraryCall) -> bool:
    return call.path.rpartition(".")[2] in ASKING and _is_model(_origin(call))


def _origin(call: LibraryCall) -> str:
    return f"{path_of(call.receiver)}.{call.path}" if call.receiver is not None else call.path


def _is_model(path: str) -> bool:
    if any(mark in path for mark in MODEL_MARKS):
        return True
    first = path.lstrip("?.")
    return first.startswith(MODEL_LIBRARIES) and not first.startswith(
        ("langchain_core.tools", "langchain_community.tools")
    )


def _model_name(value: Value | None, depth: int = 6) -> str | None:
    """The name given to the model that a runnable asks, `gpt-4o`."""
    for option in options_of(value) if value is not None else ():
        text = text_of(option)
        if text is not None:
            return text
        if not isinstance(option, Object) or not depth:
            continue
        for key in ("model", "model_name", "model_id"):
            named = option.arguments.get(key)
            if named is not None and (text := text_of(named)) is not None:
                return text
        if option.path == "langchain.init_chat_model" or (option.path or "").endswith(".init_chat_model"):
            return text_of(option.arguments.get("model", 0))
        pieces = option.arguments.positional if option.path == "operator.pipe" else ()
        for piece in (*reversed(pieces), *([option.receiver] if option.receiver is not None else [])):
            found = _model_name(piece, depth - 1) if isinstance(piece, Object) else None
            if found is not None:
                return found
    return None
