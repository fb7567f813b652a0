"""A limit of messages counts the messages of a team within the team, too.

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

from autogen_agentchat.conditions import MaxMessageTermination
from autogen_agentchat.teams import RoundRobinGroupChat

inner = RoundRobinGroupChat([Say("a"), Say("b")], max_turns=2, name="inner")
outer = RoundRobinGroupChat([inner, Say("c")], termination_condition=MaxMessageTermination(4))
if __name__ == "__main__":
    asyncio.run(outer.run(task="go"))
    print(json.dumps({"ran": ran}))
