"""Nodes that run side by side do not hear each other; the one behind them hears both.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import DiGraphBuilder, GraphFlow


class Say(BaseChatAgent):
    def __init__(self, name):
        super().__init__(name, "says one thing")
        self.seen = []

    @property
    def produced_message_types(self):
        return (TextMessage,)

    async def on_messages(self, messages, cancellation_token):
        self.seen += sorted(message.source for message in messages)
        return Response(chat_message=TextMessage(source=self.name, content="on"))

    async def on_reset(self, cancellation_token):
        pass


a, b, c, d = Say("a"), Say("b"), Say("c"), Say("d")
graph = DiGraphBuilder().add_node(a).add_node(b).add_node(c).add_node(d)
graph.add_edge(a, b).add_edge(a, c).add_edge(b, d).add_edge(c, d)
team = GraphFlow([a, b, c, d], graph=graph.build())

if __name__ == "__main__":
    asyncio.run(team.run(task="go"))
    print(json.dumps({"b": b.seen, "c": c.seen, "d": d.seen}))
