"""A client of OpenAI's takes names of ASCII letters only: who hears an agent that is called otherwise cannot ask it.

autogen-agentchat 0.7.5, autogen-ext 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import AssistantAgent, BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import RoundRobinGroupChat
from autogen_ext.models.openai import OpenAIChatCompletionClient


class Say(BaseChatAgent):
    def __init__(self, name):
        super().__init__(name, "says one thing")

    @property
    def produced_message_types(self):
        return (TextMessage,)

    async def on_messages(self, messages, cancellation_token):
        return Response(chat_message=TextMessage(source=self.name, content="on"))

    async def on_reset(self, cancellation_token):
        pass


def build():
    client = OpenAIChatCompletionClient(model="gpt-4o", api_key="none", base_url="http://127.0.0.1:9")
    writer = Say("Schriftführer")
    critic = AssistantAgent("critic", model_client=client)
    return RoundRobinGroupChat([writer, critic], max_turns=2)


async def main():
    try:
        await build().run(task="go")
        return ""
    except (RuntimeError, ValueError) as error:
        return str(error).strip()


if __name__ == "__main__":
    refused = asyncio.run(main())
    print(json.dumps({"refused": "Invalid name: Schriftführer" in refused}))
