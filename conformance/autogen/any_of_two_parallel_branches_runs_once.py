"""A node that any of two edges sets off runs once for parallel branches of one length.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import DiGraphBuilder, GraphFlow

ran = []


class Say(BaseChatAgent):
    def __init__(self, name, text="on"):
        super().__init__(name, "says one thing")
        self.text = text
        self.seen = []

    @property
    def produced_message_types(self):
        return (TextMessage,)

    async def on_messages(self, messages, cancellation_token):
        ran.append(self.name)
        self.seen.append([message.source for message in messages])
        return Response(chat_message=TextMessage(source=self.name, content=self.text))

    async def on_reset(self, cancellation_token):
        pass


a, b, c, d = Say("a"), Say("b"), Say("c"), Say("d")
graph = DiGraphBuilder().add_node(a).add_node(b).add_node(c).add_node(d)
graph.add_edge(a, b).add_edge(a, c)
graph.add_edge(b, d, activation_condition="any").add_edge(c, d, activation_condition="any")
team = GraphFlow([a, b, c, d], graph=graph.build())


if __name__ == "__main__":
    result = asyncio.run(team.run(task="go"))
    print(json.dumps({"ran": ran, "stopped": result.stop_reason}))
