"""A filter for the messages of somebody who takes no part leaves nothing, and the agent is asked all the same.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import AssistantAgent, BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.conditions import MaxMessageTermination, TextMentionTermination
from autogen_agentchat.messages import HandoffMessage, TextMessage
from autogen_agentchat.teams import DiGraphBuilder, GraphFlow, RoundRobinGroupChat, SelectorGroupChat, Swarm

ran = []


class Say(BaseChatAgent):
    def __init__(self, name, *texts):
        super().__init__(name, "says what it is told")
        self.texts = list(texts)

    @property
    def produced_message_types(self):
        return (TextMessage,)

    async def on_messages(self, messages, cancellation_token):
        ran.append(self.name)
        text = self.texts.pop(0) if self.texts else "on"
        return Response(chat_message=TextMessage(source=self.name, content=text))

    async def on_reset(self, cancellation_token):
        pass

from autogen_agentchat.agents import MessageFilterAgent, MessageFilterConfig, PerSourceFilter

seen = []


class Hear(Say):
    async def on_messages(self, messages, cancellation_token):
        seen.append([message.source for message in messages])
        return await super().on_messages(messages, cancellation_token)


critic = MessageFilterAgent(
    name="critic",
    wrapped_agent=Hear("inner"),
    filter=MessageFilterConfig(per_source=[PerSourceFilter(source="author", position="last", count=1)]),
)
team = RoundRobinGroupChat([Say("writer"), critic], max_turns=2)

if __name__ == "__main__":
    asyncio.run(team.run(task="go"))
    print(json.dumps({"seen": seen}))
