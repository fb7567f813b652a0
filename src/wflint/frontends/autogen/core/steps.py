"""Agents as steps: what the code of their handlers needs, offers and asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from wflint.assembly.agents import AgentRow
from wflint.assembly.coded_step import coded, unread
from wflint.assembly.contracts.conduct import conduct_of_all
from wflint.assembly.contracts.error_texts import error_texts_of
from wflint.assembly.contracts.origins import origins_in, parts_of
from wflint.assembly.contracts.schemas import schema_of
from wflint.assembly.contracts.typed_inputs import message_in_parts
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Object
from wflint.frontends.autogen.core.agents import Agent, MessageHandler
from wflint.frontends.autogen.core.messages import MessageType, Sent
from wflint.model.conduct import ErrorText
from wflint.model.contract import Certainty, Need, Offer
from wflint.model.span import Span
from wflint.model.workflow import Step, StepKind

MESSAGE = "message"
"""The name of what is handed on as a whole."""
TOOL_AGENT = AgentRow(told=(), about=("description",))


def step_of(interp: Interpreter, name: str, span: Span, agent: Agent) -> Step:
    """The step of a registered agent; `span` is where it is registered."""
    step = Step(name, StepKind.FUNCTION, span)
    if agent.runs_tools and isinstance(agent.made, Object):
        tools = TOOL_AGENT.tools(agent.made.arguments.get("tools", 1))
        return replace(step, kind=StepKind.TOOL, tools=tools, offers_open=True, needs_open=True, reaches_sink=True)
    summaries = [handler.summary for handler in agent.handlers if handler.summary is not None]
    if not summaries:
        return unread(step)
    whole = _joined(step, [coded(step, summary, interp) for summary in summaries], summaries)
    sent = _sent(agent)
    errors = tuple(error for handler in agent.handlers for error in _error_texts(handler))
    return replace(
        whole,
        conduct=replace(whole.conduct, error_texts=errors),
        definition=agent.cls.location.span if agent.cls is not None else whole.definition,
        offers=tuple(_offers(interp, sent, _kinds(sent))),
        offers_open=whole.offers_open or agent.open or any(map(_may_hold_more, sent)),
        needs_open=whole.needs_open or agent.open,
        typed_inputs=(*whole.typed_inputs, *(message_in_parts(interp, summary) for summary in summaries)),
        reaches_sink=any(handler.answer is not None for handler in agent.handlers),
        description=_description(agent) or whole.description,
    )


def _error_texts(handler: MessageHandler) -> Iterator[ErrorText]:
    """What a handler sends, or answers, that gets the text of a failure in place of a result."""
    sent = [(MESSAGE, one.value, one.location) for one in handler.sent]
    yield from error_texts_of(handler.summary, sent)


def _joined(step: Step, each: Sequence[Step], summaries: Sequence[FunctionSummary]) -> Step:
    """One step of what its handlers are; a run of it is a run of one of them."""
    if len(each) == 1:
        return each[0]
    asking = next((one for one in each if one.kind is StepKind.AGENT), each[0])
    return replace(
        asking,
        needs=tuple(_possible(each)),
        needs_open=any(one.needs_open for one in each),
        offers_open=any(one.offers_open for one in each),
        calls=(),
        template_gaps=tuple(gap for one in each for gap in one.template_gaps),
        expectations=tuple(form for one in each for form in one.expectations),
        side_effects=tuple(effect for one in each for effect in one.side_effects),
        conduct=conduct_of_all(summaries),
        typed_inputs=tuple(given for one in each for given in one.typed_inputs),
        description=step.description,
    )


def _possible(each: Iterable[Step]) -> Iterator[Need]:
    """What some handler needs; of a message that another one takes it is not asked."""
    found: dict[str, Need] = {}
    for one in each:
        for need in one.needs:
            found.setdefault(need.name, replace(need, required=False, certainty=Certainty.POSSIBLE))
    yield from found.values()


def _description(agent: Agent) -> str:
    """What the class says that it is for."""
    return (agent.cls.node.doc or "") if agent.cls is not None else ""


def _may_hold_more(sent: Sent) -> bool:
    """Whether a message may have fields that the source does not show."""
    return sent.kinds.open or not all(isinstance(kind, Class) and kind.declared() for kind in sent.kinds.types)


def unsent(step: Step) -> Step:
    """The step where nobody is seen to send it a message: whoever does sends a whole one."""
    return replace(step, needs=tuple(replace(need, required=False) for need in step.needs))


def message_of(interp: Interpreter, agent: Agent, kind: MessageType) -> tuple[Offer, ...] | None:
    """The fields of the messages of one class that an agent sends; None where it sends no others."""
    sent = _sent(agent)
    return tuple(_offers(interp, sent, (kind,))) if len(_kinds(sent)) > 1 and kind in _kinds(sent) else None


def _sent(agent: Agent) -> list[Sent]:
    return [one for handler in agent.handlers for one in handler.sent]


def _kinds(sent: Sequence[Sent]) -> tuple[MessageType, ...]:
    return tuple(dict.fromkeys(kind for one in sent for kind in one.kinds.types))


def _offers(interp: Interpreter, sent: Sequence[Sent], kinds: tuple[MessageType, ...]) -> Iterator[Offer]:
    """The fields of messages of some classes that an agent sends."""
    sure = Certainty.CERTAIN if len(kinds) == 1 and any(one.certain for one in sent) else Certainty.POSSIBLE
    found: dict[str, Offer] = {}
    for kind in kinds:
        ways = [one for one in sent if kind in one.kinds.types]
        schema = schema_of(interp, kind, ways[0].location) if isinstance(kind, Class) else None
        for item in schema.fields if schema is not None else ():
            place = ways[0].location.span
            found.setdefault(item.name, Offer(item.name, place, sure, item.type, item.description, shape=item.shape))
    made = [one.value for one in sent if set(kinds) & set(one.kinds.types)]
    for name, offer in found.items():
        yield replace(offer, origins=origins_in(*parts_of(made, name)))
