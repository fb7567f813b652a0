"""An agent as a step: its name, its contract, its tools, its model."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wflint.assembly.agents import AgentRow, answer_fields, model_in, more_tools
from wflint.assembly.contracts.origins import of_answer
from wflint.assembly.contracts.passing_guards import passing_guard
from wflint.assembly.contracts.remote_calls import asked_unguarded
from wflint.assembly.contracts.schemas import schema_of
from wflint.assembly.contracts.unfilled import left_in_braces
from wflint.assembly.sequences import elements, is_empty, is_unset, known_text
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import show
from wflint.evaluate.values import ExternalName, Object, Text, Value, alternatives, last_of, text_of
from wflint.frontends.openai_agents.approvals import unapproved_tools
from wflint.frontends.openai_agents.contexts import contexts_of, handed_over
from wflint.frontends.openai_agents.table import AGENTS, AS_TOOL, BARE_HANDOFF, EQUIPPED, output_type
from wflint.frontends.openai_agents.turns import fewest_turns, never_answers, stopping_tools
from wflint.model.conduct import PassingGuard
from wflint.model.contract import Offer
from wflint.model.workflow import Step, StepKind
from wflint.source import code
from wflint.source.walking import called_name

AGENT = AgentRow(("instructions",), ("handoff_description",), ("prompt",), ("name_override", "name"))
ANSWER = "final_output"
"""What the SDK calls the answer of a run."""
GUARDRAILS = ("input_guardrails", "output_guardrails")
FEWEST_LETTERS = 4
"""So much of a name has to be written down that people know which agent is meant."""
CLIENT = ("openai_client", 1)
"""What the models of the SDK take their client by."""
VERDICT, TRIPS = "GuardrailFunctionOutput", "tripwire_triggered"
"""What a guardrail returns, and which part of it stops the run."""


def names_of(agent: Object) -> tuple[str, ...]:
    """The names that an agent may have, where one place makes several; none where the source does not tell."""
    name = agent.content.get("name") or agent.arguments.get("agent_name")
    texts = [text_of(option) for option in alternatives(name)]
    known = tuple(text for text in texts if text is not None)
    return known if len(known) == len(texts) else ()


def called(agent: Object) -> tuple[str, ...]:
    """The names of an agent; where a part of its only one is worked out as the code runs, with a mark in its place."""
    name = agent.content.get("name") or agent.arguments.get("agent_name")
    shown = known_text(name) if isinstance(name, Text) else ""
    telling = sum(map(str.isalpha, shown)) >= FEWEST_LETTERS
    return names_of(agent) or ((shown,) if telling else ())


def step_of(interp: Interpreter, name: str, agent: Object) -> Step:
    """The agent called `name`."""
    offers, span = _offers(interp, agent), agent.site.span
    prompt = AGENT.prompt(interp, agent)
    tools, more = AGENT.tools(agent.content.get("tools")), _has_more_tools(agent)
    return Step(
        id=name,
        kind=StepKind.AGENT,
        span=span,
        offers=offers,
        offers_open=not offers,
        needs_open=True,
        tools=tools,
        tools_open=more,
        model=model_in(agent.content.get("model"), "model", first=True),
        description=AGENT.description(agent),
        prompt=prompt,
        template_gaps=left_in_braces(agent, prompt),
        typed_inputs=(*contexts_of(interp, agent), *handed_over(interp, agent)),
        keeps_turn=never_answers(agent),
        conduct=replace(
            AGENT.conduct(agent.content.get("tools")),
            passing_guards=tuple(_passing_guards(agent)),
            unknown_tools=() if more or _has_agents(agent) else tuple(stopping_tools(agent, tools)),
            fewest_turns=fewest_turns(agent),
            remote_calls=asked_unguarded(_client(agent)),
            unapproved=tuple(unapproved_tools(interp, agent)),
        ),
    )


def _client(agent: Object) -> Value | None:
    """The client that an agent's model is given, where it is an object and not a name."""
    options = alternatives(agent.content.get("model"))
    model = options[0] if len(options) == 1 else None
    return model.arguments.get(*CLIENT) if isinstance(model, Object) else None


def _passing_guards(agent: Object) -> Iterator[PassingGuard]:
    """The guardrails of an agent that never trip."""
    for name in GUARDRAILS:
        for entry in elements(agent.content.get(name)):
            found = passing_guard(entry.value, lambda returned, _: all(map(_never_trips, returned)))
            if found is not None and entry.certain:
                yield found


def _never_trips(returned: code.ExprT) -> bool:
    match returned:
        case code.Call(args=args, keywords=keywords) if called_name(returned) == VERDICT:
            given = [each.value for each in keywords if each.name == TRIPS] or list(args[1:2])
            return bool(given) and isinstance(given[0], code.Constant) and given[0].value is False
        case _:
            return False


def _has_more_tools(agent: Object) -> bool:
    """Whether an agent may have tools that its list does not show: of servers, and of what it is equipped with."""
    equipment = agent.content.get("capabilities")
    bare = is_empty(equipment)
    return (
        (agent.path == EQUIPPED and not bare)
        or more_tools(agent.content.get("tools"))
        or any(map(_is_made_elsewhere, _held(agent)))
        or not is_unset(agent.content.get("mcp_servers"))
    )


def _held(agent: Object) -> list[Object]:
    """The tools of an agent that are objects."""
    held = (entry.value for entry in elements(agent.content.get("tools")))
    return [tool for tool in held if isinstance(tool, Object)]


def _is_made_elsewhere(tool: Object) -> bool:
    """Whether something that is no agent has made a tool, and called it as it likes."""
    maker = tool.receiver
    return last_of(tool.path) == AS_TOOL and not (isinstance(maker, Object) and maker.path in (*AGENTS, BARE_HANDOFF))


def _has_agents(agent: Object) -> bool:
    """Whether some of an agent's tools may be agents, whose names as tools are their own affair."""
    return any(last_of(each.path) == AS_TOOL for each in _held(agent))


def _offers(interp: Interpreter, agent: Object) -> tuple[Offer, ...]:
    """The fields of the declared answer, or the answer itself where its type has no fields."""
    type_ = output_type(agent)
    if type_ is None:
        return ()
    if schema_of(interp, type_, agent.site) is None:
        formed = type_ != ExternalName("builtins.str")
        return (Offer(ANSWER, agent.site.span, type=show(type_), origins=of_answer(formed=formed)),)
    return answer_fields(interp, type_, agent.site)
