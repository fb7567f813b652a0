"""What an agent of the SDK has and never uses (openai-agents 0.24)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.assembly.agents import hidden_tools
from wflint.evaluate.values import NONE, Object, text_of
from wflint.frontends.openai_agents.links import Link
from wflint.frontends.openai_agents.steps import AGENT, names_of
from wflint.model.loss import Loss, LossKind
from wflint.model.patterns import pattern
from wflint.model.workflow import EdgeKind

SPEAKING = "agents.RealtimeAgent"
OTHER = pattern(r"[^a-zA-Z0-9_]")
"""What is no part of a tool's name."""


def losses_of(agents: Sequence[Object], links: Sequence[Link]) -> Iterator[Loss]:
    """Hand-offs and tools that another one of the same name hides, and answers that nobody checks.

    Agents that speak hide none: where a session begins with two of a name, it is refused.
    """
    for agent in agents:
        if agent.path == SPEAKING:
            continue
        for kind in (EdgeKind.HANDOFF, EdgeKind.CONDITIONAL):
            yield from _hidden(
                [link for link in links if link.source is agent and link.kind is kind and not link.optional]
            )
        yield from hidden_tools(AGENT.named(agent.content.get("tools")))
        yield from _taken_for_handoffs(agent, [each for each in links if each.source is agent])
        yield from _unchecked(agent)


def _hidden(links: list[Link]) -> Iterator[Loss]:
    """The earlier of two links of one name: the model is shown both, and what it calls is the last one."""
    for number, link in enumerate(links):
        name = _tool_name(link)
        later = (other for other in links[number + 1 :] if other.target is not link.target and other.certain)
        other = next((other for other in later if name is not None and _tool_name(other) == name), None)
        if other is not None and link.certain and name is not None:
            what = "hand-off" if link.kind is EdgeKind.HANDOFF else "tool"
            yield Loss(
                LossKind.ROUTE,
                f'the {what} to agent "{names_of(link.target)[0]}"',
                link.target.site.span,
                f'is never taken: the one to agent "{names_of(other.target)[0]}" goes by the same name, "{name}", and '
                "the last one counts",
                "give them different names",
                other.target.site.span,
            )


def _taken_for_handoffs(agent: Object, links: Sequence[Link]) -> Iterator[Loss]:
    """Tools that go by the name of a hand-off: the call of it hands over."""
    handoffs = [link for link in links if link.kind is EdgeKind.HANDOFF and link.certain and not link.optional]
    named = {_tool_name(link): link for link in handoffs}
    for name, entry in AGENT.named(agent.content.get("tools")):
        link = named.get(name)
        if link is not None and entry.certain:
            yield Loss(
                LossKind.ROUTE,
                f'the tool "{name}"',
                agent.site.span,
                f'is never run: the hand-off to agent "{names_of(link.target)[0]}" goes by the same name',
                "give the tool another name",
                link.target.site.span,
            )


def _tool_name(link: Link) -> str | None:
    """The name that the model calls a link by; None where that is not known."""
    names = names_of(link.target)
    if link.tool_name is not None:
        return text_of(link.tool_name)
    if len(names) != 1:
        return None
    prefix = "transfer_to_" if link.kind is EdgeKind.HANDOFF else ""
    return OTHER.sub("_", f"{prefix}{names[0]}").lower()


def _unchecked(agent: Object) -> Iterator[Loss]:
    """An output type, where what the first tool gives is the answer as it is."""
    typed = agent.content.get("output_type")
    behavior = text_of(agent.content.get("tool_use_behavior"))
    names = names_of(agent)
    if behavior == "stop_on_first_tool" and typed is not None and typed != NONE and len(names) == 1:
        yield Loss(
            LossKind.GUARD,
            f'the output type of agent "{names[0]}"',
            agent.site.span,
            'is not checked where a tool is called: with "stop_on_first_tool" the answer is what the tool gives, as '
            "it is",
            "have the tool give an object of that type, or let the model answer",
            None,
            names[0],
        )
