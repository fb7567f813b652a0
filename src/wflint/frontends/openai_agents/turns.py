"""How an agent's turns end: what it has to call, and which tools end its run (openai-agents 0.24)."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.assembly.sequences import elements, is_unset, possibly_incomplete
from wflint.evaluate.values import Const, Mapping, Object, Sequence, Value, last_of, text_of
from wflint.model.conduct import UnknownTool

OPEN_CHOICES = frozenset({"auto", "none"})
"""Choices that leave it to the model, or forbid it, to call a tool."""
MODELS = frozenset(
    {"AnyLLMModel", "LitellmModel", "OpenAIChatCompletionsModel", "OpenAIResponsesModel", "OpenAIResponsesWSModel"}
)
"""Classes of the library whose models do as an agent's settings say."""
STOPPING = "StopAtTools"
ENDING = "stop_at_tool_names"
ONCE_MORE = 2
"""The turns of an agent that has to call a tool first: that one, and the one in which it answers."""


def stopping_tools(agent: Object, known: tuple[str, ...]) -> Iterator[UnknownTool]:
    """The tools that end a run by their name, of which the agent has none."""
    told = agent.content.get("tool_use_behavior")
    listed: Value | None = None
    match told:
        case Object(path=path, arguments=arguments) if last_of(path) == STOPPING:
            listed = arguments.get(ENDING)
        case Mapping(content=content):
            listed = content.get(ENDING)
        case _:
            pass
    for entry in elements(listed):
        name = text_of(entry.value)
        if name is not None and entry.certain and known and name not in known:
            at = entry.value.location if isinstance(entry.value, Object) else None
            place = at or (listed.location if isinstance(listed, Sequence) else None) or agent.site
            yield UnknownTool(name, "the tool that ends a run", known, place.span)


def fewest_turns(agent: Object) -> int:
    """How many turns the agent takes until it answers, at least."""
    forced = _chosen(agent) is not None and is_unset(agent.content.get("tool_use_behavior"))
    return ONCE_MORE if forced else 1


def never_answers(agent: Object) -> bool:
    """Whether the agent has to call a tool in every turn, and none of them ends its run or hands it over."""
    again = agent.content.get("reset_tool_choice") == Const(value=False)
    lasting = is_unset(agent.content.get("tool_use_behavior")) and not _may_hand_over(agent)
    return again and lasting and _chosen(agent) is not None


def _may_hand_over(agent: Object) -> bool:
    handoffs = agent.content.get("handoffs")
    return any(elements(handoffs)) or (handoffs is not None and possibly_incomplete(handoffs))


def _chosen(agent: Object) -> str | None:
    """What the agent's settings make the model call; None where they leave it a choice, or are not known.

    A model that stands in for one in a test, and plays a script, need not do as they say.
    """
    model = agent.content.get("model")
    stands_in = isinstance(model, Object) and (model.cls is not None or last_of(model.path) not in MODELS)
    if stands_in and agent.site.module.is_test:
        return None
    settings = agent.content.get("model_settings")
    made = isinstance(settings, Object) and settings.path == "agents.ModelSettings"
    choice = text_of(settings.arguments.get("tool_choice")) if made and isinstance(settings, Object) else None
    has_tools = isinstance(agent.content.get("tools"), Sequence) and bool(list(elements(agent.content.get("tools"))))
    return choice if choice not in OPEN_CHOICES and has_tools else None
