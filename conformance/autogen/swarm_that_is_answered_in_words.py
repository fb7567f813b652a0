"""A swarm that ended with a hand-off to the user is not answered by a text: the next run refuses it.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.conditions import HandoffTermination
from autogen_agentchat.messages import HandoffMessage
from autogen_agentchat.teams import Swarm


class Say(BaseChatAgent):
    def __init__(self, name, text="on"):
        super().__init__(name, "says one thing")
        self.text = text

    @property
    def produced_message_types(self):
        return (HandoffMessage,)

    async def on_messages(self, messages, cancellation_token):
        return Response(chat_message=HandoffMessage(source=self.name, target="user", content=self.text))

    async def on_reset(self, cancellation_token):
        pass


team = Swarm([Say("a")], termination_condition=HandoffTermination("user"))


async def main():
    await team.run(task="go")
    try:
        await team.run(task="yes, do it")
    except ValueError as error:
        return str(error).partition(" ['a']")[0]


if __name__ == "__main__":
    print(json.dumps({"raised": asyncio.run(main())}))
