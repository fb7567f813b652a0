"""A participant that says a form which it has not announced among its messages fails the run.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response

from autogen_agentchat.messages import StructuredMessage, TextMessage
from autogen_agentchat.teams import RoundRobinGroupChat
from pydantic import BaseModel


class Bill(BaseModel):
    amount: int


class Say(BaseChatAgent):
    def __init__(self, name, text="on"):
        super().__init__(name, "says one thing")
        self.text = text

    @property
    def produced_message_types(self):
        return (TextMessage,)

    async def on_messages(self, messages, cancellation_token):
        return Response(chat_message=StructuredMessage[Bill](source=self.name, content=Bill(amount=3)))

    async def on_reset(self, cancellation_token):
        pass


team = RoundRobinGroupChat([Say("a")], max_turns=1)

if __name__ == "__main__":
    try:
        asyncio.run(team.run(task="go"))
        raised = ""
    except RuntimeError as error:
        raised = "is not registered" in str(error)
    print(json.dumps({"raised": raised}))
