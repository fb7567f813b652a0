"""A participant that is no node of the graph never runs, and nothing is said.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.messages import TextMessage

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

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from autogen_agentchat.teams import DiGraphBuilder, GraphFlow

first, second, odd = Say("first"), Say("second"), Say("odd")
builder = DiGraphBuilder().add_node(first).add_node(second).add_edge(first, second)


def run():
    team = GraphFlow([first, second, odd], graph=builder.build())
    asyncio.run(team.run(task="go"))


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(run)[0], "ran": ran}))
