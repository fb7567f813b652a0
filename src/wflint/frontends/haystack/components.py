"""Components: their sockets, and which of their outputs they may leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as TypedMapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.coded_step import parameter_type
from wflint.assembly.contracts.bound_tools import given_tools
from wflint.assembly.contracts.calls import calls_of
from wflint.assembly.contracts.conduct import conduct_of
from wflint.assembly.contracts.literals import Plain
from wflint.assembly.contracts.models import model_name, model_of
from wflint.assembly.contracts.origins import of_answer, origins_in, parts_of
from wflint.assembly.contracts.output_formats import expected_formats, path_read
from wflint.assembly.contracts.shapes import shape_of, shape_of_any
from wflint.assembly.contracts.side_effects import side_effects_of
from wflint.assembly.contracts.templates import template_gaps
from wflint.assembly.contracts.typed_inputs import message
from wflint.assembly.function_summary import FunctionSummary, summarize
from wflint.evaluate.events import ApiCall
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import SEQUENCES, annotation, bare, name_of, show
from wflint.evaluate.values import (
    Arguments,
    Bound,
    Const,
    Function,
    Generic,
    Location,
    Mapping,
    Object,
    Value,
    alternatives,
    last_of,
    text_of,
)
from wflint.frontends.haystack.agents import unknown_exits
from wflint.frontends.haystack.conditions import words_expected
from wflint.frontends.haystack.fitting import classes_in
from wflint.frontends.haystack.own_rounds import own_rounds_of
from wflint.frontends.haystack.ready_made import Sockets, sockets_of
from wflint.frontends.haystack.returned import given_together, leaves_out, never_given, no_dict, undeclared
from wflint.frontends.haystack.sockets import Socket
from wflint.frontends.haystack.table import AGENT, SUPER
from wflint.model.conduct import Called, Conduct, IdleTools, SideEffect
from wflint.model.contract import FormatExpectation, Origin, Part, TypedInput
from wflint.model.docstrings import read_docstring
from wflint.model.patterns import pattern
from wflint.model.prompt import TemplateGap
from wflint.model.span import Span
from wflint.model.workflow import StepKind
from wflint.source.code import Parameter

MANY = frozenset({"Variadic", "GreedyVariadic"}) | SEQUENCES
"""Types of inputs that several senders may feed."""
ASKING = ("Generator", "Agent", "LLM", "LLMEvaluator", "FaithfulnessEvaluator", "RelevanceEvaluator")
"""Ends of the names of library components that ask a model."""
EITHER_OR = frozenset({"JsonSchemaValidator"})
"""Library components, routers apart, that give one of their outputs at a time."""

CHECKED = frozenset({("JsonSchemaValidator", "validated")})
"""Outputs of library components that give only what passed a check."""


class Component(Struct, frozen=True):
    """A component of a pipeline.

    `inputs_open` and `outputs_open` where there may be more sockets. `choosing` is true where it may leave outputs
    out; `router` where that is all it is for, `always` where it never leaves all of them out. `origins` are those of
    what comes out where the output itself does not tell. `silent` is true where it certainly declares no output.
    `undeclared` is what its code returns under names that no output has, `never_given` are the outputs that it
    never returns, `no_dict` is where it returns something that holds no outputs. `together` are the sets of outputs
    that it gives, each instead of the others; empty where they are not known. `parts` are what its code cannot do
    without of dicts that it takes.
    """

    kind: StepKind
    inputs: tuple[Socket, ...] = ()
    outputs: tuple[Socket, ...] = ()
    inputs_open: bool = False
    outputs_open: bool = False
    choosing: bool = False
    router: bool = False
    always: bool = False
    definition: Span | None = None
    model: str | None = None
    pipeline: Object | None = None
    calls: tuple[Called, ...] = ()
    template_gaps: tuple[TemplateGap, ...] = ()
    idle_tools: IdleTools | None = None
    description: str = ""
    origins: tuple[Origin, ...] = (Origin.CODE,)
    silent: bool = False
    typed_inputs: tuple[TypedInput, ...] = ()
    expectations: TypedMapping[str, tuple[FormatExpectation, ...]] = {}
    parts: TypedMapping[str, tuple[Part, ...]] = {}
    conduct: Conduct = Conduct()
    never_given: tuple[str, ...] = ()
    no_dict: Span | None = None
    together: tuple[tuple[str, ...], ...] = ()
    undeclared: tuple[str, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()


UNKNOWN = Component(StepKind.FUNCTION, inputs_open=True, outputs_open=True, choosing=True)


def component_of(interp: Interpreter, value: Value, location: Location, settings: list[ApiCall]) -> Component:
    """What is known about a component; `settings` are the sockets that its constructor sets."""
    if not isinstance(value, Object):
        return UNKNOWN
    names = class_names(value)
    router = any(name.endswith("Router") for name in names)
    idle = _idle_tools(interp, names, value)
    base = replace(UNKNOWN, kind=_kind(names), router=router, origins=_origins(names, value), idle_tools=idle)
    ready = next((found for name in names if (found := sockets_of(name, value)) is not None), None)
    if ready is not None:
        whole = replace(_ready(base, ready), expectations=words_expected(value) if router else {})
        exits = tuple(unknown_exits(value)) if value.path == AGENT else ()
        model = _model(value) if base.kind is StepKind.AGENT else None
        return replace(whole, model=model, conduct=replace(whole.conduct, unknown_tools=exits))
    pipeline = _held(value)
    if pipeline is not None:
        return replace(base, kind=StepKind.SUBWORKFLOW, pipeline=pipeline)
    if value.cls is None or not isinstance(run := value.cls.find("run"), Function):
        return replace(base, model=_model(value))
    return _from_code(interp, base, value, run, location, settings)


def is_own(made: Object) -> bool:
    """Whether a component is of a class of the source, and none of the library."""
    return made.cls is not None and not made.cls.module.stub


def class_names(value: Object) -> tuple[str, ...]:
    """The names of a component's class and its ancestors."""
    if value.cls is None:
        return (last_of(value.path),)
    return (*(cls.name for cls in value.cls.lineage()), *(last_of(path) for path in value.cls.libraries()))


