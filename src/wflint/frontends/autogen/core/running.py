"""One runtime: its agents by type, what they are subscribed to, and what is sent to them from outside."""

from __future__ import annotations

from msgspec import Struct, field

from wflint.assembly.draft import Draft
from wflint.evaluate.events import ApiCall, PathCondition
from wflint.evaluate.values import Object
from wflint.frontends.autogen.core.agents import Agent
from wflint.frontends.autogen.core.messages import Sent
from wflint.frontends.autogen.core.subscriptions import Subscription
from wflint.model.workflow import START, Aspect


class Running(Struct):
    """The state of the fold; `path_condition` are the conditions that the runtime is made under.

    `is_shared` is true where other agents than these may take part: in other processes, or registered with a
    runtime that comes from elsewhere. `registered` are the first registrations under each name. `intercepts` is
    true where code sees every message before the agents do.
    """

    draft: Draft
    path_condition: PathCondition
    is_shared: bool
    intercepts: bool
    agents: dict[str, Agent] = field(default_factory=dict)
    registered: dict[str, Object] = field(default_factory=dict)
    subscriptions: list[Subscription] = field(default_factory=list)
    begun: list[tuple[ApiCall, Sent]] = field(default_factory=list)

    def is_always(self, made: Object) -> bool:
        """Whether something is made whenever the runtime is."""
        return set(made.path_condition) <= set(self.path_condition)

    def is_within(self, api_call: ApiCall) -> bool:
        """Whether a call is made by the code of one of the agents."""
        own = {id(handler.function.node) for agent in self.agents.values() for handler in agent.handlers}
        return any(frame.function is not None and id(frame.function.node) in own for frame in api_call.stack)

    @property
    def is_whole(self) -> bool:
        """Whether every agent and every subscription is known, so that absence means something."""
        open_ = any(item.aspect is Aspect.STEPS or not item.affects for item in self.draft.unresolved)
        return not open_ and not self.is_shared

    @property
    def is_entered(self) -> bool:
        """Whether all that comes from outside is seen; code that sees every message may have more of them sent."""
        return not self.is_shared and not self.intercepts and any(source == START for source, _ in self.draft.edges)

    def subscribed(self, topic: str) -> list[str]:
        """The agent types that get what is published to a topic."""
        found = [each.agent for each in self.subscriptions if each.takes(topic) and each.agent is not None]
        return list(dict.fromkeys(found))

    def topics_of(self, name: str) -> list[str]:
        """The topics by which messages may come to an agent."""
        own = [each for each in self.subscriptions if each.agent == name and not each.is_prefix]
        return list(dict.fromkeys(each.topic for each in own if each.topic is not None))
