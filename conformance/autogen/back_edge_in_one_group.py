"""A node waits for its back edge like for any other edge of its activation group: only the entry runs.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.conditions import MaxMessageTermination, TextMentionTermination
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import DiGraphBuilder, GraphFlow, RoundRobinGroupChat, SelectorGroupChat

ran = []


class Say(BaseChatAgent):
    def __init__(self, name, text="on"):
        super().__init__(name, "says one thing")
        self.text = text

    @property
    def produced_message_types(self):
        return (TextMessage,)

    async def on_messages(self, messages, cancellation_token):
        ran.append(self.name)
        return Response(chat_message=TextMessage(source=self.name, content=self.text))

    async def on_reset(self, cancellation_token):
        pass


plan, writer, critic, printer = Say("plan"), Say("writer"), Say("critic", "DONE"), Say("printer")
builder = DiGraphBuilder()
builder.add_node(plan).add_node(writer).add_node(critic).add_node(printer)
builder.add_edge(plan, writer).add_edge(writer, critic)
builder.add_edge(critic, writer, condition="AGAIN").add_edge(critic, printer, condition="DONE")
builder.set_entry_point(plan)
team = GraphFlow([plan, writer, critic, printer], graph=builder.build(), termination_condition=MaxMessageTermination(9))


async def main():
    await team.run(task="go")


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"ran": ran}))