ORIGINS: Final = (
    (("Retriever", "WebSearch", "DocumentSearch"), Origin.LOOKUP),
    (("Fetcher", "Connector", "ToDocument", "DocumentConverter", "Transcriber", "ToolInvoker"), Origin.OUTSIDE),
    (
        ("Expander", "MetadataExtractor", "LLMEvaluator", "FaithfulnessEvaluator", "RelevanceEvaluator"),
        Origin.PARSED_TEXT,
    ),
    (("Generator", "Agent", "LLM", "ContentExtractor"), Origin.MODEL_TEXT),
)  # fmt: skip
"""Ends of the names of library components, and what writes their outputs; code does for all others."""
GENERATOR: Final = pattern(r"ChatGenerator$")
"""How the names of components end that ask a model and run no tools."""
FORMS = ("response_format", "response_schema", "text_format", "format")
"""Settings of a generator that declare the form of its answers."""


def _origins(names: tuple[str, ...], made: Object) -> tuple[Origin, ...]:
    found = next((origin for ends, origin in ORIGINS if any(name.endswith(ends) for name in names)), Origin.CODE)
    settings = made.arguments.get("generation_kwargs")
    formed = isinstance(settings, Mapping) and any(key in FORMS for key in settings.content)
    return of_answer(formed=True) if formed and found is Origin.MODEL_TEXT else (found,)


def _kind(names: tuple[str, ...]) -> StepKind:
    if any(name.endswith("Router") for name in names):
        return StepKind.ROUTER
    if any(name.endswith("ToolInvoker") for name in names):
        return StepKind.TOOL
    return StepKind.AGENT if any(name.endswith(ASKING) for name in names) else StepKind.FUNCTION


def _ready(base: Component, ready: Sockets) -> Component:
    return replace(
        base,
        inputs=ready.inputs,
        outputs=ready.outputs,
        inputs_open=ready.inputs_open,
        outputs_open=ready.outputs_open,
        choosing=base.router or ready.outputs_open,
        always=base.router and not ready.outputs_open,
        description=ready.text,
        together=ready.together,
    )


