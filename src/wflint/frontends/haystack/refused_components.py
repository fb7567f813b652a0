"""What components refuse when they are made, and what pipelines refuse of what they give (haystack-ai 3.4)."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Iterator

from wflint.assembly.contracts.jinja import jinja_variables
from wflint.assembly.sequences import elements
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import ApiCall
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import (
    Const,
    ExternalName,
    Function,
    Mapping,
    Object,
    Sequence,
    Unknown,
    Value,
    alternatives,
    last_of,
    text_of,
)
from wflint.frontends.haystack.demands import COMPONENTS
from wflint.frontends.haystack.ready_made import sockets_of
from wflint.frontends.haystack.refused_tools import refused_tools, unstated
from wflint.frontends.haystack.releases import ASKED
from wflint.frontends.haystack.table import AGENT, LOOKING, RUNNING, SUPER
from wflint.model.span import Span
from wflint.model.workflow import Fault, FaultKind
from wflint.source.code import FunctionDef

ROUTE = ("condition", "output", "output_name", "output_type")
"""The keys that every route of a router has."""
PARALLEL = ROUTE[1:]
"""Those that are lists of one length, where a route gives several outputs."""
OWN_KEYS = ("step_count", "token_usage", "tool_call_counts", "continue_run", "hook_context")
"""What an agent keeps of itself in its state."""


def refused_component(
    interp: Interpreter, name: str, made: Value, span: Span, settings: list[ApiCall]
) -> Iterator[Fault]:
    """A router without what its routes need, other arguments that are refused, ways to run that do not agree."""
    if isinstance(made, Class):
        yield _refused(f'component "{name}"', span, f"{made.name} is a class: make an object of it")
    if not isinstance(made, Object):
        return
    ready_made = made.cls.name if made.cls is not None and made.cls.module.stub else last_of(made.path)
    for demand in COMPONENTS.get(ready_made, ()) if made.cls is None or made.cls.module.stub else ():
        if (why := demand.breach(made.arguments)) is not None:
            fault = _refused(demand.subject(f'"{name}"'), span, why)
            yield from demand.held.fault(interp, fault) if demand.held is not None else (fault,)
    match last_of(made.path):
        case "ConditionalRouter":
            yield from _routes(name, made, span)
        case "MetadataRouter":
            yield from _rules(name, made, span)
        case _:
            pass
    if made.cls is not None and _is_plain(made.cls):
        yield _refused(f'component "{name}"', span, f"its class {made.cls.name} lacks the decorator `@component`")
    if made.cls is not None and not made.cls.module.stub:
        yield from _ways_to_run(name, made, settings)


def _is_plain(cls: Class) -> bool:
    """Whether a class of the source, and each that it is made of, is nothing but a plain class."""
    own = all(not one.unmodelled_decorators and not one.keywords and not one.module.stub for one in cls.lineage())
    hidden = any(isinstance(base, Unknown) for one in cls.lineage() for base in one.bases)
    return own and not hidden and not cls.libraries()


def _rules(name: str, made: Object, span: Span) -> Iterator[Fault]:
    """A rule of a name that is taken, and rules that are no filters."""
    rules = made.arguments.get("rules", 0)
    for rule, said in rules.known() if isinstance(rules, Mapping) else ():
        if rule == "unmatched":
            yield _refused(f'the rule "{rule}" of "{name}"', span, "what no rule takes goes there")
        elif isinstance(said, Mapping) and said.closed and "operator" not in said.content:
            yield _refused(f'the rule "{rule}" of "{name}"', span, "a filter has an `operator`")


def _routes(name: str, made: Object, span: Span) -> Iterator[Fault]:
    """Routes that lack something, whose lists differ in length, or whose condition is no text."""
    routes, checked = made.arguments.get("routes", 0), made.arguments.get("validate_output_type") == Const(value=True)
    for route in routes.content if isinstance(routes, Sequence) else ():
        if not isinstance(route, Mapping) or not route.closed:
            continue
        lacking = [key for key in ROUTE if key not in route.content]
        if lacking:
            yield _refused(f'a route of "{name}" without `{lacking[0]}`', span)
            continue
        counts = {key: _count(route.content[key]) for key in PARALLEL}
        if None not in counts.values() and len(set(counts.values())) > 1:
            said = ", ".join(f"{count} of `{key}`" for key, count in counts.items())
            yield _refused(f'a route of "{name}" with outputs that do not match', span, f"it has {said}")
        condition = route.content["condition"]
        if isinstance(condition, Const) and not isinstance(condition.value, str):
            why = f'it is a text for Jinja, such as "{{{{ {condition.value} }}}}"'
            yield _refused(f'the condition {condition.value} of a route of "{name}"', span, why)
        if checked and (kind := _other_kind(route)) is not None:
            why = f"it is no {kind}, and the router is told to check: the run fails"
            yield _refused(f'an output of a route of "{name}"', span, why)


NUMBERS = {"builtins.int": int, "builtins.float": float, "builtins.bool": bool}


def _other_kind(route: Mapping) -> str | None:
    """The type that a route says of a fixed text that stands for something else; None where it may fit."""
    text, type_ = text_of(route.content["output"]), route.content["output_type"]
    kind = NUMBERS.get(type_.path) if isinstance(type_, ExternalName) else None
    if text is None or kind is None or "{" in text:
        return None
    try:
        value = literal_eval(text)
    except (ValueError, SyntaxError):
        return kind.__name__
    return None if isinstance(value, kind) else kind.__name__


def _count(value: Value) -> int | None:
    """How many a key of a route says; None where that is not known."""
    if isinstance(value, Sequence) and value.kind == "list":
        return len(value.content) if value.closed else None
    return 1 if len(alternatives(value)) == 1 and not isinstance(value, Sequence) else None


def _ways_to_run(name: str, made: Object, settings: list[ApiCall]) -> Iterator[Fault]:
    assert made.cls is not None
    run, other = made.cls.find("run"), made.cls.find("run_async")
    if not isinstance(run, Function):
        return
    if isinstance(run.node, FunctionDef) and run.node.is_async:
        yield _refused(
            f'the `run` of "{name}"', run.location.span, "it is async; only `run_async` may be: the run fails"
        )
    declared = any(last_of(path_of(mark)) == "output_types" for mark in run.unmodelled_decorators)
    twice = next((each for each in settings if each.method == "set_output_types"), None)
    if declared and twice is not None:
        yield _refused(f'the outputs of "{name}", declared twice', twice.span, "use the decorator, or the call")
    if isinstance(other, Function) and _inputs(run) != _inputs(other):
        why = "`run` and `run_async` take the same inputs, with the same types and defaults"
        yield _refused(f'the inputs of "{name}"', other.location.span, why, run.location.span)


def _inputs(run: Function) -> list[tuple[str, bool]]:
    """The inputs of a way to run, each with whether it may be left out."""
    named = [each for each in run.node.parameters if each.kind in ("either", "keyword") and each.name != "self"]
    return [(each.name, each.default is not None) for each in named]


def refused_parts(interp: Interpreter) -> Iterator[Fault]:
    """What agents and nested pipelines refuse, wherever they stand."""
    yield from refused_agents(interp)
    yield from refused_nested(interp)


def refused_agents(interp: Interpreter) -> Iterator[Fault]:
    """Agents with two tools of one name, with a generator that takes no tools, and with keys of their own."""
    for made in interp.objects:
        if made.path != AGENT or made.cls is not None or made.location is None or made.site.module.stub:
            continue
        span, given = made.site.span, [entry.value for entry in elements(made.arguments.get("tools")) if entry.certain]
        names = [_tool_name(tool) for tool in given]
        twice = next((name for name in names if name is not None and names.count(name) > 1), None)
        if twice is not None:
            yield _refused(f'two tools "{twice}" of an agent', span, "give one of them another name")
        generator = made.arguments.get("chat_generator", 0)
        run = generator.cls.find("run") if isinstance(generator, Object) and generator.cls is not None else None
        if given and isinstance(run, Function) and not _takes(run, "tools"):
            yield _refused("the tools of an agent", span, "its generator's `run` takes no `tools`", run.location.span)
        schema = made.arguments.get("state_schema")
        for key in schema.content if isinstance(schema, Mapping) else ():
            if key in OWN_KEYS:
                fault = _refused(f'"{key}" in the state of an agent', span, "the agent keeps that itself")
                yield from ASKED.fault(interp, fault)
            described = schema.content[key] if isinstance(schema, Mapping) else None
            if isinstance(described, Mapping) and described.closed and "type" not in described.content:
                yield _refused(f'"{key}" in the state of an agent', span, "it has no `type`")
        yield from _prompted(made, schema, span)
        yield from _hooked(made, span)
        yield from refused_tools(made)
        yield from unstated(made)


def _prompted(made: Object, schema: Value | None, span: Span) -> Iterator[Fault]:
    """Variables of an agent's prompts that are keys of its state as well: both would be inputs of that name."""
    keys = {key for key, _ in schema.known() if isinstance(key, str)} if isinstance(schema, Mapping) else set()
    for which in ("system_prompt", "user_prompt"):
        text = text_of(made.arguments.get(which))
        for name in sorted({*jinja_variables(text)} & keys) if text is not None and keys else ():
            why = f"`{which}` asks for it, and `state_schema` has it: rename one of them"
            yield _refused(f'the variable "{name}" of an agent', span, why)


