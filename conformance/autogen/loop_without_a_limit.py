"""A graph with a loop needs a termination condition or a number of turns; the run refuses it.

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
graph = DiGraphBuilder().add_node(a).add_node(b).add_node(c)
graph.add_edge(a, b).add_edge(b, a, condition="AGAIN", activation_group="again", activation_condition="any")
graph.add_edge(b, c, condition="DONE").set_entry_point(a)
team = GraphFlow([a, b, c], graph=graph.build())


def build():
    asyncio.run(team.run(task="go"))


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except (ValueError, TypeError) as error:
        refused = str(error)
    print(json.dumps({"refused": refused}))
