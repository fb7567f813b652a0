"""Of a team within a team, the outer one hears every message.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import RoundRobinGroupChat

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
inner = RoundRobinGroupChat([a, b], max_turns=2, name="inner")
team = RoundRobinGroupChat([inner, c], max_turns=2)

if __name__ == "__main__":
    asyncio.run(team.run(task="go"))
    print(json.dumps({"ran": ran, "c sees": c.seen}))