POINTS = ("before_run", "before_llm", "before_tool", "after_tool", "on_exit", "after_run")
"""Where hooks of an agent are called."""


def _hooked(made: Object, span: Span) -> Iterator[Fault]:
    hooks = made.arguments.get("hooks")
    for key, given in hooks.known() if isinstance(hooks, Mapping) else ():
        if isinstance(key, str) and key not in POINTS:
            yield _refused(f'the hook "{key}" of an agent', span, f"an agent has {', '.join(POINTS)}")
        for function in (entry.value for entry in elements(given)):
            if isinstance(function, Function) and not function.unmodelled_decorators:
                text = f'function "{function.name}" as a hook of an agent'
                yield _refused(text, span, "it is none by itself: decorate it with `@hook`", function.location.span)


def refused_nested(interp: Interpreter) -> Iterator[Fault]:
    """Pipelines that are components and map what they take, or give, to components that they do not have."""
    for made in interp.objects:
        inner = made.arguments.get("pipeline", 0)
        if made.path != SUPER or made.cls is not None or not isinstance(inner, Object) or made.location is None:
            continue
        added = [each for each in interp.api_calls if each.subject is inner and each.method not in LOOKING]
        names = [text_of(each.get("name", 0)) for each in added if each.method == ADDED]
        if None in names or not names or any(each.method not in KNOWN for each in added):
            continue
        held = {text_of(each.get("name", 0)): each.get("instance", 1) for each in added if each.method == ADDED}
        for path, comes_out in _mapped(made):
            component, _, socket = path.partition(".")
            if component not in names:
                why = f'the pipeline has no component "{component}"'
                yield _refused(f'"{path}" of a nested pipeline', made.site.span, why)
            elif socket and (listed := _sockets(held.get(component), outputs=comes_out)) and socket not in listed:
                what = "output" if comes_out else "input"
                why = f'"{component}" has no {what} "{socket}": {", ".join(listed)}'
                yield _refused(f'"{path}" of a nested pipeline', made.site.span, why)