def _held(value: Object) -> Object | None:
    """The pipeline inside a component that wraps one."""
    if value.path != SUPER and not (
        value.cls is not None
        and any(last_of(path_of(mark)) == "super_component" for mark in value.cls.unmodelled_decorators)
    ):
        return None
    given = value.arguments.get("pipeline", 0) if value.path == SUPER else value.content.get("pipeline")
    return given if isinstance(given, Object) else None


def _idle_tools(interp: Interpreter, names: tuple[str, ...], value: Object) -> IdleTools | None:
    """The tools of a generator, which answers with calls and runs none."""
    given = value.arguments.get("tools") if any(map(GENERATOR.search, names)) else None
    return given_tools(given, value.site.span, interp) if given is not None else None


def _model(value: Object) -> str | None:
    generator = value.arguments.get("chat_generator") or value.arguments.get("generator")
    return model_name(generator if isinstance(generator, Object) else value)


# ------------------------------------------------------------------------------------------------- own components


def _from_code(
    interp: Interpreter, base: Component, value: Object, run: Function, location: Location, settings: list[ApiCall]
) -> Component:
    assert value.cls is not None
    library = value.cls.module.stub
    inputs, rest = _inputs(interp, run)
    outputs = tuple(_outputs(interp, run, location, class_names(value)))
    set_in, set_out = _set(settings)
    summary = None if library else summarize(interp, Bound(run, value), None, run.location)
    asked = model_of(summary.calls) if summary is not None else None
    read = {} if library else dict(_inputs_read(interp, Bound(run, value), run))
    outputs += tuple(socket for socket in set_out if socket.name not in {known.name for known in outputs})
    open_out = not outputs or any(api_call.arguments.open for api_call in settings)
    return Component(
        kind=StepKind.AGENT if asked is not None and base.kind is StepKind.FUNCTION else base.kind,
        inputs=(*inputs, *set_in),
        outputs=_with_origins(outputs, summary) if summary is not None else outputs,
        inputs_open=rest and (not set_in or any(api_call.arguments.open for api_call in settings)),
        outputs_open=open_out,
        choosing=base.router or leaves_out(summary, outputs) or any(name in EITHER_OR for name in class_names(value)),
        router=base.router,
        definition=None if library else value.cls.location.span,
        model=asked.name if asked is not None else _model(value),
        calls=calls_of(summary),
        typed_inputs=tuple(message(interp, one) for one in read.values() if shape_of(one.input_type) is not None),
        expectations={name: forms for name, one in read.items() if (forms := _parsed(name, one))},
        parts={name: message(interp, one).parts for name, one in read.items() if shape_of(one.input_type) is None},
        template_gaps=template_gaps(summary, interp),
        conduct=replace(conduct_of(summary), own_rounds=() if library else own_rounds_of(interp, value, run)),
        never_given=never_given(summary, outputs),
        no_dict=no_dict(summary),
        together=given_together(summary) or _either_or(class_names(value), outputs),
        undeclared=undeclared(summary, outputs),
        side_effects=side_effects_of(summary),
        idle_tools=base.idle_tools,
        description=value.cls.node.doc or "",
        origins=base.origins,
        silent=not outputs and not library and not run.unmodelled_decorators and not value.cls.libraries(),
    )


def _either_or(names: tuple[str, ...], outputs: tuple[Socket, ...]) -> tuple[tuple[str, ...], ...]:
    """The outputs of a library component that gives one at a time."""
    return tuple((socket.name,) for socket in outputs) if EITHER_OR.intersection(names) else ()


def _inputs_read(interp: Interpreter, callee: Bound, run: Function) -> Iterator[tuple[str, FunctionSummary]]:
    """The inputs that are texts or dicts, or of classes of the source, with what the code does with each."""
    for parameter in run.node.parameters:
        type_ = parameter_type(interp, run, parameter)
        shown = show(type_) or ""
        if shape_of(type_) is not None or shown in TEXTUAL or shown.lower().startswith(DICTS):
            summary = summarize(interp, callee, type_, run.location, taking=parameter.name)
            if summary is not None:
                yield parameter.name, summary


TEXTUAL = frozenset({"str", "list[str]", "list[ChatMessage]", "ChatMessage"})
"""Types of what generators write."""
DICTS = ("dict", "list[dict")
PARTS_OF_TEXTS = frozenset({"[]", "text"})


