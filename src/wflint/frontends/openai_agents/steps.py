"""An agent as a step: its name, its contract, its tools, its model."""

from __future__ import annotations

from wflint.assembly.contracts.prompt_texts import prompt_from, prompt_texts
from wflint.assembly.contracts.schemas import schema_of
from wflint.assembly.sequences import elements, known_text
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import show
from wflint.evaluate.values import Const, Function, Location, Object, Value, alternatives, last_of, text_of
from wflint.frontends.openai_agents.table import AS_TOOL, output_type
from wflint.model.contract import Certainty, Offer
from wflint.model.prompt import Prompt, TextRole
from wflint.model.workflow import Step, StepKind

ANSWER = "final_output"
"""What the SDK calls the answer of a run."""


def names_of(agent: Object) -> tuple[str, ...]:
    """The names that an agent may have, where one place makes several; none where the source does not tell."""
    name = agent.content.get("name") or agent.arguments.get("agent_name")
    texts = [text_of(option) for option in alternatives(name)]
    known = tuple(text for text in texts if text is not None)
    return known if len(known) == len(texts) else ()


def place_of(agent: Object) -> Location:
    """Where the agent is made."""
    assert agent.location is not None
    return agent.location


def step_of(interp: Interpreter, name: str, agent: Object) -> Step:
    """The agent called `name`."""
    offers = _offers(interp, agent)
    return Step(
        id=name,
        kind=StepKind.AGENT,
        span=place_of(agent).span,
        offers=offers,
        offers_open=not offers,
        needs_open=True,
        tools=_tools(agent),
        model=_model(agent.content.get("model")),
        description=known_text(agent.content.get("instructions"))
        or known_text(agent.content.get("handoff_description")),
        prompt=_told(agent),
    )


def _told(agent: Object) -> Prompt:
    span = place_of(agent).span
    about = prompt_texts(agent.content.get("handoff_description"), span, TextRole.ABOUT)
    hidden = agent.arguments.open or agent.content.get("prompt") is not None
    return prompt_from(prompt_texts(agent.content.get("instructions"), span), about, hidden=hidden)


def _offers(interp: Interpreter, agent: Object) -> tuple[Offer, ...]:
    """The fields of the declared answer, or the answer itself where its type has no fields."""
    type_ = output_type(agent)
    if type_ is None:
        return ()
    schema = schema_of(interp, type_, place_of(agent))
    if schema is None:
        return (Offer(ANSWER, place_of(agent).span, Certainty.CERTAIN, show(type_)),)
    return tuple(
        Offer(field.name, field.span, Certainty.CERTAIN, field.type, field.description) for field in schema.fields
    )


def _tools(agent: Object) -> tuple[str, ...]:
    """The names of the tools that are no agents."""
    return tuple(dict.fromkeys(name for entry in elements(agent.content.get("tools")) for name in _tool(entry.value)))


def _tool(tool: Value) -> tuple[str, ...]:
    """The name of a tool that is no agent."""
    match tool:
        case Function(name=name, unmodelled_decorators=marks):
            given = (text_of(m.arguments.get("name_override")) for m in marks if isinstance(m, Object))
            return (next((text for text in given if text is not None), name),)
        case Object(path=str(path), arguments=arguments) if not path.endswith(f".{AS_TOOL}"):
            wrapped = arguments.get("func", 0)
            named = text_of(arguments.get("name_override")) or text_of(arguments.get("name"))
            inner = wrapped.name if isinstance(wrapped, Function) else last_of(path)
            return (named or inner,)
        case Object(cls=cls) if cls is not None:
            return (cls.name,)
        case _:
            return ()


def _model(value: Value | None) -> str | None:
    """The name of the model, given as such or to the object that stands for it."""
    for option in alternatives(value):
        if isinstance(option, Const):
            return text_of(option)
        if isinstance(option, Object):
            return text_of(option.arguments.get("model", 0))
    return None
