"""Only agents take part in a swarm.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import RoundRobinGroupChat, Swarm

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


def build():
    inner = RoundRobinGroupChat([Say("poet"), Say("judge")], max_turns=2, name="inner")
    return Swarm([Say("host"), inner])


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except (ValueError, TypeError) as error:
        refused = type(error).__name__
    print(json.dumps({"refused": refused}))
