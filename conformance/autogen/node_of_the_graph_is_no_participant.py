"""Every node of a graph is a participant; the run fails where one is not.

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


a, b, c = Say("a"), Say("b"), Say("c")
graph = DiGraphBuilder().add_node(a).add_node(b).add_node(c).add_edge(a, b).add_edge(b, c)
team = GraphFlow([a, b], graph=graph.build())


def build():
    try:
        asyncio.run(team.run(task="go"))
    except RuntimeError as error:
        raise ValueError(str(error).splitlines()[0]) from error


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except (ValueError, TypeError) as error:
        refused = str(error)
    print(json.dumps({"refused": refused}))
