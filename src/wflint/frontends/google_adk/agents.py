"""One agent as a step: what its instruction, its tools and its callbacks read and write."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.agents import model_in, more_tools, part
from wflint.assembly.argument_locator import ArgumentLocator
from wflint.assembly.contracts.calls import calls_of
from wflint.assembly.contracts.checks import form
from wflint.assembly.contracts.false_success import false_successes
from wflint.assembly.contracts.origins import of_answer
from wflint.assembly.contracts.prompt_texts import prompt_from, prompt_texts
from wflint.assembly.contracts.schemas import schema_of
from wflint.assembly.contracts.shapes import as_dicts, shape_of
from wflint.assembly.contracts.templates import template_gaps
from wflint.assembly.sequences import elements, known_text
from wflint.evaluate.class_values import Class
from wflint.evaluate.expressions.inline_call import function_of
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import show
from wflint.evaluate.values import NONE, Bound, ExternalName, Function, Location, Object, Value, text_of
from wflint.frontends.google_adk.dynamic import DynamicRun, dynamic_runs
from wflint.frontends.google_adk.instructions import BRACES, is_whole, placeholders
from wflint.frontends.google_adk.parts import kind_of, tool_names, tools, wrapped
from wflint.frontends.google_adk.session import Use, lenient, schema_name, use_of
from wflint.frontends.google_adk.table import AGENT_TOOL, AgentKind
from wflint.model.conduct import Conduct
from wflint.model.contract import Certainty, Check, Offer, Schema
from wflint.model.prompt import Prompt, TextRole, sentences
from wflint.model.workflow import Step, StepKind
from wflint.source.code import Attribute, Name
from wflint.source.walking import body_of, nodes_in

INSTRUCTIONS = ("instruction", "global_instruction")
BEFORE = ("before_agent_callback", "before_model_callback")
AFTER = ("after_agent_callback", "after_model_callback", "before_tool_callback", "after_tool_callback")
RUNNING = ("_run_async_impl", "run_node_impl", "_run_impl")


def _equips_itself(agent: Object) -> bool:
    """Whether code of an agent's own class works on its list of tools: `self.tools.append(...)` when it is made."""
    methods = [value for cls in agent.cls.lineage() for value in cls.content.values()] if agent.cls is not None else []
    bodies = (body_of(method.node) for method in methods if isinstance(method, Function))
    return any(_is_own_tools(node) for body in bodies for node in nodes_in(body))


def _is_own_tools(node: object) -> bool:
    match node:
        case Attribute(value=Name(id="self"), name="tools"):
            return True
        case _:
            return False


def agent_step(interp: Interpreter, locator: ArgumentLocator, agent: Object, name: str, location: Location) -> Step:
    """The step of an agent; `place` is where it is added where that is not its constructor."""
    kind = kind_of(agent)
    step = Step(
        name,
        StepKind.FUNCTION if kind is AgentKind.CUSTOM else StepKind.AGENT,
        location.span,
        definition=agent.cls.location.span if agent.cls is not None else None,
        tools=tool_names(agent),
        tools_open=more_tools(part(agent, "tools")) or _equips_itself(agent),
        model=model_in(part(agent, "model"), "model", "model_name"),
        retries=_retries(agent),
        checks=_checks(agent, location),
        description=_described(agent),
    )
    use = own_code(interp, agent, location) if kind is AgentKind.CUSTOM else Use()
    if kind is AgentKind.REMOTE:
        use.open = use.reads_open = True
    if kind is AgentKind.MODEL:
        _instructed(interp, locator, agent, use)
        _tools(interp, agent, use)
        _answers(interp, locator, agent, use)
    _callbacks(interp, agent, use)
    return replace(
        step,
        needs=tuple(use.needs.values()),
        offers=tuple(use.offers.values()),
        offers_open=use.open,
        needs_open=use.reads_open,
        calls=calls_of(use.summary),
        conduct=Conduct(
            false_successes=false_successes(functions_of_tools(agent)), reworked=tuple(sorted(use.reworked))
        ),
        template_gaps=template_gaps(use.summary, interp),
        own_schema=_declared(interp, agent, location),
        prompt=_told(locator, agent) if kind is AgentKind.MODEL else None,
        hears=kind is AgentKind.MODEL and not forgets(agent),
        reaches_sink=kind
        is AgentKind.MODEL,  # who runs the agents is shown each answer, and so are the agents after it
    )


def _declared(interp: Interpreter, agent: Object, location: Location) -> Schema | None:
    """What an agent is called with as a tool; its instruction is filled from the session's state all the same."""
    given = part(agent, "input_schema")
    schema = schema_of(interp, given, location) if given is not None else None
    return replace(schema, precise=False) if schema is not None else None


def _told(locator: ArgumentLocator, agent: Object) -> Prompt:
    """What the model is told; what a function makes up, a callback may add or a planner says is not known."""
    texts = [prompt_texts(part(agent, name), locator.argument(agent, name).span) for name in INSTRUCTIONS]
    about = prompt_texts(part(agent, "description"), locator.argument(agent, "description").span, TextRole.ABOUT)
    hidden = agent.arguments.open or any(part(agent, name) is not None for name in (BEFORE[1], "planner", "examples"))
    return prompt_from(*texts, about, hidden=hidden)


def forgets(agent: Object) -> bool:
    """Whether a model is shown no conversation, and has no tool or callback that could bring something of it back."""
    others = (part(agent, name) for name in ("tools", BEFORE[1], "planner", "examples"))
    shown = text_of(part(agent, "include_contents") or NONE) != "none"
    return not shown and not agent.arguments.open and all(other is None for other in others)