def _sockets(made: Value | None, *, outputs: bool) -> tuple[str, ...]:
    """The inputs, or the outputs, of a component whose arguments tell them all; else none."""
    own = isinstance(made, Object) and made.cls is not None
    known = sockets_of(last_of(made.path), made) if isinstance(made, Object) and not own else None
    if known is None or (known.outputs_open if outputs else known.inputs_open):
        return ()
    return tuple(socket.name for socket in (known.outputs if outputs else known.inputs))


ADDED = "add_component"
KNOWN = (ADDED, "connect", *RUNNING)
"""Calls of a pipeline that show all of the components that it gets."""


def _mapped(made: Object) -> Iterator[tuple[str, bool]]:
    """The ends of a nested pipeline that are mapped, each with whether something comes out there."""
    inputs, outputs = made.arguments.get("input_mapping", 1), made.arguments.get("output_mapping", 2)
    for given in inputs.content.values() if isinstance(inputs, Mapping) else ():
        paths = (text_of(entry.value) for entry in elements(given) if entry.certain)
        yield from ((path, False) for path in paths if path is not None)
    yield from (
        ((key, True) for key, _ in outputs.known() if isinstance(key, str)) if isinstance(outputs, Mapping) else ()
    )


def _takes(run: Function, name: str) -> bool:
    return any(each.name == name for each in run.node.parameters)


def _tool_name(tool: Value) -> str | None:
    """How a function that a decorator makes a tool is called, or a tool that is written out."""
    if isinstance(tool, Function):
        marks = [mark.arguments for mark in tool.unmodelled_decorators if isinstance(mark, Object)]
        said = [mark.get("name") for mark in marks if mark.get("name") is not None]
        return text_of(said[0]) if said else None if any(mark.open for mark in marks) else tool.name
    return text_of(tool.arguments.get("name", 0)) if isinstance(tool, Object) and last_of(tool.path) == "Tool" else None


def _refused(text: str, span: Span, why: str = "", other: Span | None = None) -> Fault:
    return Fault(FaultKind.REFUSED, text, span, other, why or "the pipeline does not build")