def _parsed(name: str, summary: FunctionSummary) -> tuple[FormatExpectation, ...]:
    """What the code makes of an input, or of its elements, as a text."""

    def source(value: Value) -> str | None:
        path = path_read(value, summary.root)
        return name if path is not None and PARTS_OF_TEXTS.issuperset(path) else None

    return expected_formats(summary, source).get(name, ())


def _with_origins(outputs: tuple[Socket, ...], summary: FunctionSummary) -> tuple[Socket, ...]:
    """The outputs of a component whose code is in the source."""
    values = [site.value for site in summary.returns]
    return tuple(
        replace(socket, origins=origins_in(*parts), values=_known_values(parts), shape=shape_of_any(parts))
        for socket in outputs
        for parts in [tuple(parts_of(values, socket.name))]
    )


def _known_values(parts: Iterable[Value]) -> tuple[Plain, ...]:
    """The values that an output may have; none where one of them is not known."""
    options = [option for part in parts for option in alternatives(part)]
    plain = [option.value for option in options if isinstance(option, Const)]
    known = tuple(dict.fromkeys(value for value in plain if isinstance(value, str | int)))
    return known if len(plain) == len(options) and not any(value is None for value in plain) else ()


def _inputs(interp: Interpreter, run: Function) -> tuple[tuple[Socket, ...], bool]:
    """The parameters of `run` as sockets, and whether it takes any others."""
    parameters = [p for p in run.node.parameters if p.kind in ("either", "keyword")]
    own = parameters[1:] if run.binding == "plain" and parameters else parameters
    rest = any(p.kind == "kwargs" for p in run.node.parameters)
    return tuple(_input(interp, run, p) for p in own), rest


def _input(interp: Interpreter, run: Function, parameter: Parameter) -> Socket:
    type_ = annotation(interp, parameter.annotation, run.scope, run.module)
    many = type_ is None or name_of(_outer(type_)) in MANY
    location = Location(run.module, parameter.at)
    span = None if run.module.stub else location.span
    about = read_docstring(getattr(run.node, "doc", None) or "").about(parameter.name)
    return Socket(
        parameter.name,
        show(type_),
        required=parameter.default is None,
        many=many,
        span=span,
        description=about,
        classes=tuple(classes_in(type_)),
    )


def _outer(type_: Value) -> Value:
    inner = bare(type_)
    return inner.base if isinstance(inner, Generic) else inner or type_


def _outputs(interp: Interpreter, run: Function, location: Location, names: tuple[str, ...]) -> Iterator[Socket]:
    for mark in run.unmodelled_decorators:
        if isinstance(mark, Object) and last_of(mark.path) == "output_types":
            span = None if run.module.stub or mark.location is None else mark.location.span
            for name, type_ in mark.arguments.keywords:
                checked = any((known, name) in CHECKED for known in names)
                shape = shape_of(type_, interp)
                yield Socket(
                    name,
                    show(type_),
                    span=span or location.span,
                    checked=checked,
                    classes=tuple(classes_in(type_)),
                    items=shape if shape is not None and shape.of_elements else None,
                )


def _set(settings: list[ApiCall]) -> tuple[tuple[Socket, ...], tuple[Socket, ...]]:
    """The inputs and outputs that a constructor sets."""
    inputs: list[Socket] = []
    outputs: list[Socket] = []
    for api_call in settings:
        span = api_call.span
        match api_call.method:
            case "set_output_types":
                outputs += [Socket(name, show(type_), span=span) for name, type_ in _types(api_call.arguments)]
            case "set_input_types":
                inputs += [
                    Socket(name, show(type_), required=True, many=True, span=span)
                    for name, type_ in _types(api_call.arguments)
                ]
            case _:
                inputs += _set_input(api_call, span)
    return tuple(inputs), tuple(outputs)


def _types(arguments: Arguments) -> list[tuple[str, Value]]:
    return [(name, type_) for name, type_ in arguments.keywords if name != "instance"]


def _set_input(api_call: ApiCall, span: Span) -> list[Socket]:
    name = text_of(api_call.get("name", 1))
    optional = api_call.get("default", 3) is not None
    if name is None:
        return []
    return [Socket(name, show(api_call.get("type", 2)), required=not optional, many=True, span=span)]