def _retries(agent: Object) -> bool:
    model = part(agent, "model")
    at_model = isinstance(model, Object) and any(
        model.arguments.get(key) is not None for key in ("retry_options", "num_retries", "max_retries")
    )
    return at_model or part(agent, "retry_config") is not None


def _checks(agent: Object, location: Location) -> tuple[Check, ...]:
    """An answer that does not have the declared form ends the run, whatever kind of form it is."""
    schema = part(agent, "output_schema")
    if schema in (None, NONE):
        return ()
    return (replace(form(schema, location), name=show(schema) or "output_schema", enforced=True),)


def _described(agent: Object) -> str:
    """What the agent is told to do; without an instruction that is known, what is said about it."""
    for name in ("instruction", "description"):
        text = known_text(part(agent, name)).strip()
        if text:
            return text
    return (agent.cls.node.doc or "") if agent.cls is not None else ""


# ------------------------------------------------------------------------------------------------- contracts


def own_code(interp: Interpreter, made: Object, location: Location) -> Use:
    """What the code of a custom agent or node does."""
    for name in RUNNING:
        found = made.cls.find(name) if made.cls is not None else None
        if isinstance(found, Function):
            return use_of(interp, Bound(found, made), location)
    return Use(open=True, reads_open=True)


def _instructed(interp: Interpreter, locator: ArgumentLocator, agent: Object, use: Use) -> None:
    for name in INSTRUCTIONS:
        given = part(agent, name)
        if given is None:
            continue
        location = locator.argument(agent, name)
        if function_of(given) is not None:
            provider = use_of(interp, given, location)
            use.take(provider)
            use.reads_open = use.reads_open or bool(provider.reads_open)
            continue
        use.reads_open = use.reads_open or not is_whole(given)
        for need in placeholders(given, location.span):
            use.need(need)


def _tools(interp: Interpreter, agent: Object, use: Use) -> None:
    """Tools run when the model says so: what they read is optional, what they write possible."""
    for entry in tools(agent):
        function = _tool_code(entry.value)
        if function is not None and entry.value is not None:
            use.take(use_of(interp, function, agent.site), maybe=True)
        elif not isinstance(entry.value, ExternalName) and not (
            isinstance(entry.value, Object) and entry.value.cls is None
        ):
            use.open = True  # tools that libraries bring along leave the state alone, agents are steps of their own


def runs_of_tools(interp: Interpreter, agent: Object) -> Iterator[DynamicRun]:
    """The nodes that the code of an agent's tools runs, if the model calls those."""
    for entry in tools(agent):
        function = _tool_code(entry.value)
        for run in dynamic_runs(use_of(interp, function, agent.site)) if function is not None else ():
            yield replace(run, certain=False)


def functions_of_tools(agent: Object) -> Iterator[Function]:
    """The functions that an agent's tools are."""
    for entry in tools(agent):
        found = _tool_code(entry.value)
        function = function_of(found) if found is not None else None
        if function is not None:
            yield function


def _tool_code(value: Value) -> Value | None:
    inner = wrapped(value) if isinstance(value, Object) and value.path != AGENT_TOOL else value
    return inner if inner is not None and function_of(inner) is not None else None


def _answers(interp: Interpreter, locator: ArgumentLocator, agent: Object, use: Use) -> None:
    """`output_key`: the answer goes into the state; as parsed by the schema if there is one."""
    key = part(agent, "output_key")
    name = text_of(key) if key is not None else None
    if name is not None:
        schema = part(agent, "output_schema")
        type_ = schema_name(schema) if schema is not None else "str"
        about = schema.node.doc or "" if isinstance(schema, Class) else _work(agent)
        origins, span = of_answer(formed=schema is not None), locator.argument(agent, "output_key").span
        shape = shape_of(schema, interp) if schema is not None else None
        held = as_dicts(shape) if shape is not None else None
        use.offer(Offer(name, span, type=type_, description=about, origins=origins, shape=held))
    elif key is not None:
        use.open = True


def _work(agent: Object) -> str:
    """What the agent does, in a sentence: as others are told, or as it is told itself."""
    for name in ("description", "instruction"):
        first = next(iter(sentences(known_text(part(agent, name)))), "")
        if first:
            return BRACES.sub("…", first)
    return ""


def _callbacks(interp: Interpreter, agent: Object, use: Use) -> None:
    for name in (*BEFORE, *AFTER):
        for callback in _listed(part(agent, name)):
            found = use_of(interp, callback, agent.site)
            for need in lenient(found):
                use.need(need)
            if name in BEFORE:
                _set_before(use, found)
            for offer in found.offers.values():
                use.offer(offer)
                use.open = use.open or offer.certainty is Certainty.POSSIBLE
            use.open = use.open or found.open
            use.reworked |= found.reworked


def _set_before(use: Use, callback: Use) -> None:
    """Whatever a callback sets before the agent works is there by then; one that may set anything may set it all."""
    for offer in callback.offers.values():
        use.needs.pop(offer.name, None)
    if callback.open:
        use.needs = {need.name: need for need in lenient(use)}


def _listed(value: Value | None) -> Iterator[Value]:
    if value is not None and function_of(value) is not None:
        yield value
    elif value is not None:
        known = [entry.value for entry in elements(value)]
        yield from known or [value]
