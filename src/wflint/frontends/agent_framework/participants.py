"""Who takes part in a workflow: the names of executors and agents, and the steps they are."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.agents import AgentRow, answer_fields, model_in, more_tools, part
from wflint.assembly.coded_step import unread
from wflint.assembly.contracts.checks import form
from wflint.assembly.contracts.origins import of_answer
from wflint.assembly.contracts.shapes import shape_of_any
from wflint.assembly.sequences import Element, elements
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import show
from wflint.evaluate.values import Function, Location, Mapping, Object, Value, alternatives, last_of, text_of
from wflint.frontends.agent_framework.executors import MESSAGE, Asked, Conduct, Sent, code_of, conduct_of
from wflint.frontends.agent_framework.table import AGENTS, AS_AGENT, EXECUTORS, MADE, WORKFLOW
from wflint.model.contract import Check, Offer
from wflint.model.workflow import Step, StepKind

MODELS = ("model", "model_id", "deployment_name", "model_deployment_name", "ai_model_id", "chat_model_id")
CLIENTS = ("client", "chat_client")
ANSWERS = ("response_format",)
OPTIONS = ("default_options", "options")
AGENT = AgentRow(told=("instructions",), about=("description",), hiding=("context_provider",), single=True)
BARE = ("Executor", "RequestInfoExecutor")
"""Executors whose first argument is their id; the others are made around something."""
AGENT_CLASSES = frozenset({"AgentExecutor", "BaseAgent", *(last_of(path) for path in AGENTS)})
"""What is an agent, or what the framework makes of one."""
UNNAMED = "_CallbackAggregator_unnamed"
"""What the framework calls an aggregator that is a function without a name."""


class Participant(Struct, frozen=True):
    """A step with what its code sends on; `silent` where it may send nothing at all, `mute` where it never does.

    `gives` and `handles` are the declared types of what it sends and takes, as far as its code is in the source.
    `quiet` is where it ends without a message in one case, `returned` where its code returns something, which the
    framework drops.
    """

    step: Step
    sent: tuple[Sent, ...] = ()
    closed: bool = False
    silent: bool = False
    mute: bool = False
    quiet: Location | None = None
    returned: Location | None = None
    yields: bool = False
    gives: tuple[Value, ...] = ()
    handles: tuple[Value, ...] = ()
    asked: tuple[Asked, ...] = ()


def is_executor(value: Object) -> bool:
    """Whether an object is an executor rather than an agent."""
    return value.path == MADE or last_of(value.path) in EXECUTORS


def is_agent(value: Value | None) -> bool:
    """Whether a participant is certainly an agent, which the framework makes a step of."""
    if not isinstance(value, Object) or nested(value) is not None:
        return False
    paths = value.cls.libraries() if value.cls is not None else (value.path or "",)
    named = {last_of(path) for path in paths if path.startswith("agent_framework.")}
    return named <= AGENT_CLASSES and bool(named)


def identity(value: Value) -> str | None:
    """The id that a participant has in its workflow; None where it is not known."""
    if not isinstance(value, Object):
        return None
    if value.path == MADE:
        return _own_id(value) or _function_name(value.content.get("function"))
    if is_executor(value):
        given = _own_id(value)
        if given is None and last_of(value.path) == "AgentExecutor":
            agent = value.arguments.get("agent", 0)
            return identity(agent) if agent is not None else None
        if given is None and last_of(value.path) in ("FunctionExecutor", "_CallbackAggregator"):
            return _function_name(next(iter(value.arguments), None))
        return given
    named = part(value, "name") or part(value, "id")
    return text_of(named) if named is not None else None


def _own_id(value: Object) -> str | None:
    position = None if value.path == MADE else 0 if last_of(value.path) in BARE else 1
    given = value.content.get("id") or value.arguments.get("id", position)
    if given is None:
        given = part(value, "id")
    return text_of(given) if given is not None else None


def _function_name(value: Value | None) -> str | None:
    return value.name if isinstance(value, Function) else None


def listed(value: Value | None) -> Iterator[Element]:
    """The participants of a list, or of a dict from names to participants."""
    for option in alternatives(value):
        inner = [held for _, held in option.known()] if isinstance(option, Mapping) else []
        yield from (Element(one, option is value, (0, number), filled=True) for number, one in enumerate(inner))
    yield from elements(value)


# ------------------------------------------------------------------------------------------------- steps


def participant(interp: Interpreter, value: Value, name: str, location: Location) -> Participant:
    """The step of a participant; `place` is where it is added if the source does not make it."""
    made = value if isinstance(value, Object) else None
    own = made.site if made is not None else location
    step = Step(name, StepKind.FUNCTION, own.span)
    if made is None:
        return Participant(unread(step), silent=True)
    inner = nested(made)
    if inner is not None:
        return Participant(unread(replace(step, kind=StepKind.SUBWORKFLOW, workflow=inner)), silent=True)
    if last_of(made.path) == "RequestInfoExecutor":
        return Participant(replace(step, kind=StepKind.HUMAN, interrupts=True, offers_open=True), silent=True)
    if last_of(made.path) == "AgentExecutor" and made.cls is None:
        agent = made.arguments.get("agent", 0)
        return _agent(interp, agent if isinstance(agent, Object) else made, step)
    if is_executor(made):
        return _with_code(step, conduct_of(interp, made, own), code_of(made))
    return _agent(interp, made, step)


def nested(made: Object) -> str | None:
    """The workflow that a participant runs, by the place that builds it."""
    held: Value | None = None
    if made.path == AS_AGENT:
        held = made.receiver
    elif last_of(made.path) == "WorkflowExecutor":
        held = made.arguments.get("workflow", 0)
    for option in alternatives(held):
        if isinstance(option, Object) and option.path == WORKFLOW:
            return str(option.site.span)
    return "" if last_of(made.path) == "WorkflowExecutor" else None


def _with_code(step: Step, conduct: Conduct, code: tuple[Function, ...]) -> Participant:
    kind = StepKind.HUMAN if conduct.asks else StepKind.AGENT if conduct.runs_model else StepKind.FUNCTION
    doc = next((text for function in code if (text := getattr(function.node, "doc", None))), None)
    whole = replace(
        step,
        kind=kind,
        definition=code[0].location.span if code else None,
        needs=conduct.needs,
        offers=conduct.offers,
        needs_open=conduct.needs_open,
        offers_open=conduct.offers_open,
        own_schema=conduct.takes,
        interrupts=conduct.asks,
        calls=conduct.calls,
        template_gaps=conduct.template_gaps,
        typed_inputs=conduct.typed_inputs,
        conduct=conduct.acts,
        side_effects=conduct.side_effects,
        kept_values=conduct.kept_values,
        result=shape_of_any([one.value for one in conduct.sent]) if conduct.closed else None,
        description=doc or "",
    )
    return Participant(
        whole,
        conduct.sent,
        conduct.closed,
        silent=not conduct.always_sends,
        mute=conduct.never_sends,
        quiet=conduct.quiet,
        returned=conduct.returned,
        yields=conduct.yields,
        gives=conduct.gives,
        handles=conduct.handles,
        asked=conduct.asked,
    )


def _agent(interp: Interpreter, agent: Object, step: Step) -> Participant:
    """An agent answers every message that it gets."""
    whole = replace(
        step,
        kind=StepKind.AGENT,
        definition=agent.cls.location.span if agent.cls is not None else None,
        offers=_answer(interp, agent, step),
        checks=tuple(_checks(agent)),
        offers_open=agent.cls is not None,
        needs_open=True,
        tools=AGENT.tools(part(agent, "tools")),
        conduct=AGENT.conduct(part(agent, "tools")),
        tools_open=more_tools(part(agent, "tools")),
        model=_model(agent),
        description=AGENT.description(agent),
        prompt=AGENT.prompt(interp, agent, hidden=agent.cls is not None),
    )
    return Participant(whole)


def _checks(agent: Object) -> Iterator[Check]:
    """The form that an answer is asked for in; what is sent on is its text, which nobody parses on the way."""
    for value in _asked_for(agent):
        if isinstance(value, Class):
            yield replace(form(value, agent.site), enforced=False)


def _asked_for(agent: Object) -> Iterator[Value]:
    """The forms of answers that an agent, or its options, ask for."""
    options = (part(agent, name) for name in OPTIONS)
    holders = [item.content.get(key) for item in options if isinstance(item, Mapping) for key in ANSWERS]
    given = [part(agent, name) for name in ANSWERS] + holders
    yield from (value for value in given if value is not None)


def _answer(interp: Interpreter, agent: Object, step: Step) -> tuple[Offer, ...]:
    """The answer as a whole, and the fields of its model if there is one."""
    for value in _asked_for(agent):
        fields = answer_fields(interp, value, agent.site) if isinstance(value, Class) else ()
        type_ = show(value)
        if fields or type_ is not None:
            return (*fields, Offer(MESSAGE, step.span, type=type_, origins=of_answer(formed=True)))
    return (Offer(MESSAGE, step.span, type="AgentExecutorResponse", origins=of_answer(formed=False)),)


def _model(agent: Object) -> str | None:
    """The model of the agent, or of the client that it talks to or was made by."""
    client = next((found for name in CLIENTS if (found := part(agent, name)) is not None), None)
    holders = (agent, client or agent.arguments.get("client", 0), agent.receiver)
    return next((name for holder in holders if (name := model_in(holder, *MODELS, by_name=False)) is not None), None)
