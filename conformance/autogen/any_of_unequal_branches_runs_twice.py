"""A node that any of two edges sets off runs twice where the branches are of unequal length.

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


begin, left, right, late, end = Say("begin"), Say("left"), Say("right"), Say("late"), Say("end")
builder = DiGraphBuilder()
builder.add_node(begin).add_node(left).add_node(right).add_node(late).add_node(end)
builder.add_edge(begin, left).add_edge(begin, right).add_edge(right, late)
builder.add_edge(left, end, activation_condition="any").add_edge(late, end, activation_condition="any")
team = GraphFlow([begin, left, right, late, end], graph=builder.build())

if __name__ == "__main__":
    asyncio.run(team.run(task="go"))
    print(json.dumps({"ran": ran}))
